"""The rules beside the axioms explain themselves, and speak of terms that exist."""

import re
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat

import ontology

RULES = ontology.rule_files()
TERMS = {
    quad.subject.value.removeprefix(ontology.MC)
    for quad in pyoxigraph.parse(path=ontology.path("milcoop.ttl"), format=RdfFormat.TURTLE)
    if isinstance(quad.subject, pyoxigraph.NamedNode) and quad.subject.value.startswith(ontology.MC)
}


def test_there_are_the_rules_that_the_definitions_promise() -> None:
    assert {rule.stem for rule in RULES} >= {
        "bilateral-exercise", "cooperating-pairs", "current-membership", "deployment-roles", "multinational-exercise",
    }  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_a_rule_has_titles_and_a_description_in_its_head(rule: Path) -> None:
    text = rule.read_text("utf-8")

    for key in ("title", "title@ru", "title@kk", "description"):
        assert re.search(rf"^# {key}: \S", text, re.MULTILINE), key


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_a_rule_constructs_triples_of_the_vocabulary(rule: Path) -> None:
    text = rule.read_text("utf-8")
    query = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))

    assert isinstance(pyoxigraph.Store().query(text), pyoxigraph.QueryTriples)
    assert set(re.findall(r"\bmc:(\w+)", query)) <= TERMS
