"""What the endpoint says of itself: SPARQL 1.1 Service Description, with VoID statistics of what it holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.store import Snapshot, Term
from ontology import DCTERMS, GRAPH_INFERRED, RDF, XSD, Namespace

__all__ = ["PREFIXES", "Statistics", "count_triples", "service_description"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
PREFIXES = {"sd": SD, "void": VOID, "dcterms": DCTERMS, "xsd": XSD}
"""What its serialisations abbreviate."""

_FORMATS = Namespace("http://www.w3.org/ns/formats/")
RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
_ENTAILMENT = "http://www.w3.org/ns/entailment/OWL-RDF-Based"
_PROFILE = "http://www.w3.org/ns/owl-profile/RL"


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much a snapshot holds.

    Arguments:
        triples: of the default graph.
        subjects: distinct subjects in it.
        properties: distinct predicates in it.
        classes: distinct classes in it.
        by_graph: triples of each named graph, by its IRI.
    """

    triples: int
    subjects: int
    properties: int
    classes: int
    by_graph: dict[str, int]


def count_triples(snapshot: Snapshot) -> Statistics:
    """The statistics of a snapshot: one pass over each of its graphs."""

    def count(expression: str, pattern: str) -> int:
        return _number(snapshot.select(f"SELECT ({expression} AS ?n) WHERE {{ {pattern} }}")[0]["n"])

    by_graph = snapshot.select("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return Statistics(
        triples=count("COUNT(*)", "?s ?p ?o"),
        subjects=count("COUNT(DISTINCT ?s)", "?s ?p ?o"),
        properties=count("COUNT(DISTINCT ?p)", "?s ?p ?o"),
        classes=count("COUNT(DISTINCT ?c)", "?s a ?c"),
        by_graph={row["g"].value: _number(row["n"]) for row in by_graph if isinstance(row["g"], NamedNode)},
    )


def _number(term: Term) -> int:
    if not isinstance(term, Literal):
        raise TypeError("a count is a literal")
    return int(term.value)


def service_description(endpoint: str, statistics: Statistics, *, inference: bool) -> list[Triple]:
    """The description as triples.

    Arguments:
        endpoint: the URL under which the client reached it.
        statistics: of the snapshot that is served.
        inference: whether the default graph is the merge of all graphs, with what follows under OWL 2 RL.
    """
    return list(_description(endpoint, statistics, inference))


def _description(endpoint: str, statistics: Statistics, inference: bool) -> Iterator[Triple]:
    service, dataset, default = BlankNode(), BlankNode(), BlankNode()

    def says(subject: BlankNode, predicate: str, *values: NamedNode | BlankNode | Literal) -> Iterable[Triple]:
        return (Triple(subject, NamedNode(predicate), value) for value in values)

    def count(number: int) -> Literal:
        return Literal(str(number), datatype=NamedNode(XSD["integer"]))

    yield from says(service, RDF["type"], NamedNode(SD["Service"]))
    yield from says(service, SD["endpoint"], NamedNode(endpoint))
    yield from says(service, SD["supportedLanguage"], NamedNode(SD["SPARQL11Query"]))
    yield from says(service, SD["resultFormat"], *(NamedNode(_FORMATS[name]) for name in RESULT_FORMATS))
    yield from says(service, SD["feature"], NamedNode(SD["EmptyGraphs"]))
    if inference:
        yield from says(service, SD["feature"], NamedNode(SD["UnionDefaultGraph"]))
        yield from says(service, SD["defaultEntailmentRegime"], NamedNode(_ENTAILMENT))
        yield from says(service, SD["defaultSupportedEntailmentProfile"], NamedNode(_PROFILE))
    yield from says(service, SD["defaultDataset"], dataset)
    yield from says(dataset, RDF["type"], NamedNode(SD["Dataset"]), NamedNode(VOID["Dataset"]))
    yield from says(dataset, DCTERMS["title"], Literal("milcoop: military cooperation", language="en"))
    yield from says(dataset, VOID["sparqlEndpoint"], NamedNode(endpoint))
    yield from says(dataset, VOID["triples"], count(statistics.triples))
    yield from says(dataset, VOID["distinctSubjects"], count(statistics.subjects))
    yield from says(dataset, VOID["properties"], count(statistics.properties))
    yield from says(dataset, VOID["classes"], count(statistics.classes))
    yield from says(dataset, SD["defaultGraph"], default)
    yield from says(default, RDF["type"], NamedNode(SD["Graph"]))
    yield from says(default, VOID["triples"], count(statistics.triples))
    for name, triples in sorted(statistics.by_graph.items()):
        named, graph = BlankNode(), BlankNode()
        yield from says(dataset, SD["namedGraph"], named)
        yield from says(named, RDF["type"], NamedNode(SD["NamedGraph"]))
        yield from says(named, SD["name"], NamedNode(name))
        if inference and name == GRAPH_INFERRED:
            yield from says(named, SD["entailmentRegime"], NamedNode(_ENTAILMENT))
        yield from says(named, SD["graph"], graph)
        yield from says(graph, RDF["type"], NamedNode(SD["Graph"]))
        yield from says(graph, VOID["triples"], count(triples))
