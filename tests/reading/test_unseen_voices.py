"""Sentences as agencies, ministries and newspapers write them: each with the facts that a reader takes from it.

A case is `text => rule-free fact; …`; every fact named is found. `=> none` says that nothing may be found.
"""

import pytest

from tests.reading.by_rule import by_rule
from tests.reading.cases import reader, split

RUSSIAN = [
    "Казахстан участвует в учениях «Пламя» (Индия) и «Буран» (Китай). => exercise Пламя: locations IND; "
    "exercise Буран: locations CHN; exercise Буран: participants KAZ",
    "Состоялось учение «Пламя» с военными Индии. => exercise Пламя: participants IND",
    "Казахстан направил в Ливан 120 миротворцев. => mission ?: KAZ",
]
KAZAKH = [
    "Еліміз БҰҰ-ның бітімгершілік миссияларына 2014 жылдан бері қатысып келеді. => mission ?: KAZ since 2014",
    "Еліміздің сарбаздары Пәкістандағы «Достарым» жаттығуына қатысты. => exercise Достарым: participants KAZ",
    "Біздің бітімгерлер Ливандағы UNIFIL миссиясында 2018 жылдан бері қызмет етеді. => mission UNIFIL: KAZ since 2018",
    "Сарбаздарымыз Моңғолиядағы «Хааны эрэлд» жаттығуына қатысты. => exercise Хааны эрэлд: participants KAZ",
    "Үндістан мен Қазақстанның «КАЗИНД – 2024» әскери жаттығуы Аули қаласында 30 қыркүйек – 13 қазан күндері өтті. "
    "=> exercise КАЗИНД: start 2024-09-30; exercise КАЗИНД: end 2024-10-13; exercise КАЗИНД: participants IND",
    "Тәжікстанда «Рубеж – 2025» бірлескен оқу-жаттығуы басталды. Оқу-жаттығу 22-26 қыркүйекте өтеді. "
    "=> exercise Рубеж: start 2025-09-22",
    "Қазақстан сарбаздары БҰҰ-ның UNIFIL (Ливан) және MONUSCO (Конго) миссияларында қызмет атқарып жүр. "
    "=> mission MONUSCO: locations COD",
    "Парламент Мәжілісі шешімді мақұлдады. => none",
]


def read(text: str, language: str) -> set[str]:
    return set().union(*by_rule(reader().read(text, language)).values())


@pytest.mark.parametrize("case", RUSSIAN)
def test_russian_sentences(case: str) -> None:
    check(case, "ru")


@pytest.mark.parametrize("case", KAZAKH)
def test_kazakh_sentences(case: str) -> None:
    check(case, "kk")


def check(case: str, language: str) -> None:
    text, expected = split(case)
    found = read(text, language)
    assert not found if expected == {"none"} else expected <= found, found
