"""Mentions, one line a case: `[key|words]` marks what is to be found, and how it is written in an annotation."""

import re

import pytest

from loaders.reading.annotation import key
from loaders.reading.facts import Modality
from tests.reading.cases import reader

LINES = """
[KAZ|Казахстан] и [RUS|РФ] договорились.
[KAZ|Казахстанские] и [UZB|узбекские] военные прибыли.
[KAZ|Казахстанско-узбекских] патрулей нет.
Об этом сообщило [KAZ:MoD|Минобороны РК].
В [RUS:MoD|оборонном ведомстве России] это подтвердили.
Подразделения [BLR:AF|вооружённых сил Беларуси] прибыли.
Действовал [AZE:AF|азербайджанский спецназ].
[ARM|Армения] молчит. В [ARM|республике] ждут.
Учения [CSTO|ОДКБ] прошли. Секретариат [CSTO|организации] молчит.
[CSTO|Организация Договора о коллективной безопасности] заседала.
Министр [Косанов|Даурен Косанов] встретился с [Белоусов|Андреем Белоусовым].
В Минск прибыл министр [Ли|Ли Шанфу].
Прошли учения на полигоне «[Кордай|Кордай]».
В [Сарыагашский район|Сарыагашском районе] тихо.
Маневры идут на [Голанские высоты|Голанских высотах].
Казахстан участвует в [UNIFIL|миссии ООН в Ливане].
Учение «[Нерушимое братство|Нерушимое братство-2023]» идёт.
[LKA|Шри-Ланка] и [CIV|Кот-д’Ивуар] далеко.
[TUR|Турция] провела учение с [KAZ|Казахстаном]. [TUR|Республика] передала [KAZ|Казахстану] беспилотники.
[NATO|Альянс] молчит.
"""


def marked(line: str) -> tuple[str, list[tuple[str, str]]]:
    """A line without its marks, and the marked words with their keys."""
    wanted = re.findall(r"\[([^|\]]+)\|([^\]]+)\]", line)
    return re.sub(r"\[[^|\]]+\|([^\]]+)\]", r"\1", line), [(words, entity) for entity, words in wanted]


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_mentions(line: str) -> None:
    text, wanted = marked(line)
    if line.startswith("[NATO|Альянс]"):
        text = "НАТО расширяется. " + text
    context = reader().prepare("ru").context(text)
    found = {(m.span.of(text), key(m.entity)) for m in context.mentions.all}
    assert set(wanted) <= found


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Того требует устав.", "TGO"),
        ("Мы того же мнения.", "TGO"),
        ("Чадо плачет.", "TCD"),
        ("Учение «Индия» не началось.", "IND"),
        ("Он купил перу для подушки.", "PER"),
        ("На учение прибыли расчёты ПВО.", "ПВО"),
    ],
)
def test_words_that_only_look_like_names_are_none(text: str, absent: str) -> None:
    context = reader().prepare("ru").context(text)
    assert absent not in {m.entity.state for m in context.mentions.all}


def test_a_compound_adjective_means_both_states() -> None:
    context = reader().prepare("ru").context("Российско-узбекское учение началось.")
    assert [m.entity.state for m in context.mentions.all] == ["RUS", "UZB"]


def test_the_parties_of_an_anaphor_are_those_named_together_before() -> None:
    text = "Россия и Узбекистан подписали план. Стороны довольны. Армии двух стран учатся. Они провели учение."
    context = reader().prepare("ru").context(text)
    anaphors = [(m.span.of(text), m.entity.state) for m in context.mentions.all if m.form == "anaphor"]
    assert anaphors == [
        ("Стороны", "RUS"), ("Стороны", "UZB"), ("стран", "RUS"), ("стран", "UZB"), ("Они", "RUS"), ("Они", "UZB"),
    ]  # fmt: skip


def test_mentions_are_found_by_a_stretch_of_words_and_by_their_entity_as_by_single_words() -> None:
    text = (
        "Министры обороны Казахстана и Узбекистана прибыли в Москву. Российско-узбекское учение прошло в Узбекистане."
    )
    context = reader().prepare("ru").context(text)
    size = len(context.text.tokens)
    for first in range(size):
        for last in range(first, size + 1):
            words = range(first, last)
            assert context.mentions.within(words) == [m for m in context.mentions.all if m.head in words]
            assert context.mentions.within(words, "state") == context.mentions.within(tuple(words), "state")
    for entity in {m.entity for m in context.mentions.all}:
        assert context.mentions.of([entity]) == [m for m in context.mentions.all if m.entity == entity]


def test_a_capital_stands_for_its_state_unless_it_is_where_something_is() -> None:
    context = reader().prepare("ru").context("Ташкент поставил технику в Бишкек. В Москве молчат.")
    actors = {a.state for m in context.mentions.all if (a := context.mentions.actor(m)) and not context.is_located(m)}
    assert "UZB" in actors
    assert "RUS" not in actors


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("В учении «Щит» участвуют 2000 человек.", []),
        ("На учение прибыли около 1950 казахстанских военнослужащих.", []),
        ("Учение 2021 военные провели на полигоне.", [2021]),
    ],
)
def test_what_counts_something_is_no_year(text: str, years: list[int]) -> None:
    numbers = reader().prepare("ru").context(text).numbers
    assert len(numbers) == 1
    assert [n.value for n in numbers if n.year_like] == years


MODALITY = """
held      Россия [поставила] Казахстану вертолёты.
planned   Россия [поставит] Казахстану вертолёты.
planned   Россия намерена [поставить] Казахстану вертолёты.
planned   На июнь намечено [учение] двух армий.
denied    Россия не [поставляла] Казахстану вертолёты.
denied    Минобороны опровергло, что Россия [поставила] Казахстану вертолёты.
denied    Россия отказалась [поставить] вертолёты.
denied    Слухи о [поставке] вертолётов не подтвердились.
denied    Россия [поставит] Кипру вертолёты, однако в Москве это опровергли.
denied    Россия [поставила] Кипру вертолёты, писала газета. Это не соответствует действительности.
denied    Агентство сообщило, что Россия [поставила] Кипру вертолёты. В Москве эту информацию не подтвердили.
held      Россия [поставила] Кипру вертолёты. Слухи о втором контракте в Москве опровергли.
held      Россия [поставила] Кипру вертолёты. В Москве это подтвердили.
proposed  Россия предложила [поставить] вертолёты.
proposed  Если Россия [поставит] вертолёты, армия их примет.
proposed  Стороны обсудили [поставку] вертолётов.
proposed  Россия [поставила] вертолёты?
cancelled Россия отменила [поставку] вертолётов.
held      Министр не уточнил, когда Россия [поставила] вертолёты.
held      Россия, которая не участвует в учениях, [поставила] вертолёты.
held      Россия [поставила] не только вертолёты.
held      Министр не сомневается: Россия [поставила] вертолёты.
"""


@pytest.mark.parametrize("line", MODALITY.strip().splitlines())
def test_modality(line: str) -> None:
    expected, _, rest = line.partition(" ")
    rest = rest.strip()
    begin = rest.index("[")
    context = reader().prepare("ru").context(rest.replace("[", "").replace("]", ""))
    index = next(t.index for t in context.text.tokens if t.begin == begin)
    modality: Modality = context.modality(index)
    assert modality == expected
