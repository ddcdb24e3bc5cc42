"""Corners of the rules, from `reasoner_corners.toml`: what must follow, what must not, and what clashes."""

import tomllib
from pathlib import Path

import pytest
from pyoxigraph import Triple

from graph.reasoner import Owl2RlReasoner
from ontology import RDF
from tests.graph import test_reasoner

CORNERS: list[dict[str, str]] = tomllib.loads(Path(__file__).with_name("reasoner_corners.toml").read_text("utf-8"))[
    "corner"
]


def _turtle(text: str) -> set[Triple]:
    return test_reasoner.turtle(f"@prefix rdf: <{RDF}> . {text}")


@pytest.mark.parametrize("corner", CORNERS, ids=lambda corner: corner["about"])
def test_a_corner_of_the_rules(corner: dict[str, str]) -> None:
    given = _turtle(corner["given"])
    closure = Owl2RlReasoner().closure(given)
    known = closure.inferred | given
    assert _turtle(corner.get("follows", "")) <= known
    assert not _turtle(corner.get("not", "")) & known
    assert {found.rule for found in closure.inconsistencies} == ({corner["clash"]} if "clash" in corner else set())
