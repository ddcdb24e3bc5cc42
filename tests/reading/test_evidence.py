"""The law of all reading: every fact, and every value of a fact, points to words of the text."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.reading.facts import Deployment, Fact, Span, Stated
from loaders.samples import samples
from tests.reading.cases import reader

TEXTS = {sample.name: sample.data.decode() for sample in samples()} | {
    file.stem: file.read_text(encoding="utf-8") for file in (Path(__file__).parent / "texts").glob("*.txt")
}


def evidence(fact: Fact) -> Iterator[tuple[Span, ...]]:
    yield fact.evidence
    for each in dataclasses.fields(fact):
        value = getattr(fact, each.name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Stated):
                yield one.evidence
            elif isinstance(one, Deployment):
                yield from evidence(one)


@pytest.mark.parametrize("name", TEXTS)
def test_all_that_is_read_points_to_words_of_the_text(name: str) -> None:
    text = TEXTS[name]
    reading = reader().read(text)

    assert reading.facts
    for fact in reading.facts:
        for spans in evidence(fact):
            assert spans, fact
            assert all(0 <= s.begin < s.end <= len(text) and s.of(text).strip() for s in spans)
    for mention in reading.mentions:
        assert mention.span.of(text).strip()
