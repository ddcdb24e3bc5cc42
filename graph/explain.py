"""Why a triple holds: the documents that state it, with the words, or that it was inferred."""

from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from graph.store import Snapshot
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE

__all__ = ["Explanation", "Source", "described", "explain"]

_CLAIMS = """
SELECT DISTINCT ?document ?text ?begin ?end ?rule ?confidence {
  GRAPH ?document {
    %s
    ?claim mc:evidence ?passage .
    OPTIONAL { ?claim mc:origin ?rule }
    OPTIONAL { ?claim mc:confidence ?confidence }
  }
  ?passage mc:exactText ?text ; mc:begin ?begin ; mc:end ?end .
} ORDER BY ?document ?begin
"""
_OF_A_STATEMENT = "?claim rdf:subject {s} ; rdf:predicate {p} ; rdf:object {o} ."
_OF_A_RELATION = "{s} {p} {o} . BIND({s} AS ?claim)"


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that states a triple.

    Arguments:
        document: the document's IRI.
        text: the words, as they stand there.
        begin, end: their offsets in the document's text, in code points.
        rule: IRI of the rule that found the fact, if known.
        confidence: 0–1, if known.
    """

    document: str
    text: str
    begin: int
    end: int
    rule: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of a triple: the graphs that assert it, the passages that state it, whether it was inferred."""

    triple: Triple
    asserted_in: tuple[str, ...]
    inferred: bool
    sources: tuple[Source, ...]

    @property
    def holds(self) -> bool:
        """Whether the triple is in the graph at all."""
        return bool(self.asserted_in) or self.inferred


def explain(snapshot: Snapshot, triple: Triple) -> Explanation:
    """Say where a triple comes from.

    Arguments:
        snapshot: the state of the graph that is asked.
        triple: the triple; its terms are as in the store.
    """
    graphs = [
        quad.graph_name.value
        for quad in snapshot.rdf.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        if isinstance(quad.graph_name, NamedNode)
    ]
    return Explanation(
        triple,
        asserted_in=tuple(sorted(graph for graph in graphs if graph != GRAPH_INFERRED)),
        inferred=GRAPH_INFERRED in graphs,
        sources=tuple(_sources(snapshot, triple)) if graphs else (),
    )


def _sources(snapshot: Snapshot, triple: Triple) -> list[Source]:
    terms = {"s": str(triple.subject), "p": str(triple.predicate), "o": str(triple.object)}
    found: dict[tuple[str, int, int], Source] = {}
    for pattern in (_OF_A_STATEMENT, _OF_A_RELATION):
        for row in snapshot.select(_CLAIMS % pattern.format(**terms)):
            source = Source(
                document=row["document"].value,
                text=row["text"].value,
                begin=int(row["begin"].value),
                end=int(row["end"].value),
                rule=row["rule"].value if "rule" in row else None,
                confidence=float(row["confidence"].value) if "confidence" in row else None,
            )
            found.setdefault((source.document, source.begin, source.end), source)
    return sorted(found.values(), key=lambda source: (source.document, source.begin))


def described(graph: str) -> str:
    """A word for where a triple is asserted: the ontology, the reference data, or the document's IRI."""
    return {GRAPH_ONTOLOGY: "the ontology", GRAPH_REFERENCE: "the reference data"}.get(graph, graph)
