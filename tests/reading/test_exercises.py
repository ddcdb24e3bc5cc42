"""Exercises and competitions, one block a case: what a text says, and what of which exercise.

An expectation is `name: field value, value; field value …`; fields are p (participants), o (observers), f (framework),
l (locations), s (start), e (end). `-` says that nothing is to be found.
"""

import pytest

from loaders.reading.annotation import to_annotation
from loaders.reading.facts import Exercise
from tests.reading.cases import reader

FIELDS = {"p": "participants", "o": "observers", "f": "framework", "l": "location", "s": "start", "e": "end"}

CASES = """
С 14 по 16 мая 2024 года на участке «Дальний» прошло совместное учение пограничных ведомств Казахстана и
    Кыргызстана.
=> ?: p KAZ:SEC, KGZ:SEC; l Дальний; s 2024-05-14; e 2024-05-16

С 6 по 13 октября 2023 года на полигоне «Эдельвейс» в Кыргызстане пройдёт миротворческое учение ОДКБ «Нерушимое
    братство – 2023». К участию привлекаются контингенты из Беларуси, Казахстана и России.
=> Нерушимое братство: p BLR, KAZ, RUS; f CSTO; l Эдельвейс, KGZ; s 2023-10-06; e 2023-10-13

Военнослужащие Казахстана примут участие в совместном учении «Щит Союза – 2023» на территории России. Учение
    пройдёт с 22 по 26 сентября.
=> Щит Союза: p KAZ; l RUS; s 2023-09-22; e 2023-09-26

Учение «Рубеж дружбы» идёт в Согдийской области с 19 мая 2025 года и завершится 24 мая.
=> Рубеж дружбы: l Согдийская область; s 2025-05-19; e 2025-05-24

В учении «Кавказский орёл» участвуют солдаты из Румынии, наблюдать за ходом манёвров пригласили Узбекистан и Монголию.
=> Кавказский орёл: p ROU; o UZB, MNG

В Киргизии началось учение «Рубеж-2024». Манёвры завершатся 27 сентября.
=> Рубеж: l KGZ; s 2024; e 2024-09-27

Китай и Камбоджа начали учения «Золотой дракон – 2024». Учения продлятся 15 дней – с 16 по 30 мая.
=> Золотой дракон: p CHN, KHM; s 2024-05-16; e 2024-05-30

Казахстан направил на учение «Рубеж» 300 военных, Кыргызстан – 120.
=> Рубеж: p KAZ, KGZ

Узбекские и таджикские сапёры готовились вместе. За ними следили наблюдатели из Казахстана и Пакистана. Первое
    совместное учение двух армий состоялось в 2018 году.
=> ?: p UZB, TJK; s 2018

Казахстанско-турецкие учения «Анатолийский орёл» открылись в Конье 5 июня 2021 года. В качестве наблюдателей
    приглашены представители Катара.
=> Анатолийский орёл: p KAZ, TUR; o QAT; l Конья; s 2021-06-05

В учении «Рубеж-2021» были задействованы свыше тысячи военных, в том числе из Казахстана, Киргизии, России и
    Таджикистана.
=> Рубеж: p KAZ, KGZ, RUS, TJK; s 2021

Казахстан на учениях «Рубеж-2021» представляла рота десантников, Россию – подразделения 201-й базы.
=> Рубеж: p KAZ, RUS; s 2021

Корабли ВМС Индии и ВМФ России провели в Бенгальском заливе учения PASSEX.
=> PASSEX: p IND:AF, RUS:AF; l Бенгальский залив

С 12 по 20 сентября 2021 года в Баку проходили учения «Три брата – 2021», в которых вместе с азербайджанским
    спецназом действовали турецкий и пакистанский.
=> Три брата: p AZE:AF, TUR, PAK; l Баку; s 2021-09-12; e 2021-09-20

Белорусские и китайские военные проводили тренировки «Орёл»: в 2011 году в Барановичах, в 2012 году в китайской
    провинции Хубэй.
=> Орёл: p BLR, CHN; l Барановичи; s 2011
=> Орёл: p BLR, CHN; l CHN, Хубэй; s 2012

В «Рубеже-2021» (Кыргызстан, сентябрь 2021 года) участвовали казахстанские и российские подразделения, в
    «Кобальте-2022» – спецназ Казахстана и Армении.
=> Рубеж: p KAZ, RUS; l KGZ; s 2021-09
=> Кобальт: p KAZ:AF, ARM:AF; s 2022

С 18 по 20 октября 2021 года прошли учения «Поиск-2021» и «Эшелон-2021», а с 21 по 23 октября – учение
    «Взаимодействие-2021». Во всех трёх участвовали подразделения Беларуси и России.
=> Поиск: p BLR, RUS; s 2021-10-18; e 2021-10-20
=> Эшелон: p BLR, RUS; s 2021-10-18; e 2021-10-20
=> Взаимодействие: p BLR, RUS; s 2021-10-21; e 2021-10-23

Антитеррористические тренировки Китая и Таджикистана проводятся раз в два года. Первая такая тренировка
    состоялась в 2016 году в Горном Бадахшане, вторая – в 2018-м в китайском Синьцзяне.
=> ?: p CHN, TJK; l Горный Бадахшан; s 2016
=> ?: p CHN, TJK; l Синьцзян; s 2018

С 2011 года в Грузии проходит учение «Эджайл спирит»: в 2023 году в нём участвовали Грузия, США и Польша,
    наблюдал за ним Азербайджан.
=> Эджайл спирит: p GEO, USA, POL; o AZE; l GEO; s 2023

Календарь ОДКБ на 2025 год

Сентябрь
– «Рубеж-2025»: Таджикистан.
– «Эшелон-2025»: Беларусь.
=> Рубеж: f CSTO; l TJK; s 2025-09
=> Эшелон: f CSTO; l BLR; s 2025-09

График на 2024 год

Учение | Сроки | Место | Участники
«Рубеж-2024» | 5–9 сентября | полигон «Эдельвейс», Кыргызстан | Казахстан, Кыргызстан, Россия
«Щит-2024» | октябрь | Беларусь | Беларусь, Россия
=> Рубеж: p KAZ, KGZ, RUS; l Эдельвейс, KGZ; s 2024-09-05; e 2024-09-09
=> Щит: p BLR, RUS; l BLR; s 2024-10

Учение: "Айбалта-2023"
Сроки: 5–9 июня 2023 года
Место: полигон "Чирчик", Узбекистан
Участники: Казахстан, Узбекистан
=> Айбалта: p KAZ, UZB; l Чирчик, UZB; s 2023-06-05; e 2023-06-09

В июне 2023 года Казахстан принимал конкурс «Снайперский рубеж», в котором выступили команды Узбекистана и Беларуси.
=> Снайперский рубеж: p UZB, BLR; l KAZ; s 2023-06

Хотя Армения остаётся в ОДКБ, в учениях «Взаимодействие-2023», прошедших в Беларуси 1–6 сентября, она не
    участвовала; Казахстан и Россия своих военных прислали.
=> Взаимодействие: p KAZ, RUS; l BLR; s 2023-09-01; e 2023-09-06

Учение «Степной орёл», намеченное на июнь, отменили.
=> -

Минобороны опровергло слухи о том, что Казахстан и Турция проведут совместное учение «Ястреб» в Актау.
=> -

Вооружённые силы Казахстана провели учение «Айбын» на полигоне «Отар».
=> -

Совместные учения вооружённых сил двух стран станут регулярными.
=> -
"""


def blocks() -> list[str]:
    """The cases: a text with the lines of expectations that follow it."""
    cases: list[str] = []
    for part in CASES.replace("\n    ", " ").strip().split("\n\n"):
        if cases and "=>" not in cases[-1]:
            cases[-1] += "\n\n" + part
        else:
            cases.append(part)
    return cases


def expected(line: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """An expectation as the name of an exercise and pairs of field and value."""
    name, _, rest = line.partition(":") if not line.startswith("?") else ("?", "", line[2:])
    pairs = set()
    for part in filter(None, (p.strip() for p in rest.split(";"))):
        field, _, values = part.partition(" ")
        pairs |= {(FIELDS[field], v.strip()) for v in values.split(",")}
    return name.strip(), frozenset(pairs)


def found(text: str) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    """What the reader finds, in the same form."""
    result = set()
    for row in to_annotation(reader().read(text, "ru"))["exercises"]:
        pairs = set()
        for field in FIELDS.values():
            values = row[field] if isinstance(row[field], list) else [row[field]]
            pairs |= {(field, v) for v in values if v}
        result.add((row["name"], frozenset(pairs)))
    return result


@pytest.mark.parametrize("case", blocks(), ids=lambda c: c[:60])
def test_exercises(case: str) -> None:
    text, *lines = case.split("\n=>")
    wanted = {expected(line.strip()) for line in lines if line.strip() != "-"}
    assert found(text) == wanted


def exercises(text: str) -> list[Exercise]:
    return [f for f in reader().read(text, "ru").facts if isinstance(f, Exercise)]


def test_a_cancelled_exercise_is_a_claim_and_no_fact() -> None:
    (claim,) = exercises("Совместное учение Казахстана и Турции «Ястреб-2024» отменено.")
    assert (claim.name, claim.modality) == ("Ястреб", "cancelled")


def test_an_exercise_that_is_put_off_is_held_later() -> None:
    text = (
        "Учение «Кобальт-2024» не состоится в июне. Оно пройдёт на территории Таджикистана с 3 по 7 сентября 2024 года;"
        " в нём примут участие Беларусь и Россия."
    )
    (exercise,) = to_annotation(reader().read(text, "ru"))["exercises"]
    assert (exercise["start"], exercise["end"], exercise["location"]) == ("2024-09-03", "2024-09-07", ["TJK"])
    assert set(exercise["participants"]) == {"BLR", "RUS"}


def test_an_exercise_that_was_to_be_held_stays_cancelled() -> None:
    text = "Учение «Кобальт-2024» отменили. Оно должно было пройти в Таджикистане с 3 по 7 сентября 2024 года."
    assert to_annotation(reader().read(text, "ru"))["exercises"] == []


def test_a_scheduled_exercise_is_planned() -> None:
    (exercise,) = exercises("В июле 2025 года Казахстан и Турция проведут в Актау совместное учение «Ястреб».")
    assert exercise.modality == "planned"


def test_a_cancelled_edition_leaves_the_one_that_was_held() -> None:
    text = (
        "В 2019 году в учении «Степной орёл» участвовали военные США и Казахстана. "
        "В 2020 году учение отменили из-за пандемии."
    )
    modalities = {(e.start.value.year if e.start else None): e.modality for e in exercises(text)}
    assert modalities == {2019: "held", 2020: "cancelled"}


def test_a_known_series_is_linked() -> None:
    (exercise,) = exercises("В Армении прошло учение ОДКБ «Нерушимое братство-2021».")
    assert exercise.series and exercise.series.iri
    assert exercise.series.iri.startswith("https://w3id.org/milcoop/id/series/")


def test_each_value_names_its_rule_and_its_sentence() -> None:
    text = "На полигоне «Отар» прошли учения «Степь». В них участвовали Казахстан и Индия."
    (exercise,) = exercises(text)
    for participant in exercise.participants:
        assert participant.rule == "ru/exercise-participates"
        assert participant.evidence[0].of(text) == "В них участвовали Казахстан и Индия."
    assert exercise.locations[0].evidence[0].of(text) == "На полигоне «Отар» прошли учения «Степь»."


@pytest.mark.parametrize(
    ("text", "headcount"),
    [
        ("В учении «Рубеж-2022» участвовали военные Казахстана, Кыргызстана и России, всего около 1400 человек.", 1400),
        ("Учения «Рубеж-2022» прошли в Казахстане. В них участвуют свыше 2 тысяч военнослужащих.", 2000),
        ("В учении «Рубеж» участвуют свыше 2 тысяч военнослужащих из Казахстана и России.", 2000),
        ("В учениях «Шанхай-2025» Казахстана и Китая задействованы 1500 военнослужащих.", 1500),
        ("Учения «Рубеж» прошли в Астане. Всего в манёврах задействовано более 3000 военнослужащих.", 3000),
        ("Манёвры «Флинтлок» принимала Гана: там тренировались порядка 1300 военных из тридцати государств.", 1300),
        ("Самое крупное учение – «Взаимодействие»: в нём занято более 1 300 человек.", 1300),
        ("С узбекской стороны в учении Индии и Узбекистана «Дустлик» участвуют 60 военнослужащих.", None),
        ("В учении «Щит» приняли участие Россия и Казахстан. От Казахстана участвовали 200 военнослужащих.", None),
        ("В учении «Щит-2024» приняли участие 200 казахстанских и 300 российских военнослужащих.", None),
    ],
)
def test_the_headcount_of_an_exercise_is_the_total_not_that_of_one_side(text: str, headcount: int | None) -> None:
    (exercise,) = to_annotation(reader().read(text, "ru"))["exercises"]
    assert exercise["headcount"] == headcount


def test_the_line_that_parts_the_heading_of_a_table_from_its_rows_is_no_row() -> None:
    text = "Учения\n\n| Учение | Где |\n|---|---|\n| Рубеж-2025 | Минск |\n| Взаимодействие-2025 | Брест |\n"
    found = to_annotation(reader().read(text, "ru"))["exercises"]
    assert [exercise["name"] for exercise in found] == ["Рубеж", "Взаимодействие"]


def test_ministers_who_look_on_do_not_make_observers_of_those_who_take_part() -> None:
    text = (
        "На полигоне «Термез» завершилось совместное учение вооружённых сил Узбекистана и Таджикистана. "
        "За ходом итогового этапа наблюдали министры обороны двух стран и офицеры из Киргизии."
    )
    (exercise,) = [f for f in reader().read(text, "ru").facts if isinstance(f, Exercise)]
    assert {s.value.state for s in exercise.participants} == {"UZB", "TJK"}
    assert {s.value.state for s in exercise.observers} == {"KGZ"}


def test_a_plural_pronoun_with_another_year_means_another_edition() -> None:
    text = (
        "Впервые российско-лаосские учения «Ларос» прошли в 2019 году. "
        "В 2023 году они проводились на полигоне Сергеевский в Приморском крае."
    )
    first, second = (f for f in reader().read(text, "ru").facts if isinstance(f, Exercise))
    assert (str(first.start and first.start.value), first.locations) == ("2019", ())
    assert str(second.start and second.start.value) == "2023"
    assert [s.value.name for s in second.locations] == ["Сергеевский", "Приморский край"]
