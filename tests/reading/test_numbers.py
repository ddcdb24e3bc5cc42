"""Numbers of Russian texts: each line is a text, the number in brackets, and what it means."""

import re
from decimal import Decimal
from typing import NamedTuple

import pytest
import razdel

from graph.errors import NotFound
from loaders.reading.facts import Span
from loaders.reading.numbers import NumberMention, find_numbers

# text with every number in brackets => value [..upper] [bound] [unit] [ordinal] [year]; one group a number
CASES = """
дипломатические отношения с более чем [180] государствами => 180 at least
сотрудничество более чем с [40] странами => 40 at least
работают [25] военных атташе, а в стране - [44] представителя => 25; 44
более [70] операций и около [1000] манипуляций в [четырёх] городах => 70 at least; 1000 about; 4
занято более [1 300] человек и порядка [350] единиц техники => 1300 at least; 350 about
участвовали около [полутора тысяч] человек => 1500 about
не более [430] военнослужащих => 430 at most
учится свыше [четырёхсот] офицеров => 400 at least
в плане – [полсотни] мероприятий => 50
[Двести сорок] военнослужащих => 240
на начало года – [шестьдесят два] => 62
ежегодно учится около [2 600] человек => 2600 about
передала [19] бронемашин => 19
на [145 млн] евро => 145000000 EUR
выделено [300 млн] тенге => 300000000 KZT
помощь в [50 млн] американских долларов => 50000000 USD
контракт на $[5 млн] => 5000000 USD
[5 млн 300 тыс]. рублей => 5300000 RUB
[два с половиной миллиона] долларов => 2500000 USD
более [2,5 тыс]. военнослужащих => 2500 at least
[32 тысячи 400] человек => 32400
[две тысячи шестьсот пятьдесят три] бойца => 2653
[полтора десятка] вертолётов => 15
более [сотни] машин => 100 at least
свыше [тысячи] человек => 1000 at least
[тысяча] солдат => 1000
сотни людей, тысячи километров, несколько тысяч =>
один из этапов, одной из тем =>
не менее [трёх] тренировок => 3 at least
как минимум [пять] батальонов => 5 at least
[300] с лишним человек => 300 at least
[двадцать] и более экипажей => 20 at least
до [500] человек => 500 at most
чуть более [600] человек => 600 about
без малого [900] человек => 900 about
почти [700] военных => 700 about
от [300 до 400] человек => 300..400 about
[40–50] машин => 40..50 about
[пять-шесть] стран => 5..6 about
во [втором] участвовали => 2 ordinal
в [третий] раз, [2-й] этап => 3 ordinal; 2 ordinal
[двадцать пятый] выпуск => 25 ordinal
[3-х] стран => 3
в [2021] году [300] человек => 2021 time year; 300
со счётом 5:3 =>
истребители JF-17, АрМИ-2022, Су-30СМ, войсковая часть №5, группа № 12 =>
20-летие, 122-мм гаубица, 100-процентный =>
15.05.1992 в 12:30 =>
в [80]% случаев => 80 percent
служит [10] лет в [12] км от границы => 10 time; 12 length
набрала [24] очка => 24 score
[четверо] наблюдателей и [пятеро] врачей => 4; 5
[сто двадцать пять] и [сто] => 125; 100
[пять], [десять] => 5; 10
"""


class Word(NamedTuple):
    text: str
    begin: int
    end: int


def words(text: str) -> list[Word]:
    return [Word(piece.text, piece.start, piece.stop) for piece in razdel.tokenize(text)]


def said(mention: NumberMention) -> str:
    parts = [f"{mention.value}..{mention.upper}" if mention.upper else f"{mention.value}"]
    parts += [mention.bound] if mention.bound != "exact" else []
    parts += [mention.unit] if mention.unit else []
    parts += ["ordinal"] * mention.ordinal + ["year"] * mention.year_like
    return " ".join(parts)


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_numbers_and_what_is_said_of_them(case: str) -> None:
    marked, expected = (part.strip() for part in case.split("=>"))
    text = re.sub(r"[\[\]]", "", marked)

    found = find_numbers(words(text), "ru")

    assert [mention.span.of(text) for mention in found] == re.findall(r"\[(.+?)\]", marked)
    assert "; ".join(map(said, found)) == expected


def test_offsets_are_those_of_the_document_even_when_only_a_part_of_it_is_read() -> None:
    text = "Прибыли 12 экипажей.\nВ учении заняты более 1 300 человек."
    second_sentence = [word for word in words(text) if word.begin >= text.index("В учении")]

    (mention,) = find_numbers(second_sentence, "ru")

    assert mention.span.of(text) == "1 300"
    assert mention.phrase.of(text) == "более 1 300"


def test_a_number_is_not_looked_for_inside_what_is_taken() -> None:
    text = "с 12 по 16 октября прибыли 300 человек"

    found = find_numbers(words(text), "ru", taken=[Span(0, text.index(" прибыли"))])

    assert [mention.value for mention in found] == [Decimal(300)]


def test_groups_of_digits_do_not_reach_over_a_line_end() -> None:
    assert [mention.value for mention in find_numbers(words("всего 12\n\n300 человек"), "ru")] == [12, 300]


def test_a_language_without_data_is_refused() -> None:
    with pytest.raises(NotFound, match="'xx'"):
        find_numbers([], "xx")
