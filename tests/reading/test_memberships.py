"""Memberships, one line a case: what a sentence says, and who is a member of what."""

import pytest

from loaders.reading.annotation import to_annotation
from tests.reading.cases import reader, split

CASES = [
    "В ОДКБ входят Армения, Беларусь и Казахстан. => ARM CSTO; BLR CSTO; KAZ CSTO",
    "В организацию ШОС входят четыре государства: Индия, Иран, Китай и Пакистан. => IND SCO; IRN SCO; CHN SCO; PAK SCO",
    "Турция – член НАТО с 1952 года. => TUR NATO",
    "В июле Беларусь стала полноправным членом ШОС. => BLR SCO",
    "Армения, которая тоже является членом ОДКБ, своих военных не прислала. => ARM CSTO",
    "ОДКБ напоминает, что её членами являются Армения и Беларусь. => ARM CSTO; BLR CSTO",
    "О выходе из ОДКБ не объявлено: Армения формально остаётся её членом. => ARM CSTO",
    "Кыргызстан – член ООН, ОДКБ и ШОС. => KGZ UN; KGZ CSTO; KGZ SCO",
    "Грузия остаётся партнёром НАТО, но не членом альянса. =>",
    "Как и Россия, Таджикистан входит в ОДКБ. => RUS CSTO; TJK CSTO",
    "Финляндия вступила в НАТО в апреле 2023 года. => FIN NATO",
    "Узбекистан не является членом ОДКБ. =>",
    "Сербия не входит в НАТО. =>",
    "Слух, будто Белград готов вступить в ОДКБ, опровергли. =>",
    "Узбекистан вышел из ОДКБ в 2012 году. =>",
    "Представитель НАТО прибыл в Казахстан. =>",
]


@pytest.mark.parametrize("case", CASES)
def test_membership(case: str) -> None:
    text, expected = split(case)
    said = to_annotation(reader().read(text, "ru"))["memberships"]
    assert {f"{m['member']} {m['organization']}" for m in said} == expected
