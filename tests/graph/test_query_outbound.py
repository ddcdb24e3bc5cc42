"""What leaves the machine: what the allow-list has, to the addresses that it lets pass, and nothing else."""

import socket
from typing import Any

import pytest
from pyoxigraph import Store

from graph.errors import BadUsage
from graph.query import QueryRequest, QuerySyntaxError, ServiceRefused, evaluate
from graph.query.allow_list import AllowList
from graph.query.outbound import CallFailed, CallRefused, Outbound
from tests.listener import Reply, listening

JSON = "application/sparql-results+json"
ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"from elsewhere"}}]}}'
SELECT = "SELECT ?x WHERE { SERVICE <%s> { ?a ?b ?x } }"


@pytest.mark.parametrize(
    ("entry", "url", "allowed"),
    [
        ("https://a.example/sparql", "https://a.example/sparql", True),
        ("https://a.example/sparql", "https://a.example/sparql?x=1", True),
        ("https://a.example/sparql", "https://a.example/sparql/more", True),
        ("https://a.example/sparql", "https://A.EXAMPLE:443/sparql", True),
        ("https://a.example", "https://a.example/anything", True),
        ("https://a.example/", "https://a.example/anything", True),
        ("https://a.example/sparql", "https://a.example/sparqlx", False),
        ("https://a.example/sparql", "https://a.example/", False),
        ("https://a.example/sparql", "http://a.example/sparql", False),
        ("https://a.example/sparql", "https://a.example:8443/sparql", False),
        ("https://a.example/sparql", "https://a.example.evil.example/sparql", False),
        ("https://a.example/sparql", "https://a.example@evil.example/sparql", False),
        ("https://a.example/sparql", "https://evil.example/https://a.example/sparql", False),
        ("https://a.example/open", "https://a.example/open/../secret", False),
        ("https://a.example/open", "https://a.example/open/%2e%2e/secret", False),
        ("https://a.example/open", "https://a.example/open\\..\\secret", False),
        ("https://a.example", "https://a.example\r\nHost: evil", False),
        ("https://a.example", "file:///etc/passwd", False),
        ("https://a.example", "ftp://a.example/", False),
        ("https://a.example", "", False),
        ("https://a.example", "https://a.example:99999999/", False),
    ],
)
def test_a_url_is_allowed_by_its_host_and_the_beginning_of_its_path(entry: str, url: str, allowed: bool) -> None:
    assert AllowList.parse([entry]).allows(url) is allowed


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "::1",
                                     "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "224.0.0.1",
                                     "100.64.0.1", "not an address"])  # fmt: skip
def test_an_address_that_is_not_public_must_be_listed(address: str) -> None:
    assert not AllowList.parse(["https://a.example"]).allows_address(address)


def test_public_and_listed_addresses_are_let_pass() -> None:
    allowed = AllowList.parse(["https://a.example", "10.1.0.0/16", "::1", "http://192.168.7.7:3030/ds"])
    for address in ("8.8.8.8", "2606:4700::1111", "10.1.255.1", "::1", "192.168.7.7", "::ffff:10.1.0.1"):
        assert allowed.allows_address(address)
    assert not allowed.allows_address("10.2.0.1")


@pytest.mark.parametrize("entry", ["a.example", "https://", "ftp://a.example", "https://a.example/?q", "10.0.0.0/99"])
def test_an_entry_that_is_neither_url_nor_network_is_refused(entry: str) -> None:
    with pytest.raises(BadUsage, match="allow-list"):
        AllowList.parse([entry])


def allowing(*entries: str) -> Outbound:
    return Outbound(AllowList.parse(entries), seconds=5, max_bytes=1000)


def test_what_is_not_listed_is_not_called() -> None:
    with listening() as listener:
        for outbound in (Outbound(), allowing("https://a.example"), allowing(listener.url + "/other")):
            with pytest.raises(CallRefused, match="not on the allow-list"):
                outbound.call(listener.url + "/one")
        assert allowing(listener.url).call(listener.url + "/one").status == 200
        assert listener.asked == ["GET /one"]


def named(monkeypatch: pytest.MonkeyPatch, addresses: dict[str, list[str]]) -> list[str]:
    """Let names lead to addresses, one after the other at each look-up; the names that were looked up."""
    looked_up: list[str] = []
    known = socket.getaddrinfo

    def look_up(host: str, port: int, *further: Any, **named: Any) -> Any:
        if host in addresses:
            looked_up.append(host)
            here = addresses[host]
            return known(here.pop(0) if len(here) > 1 else here[0], port, *further, **named)
        return known(host, port, *further, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return looked_up


def test_a_listed_name_that_leads_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as listener:
        named(monkeypatch, {"friend.example": ["127.0.0.1"]})
        url = listener.url.replace("127.0.0.1", "friend.example")
        with pytest.raises(CallRefused, match=r"127\.0\.0\.1, which is not public"):
            allowing(url).call(url + "/x")
        assert listener.asked == []
        assert allowing(url, "127.0.0.0/8").call(url + "/x").status == 200


def test_a_name_is_looked_up_once_and_the_connection_goes_where_that_led(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as listener:
        looked_up = named(monkeypatch, {"rebound.example": ["127.0.0.1", "127.0.0.2"]})
        url = listener.url.replace("127.0.0.1", "rebound.example")
        assert allowing(url, "127.0.0.1").call(url + "/x").status == 200
        assert looked_up == ["rebound.example"]


def test_redirects_are_followed_to_where_the_list_allows_and_nowhere_else() -> None:
    with listening() as elsewhere:

        def answer(path: str, _: bytes) -> Reply:
            to = {"/in": "/there", "/out": elsewhere.url + "/secret", "/file": "file:///etc/passwd", "/round": "/round"}
            return Reply(status=302, headers={"Location": to[path]}) if path in to else Reply(b"here")

        with listening(answer) as listener:
            outbound = allowing(listener.url)
            assert outbound.call(listener.url + "/in").body == b"here"
            for path in ("/out", "/file"):
                with pytest.raises(CallRefused):
                    outbound.call(listener.url + path)
            with pytest.raises(CallFailed, match="more than 5 times"):
                outbound.call(listener.url + "/round")
        assert elsewhere.asked == []


def test_an_answer_that_is_too_large_or_does_not_come_is_told() -> None:
    with listening(lambda path, body: Reply(b"x" * 2000)) as listener:
        with pytest.raises(CallFailed, match="more than 1,000 bytes"):
            allowing(listener.url).call(listener.url + "/large")
        silent = listener.url
    with pytest.raises(CallFailed, match="does not answer"):
        allowing(silent).call(silent + "/gone")
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(CallFailed, match="does not answer"):
            Outbound(AllowList.parse([url]), seconds=0.2).call(url)


def services(*entries: str) -> AllowList:
    return AllowList.parse(entries)


def test_a_service_on_the_list_is_asked() -> None:
    with listening(lambda path, body: Reply(ROWS, JSON)) as listener:
        request = QueryRequest(SELECT % f"{listener.url}/sparql")
        answer = evaluate(Store(), request, "csv", services=services(listener.url))
        assert answer.body == b"x\r\nfrom elsewhere\r\n"
        assert listener.asked == ["POST /sparql"]


def test_a_service_that_redirects_elsewhere_is_not_followed() -> None:
    with listening() as elsewhere:
        away = Reply(status=307, headers={"Location": elsewhere.url + "/"})
        with listening(lambda path, body: away) as listener:
            request = QueryRequest(SELECT % f"{listener.url}/sparql")
            with pytest.raises(CallRefused):
                evaluate(Store(), request, services=services(listener.url))
            silent = QueryRequest(request.text.replace("SERVICE", "SERVICE SILENT"))
            assert evaluate(Store(), silent, services=services(listener.url)).rows == 1
        assert elsewhere.asked == []


def test_a_service_that_fails_is_told_unless_it_is_silent() -> None:
    with listening(lambda path, body: Reply(status=500)) as listener:
        request = QueryRequest(SELECT % f"{listener.url}/sparql")
        with pytest.raises(CallFailed, match="status 500"):
            evaluate(Store(), request, services=services(listener.url))
        silent = QueryRequest(request.text.replace("SERVICE", "SERVICE SILENT"))
        assert evaluate(Store(), silent, services=services(listener.url)).rows == 1


@pytest.mark.parametrize("text", ["SELECT * { SERVICE ?s { ?a ?b ?c } }", "SELECT * { SERVICESILENT ?s { ?a ?b ?c } }",
                                  "PREFIX e: <%s/> SELECT * { SERVICE e:s { ?a ?b ?c } }",
                                  "BASE <%s/> SELECT * { SERVICE <sparql> { ?a ?b ?c } }",
                                  "SELECT * { \\u0053ERVICE <%s.evil.example/> { ?a ?b ?c } }",
                                  "SELECT * { SERVICE <file:///etc/passwd> { ?a ?b ?c } }",
                                  "SELECT * { { SELECT * { service <http://o.example> {} } } }",
                                  "SELECT * { SERVICE SILENT <%s/> {} SERVICE <http://o.example> {} }"])  # fmt: skip
def test_a_service_that_is_not_written_as_a_listed_iri_is_refused(text: str) -> None:
    with listening() as listener:
        text = text.replace("%s", listener.url)
        with pytest.raises(ServiceRefused):
            evaluate(Store(), QueryRequest(text), services=services(listener.url))
        assert listener.asked == []


def test_an_error_of_syntax_is_told_at_its_place_in_the_text_as_it_came() -> None:
    with listening() as listener:
        text = f"SELECT * {{ SERVICE <{listener.url}/sparql> {{ ?a ?b ?c }} ?d }}"
        with pytest.raises(QuerySyntaxError) as caught:
            evaluate(Store(), QueryRequest(text), services=services(listener.url))
        assert (caught.value.line, caught.value.column) == (1, len(text) + 1)
        assert listener.asked == []


SILENT = [
    ("SELECT * { SERVICE SILENT <%s/other> { ?a ?b ?c } }", "a,b,c\r\n,,\r\n"),
    ("SELECT * { service#\n silent<%s/other>{?a ?b ?c} }", "a,b,c\r\n,,\r\n"),
    ("PREFIX : <%s/other> SELECT * { SERVICE SILENT : { ?a ?b ?c } }", "a,b,c\r\n,,\r\n"),
    ("PREFIX e: <%s/> SELECT * { SERVICE SILENT e:other { ?a ?b ?c } }", "a,b,c\r\n,,\r\n"),
    ("BASE <%s/> SELECT * { SERVICE SILENT <other> { ?a ?b ?c } }", "a,b,c\r\n,,\r\n"),
    ("SELECT ?a ?s { SERVICE SILENT ?s { ?a ?b ?c } }", "a,s\r\n,\r\n"),
    ("SELECT ?a ?s { VALUES ?s { <%s/other> 1 } SERVICE SILENT ?s { ?a ?b ?c } } ORDER BY ?s", None),
    ("SELECT ?a { SERVICE SILENT <%s/other> { ?a ?b ?c FILTER (false) } }", "a\r\n\r\n"),
    ("SELECT ?x { VALUES ?x { 1 2 } OPTIONAL { SERVICE SILENT <%s/other> { ?x ?b ?c } } }", "x\r\n1\r\n2\r\n"),
    ("SELECT ?x { VALUES ?x { 1 2 } FILTER NOT EXISTS { SERVICE SILENT <%s/other> { ?x ?b ?c } } }", "x\r\n"),
    ("SELECT ?x { VALUES ?x { 1 2 } MINUS { SERVICE SILENT <%s/other> { ?x ?b ?c } } }", "x\r\n1\r\n2\r\n"),
    ("SELECT (COUNT(*) AS ?n) { SERVICE SILENT <%s/o> { ?a ?b ?c } SERVICE SILENT <%s/o> { ?a ?b ?c } }", "n\r\n1\r\n"),
    ("SELECT (COUNT(*) AS ?n) { SERVICE SILENT <%s/other> { SERVICE SILENT ?c { ?c ?c ?c } } }", "n\r\n1\r\n"),
    ("ASK { SERVICE SILENT <%s/other> { ?a ?b ?c } }", "true"),
]


@pytest.mark.parametrize(("text", "expected"), SILENT)
@pytest.mark.parametrize("allowed", [[], ["/sparql"]], ids=["nothing allowed", "another allowed"])
def test_a_silent_service_that_may_not_be_called_has_one_solution_without_bindings(
    text: str, expected: str | None, allowed: list[str]
) -> None:
    with listening(lambda path, body: Reply(ROWS, JSON)) as listener:
        text = text.replace("%s", listener.url)
        answer = evaluate(
            Store(), QueryRequest(text), "csv", services=services(*(listener.url + one for one in allowed))
        )
        expected = f"a,s\r\n,{listener.url}/other\r\n,1\r\n" if expected is None else expected
        assert sorted(answer.body.decode().split("\r\n")) == sorted(expected.split("\r\n"))
        assert listener.asked == []


def test_one_that_may_be_called_answers_beside_one_that_may_not() -> None:
    with listening(lambda path, body: Reply(ROWS, JSON)) as listener:
        refused = f"SERVICE SILENT <{listener.url}/no> {{ ?x ?p ?o }}"
        text = f"SELECT ?x {{ {refused} SERVICE <{listener.url}/yes> {{ ?a ?b ?x }} }}"
        answer = evaluate(Store(), QueryRequest(text), "csv", services=services(listener.url + "/yes"))
        assert answer.body == b"x\r\nfrom elsewhere\r\n"
        assert listener.asked == ["POST /yes"]


def test_the_place_of_an_error_is_told_beside_a_silent_service_that_may_not_be_called() -> None:
    with listening() as listener:
        text = f"ASK {{ SERVICE SILENT <{listener.url}/sparql> {{ ?a ?b ?c }} ?d }}"
        with pytest.raises(QuerySyntaxError) as caught:
            evaluate(Store(), QueryRequest(text))
        assert (caught.value.line, caught.value.column) == (1, len(text) + 1)
        assert listener.asked == []
