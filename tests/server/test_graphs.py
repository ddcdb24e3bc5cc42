"""`/graphs`: the SPARQL 1.1 Graph Store HTTP Protocol."""

import codecs
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, parse

from .serving import Response, Server, start_server

TOKEN = "a token of this module"
TURTLE = "text/turtle; charset=utf-8"
ONE = b'<http://x/s> <http://x/p> "one" .'
TWO = b'<http://x/s> <http://x/p> "two" .'


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A plain SPARQL server that may be written to."""
    running = start_server(
        "--store", str(tmp_path_factory.mktemp("bare") / "store"), "--bare", "--workers", "2", MILCOOP_TOKEN=TOKEN
    )
    yield running
    running.stop()


def write(
    server: Server, method: str, target: str, body: bytes | None = None, content_type: str | None = TURTLE
) -> Response:
    headers: Mapping[str, str] = {"Authorization": f"Bearer {TOKEN}"}
    if body is not None and content_type:
        headers = {**headers, "Content-Type": content_type}
    return server.request(f"/graphs{target}", method, body, headers)


def values(server: Server, target: str) -> set[str]:
    """The values of the literals in a graph."""
    answer = server.get(f"/graphs{target}", "text/turtle")
    assert answer.status == 200, answer.text
    return {getattr(quad.object, "value", "") for quad in parse(answer.body, RdfFormat.TURTLE)}


def test_put_makes_and_replaces(bare: Server) -> None:
    assert write(bare, "PUT", "?graph=http://x/put", ONE).status == 201
    assert write(bare, "PUT", "?graph=http://x/put", TWO).status == 204
    assert values(bare, "?graph=http://x/put") == {"two"}


def test_post_makes_and_adds(bare: Server) -> None:
    assert write(bare, "POST", "?graph=http://x/post", ONE).status == 201
    assert write(bare, "POST", "?graph=http://x/post", TWO).status == 204
    assert values(bare, "?graph=http://x/post") == {"one", "two"}


def test_delete_removes(bare: Server) -> None:
    write(bare, "PUT", "?graph=http://x/delete", ONE)
    assert write(bare, "DELETE", "?graph=http://x/delete").status == 204
    for method in ("GET", "HEAD"):
        assert bare.request("/graphs?graph=http://x/delete", method).status == 404
    assert write(bare, "DELETE", "?graph=http://x/delete").status == 404


def test_the_default_graph(bare: Server) -> None:
    assert write(bare, "PUT", "?default", ONE).status == 204
    assert write(bare, "POST", "?default", TWO).status == 204
    assert values(bare, "?default") == {"one", "two"}
    assert bare.sparql("SELECT ?o WHERE { ?s ?p ?o }").status == 200
    assert write(bare, "DELETE", "?default").status == 204
    assert values(bare, "?default") == set()


def test_an_address_below_is_a_graph_of_that_name(bare: Server) -> None:
    assert write(bare, "PUT", "/person/1.ttl", ONE).status == 201
    assert values(bare, "/person/1.ttl") == {"one"}
    assert values(bare, f"?graph={quote(bare.url + '/graphs/person/1.ttl', safe='')}") == {"one"}
    assert bare.get("/graphs/person/%31.ttl").status == 404, "an escape is not the letter"
    assert write(bare, "DELETE", "/person/1.ttl").status == 204
    assert bare.get("/graphs/person/1.ttl").status == 404


def test_an_escape_in_the_parameter_is_decoded_once(bare: Server) -> None:
    write(bare, "PUT", "?graph=http://x/%31", ONE)
    write(bare, "PUT", "?graph=http://x/%2531", TWO)
    assert values(bare, "?graph=http%3A%2F%2Fx%2F1") == {"one"}
    assert values(bare, "?graph=http%3A%2F%2Fx%2F%2531") == {"two"}


def test_a_post_to_the_store_makes_a_graph_and_tells_where(bare: Server) -> None:
    first, second = (write(bare, "POST", "", ONE) for _ in range(2))
    assert first.status == second.status == 201
    assert first.headers["location"] != second.headers["location"]
    location = first.headers["location"]
    assert location.startswith(bare.url)
    assert values(bare, location.removeprefix(bare.url + "/graphs")) == {"one"}
    assert values(bare, f"?graph={quote(location, safe='')}") == {"one"}


def test_relative_iris_are_those_of_the_graph(bare: Server) -> None:
    write(bare, "PUT", "?graph=http://x/base/graph", b"<> <p> <#here> .")
    (triple,) = parse(bare.get("/graphs?graph=http://x/base/graph").body, RdfFormat.TURTLE)
    terms = [getattr(term, "value", "") for term in (triple.subject, triple.predicate, triple.object)]
    assert terms == ["http://x/base/graph", "http://x/base/p", "http://x/base/graph#here"]


def test_bad_content_leaves_the_old(bare: Server) -> None:
    write(bare, "PUT", "?graph=http://x/kept", ONE)
    for method in ("PUT", "POST"):
        answer = write(bare, method, "?graph=http://x/kept", TWO + b" <unfinished")
        assert (answer.status, answer.json()["title"]) == (400, "Not RDF")
    assert values(bare, "?graph=http://x/kept") == {"one"}
    assert write(bare, "PUT", "?graph=http://x/not-made", b"<unfinished").status == 400
    assert bare.get("/graphs?graph=http://x/not-made").status == 404


def test_blank_nodes_of_two_requests_are_two(bare: Server) -> None:
    write(bare, "PUT", "?graph=http://x/blank", b"_:a <http://x/p> 1 .")
    write(bare, "POST", "?graph=http://x/blank", b"_:a <http://x/p> 2 .")
    found = list(parse(bare.get("/graphs?graph=http://x/blank").body, RdfFormat.TURTLE))
    assert len({quad.subject for quad in found}) == 2


def test_a_byte_order_mark_is_no_content(bare: Server) -> None:
    write(bare, "PUT", "?graph=http://x/marked", codecs.BOM_UTF8 + ONE)
    assert values(bare, "?graph=http://x/marked") == {"one"}


def test_writes_at_once_all_happen(bare: Server) -> None:
    def add(n: int) -> int:
        return write(bare, "POST", "?graph=http://x/at-once", f'<http://x/s> <http://x/p> "{n}" .'.encode()).status

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(add, range(12))) == [201] + 11 * [204]
    assert values(bare, "?graph=http://x/at-once") == {str(n) for n in range(12)}


def test_an_empty_graph_is_a_graph(bare: Server) -> None:
    assert write(bare, "PUT", "?graph=http://x/empty", b"").status == 201
    assert bare.get("/graphs?graph=http://x/empty").status == 200
    assert bare.sparql("SELECT ?g WHERE { GRAPH ?g {} }").status == 200
    assert write(bare, "PUT", "?graph=http://x/empty", b"").status == 204


BOUNDARY = "a6fe4cd636164618814be9f8d3d1a0de"


def form(*parts: tuple[str, str, str]) -> bytes:
    """Parts of a file name, a content type and a text each."""
    lines = []
    for name, content_type, text in parts:
        lines += [f"--{BOUNDARY}", f'Content-Disposition: form-data; name="{name}"; filename="{name}"']
        lines += [f"Content-Type: {content_type}"] if content_type else []
        lines += ["", text]
    return "\r\n".join([*lines, f"--{BOUNDARY}--", ""]).encode()


def test_a_form_brings_several_contents(bare: Server) -> None:
    body = form(("a.ttl", TURTLE, ONE.decode()), ("a.nt", "", TWO.decode()))
    answer = write(bare, "POST", "?graph=http://x/form", body, f"multipart/form-data; boundary={BOUNDARY}")
    assert answer.status == 201
    assert values(bare, "?graph=http://x/form") == {"one", "two"}


def test_a_form_with_a_bad_part_changes_nothing(bare: Server) -> None:
    body = form(("a.ttl", TURTLE, ONE.decode()), ("b.ttl", TURTLE, "<unfinished"))
    answer = write(bare, "POST", "?graph=http://x/bad-form", body, f"multipart/form-data; boundary={BOUNDARY}")
    assert answer.status == 400
    assert bare.get("/graphs?graph=http://x/bad-form").status == 404


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        ("application/n-triples", ONE.decode()),
        ("text/turtle", ONE.decode()),
        ('TEXT/Turtle;charset="UTF-8"', ONE.decode()),
        (
            "application/rdf+xml",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
            '<r:Description r:about="s"><x:p>one</x:p></r:Description></r:RDF>',
        ),
        ("application/ld+json", '{"@id": "http://x/s", "http://x/p": "one"}'),
    ],
)
def test_every_syntax_is_taken_and_given(bare: Server, content_type: str, text: str) -> None:
    assert write(bare, "PUT", "?graph=http://x/syntax", text.encode(), content_type).status in {201, 204}
    assert values(bare, "?graph=http://x/syntax") == {"one"}
    media_type = content_type.partition(";")[0].lower()
    answer = bare.get("/graphs?graph=http://x/syntax", media_type)
    head = bare.request("/graphs?graph=http://x/syntax", "HEAD", headers={"Accept": media_type})
    assert (answer.status, answer.media_type) == (200, media_type)
    assert (head.status, head.headers["content-type"], head.body) == (200, answer.headers["content-type"], b"")


@pytest.mark.parametrize(
    ("content_type", "text", "status"),
    [
        (None, ONE.decode(), 415),
        ("text/html", ONE.decode(), 415),
        ("text/turtle; charset=utf-16", ONE.decode(), 415),
        ("text/turtle", '<http://x/s> <http://x/p> "\xff" .', 400),
        ("application/trig", "<http://x/other> { <http://x/s> <http://x/p> 1 }", 400),
        ("application/ld+json", '{"@context": "http://127.0.0.1:1/", "@id": "http://x/s"}', 400),
        ("multipart/form-data; boundary=none", "", 400),
    ],
)
def test_content_that_is_not_taken(bare: Server, content_type: str | None, text: str, status: int) -> None:
    answer = write(bare, "PUT", "?graph=http://x/refused", text.encode("latin-1"), content_type)
    assert (answer.status, answer.media_type) == (status, "application/problem+json")
    assert bare.get("/graphs?graph=http://x/refused").status == 404


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        ("application/trig", "PREFIX : <http://x/> _:b :p 'in none' . :d1 { _:b :p 'one' } GRAPH :d2 { :s :p 'two' }"),
        ("application/n-quads", "_:b <http://x/p> 'in none' .\n_:b <http://x/p> 'one' <http://x/d1> .\n"
                                "<http://x/s> <http://x/p> 'two' <http://x/d2> .\n".replace("'", '"')),
    ],
)  # fmt: skip
def test_a_dataset_is_added_graph_by_graph(bare: Server, content_type: str, text: str) -> None:
    for graph in ("?graph=http://x/d1", "?graph=http://x/d2", "?default"):
        write(bare, "PUT", graph, b"<http://x/s> <http://x/p> 'before' .")
    answer = write(bare, "POST", "", text.encode(), content_type)
    assert (answer.status, "location" in answer.headers) == (204, False)
    assert values(bare, "?graph=http://x/d1") == {"before", "one"}
    assert values(bare, "?graph=http://x/d2") == {"before", "two"}
    assert values(bare, "?default") == {"before", "in none"}
    shared = "ASK { ?b ?p 'in none' GRAPH <http://x/d1> { ?b ?q 'one' } }"
    assert bare.sparql(shared).json()["boolean"] is True, "a blank node is the same in all graphs of a dataset"


def test_a_graph_without_an_iri_gets_one(bare: Server) -> None:
    text = "_:g { [] <http://x/in> _:g . _:n <http://x/says> <<( _:g <http://x/p> 1 )>> } [] <http://x/about> _:g ."
    assert write(bare, "POST", "", text.encode(), "application/trig").status == 204
    found = "GRAPH ?g { ?a <http://x/in> ?g . ?b <http://x/says> <<( ?g <http://x/p> 1 )>> } ?c <http://x/about> ?g"
    assert bare.sparql(f"ASK {{ {found} FILTER (isIRI(?g)) }}").json()["boolean"] is True


def test_a_dataset_is_added_as_a_whole_or_not_at_all(bare: Server) -> None:
    text = "<http://x/whole> { <http://x/s> <http://x/p> 1 } <http://x/s> <http://x/p>"
    assert write(bare, "POST", "", text.encode(), "application/trig").status == 400
    assert bare.get("/graphs?graph=http://x/whole").status == 404


@pytest.mark.parametrize(
    "target",
    ["", "?graph=", "?graph=relative", "?graph=http://x/%20", "?default&graph=http://x/a",
     "?graph=http://x/a&graph=http://x/", "/direct?default", "/direct?graph=http://x/a"],
)  # fmt: skip
def test_targets_that_are_none(bare: Server, target: str) -> None:
    assert write(bare, "PUT", target, ONE).status == 400
    assert write(bare, "DELETE", target).status == 400
    assert bare.get(f"/graphs{target}").status == 400


def test_what_nobody_has_is_406(bare: Server) -> None:
    assert bare.get("/graphs?default", "image/png").status == 406


def test_writing_needs_the_token_and_reading_does_not(bare: Server) -> None:
    for method in ("PUT", "POST", "DELETE"):
        answer = bare.request("/graphs?graph=http://x/token", method, ONE, {"Content-Type": TURTLE})
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert bare.get("/graphs?default").status == 200


def patch(server: Server, target: str, text: str) -> int:
    return write(server, "PATCH", target, text.encode(), "application/sparql-update").status


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('INSERT DATA { <s> <p> "three" }', {"one", "three"}),
        ('PREFIX x: <http://x/> DELETE DATA { x:s x:p "one" } # }\n; INSERT DATA {}', set()),
        ("DELETE WHERE { ?s ?p ?o }", set()),
        ('DELETE { ?s ?p ?o } INSERT { ?s ?p "two" } WHERE { ?s ?p ?o } ; INSERT { <s> <p> ?o } WHERE { ?s ?p ?o }',
         {"two"}),
        ('INSERT { ?s ?p "more" } WHERE { ?s ?p ?o }', {"one", "more"}),
    ],
)  # fmt: skip
def test_patch_changes_the_graph_and_no_other(bare: Server, text: str, left: set[str]) -> None:
    write(bare, "PUT", "?graph=http://x/patched", ONE)
    write(bare, "PUT", "?graph=http://x/beside", TWO)
    write(bare, "PUT", "?default", TWO)
    assert patch(bare, "?graph=http://x/patched", text) == 204
    assert values(bare, "?graph=http://x/patched") == left
    assert values(bare, "?graph=http://x/beside") == values(bare, "?default") == {"two"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("CLEAR ALL", 422),
        ("INSERT DATA { GRAPH <http://x/beside> { <s> <p> 1 } }", 422),
        ("WITH <http://x/beside> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 422),
        ("LO\\u0041D <http://127.0.0.1:1/>", 422),
        ("INSERT DATA { <s> <p> }", 400),
        ("INSERT DATA", 400),
        ("DELETE WHERE", 400),
        ("DELETE { } } WHERE {", 400),
    ],
)
def test_what_is_no_patch_changes_nothing(bare: Server, text: str, status: int) -> None:
    write(bare, "PUT", "?graph=http://x/patched", ONE)
    write(bare, "PUT", "?graph=http://x/beside", TWO)
    assert patch(bare, "?graph=http://x/patched", text) == status
    assert values(bare, "?graph=http://x/patched") == {"one"}
    assert values(bare, "?graph=http://x/beside") == {"two"}


def test_only_a_graph_that_is_there_can_be_patched(bare: Server) -> None:
    assert patch(bare, "?graph=http://x/not-there", "INSERT DATA { <s> <p> 1 }") == 404
    assert patch(bare, "?default", 'DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <http://x/s> <http://x/p> "new" }') == 204
    assert values(bare, "?default") == {"new"}
    assert bare.request("/graphs?default", "PATCH", b"CLEAR ALL").status == 401
    assert write(bare, "PATCH", "?default", ONE).status == 415
