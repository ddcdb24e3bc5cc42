"""Whatever a file holds gives facts that stand in it, or a clear refusal (`bench.reading.fuzz` tries for hours)."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.reading.fuzz import read
from bench.reading.hostile import SIGNS, file, text
from loaders.samples import samples
from tests.reading.cases import reader

SAMPLES = [sample.data.decode() for sample in samples()]
LONG = {
    "line": "Казахстан и Турция подписали соглашение о военном сотрудничестве и " * 300,
    "word": "учениеСтепнойорёл2024" * 5000,
    "signs": "«" * 3000 + "Казахстан" + "»" * 3000 + "(" * 3000,
    "marks": "\u200b\u00ad\u0301" * 20_000 + "Россия",
    "nouns": "учения России и Казахстана " * 60,
    "numbers": "12 13 14, 2024 по " * 1000,
}


@pytest.mark.parametrize("seed", range(12))
def test_a_hostile_file_is_read_or_refused(seed: int) -> None:
    assert read(reader(), *file(Random(seed), SAMPLES))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_a_changed_text_gives_passages_that_stand_in_it(seed: int) -> None:
    assert read(reader(), "a.txt", text(Random(seed), SAMPLES)[:3000].encode("utf-8", "replace"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    words=st.lists(
        st.sampled_from((*SIGNS, " ", "Казахстан", "Ankara", "учения", "2024 года", "подписали")), max_size=25
    )
)
def test_signs_between_names_do_no_harm(words: list[str]) -> None:
    assert read(reader(), "a.txt", ("Россия и Индия провели учения. " + "".join(words)).encode())


@pytest.mark.parametrize("name", LONG)
def test_a_text_without_an_end_of_a_sentence_is_read(name: str) -> None:
    assert read(reader(), "a.txt", LONG[name].encode()) == "read"
