"""The sample documents: each with its annotation, and together with everything that milcoop reads."""

from pathlib import Path

import pytest

from loaders.samples import samples
from loaders.sources import Given
from tests.loaders.annotated import PerfectReader, read_annotation

ANNOTATIONS = Path(__file__).resolve().parents[1] / "samples"
KINDS = ("exercises", "missions", "agreements", "supplies", "cooperation", "memberships", "positions", "meetings",
         "quantities")  # fmt: skip


def annotation_of(sample: Given) -> Path:
    return (ANNOTATIONS / Path(sample.name).name).with_suffix(".json")


def test_there_are_nothing_but_documents_among_them_each_with_its_annotation() -> None:
    assert {Path(sample.name).suffix for sample in samples()} == {".txt"}
    assert {annotation_of(sample) for sample in samples()} == set(ANNOTATIONS.glob("*.json"))


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_each_has_an_annotation_of_its_own(sample: Given) -> None:
    text = sample.data.decode("utf-8")
    annotation = read_annotation(annotation_of(sample))
    assert annotation["id"] == Path(sample.name).stem
    assert annotation["title"] == text.splitlines()[0]
    assert 200 <= len(text.split()) <= 500  # Kazakh says in one word what takes two elsewhere
    assert len(PerfectReader(annotation, text).read().facts) > 8


def test_together_they_hold_facts_of_every_kind() -> None:
    annotations = [read_annotation(annotation_of(sample)) for sample in samples()]
    assert [kind for kind in KINDS if not any(annotation[kind] for annotation in annotations)] == []
