"""Each named rule has an example: a sentence, and what the rule reads in it (`loaders/<language>/examples.toml`)."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.reading.grammar import has_language, languages_with
from tests.reading.by_rule import by_rule
from tests.reading.cases import reader

TEXTS = Path(__file__).parent / "texts"
FILES = [(language, file) for language, file in languages_with("examples.toml") if has_language(language)]
EXAMPLES: list[tuple[str, str, dict[str, Any]]] = [
    (language, rule, example)
    for language, file in FILES
    for rule, example in tomllib.loads(file.read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize(("language", "rule", "example"), EXAMPLES, ids=[f"{e[0]}/{e[1]}" for e in EXAMPLES])
def test_a_rule_reads_its_example(language: str, rule: str, example: dict[str, Any]) -> None:
    found = by_rule(reader().read(example["text"], language)).get(rule, set())
    assert example["yields"]
    assert set(example["yields"]) <= found


@pytest.mark.parametrize("language", [language for language, _ in FILES])
def test_what_reads_our_texts_has_an_example(language: str) -> None:
    shown = {rule for each, rule, _ in EXAMPLES if each == language}
    used: dict[str, str] = {}
    for gold in sorted(TEXTS.glob("*.json")):
        if json.loads(gold.read_text(encoding="utf-8")).get("lang") == language:
            text = gold.with_suffix(".txt").read_text(encoding="utf-8")
            used |= dict.fromkeys(by_rule(reader().read(text, language)), gold.stem)
    assert not {rule: where for rule, where in used.items() if rule not in shown}
