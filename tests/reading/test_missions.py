"""Missions, one block a case: what a text says, and who contributes whom to which mission.

An expectation is `mission (framework; location): contributor personnel since-until, …`; what is not said is left out.
"""

import pytest

from loaders.reading.annotation import to_annotation
from loaders.reading.facts import Mission
from tests.reading.cases import reader

CASES = """
Уганда направила 1500 солдат в миссию Африканского союза в Сомали (АТМИС).
=> ATMIS (): UGA contingent

Казахстанские миротворцы в составе миссии ООН несут службу на Голанских высотах. Сейчас там находится контингент из 139
    военнослужащих.
=> UNDOF (UN; Голанские высоты): KAZ contingent

С 2018 года казахстанский контингент несёт службу в миссии ООН в Ливане, а с 2014 года военные наблюдатели
    Казахстана работают в миссии ООН в Западной Сахаре.
=> UNIFIL (UN; LBN): KAZ contingent 2018
=> MINURSO (UN; ESH): KAZ observers 2014

С 2014 года армянский контингент служит в составе сил ООН в Ливане, а с 2004 года – в Косове в силах КФОР под
    командованием НАТО.
=> UNIFIL (UN; LBN): ARM contingent 2014
=> KFOR (NATO; Косово): ARM contingent 2004

Казахстанские миротворцы служат в пяти миссиях ООН: UNIFIL (Ливан), UNDOF (Голанские высоты) и MINUSCA (ЦАР).
=> UNIFIL (UN; LBN): KAZ
=> UNDOF (UN; Голанские высоты): KAZ
=> MINUSCA (UN; CAF): KAZ

В составе миссии ОБСЕ в Украине работали наблюдатели из Казахстана и Польши.
=> SMM (OSCE; UKR): KAZ observers, POL observers

Монголия направила в Южный Судан батальон из 850 человек в составе миссии ООН (МООНЮС).
=> UNMISS (UN; SSD): MNG contingent

Самый большой контингент в MONUSCO – у Пакистана.
=> MONUSCO (): PAK contingent

Грузинский контингент до 2021 года находился в Афганистане в составе миссии «Решительная поддержка».
=> Решительная поддержка (; AFG): GEO contingent -2021

В миссии ЕС в Грузии (МНЕС) работают полицейские из Польши и Румынии.
=> EUMM (EU; GEO): POL police, ROU police

Итальянский контингент KFOR – самый крупный. Венгрия держит там 400 солдат.
=> KFOR (): ITA contingent, HUN contingent

Самостоятельный контингент Казахстана приступил к службе в миссии СООННР в марте 2024 года.
=> UNDOF (): KAZ contingent 2024-03

После землетрясения в феврале 2023 года Казахстан и Россия направили в Турцию спасателей.
=> ? (; TUR): KAZ other 2023-02, RUS other 2023-02

Кыргызские миротворцы служат в миссиях ООН:
– UNISFA (Абьей): наблюдатели;
– UNMISS (Южный Судан): штабные офицеры, с 2011 года.
=> UNISFA (UN; Абьей): KGZ observers
=> UNMISS (UN; SSD): KGZ staff officers 2011

Миссия | Страна | С какого года | Кто
UNIFIL | Казахстан | 2018 | контингент
MINURSO | Монголия, Кыргызстан | 2014 | военные наблюдатели
=> UNIFIL (): KAZ contingent 2018
=> MINURSO (): MNG observers 2014, KGZ observers 2014

Узбекистан не участвует в миротворческих миссиях. Слухи об отправке узбекских военных в Мали опровергли.
=> -

Дипломатическая миссия Казахстана в Кабуле возобновила работу.
=> -
"""


def blocks() -> list[str]:
    """The cases: a text with the lines of expectations that follow it."""
    return CASES.replace("\n    ", " ").strip().split("\n\n")


def found(text: str) -> set[str]:
    """What the reader finds, in the notation of the cases."""
    lines = set()
    for row in to_annotation(reader().read(text, "ru"))["missions"]:
        who = []
        for d in row["deployments"]:
            dates = (d["since"] or "") + (f"-{d['until']}" if d["until"] else "")
            who.append(" ".join(filter(None, (d["actor"], d["personnel"], dates))))
        place = "; ".join((", ".join(row["framework"]), ", ".join(row["location"]))).rstrip("; ")
        lines.add(f"{row['name']} ({place}): {', '.join(sorted(who))}")
    return lines


def normalised(line: str) -> str:
    """An expectation with its contributors in order."""
    head, _, who = line.partition("): ")
    return f"{head}): {', '.join(sorted(w.strip() for w in who.split(',')))}"


@pytest.mark.parametrize("case", blocks(), ids=lambda c: c[:60])
def test_missions(case: str) -> None:
    text, *lines = case.split("\n=>")
    assert found(text) == {normalised(line.strip()) for line in lines if line.strip() != "-"}


def missions(text: str) -> list[Mission]:
    return [f for f in reader().read(text, "ru").facts if isinstance(f, Mission)]


def test_a_head_count_is_that_of_the_contingent() -> None:
    (mission,) = missions("С октября 2018 года 120 казахстанских военных служат в миссии ООН в Ливане.")
    assert [d.headcount for d in mission.deployments] == [120]


def test_a_contribution_that_is_denied_is_a_claim_and_no_fact() -> None:
    (mission,) = missions("Казахстан не участвует в миссии ООН в Ливане.")
    assert [d.modality for d in mission.deployments] == ["denied"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Казахстан направил в миссию ООН в Ливане контингент численностью 120 человек.", ("contingent", 120)),
        (
            "Казахстан участвует в миссии ООН в Ливане. В состав миссии направлен контингент численностью 120 человек.",
            ("contingent", 120),
        ),
        (
            "Казахстан с 2014 года участвует в миссии ООН в Западной Сахаре, куда направлены военные наблюдатели.",
            ("observers", None),
        ),
        ("Казахстан участвует в миссии ООН в Ливане, туда направлен батальон.", ("contingent", None)),
    ],
)
def test_who_was_sent_is_told_after_the_mission(text: str, expected: tuple[str, int | None]) -> None:
    (mission,) = missions(text)
    assert [(d.actor.state, d.personnel, d.headcount) for d in mission.deployments] == [("KAZ", *expected)]


def test_of_two_contributors_neither_is_taken_for_the_sender() -> None:
    (mission,) = missions("Казахстан и Индия участвуют в миссии ООН в Ливане, куда направлены военные наблюдатели.")
    assert [d.personnel for d in mission.deployments] == [None, None]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Kazakhstan deployed 139 peacekeepers as part of UNDOF.", [("UNDOF", None, 139)]),
        (
            "en",
            "Italy has 1,100 soldiers in UNIFIL and 300 in KFOR.",
            [("KFOR", "contingent", 300), ("UNIFIL", "contingent", 1100)],
        ),
        (
            "ru",
            "Казахстан направил 60 военных в UNIFIL и пять наблюдателей в MINURSO.",
            [("MINURSO", "observers", 5), ("UNIFIL", "contingent", 60)],
        ),
        (
            "en",
            "More than 600 Kazakh servicemen have taken part in UN missions in Lebanon and Mali.",
            [("MINUSMA", "contingent", None), ("UNIFIL", "contingent", None)],
        ),
    ],
)
def test_each_mission_of_a_clause_has_its_own_number(
    language: str, text: str, expected: list[tuple[str, str | None, int | None]]
) -> None:
    found = [f for f in reader().read(text, language).facts if isinstance(f, Mission) and f.entity]
    told = [(f.entity.name, d.personnel, d.headcount) for f in found for d in f.deployments if f.entity]
    assert sorted(told, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "120 казахстанских и 60 узбекских военных служат в UNIFIL.", {"KAZ": 120, "UZB": 60}),
        ("ru", "Казахстан и Индия направили в UNIFIL 120 военных.", {"KAZ": None, "IND": None}),
        ("ru", "Казахстан направил 120 военных и Индия 800 военных в UNIFIL.", {"KAZ": 120, "IND": 800}),
        (
            "ru",
            "В миссии UNIFIL служат 120 военных Казахстана, 800 военных Индии и пять офицеров Киргизии.",
            {"KAZ": 120, "IND": 800, "KGZ": 5},
        ),
        (
            "en",
            "Rwanda and India are the largest contributors to UNMISS, with more than 9,000 soldiers between them.",
            {"RWA": None, "IND": None},
        ),
    ],
)
def test_each_contributor_of_a_clause_has_its_own_number(
    language: str, text: str, expected: dict[str, int | None]
) -> None:
    (mission,) = [f for f in reader().read(text, language).facts if isinstance(f, Mission)]
    assert {d.actor.state: d.headcount for d in mission.deployments} == expected
