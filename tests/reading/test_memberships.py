"""Memberships, one line a case: what a sentence says, and who is a member of what."""

import pytest

from bench.reading.reference import reference_names
from loaders.reading.annotation import to_annotation
from loaders.reading.reader import Reader

CASES = [
    "В ОДКБ входят Армения, Беларусь и Казахстан. => ARM CSTO; BLR CSTO; KAZ CSTO",
    "В организацию ШОС входят четыре государства: Индия, Иран, Китай и Пакистан. => IND SCO; IRN SCO; CHN SCO; PAK SCO",
    "Турция – член НАТО с 1952 года. => TUR NATO",
    "В июле Беларусь стала полноправным членом ШОС. => BLR SCO",
    "Армения, которая тоже является членом ОДКБ, своих военных не прислала. => ARM CSTO",
    "Как и Россия, Таджикистан входит в ОДКБ. => RUS CSTO; TJK CSTO",
    "Финляндия вступила в НАТО в апреле 2023 года. => FIN NATO",
    "Узбекистан не является членом ОДКБ. =>",
    "Сербия не входит в НАТО. =>",
    "Слух, будто Белград готов вступить в ОДКБ, опровергли. =>",
    "Узбекистан вышел из ОДКБ в 2012 году. =>",
    "Представитель НАТО прибыл в Казахстан. =>",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(reference_names())


@pytest.mark.parametrize("case", CASES)
def test_membership(reader: Reader, case: str) -> None:
    text, _, expected = case.partition("=>")
    said = to_annotation(reader.read(text.strip(), "ru"))["memberships"]
    assert {f"{m['member']} {m['organization']}" for m in said} == {e.strip() for e in expected.split(";") if e.strip()}
