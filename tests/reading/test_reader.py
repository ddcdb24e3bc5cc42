"""The reader as a whole: what it promises of every reading, and the quality below which it must not fall."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from bench.reading.score import evaluate, texts
from loaders.reading.facts import Fact, Span, Stated
from loaders.reading.gazetteer import KnownEntity, Name
from loaders.reading.reader import Reader
from tests.reading.cases import reader
from tests.shared import shared


def spans(value: Any) -> list[Span]:
    """All passages that a value points to, however deep."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [s for v in value for s in spans(v)]
    if is_dataclass(value):
        return [s for f in fields(value) for s in spans(getattr(value, f.name))]
    return []


def rules(value: Any) -> list[str]:
    """The names of all rules that had a part in a value."""
    if isinstance(value, Fact | Stated):
        return [value.rule, *(r for f in fields(value) for r in rules(getattr(value, f.name)))]
    if isinstance(value, tuple):
        return [r for v in value for r in rules(v)]
    return []


@pytest.fixture(scope="module")
def corpus() -> list[Path]:
    return texts(shared("corpus"), "ru")


def test_every_passage_lies_within_the_text(corpus: list[Path]) -> None:
    for path in corpus[:6]:
        text = path.read_text(encoding="utf-8")
        for fact in reader().read(text).facts:
            assert fact.evidence
            for span in spans(fact):
                assert 0 <= span.begin < span.end <= len(text)
                assert span.of(text) == span.of(text).strip()


def test_every_fact_and_value_names_the_rule_that_found_it(corpus: list[Path]) -> None:
    for path in corpus[:6]:
        for fact in reader().read(path.read_text(encoding="utf-8")).facts:
            for rule in rules(fact):
                assert re.fullmatch(r"ru/[a-z0-9]+(-[a-z0-9]+)*", rule), rule


def test_the_same_text_is_read_the_same(corpus: list[Path]) -> None:
    text = corpus[1].read_text(encoding="utf-8")
    assert reader().read(text) == reader().read(text)


@pytest.mark.parametrize("text", ["", "   \n\n ", ".", "«", "|", "12.03.2020", "— — —", "Ы" * 5000, "а\u0301 б\n" * 50])
def test_odd_texts_are_read_without_facts(text: str) -> None:
    assert reader().read(text, "ru").facts == ()


def test_a_language_without_a_reader_gives_no_facts() -> None:
    reading = reader().read("Das Manöver hat begonnen.", "de")
    assert (reading.language, reading.facts) == ("de", ())


def test_a_name_added_to_the_gazetteer_is_recognised() -> None:
    land = KnownEntity(
        "https://w3id.org/milcoop/id/state/XXA", "state",
        (Name("Зембля", "ru", "label"), Name("земблянский", "ru", "adjective")), code="XXA", state="XXA",
    )  # fmt: skip
    reading = Reader([land]).read("Учение в Зембле закончилось. Земблянские военные довольны.", "ru")
    assert [m.entity.state for m in reading.mentions] == ["XXA", "XXA"]


def test_the_briefing_is_read_almost_whole() -> None:
    result = evaluate(reader(), [shared("corpus/briefing-2021.txt")])
    assert result["total"]["f1"] >= 0.95


def test_the_russian_texts_are_read_well(corpus: list[Path]) -> None:
    total = evaluate(reader(), corpus)["total"]
    assert total["f1"] >= 0.85
    assert total["precision"] >= 0.90


@pytest.mark.parametrize(
    ("name", "f1", "precision"), [("tune-[0-9]", 0.80, 0.90), ("hold-[0-9]", 0.68, 0.75), ("tune-en-", 0.60, 0.70)]
)
def test_texts_in_other_voices_are_read(name: str, f1: float, precision: float) -> None:
    shared("score.py")
    folder = Path(__file__).parent / "texts"
    total = evaluate(reader(), sorted(folder.glob(f"{name}*.txt")))["total"]
    assert total["f1"] >= f1
    assert total["precision"] >= precision
