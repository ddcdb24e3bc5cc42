"""Nothing that a client sends makes the server call anybody or read its disk, unless it is on a list.

A listener on this machine stands for the world: it must not be asked. A file stands for the disk: its content must
not come back.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.listener import Listener, Reply, listening
from tests.stores import new_store

from .serving import Response, Server, start_server

TOKEN = "a token of this module"
SECRET = "the-content-of-a-file-that-nobody-may-see"
TURTLE = b"<http://x/loaded> <http://x/p> <relative>, [] ."


def world(path: str, body: bytes) -> Reply:
    if path.startswith("/away"):
        return Reply(status=302, headers={"Location": "file:///etc/hostname"})
    if path.startswith("/empty"):
        return Reply(status=404)
    return Reply(TURTLE, "text/turtle") if path.startswith("/data") else Reply(f"{SECRET}".encode())


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with listening(world) as listener:
        yield listener


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server as it is unless told otherwise."""
    running = start_server("--store", str(tmp_path_factory.mktemp("closed") / "store"), "--bare", MILCOOP_TOKEN=TOKEN)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Iterator[Server]:
    """A server that may call the listener, at one path each."""
    running = start_server(
        "--store", str(tmp_path_factory.mktemp("opened") / "store"), "--bare",
        "--service-allow", listener.url + "/sparql", "--load-allow", f"{listener.url}/data {listener.url}/away",
        MILCOOP_TOKEN=TOKEN,
    )  # fmt: skip
    yield running
    running.stop()


@pytest.fixture
def targets(listener: Listener, tmp_path: Path) -> Iterator[list[str]]:
    """An address and a file; nobody asks for the one, and the other is told to nobody."""
    (tmp_path / "secret.ttl").write_text(f"<http://x/secret> <http://x/p> '{SECRET}' .")
    listener.asked.clear()
    yield [listener.url + "/data", (tmp_path / "secret.ttl").as_uri()]
    assert listener.asked == []


def update(server: Server, text: str) -> Response:
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    return server.request("/update", "POST", text.encode(), headers)


def put(server: Server, media_type: str, content: str, graph: str = "http://x/put") -> Response:
    headers = {"Content-Type": media_type, "Authorization": f"Bearer {TOKEN}"}
    return server.request(f"/graphs?graph={quote(graph, safe='')}", "PUT", content.encode(), headers)


def test_from_names_graphs_of_the_store_alone(closed: Server, targets: list[str]) -> None:
    for target in targets:
        for clause in (f"FROM <{target}>", f"FROM NAMED <{target}>"):
            answer = closed.sparql(f"SELECT * {clause} WHERE {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}")
            assert answer.json()["results"]["bindings"] == []
        for name in ("default-graph-uri", "named-graph-uri"):
            answer = closed.get("/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }", name: target}))
            assert SECRET not in answer.text


def test_service_is_refused(closed: Server, targets: list[str]) -> None:
    for target in targets:
        answer = closed.sparql(f"SELECT * {{ SERVICE <{target}> {{ ?s ?p ?o }} }}")
        assert (answer.status, answer.json()["title"]) == (400, "SERVICE refused")
        inserted = update(closed, f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{target}> {{ ?s ?p ?o }} }}")
        assert (inserted.status, inserted.json()["title"]) == (400, "SERVICE refused")


def test_a_silent_service_has_one_solution_without_bindings_and_is_not_called(
    closed: Server, opened: Server, targets: list[str]
) -> None:
    for target in targets:
        for server in (closed, opened):
            for called in (f"<{target}>", "?s"):
                text = f"SELECT * {{ VALUES ?x {{ <{target}> }} SERVICE SILENT {called} {{ ?s ?p ?o }} }}"
                answer = server.sparql(text, "application/sparql-results+json").json()
                assert answer["results"]["bindings"] == [{"x": {"type": "uri", "value": target}}]
        inserted = f"INSERT {{ <urn:silent> <urn:p> ?x . ?s ?p ?o }} WHERE {{ VALUES ?x {{ <{target}> }} "
        assert update(closed, inserted + f"SERVICE SILENT <{target}> {{ ?s ?p ?o }} }}").status in {200, 204}
    found = closed.sparql("SELECT ?x { <urn:silent> ?p ?x }", "application/sparql-results+json").values("x")
    assert sorted(found) == sorted(targets)


HIDDEN_SERVICES = (
    "SERVICESILENT<{}> {{ ?s ?p ?o }}", "SERVICEe: {{ ?s ?p ?o }}", "SERVICE: {{ ?s ?p ?o }}",
    "SERVICESILENTe: {{ ?s ?p ?o }}", "?s ?p 1SERVICE<{}> {{ ?s ?p ?o }}", "?s ?p trueSERVICE<{}> {{ ?s ?p ?o }}",
    "FILTER(1<2)SERVICE#>\n<{}> {{ ?s ?p ?o }}", "FILTER(1<'>')SERVICE<{}> {{ ?s ?p ?o }} #'\n",
    "\\u0053ERVICESILENT<{}> {{ ?s ?p ?o }}", "FILTER(EXISTS {{}}<?b)SERVICE#>\n<{}> {{ ?s ?p ?o }}",
    "BIND(1 AS ?a) FILTER(<<(?s ?p ?o)>><?b)SERVICE#>\n<{}> {{ ?s ?p ?o }}",
    "FILTER(true||1<'>#')SERVICE<{}> {{ ?s ?p ?o }}\n", "?s ?p e:.SERVICE<{}> {{ ?s ?p ?o }}",
    'VALUES ?v {{ """a" }} SERVICE<{}> {{ ?s e:a\\-b ?o }} # """\n',
    "VALUES ?v {{ '''a' }} SERVICE<{}> {{ ?s e:a\\-b ?o }} # '''\n",
    "FILTER(1<2)#>e:a\\\nSERVICE<{}> {{ ?s ?p ?o }}",
)  # fmt: skip
HIDDEN_LOADS = (
    "LOADSILENT<{}>", "LOADe:", "LOADSILENTe:", "LOAD:", "CLEARALL;LOADSILENT <{}> INTO GRAPH <http://x/g>",
    "LO\\u0041DSILENT<{}>", "DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(1<'>') }} ; LOAD <{}> #'",
    "DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(EXISTS {{}}<'>') }} ; LOAD <{}> #'",
    'INSERT {{ ?v ?v ?v }} WHERE {{ VALUES ?v {{ """a" }} }} ; LOAD <{}> INTO GRAPH e:a\\-b # """',
)  # fmt: skip


@pytest.mark.parametrize("written", HIDDEN_SERVICES)
def test_service_is_refused_however_it_is_written(closed: Server, targets: list[str], written: str) -> None:
    """The engine needs no white space after a keyword, and tells comparisons from IRIs by what stands around them."""
    for target in targets:
        text = f"PREFIX e: <{target}> PREFIX : <{target}> "
        group = f"{{ {written.format(target)} }}"
        assert closed.sparql(f"{text} SELECT * {group}").status == 400
        assert update(closed, f"{text} INSERT {{ <urn:a> <urn:b> <urn:c> }} WHERE {group}").status == 400


@pytest.mark.parametrize("written", HIDDEN_LOADS)
def test_load_is_refused_however_it_is_written(closed: Server, targets: list[str], written: str) -> None:
    for target in targets:
        text = f"PREFIX e: <{target}> PREFIX : <{target}> {written.format(target)}"
        assert update(closed, text).status in {400, 403}


def test_load_is_refused(closed: Server, targets: list[str]) -> None:
    for target in targets:
        assert update(closed, f"LOAD <{target}> INTO GRAPH <http://x/g>").status == 403
        assert update(closed, f"LOAD SILENT <{target}> INTO GRAPH <http://x/g>").status == 204
        assert update(closed, f"LOAD SILENT <{target}>").status == 204
    assert (
        closed.sparql(f"ASK {{ {{ ?s ?p '{SECRET}' }} UNION {{ GRAPH ?g {{ ?s ?p '{SECRET}' }} }} }}").json()["boolean"]
        is False
    )


def test_a_graph_that_is_named_by_an_address_or_a_file_is_only_named(closed: Server, targets: list[str]) -> None:
    for target in targets:
        assert closed.get(f"/graphs?graph={quote(target, safe='')}").status == 404


def test_xml_entities_read_nothing(closed: Server, targets: list[str]) -> None:
    for target in targets:
        for declaration in (f'<!DOCTYPE r [<!ENTITY e SYSTEM "{target}">]>', f'<!DOCTYPE r SYSTEM "{target}">',
                            f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{target}"> %p;]>'):  # fmt: skip
            content = f"""<?xml version="1.0"?>{declaration}
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">
                <rdf:Description rdf:about="http://x/a"><x:p>&e;</x:p></rdf:Description></rdf:RDF>"""
            put(closed, "application/rdf+xml", content)
            assert SECRET not in closed.get("/graphs?graph=http://x/put").text


def test_entities_that_multiply_do_no_harm(closed: Server) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol" * 100}">' for n in range(12))
    content = f"""<?xml version="1.0"?><!DOCTYPE r [{entities}]>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">
        <rdf:Description rdf:about="http://x/a"><x:p>&e11;</x:p></rdf:Description></rdf:RDF>"""
    answer = put(closed, "application/rdf+xml", content)
    assert (answer.status, answer.json()["title"]) == (400, "Not RDF")
    assert closed.sparql("ASK {}").status == 200


def test_a_context_elsewhere_is_not_fetched(closed: Server, targets: list[str]) -> None:
    for target in targets:
        answer = put(closed, "application/ld+json", f'{{"@context": "{target}", "@id": "http://x/a", "p": 1}}')
        assert (answer.status, answer.json()["title"]) == (400, "Not RDF")


DOCUMENTS = {
    "a.html": "<html><head><base href='{t}'><link rel=stylesheet href='{t}'>"
    "<meta http-equiv=refresh content='0;url={t}'></head><body><img src='{t}'><iframe src='{t}'></iframe>"
    "<p>Казахстан провёл учение «Щит».</p></body></html>",
    "a.xhtml": "<!DOCTYPE html [<!ENTITY e SYSTEM '{t}'>]><html xmlns='http://www.w3.org/1999/xhtml'><p>&e;</p></html>",
    "a.jsonld": '{{"@context": "{t}", "@id": "http://x/a", "p": 1}}',
    "a.rdf": "<!DOCTYPE r [<!ENTITY e SYSTEM '{t}'>]><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns:x='http://x/'><rdf:Description rdf:about='http://x/a'><x:p>&e;</x:p></rdf:Description></rdf:RDF>",
    "a.md": "![image]({t}) [link]({t})",
}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that reads documents."""
    folder = new_store(tmp_path_factory, tmp_path_factory.mktemp("reading") / "store")
    running = start_server("--store", str(folder), "--no-sample", MILCOOP_TOKEN=TOKEN)
    yield running
    running.stop()


def test_documents_are_read_without_what_they_link_to(reading: Server, targets: list[str]) -> None:
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="{number}{name}"\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n{content.format(t=target)}\r\n"
        for number, target in enumerate(targets)
        for name, content in DOCUMENTS.items()
    )
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "multipart/form-data; boundary=b"}
    answer = reading.request("/documents", "POST", f"{parts}--b--\r\n".encode(), headers)
    assert answer.status == 201, answer.text
    assert SECRET not in reading.get("/export/nquads").text


def test_the_name_of_a_document_is_only_a_name(reading: Server, targets: list[str]) -> None:
    for target in targets:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/plain"}
        answer = reading.request(f"/documents?name={quote(target, safe='')}", "POST", b"text", headers)
        assert answer.status < 500
        assert SECRET not in answer.text


def test_what_is_on_the_list_of_load_is_loaded(opened: Server, listener: Listener) -> None:
    listener.asked.clear()
    answer = update(
        opened, f"LOAD <{listener.url}/data/one> INTO GRAPH <http://x/one> ; LOAD <{listener.url}/data/two>"
    )
    assert (answer.status, listener.asked) == (204, ["GET /data/one", "GET /data/two"])
    rows = opened.sparql("SELECT ?o { GRAPH <http://x/one> { <http://x/loaded> ?p ?o FILTER(isIRI(?o)) } }")
    assert rows.values("o") == [f"{listener.url}/data/relative"]
    assert opened.sparql("SELECT ?o { <http://x/loaded> ?p ?o }").status == 200
    assert len(opened.sparql("SELECT ?o { <http://x/loaded> ?p ?o }").values("o")) == 2


def test_a_load_that_leads_away_or_nowhere_changes_nothing(opened: Server, listener: Listener) -> None:
    for path, status in (("/away", 403), ("/data/../secret", 403), ("/other", 403)):
        both = f"INSERT DATA {{ <http://x/half> <http://x/p> 1 }} ; LOAD <{listener.url}{path}>"
        assert update(opened, both).status == status
        assert opened.sparql("ASK { <http://x/half> ?p ?o }").json()["boolean"] is False
        assert update(opened, both.replace("LOAD", "LOAD SILENT")).status == 204
        update(opened, "DELETE WHERE { <http://x/half> ?p ?o }")


def test_what_is_on_the_list_of_service_is_called(opened: Server, listener: Listener) -> None:
    listener.asked.clear()
    answer = opened.sparql(f"SELECT * {{ SERVICE <{listener.url}/sparql> {{ ?s ?p ?o }} }}")
    assert (answer.status, listener.asked) == (502, ["POST /sparql"]), "it is asked, and answers with no result"
    assert opened.sparql(f"SELECT * {{ SERVICE <{listener.url}/data> {{ ?s ?p ?o }} }}").status == 400


def test_a_list_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="allow-list"):
        start_server("--store", str(tmp_path / "store"), "--bare", "--load-allow", "example.org")
