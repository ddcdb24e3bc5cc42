"""What is known of a rule by its name: what it says, and where it is written down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ontology
from graph.reasoner.owl2rl import notation
from ontology import BASE

__all__ = ["RuleText", "rule_text"]

W3C_SECTION = "https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules"
"""OWL 2 Web Ontology Language Profiles (Second Edition), section 4.3."""

_HEADING = re.compile(r"## Table (\d): (.*)")
_TITLE = re.compile(r"# title(?:@(\w+))?: (.*)")


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule, for people.

    Arguments:
        name: its name.
        iri: what to call it in RDF.
        text: what it says: premises and conclusions, or a SPARQL query.
        table: the number of the table of OWL 2 Profiles in which it stands; None for a rule beside the axioms.
        see: the address at which it is defined, if it has one.
        titles: what it is about, by language.
    """

    name: str
    iri: str
    text: str
    table: int | None
    see: str | None
    titles: Mapping[str, str]


def rule_text(name: str) -> RuleText:
    """The rule of a name.

    Raises:
        KeyError: there is none.
    """
    return _texts()[name]


@cache
def _texts() -> Mapping[str, RuleText]:
    return {rule.name: rule for rule in (*_of_the_recommendation(), *map(_beside, ontology.rule_files()))}


def _of_the_recommendation() -> list[RuleText]:
    found: list[RuleText] = []
    table, about = 0, ""
    text = Path(notation.__file__).with_name("owl2rl.rules").read_text("utf-8")
    for line in re.sub(r"\n[ \t]+", " ", text).splitlines():
        if heading := _HEADING.match(line):
            table, about = int(heading[1]), heading[2]
        elif line.strip() and not line.startswith("#"):
            name, _, rule = line.partition(": ")
            found.append(RuleText(name, f"{BASE}rule/owl2rl/{name}", rule, table, W3C_SECTION, {"en": about}))
    return found


def _beside(file: Path) -> RuleText:
    text = file.read_text("utf-8")
    titles = {language or "en": title for language, title in _TITLE.findall(text)}
    return RuleText(file.stem, f"{BASE}rule/ontology/{file.stem}", text, None, None, titles)
