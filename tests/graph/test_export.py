"""Exports, each read by a library other than the one that wrote it."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import pydot
import pyoxigraph
import pytest
import rdflib
from lxml import etree
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from graph.errors import NotFound
from graph.export import FORMATS, Network, export, network
from graph.store import Snapshot, SnapshotRecord
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE, ID, MC, RDF, RDFS
from tests.queries.example import example_snapshot

# What rdflib and pyparsing say of their own old names is no concern of ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

CONTRACT = ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld", "graphml", "gexf", "cytoscape", "dot"]
TRICKY = 'a "quoted" <b>&amp;</b>\n\t\\n \\ end; } ] \u2028 ]]> %> ә 🚀'


def written(name: str, snapshot: Snapshot | None = None) -> bytes:
    stream = io.BytesIO()
    export(snapshot or example_snapshot(), name, stream)
    return stream.getvalue()


def state_of(*triples: tuple[str, str, Any]) -> Snapshot:
    """A state of a store whose only document says these triples."""
    store, graph = Store(), NamedNode(ID + "document/d")
    everything = [*triples, (ID + "document/d", RDF["type"], MC["Document"])]
    for subject, predicate, value in everything:
        term = NamedNode(value) if isinstance(value, str) else value
        for name in (graph, DefaultGraph()):
            store.add(Quad(NamedNode(subject), NamedNode(predicate), term, name))
    return Snapshot(1, store, SnapshotRecord(""), None, lambda: None)


def facts() -> set[pyoxigraph.Triple]:
    """What an export of the graph must hold: the merged graph without what is about the vocabulary."""
    snapshot = example_snapshot()
    terms = {triple.subject for triple in snapshot.triples(GRAPH_ONTOLOGY)}
    return {
        triple
        for triple in snapshot.triples()
        if triple.subject not in terms and not (isinstance(triple.object, BlankNode) and triple.object in terms)
    }


def test_there_are_the_formats_of_the_contract() -> None:
    assert list(FORMATS) == CONTRACT


def test_an_unknown_format_is_told_with_those_that_there_are() -> None:
    with pytest.raises(NotFound, match="there are turtle, trig"):
        written("xlsx")


@pytest.mark.parametrize("name", CONTRACT)
def test_the_same_state_is_always_written_the_same(name: str) -> None:
    """Also in another process, where hashes of strings differ."""
    program = (
        "import sys; from graph.export import export; from tests.queries.example import example_snapshot;"
        f"export(example_snapshot(), {name!r}, sys.stdout.buffer)"
    )
    if name in ("turtle", "jsonld", "gexf"):
        root = Path(__file__).resolve().parents[2]
        other = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, check=True).stdout
    else:
        other = written(name)

    assert written(name) == other


# RDF


@pytest.mark.parametrize(("name", "syntax"), [("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml")])
def test_rdflib_reads_the_facts_from_each_syntax(name: str, syntax: str) -> None:
    graph = rdflib.Graph().parse(data=written(name), format=syntax)

    assert len(graph) == len(facts())
    assert (rdflib.URIRef(ID + "state/KAZ"), rdflib.URIRef(MC["participatesIn"]), None) in graph, "inferred ones too"
    assert (rdflib.URIRef(MC["State"]), None, None) not in graph, "but not the vocabulary"


def test_turtle_is_written_with_short_names() -> None:
    text = written("turtle").decode()

    assert "@prefix mc: <https://w3id.org/milcoop/ontology#>" in text
    assert "state:KAZ a mc:" in text


@pytest.mark.parametrize(("name", "syntax"), [("trig", "trig"), ("nquads", "nquads")])
def test_rdflib_reads_every_graph_by_itself(name: str, syntax: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=written(name), format=syntax)

    sizes = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
    snapshot = example_snapshot()
    assert set(sizes) == {
        GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE, ID + "document/briefing", ID + "document/report",
    }  # fmt: skip
    assert sizes[ID + "document/report"] == len(list(snapshot.triples(ID + "document/report")))


def test_a_store_without_named_graphs_is_exported_by_its_default_graph() -> None:
    rdf = Store()
    rdf.add(Quad(NamedNode(ID + "a"), NamedNode(ID + "b"), Literal("c")))
    snapshot = Snapshot(1, rdf, SnapshotRecord(""), None, lambda: None)

    assert written("nquads", snapshot) == b'<%ba> <%bb> "c" .\n' % (ID.encode(), ID.encode())


@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_every_character_of_a_literal_survives(name: str) -> None:
    snapshot = state_of((ID + "state/KAZ", RDFS["label"], Literal(TRICKY, language="en")))

    quads = pyoxigraph.parse(written(name, snapshot), RdfFormat.from_media_type(FORMATS[name].media_type))
    assert TRICKY in {quad.object.value for quad in quads if isinstance(quad.object, Literal)}


def test_rdf_xml_leaves_out_what_xml_cannot_hold() -> None:
    snapshot = state_of((ID + "state/KAZ", RDFS["label"], Literal("a\x00b\x0bc\x1fd")))

    assert rdflib.Literal("abcd") in set(rdflib.Graph().parse(data=written("rdfxml", snapshot), format="xml").objects())


# JSON-LD


def test_json_ld_holds_the_facts_for_two_readers() -> None:
    data = written("jsonld")

    assert {quad.triple for quad in pyoxigraph.parse(data, RdfFormat.JSON_LD)} == facts()
    assert len(rdflib.Graph().parse(data=data, format="json-ld")) == len(facts())


def test_json_ld_is_pleasant_to_read() -> None:
    nodes = {node["id"]: node for node in json.loads(written("jsonld"))["@graph"]}

    shield = nodes["exercise:brotherhood-2020"]
    assert shield["type"] == ["Activity", "Exercise", "MultinationalExercise"]
    assert shield["label"] == {"ru": "Нерушимое братство", "en": "Indestructible Brotherhood"}
    assert shield["hasObserver"] == "state:BLR"
    assert shield["hasParticipant"] == ["state:BLR", "state:KAZ", "state:RUS"]
    assert shield["earliestStart"] == "2020-10-12"


def test_json_ld_brings_its_context_along_so_that_nobody_fetches_one() -> None:
    context = json.loads(written("jsonld"))["@context"]

    assert isinstance(context, dict)
    assert "@import" not in json.dumps(context)


def test_json_ld_keeps_values_that_its_short_names_do_not_fit() -> None:
    """A literal where the context expects an IRI, a plain string where it expects a language, other datatypes."""
    kaz = ID + "state/KAZ"
    snapshot = state_of(
        (kaz, MC["memberOf"], Literal("the CSTO")),
        (kaz, RDFS["label"], Literal("Kazakhstan")),
        (kaz, MC["earliestStart"], Literal("1991", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))),
        (kaz, MC["headcount"], Literal(12)),
        (kaz, MC["title"], Literal("no title of dcterms")),
        (kaz, MC["value"], Literal(True)),
        (kaz, MC["iso3"], ID + "x//y"),
        (kaz, "http://example.org/p", "urn:x"),
        (kaz, RDF["type"], "http://example.org/C"),
        (kaz, MC["begin"], Literal(10**20)),
    )

    assert {q.triple for q in pyoxigraph.parse(written("jsonld", snapshot), RdfFormat.JSON_LD)} == set(
        snapshot.triples()
    )


# Networks


@pytest.fixture(scope="module")
def shown() -> Network:
    return network(example_snapshot())


def edges(shown: Network, relation: str) -> list[tuple[str, str, int]]:
    def last(iri: str) -> str:
        return iri.rsplit("/", 1)[-1]

    return [(last(e.source), last(e.target), e.weight) for e in shown.edges if e.relation.name == relation]


def test_the_network_has_actors_activities_and_agreements_of_the_documents(shown: Network) -> None:
    kinds = {node.iri.removeprefix(ID): node.kind.name for node in shown.nodes}

    assert kinds["state/KAZ"] == "state"
    assert kinds["organization/KAZ-MoD"] == "state body"
    assert kinds["exercise/brotherhood-2020"] == "exercise"
    assert kinds["mission/UNIFIL"] == "mission"
    assert kinds["agreement/treaty-1992"] == "agreement"
    assert kinds["series/unbreakable-brotherhood"] == "series"
    assert "place/Otar" not in kinds
    assert not any("/claim" in iri or "/passage" in iri for iri in kinds)


def test_edges_are_weighted_by_the_documents_that_state_them(shown: Network) -> None:
    taking_part = edges(shown, "participatesIn")

    assert ("KAZ", "brotherhood-2020", 2) in taking_part
    assert ("RUS", "brotherhood-2020", 1) in taking_part
    assert edges(shown, "observes") == [("BLR", "brotherhood-2020", 1)]
    assert edges(shown, "contributesTo") == [("ITA", "UNIFIL", 1), ("KAZ", "UNIFIL", 1)]
    assert edges(shown, "suppliesTo") == [("ITA", "KAZ-MoD", 1), ("RUS", "KAZ", 1)]
    assert edges(shown, "cooperatesWith") == [("KAZ-MoD", "RUS", 1)]
    assert ("KAZ-MoD", "plan-2022", 1) in edges(shown, "partyTo")


def test_what_only_the_reference_data_knows_is_drawn_between_nodes_that_are_there(shown: Network) -> None:
    assert ("KAZ", "CSTO", 1) in edges(shown, "memberOf")
    assert not [edge for edge in edges(shown, "memberOf") if "SCO" in edge], "no document speaks of it"
    assert ("KAZ-MoD", "KAZ", 1) in edges(shown, "ofState")


def test_what_is_denied_is_no_edge(shown: Network) -> None:
    assert not [edge for edge in edges(shown, "memberOf") if edge[0] == "UZB"]


def test_nodes_are_named_in_english_and_russian_and_editions_by_their_year(shown: Network) -> None:
    by_iri = {node.iri.removeprefix(ID): node for node in shown.nodes}

    assert (by_iri["state/KAZ"].label, by_iri["state/KAZ"].label_ru) == ("Kazakhstan", "Казахстан")
    assert by_iri["exercise/brotherhood-2022"].label == "Unbreakable Brotherhood 2022"
    assert by_iri["exercise/brotherhood-2022"].label_ru == "Нерушимое братство 2022"
    assert by_iri["exercise/shield-2022"].label == "Щит 2022"
    assert by_iri["document/report/meeting-1"].label == "talks 2022-11-20"


def test_edges_have_the_dates_of_what_they_are_about(shown: Network) -> None:
    dates = {(e.source, e.target): (e.first_day, e.last_day) for e in shown.edges}

    assert dates[ID + "state/RUS", ID + "exercise/brotherhood-2020"] == ("2020-10-12", "2020-10-16")
    assert dates[ID + "state/KAZ", ID + "mission/UNIFIL"] == ("2018-01-01", "2018-12-31")
    assert dates[ID + "state/RUS", ID + "state/KAZ"] == ("", "")


def test_networkx_reads_graphml(shown: Network) -> None:
    graph = networkx.read_graphml(io.BytesIO(written("graphml")), force_multigraph=True)

    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(shown.nodes), len(shown.edges))
    labels = {data["iri"].removeprefix(ID): data["label"] for _, data in graph.nodes(data=True)}
    assert labels["state/KAZ"] == "Kazakhstan"
    weights = [data["weight"] for _, _, data in graph.edges(data=True)]
    assert sum(weights) == sum(edge.weight for edge in shown.edges)


def test_graphml_has_labels_where_yed_looks_for_them() -> None:
    tree = etree.fromstring(written("graphml"))

    labels = tree.findall(".//{http://www.yworks.com/xml/graphml}NodeLabel")
    assert "Kazakhstan" in {label.text for label in labels}
    arrows = tree.findall(".//{http://www.yworks.com/xml/graphml}Arrows")
    assert [arrow.get("target") for arrow in arrows].count("none") == 1, "cooperation has no direction"


def test_networkx_reads_gexf_with_dates(shown: Network) -> None:
    # networkx knows the namespaces up to GEXF 1.2; what it reads is the same in 1.3.
    data = written("gexf").replace(b"gexf.net/1.3", b"www.gexf.net/1.2draft")
    graph = networkx.read_gexf(io.BytesIO(data), version="1.2draft")

    assert graph.number_of_nodes() == len(shown.nodes)
    assert graph.number_of_edges() == len(shown.edges)
    nodes = {data["label"]: data for _, data in graph.nodes(data=True)}
    assert nodes["Indestructible Brotherhood 2020"]["start"] == "2020-10-12"
    assert nodes["Indestructible Brotherhood 2020"]["end"] == "2020-10-16"
    assert "start" not in nodes["Kazakhstan"]
    assert nodes["Kazakhstan"]["viz"]["color"]["r"] == 0x1F


def test_networkx_reads_cytoscape_json(shown: Network) -> None:
    graph = networkx.cytoscape_graph(json.loads(written("cytoscape")))

    assert graph.number_of_nodes() == len(shown.nodes)
    assert graph.number_of_edges() == len(shown.edges)
    assert graph.nodes[ID + "state/KAZ"]["iso3"] == "KAZ"
    assert set(graph.get_edge_data(ID + "state/BLR", ID + "exercise/brotherhood-2020")) == {
        "participatesIn",
        "observes",
    }


def read_dot(data: bytes) -> pydot.Dot:
    graphs = pydot.graph_from_dot_data(data.decode())
    assert graphs is not None
    (graph,) = graphs
    return graph


def test_pydot_reads_dot(shown: Network) -> None:
    graph = read_dot(written("dot"))

    nodes = {node.get("iri").strip('"').removeprefix(ID): node for node in graph.get_nodes() if node.get("iri")}
    assert len(nodes) == len(shown.nodes)
    assert nodes["state/KAZ"].get("label") == '"Kazakhstan"'
    assert len(graph.get_edges()) == len(shown.edges)


def label_of(name: str, data: bytes) -> Iterator[str]:
    """The labels of the nodes, as another library reads them."""
    if name == "graphml":
        yield from (d["label"] for _, d in networkx.read_graphml(io.BytesIO(data)).nodes(data=True))
    elif name == "gexf":
        yield from (node.get("label") or "" for node in etree.fromstring(data).findall(".//{*}node"))
    elif name == "cytoscape":
        yield from (d["label"] for _, d in networkx.cytoscape_graph(json.loads(data)).nodes(data=True))
    else:
        for node in read_dot(data).get_nodes():
            if node.get("iri"):
                yield node.get("label")[1:-1].replace('\\"', '"').replace("\\\\", "\\")


@pytest.mark.parametrize("name", ["graphml", "gexf", "cytoscape", "dot"])
def test_a_name_with_markup_in_it_is_only_a_name(name: str) -> None:
    kaz, shield = ID + "state/KAZ", ID + "exercise/shield"
    snapshot = state_of(
        (kaz, RDF["type"], MC["State"]),
        (kaz, RDFS["label"], Literal(TRICKY, language="en")),
        (shield, RDF["type"], MC["Exercise"]),
        (shield, MC["hasParticipant"], kaz),
    )

    (label,) = [label for label in label_of(name, written(name, snapshot)) if label.startswith("a ")]
    # DOT has no escape for what cannot be printed; all else comes back as it was.
    expected = "".join(c if c.isprintable() else " " for c in TRICKY) if name == "dot" else TRICKY
    assert label == expected


@pytest.mark.parametrize("name", ["graphml", "gexf", "cytoscape", "dot"])
def test_a_graph_without_actors_is_an_empty_network(name: str) -> None:
    assert list(label_of(name, written(name, state_of()))) == []
