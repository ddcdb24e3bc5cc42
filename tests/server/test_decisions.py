"""Decisions about claims over HTTP."""

import json

import pytest

from .conftest import TOKEN
from .serving import Response, Server

PARTICIPANT = "?c rdf:predicate mc:hasParticipant ; rdf:object state:UZB ; rdf:subject ?e"


def post(server: Server, body: object, token: str = TOKEN) -> Response:
    return server.request(
        "/decisions", "POST", json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )  # fmt: skip


def revoke(server: Server, claim: str) -> Response:
    return server.request(f"/decisions?claim={claim}", "DELETE", None, {"Authorization": f"Bearer {TOKEN}"})


@pytest.fixture
def claim(server: Server) -> str:
    return server.sparql(f"SELECT ?c {{ {PARTICIPANT} }}").values("c")[0]


def test_a_claim_is_rejected_and_the_decision_taken_back(server: Server, claim: str) -> None:
    fact = f"ASK {{ <{claim}> rdf:subject ?e . ?e mc:hasParticipant state:UZB }}"
    made = post(server, {"claim": claim, "verdict": "rejected", "author": "Aigerim"})
    try:
        assert made.status == 201
        assert made.json()["verdict"] == "rejected"
        assert server.sparql(fact).json()["boolean"] is False
    finally:
        taken = revoke(server, claim)
    assert taken.json()["revoked"] == [made.json()["decision"]]
    assert server.sparql(fact).json()["boolean"] is True


def test_a_claim_is_amended_with_a_term_in_turtles_notation(server: Server, claim: str) -> None:
    try:
        made = post(
            server,
            {"claim": claim, "verdict": "amended", "author": "A", "values": {"rdf:object": "state:TJK"}},
        )
        assert made.status == 201
        assert server.sparql("ASK { ?c rdf:object state:TJK ; rdf:predicate mc:hasParticipant }").json()["boolean"]
    finally:
        revoke(server, claim)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ([], 400, "no JSON object"),
        ({"claim": "urn:x", "verdict": "maybe", "author": "A"}, 400, "confirmed, rejected, amended"),
        ({"claim": "so", "verdict": "rejected", "author": "A"}, 400, "no RDF term"),
        ({"claim": "urn:nothing", "verdict": "rejected", "author": "A"}, 404, "no claim"),
        ({"claim": "urn:nothing", "verdict": "rejected"}, 400, "needs an author"),
    ],
)
def test_what_cannot_be_decided_is_a_problem(server: Server, body: object, status: int, words: str) -> None:
    answer = post(server, body)
    assert answer.status == status
    assert answer.media_type == "application/problem+json"
    assert words in answer.json()["detail"]


def test_deciding_needs_a_token(server: Server, claim: str) -> None:
    assert post(server, {"claim": claim, "verdict": "rejected", "author": "A"}, token="wrong").status == 401
