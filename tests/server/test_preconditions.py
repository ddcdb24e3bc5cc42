"""Writes on a condition (RFC 9110 §13.1): nobody overwrites what he has not read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from .serving import Response, Server, start_server

TOKEN = "a token of this module"
ONE = b'<http://x/s> <http://x/p> "one" .'
TWO = b'<http://x/s> <http://x/p> "two" .'
UPDATE = "application/sparql-update"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A plain SPARQL server that may be written to."""
    running = start_server(
        "--store", str(tmp_path_factory.mktemp("conditions") / "store"), "--bare", "--workers", "2", MILCOOP_TOKEN=TOKEN
    )
    yield running
    running.stop()


def write(server: Server, method: str, graph: str, body: bytes | None = ONE, **headers: str) -> Response:
    kind = UPDATE if method == "PATCH" else "text/turtle"
    return server.request(
        f"/graphs?graph={graph}", method, body, {"Authorization": f"Bearer {TOKEN}", "Content-Type": kind}, **headers
    )


def test_a_graph_is_made_only_if_there_is_none(bare: Server) -> None:
    assert write(bare, "PUT", "urn:new", If_None_Match="*").status == 201
    again = write(bare, "PUT", "urn:new", TWO, If_None_Match="*")
    assert (again.status, again.media_type) == (412, "application/problem+json")
    assert b"one" in bare.get("/graphs?graph=urn:new").body


def test_a_graph_is_changed_only_if_there_is_one(bare: Server) -> None:
    assert write(bare, "PUT", "urn:none", If_Match="*").status == 412
    assert bare.get("/graphs?graph=urn:none").status == 404
    write(bare, "PUT", "urn:some")
    assert write(bare, "POST", "urn:some", TWO, If_Match="*").status == 204


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_a_graph_is_changed_only_as_it_was_read(bare: Server, method: str) -> None:
    body = {"DELETE": None, "PATCH": b'INSERT DATA { <urn:s> <urn:p> "two" }'}.get(method, TWO)
    write(bare, "PUT", "urn:read")
    tag = bare.get("/graphs?graph=urn:read", "application/n-triples").headers["etag"]
    write(bare, "POST", "urn:read", b'<urn:s> <urn:p> "by somebody else" .')
    assert write(bare, method, "urn:read", body, If_Match=tag).status == 412
    assert b"somebody else" in bare.get("/graphs?graph=urn:read").body
    tag = bare.get("/graphs?graph=urn:read", "text/turtle").headers["etag"]
    assert write(bare, method, "urn:read", body, If_Match=tag).status == 204


def test_of_many_who_read_the_same_one_writes(bare: Server) -> None:
    write(bare, "PUT", "urn:many")
    tag = bare.get("/graphs?graph=urn:many").headers["etag"]
    bodies = [f'<urn:s> <urn:p> "{number}" .'.encode() for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(lambda body: write(bare, "PUT", "urn:many", body, If_Match=tag).status, bodies))
    assert sorted(statuses) == [204, *[412] * 7]


def test_an_update_of_no_operation_is_one(bare: Server) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": UPDATE}
    assert bare.request("/update", "POST", b"", headers).status == 204
    assert bare.request("/update", "POST", b"# nothing\nPREFIX : <urn:>", headers).status == 204
