"""Dates of Russian texts: each line is a text with the date in brackets, and what it means.

`@` gives the text's own date; `-` stands for a date that cannot be known.
"""

import re
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
import razdel

from graph.errors import NotFound
from loaders.reading.date_words import date_words
from loaders.reading.dates import DateMention, dateline, find_dateline, find_dates, find_published
from loaders.reading.facts import PartialDate
from loaders.reading.layout import fold

TEXTS = Path(__file__).parent / "texts"

ABSOLUTE = """
Договор от [15 мая 1992 года] => 1992-05-15
[С 2014 года] участвуют, [с 2018 года] служит => since 2014; since 2018
[В 2020 году] направлены => 2020
проходило [с 12 по 16 октября 2020 года] => 2020-10-12..2020-10-16
учение [14–16 мая 2024 года] => 2024-05-14..2024-05-16
учение [14-16 мая 2024 г.] => 2024-05-14..2024-05-16
[с 28 июля по 4 августа 2025 года] => 2025-07-28..2025-08-04
[с 28 декабря по 4 января 2026 года] => 2025-12-28..2026-01-04
[28 июля – 4 августа 2025 года] => 2025-07-28..2025-08-04
[с 28 июля 2025 года по 4 августа 2026 года] => 2025-07-28..2026-08-04
[14 и 15 мая 2024 года] => 2024-05-14..2024-05-15
[с мая по октябрь 2022 года] => 2022-05..2022-10
[в сентябре–октябре 2022 года] => 2022-09..2022-10
[с 2018 по 2022 год] => 2018..2022
план [на 2026–2030 годы] => 2026..2030
[в 2018-2019 гг.] => 2018..2019
[в октябре 2017-го], [в августе 2021-го] => 2017-10; 2021-08
[в 2023-м] и [в 2024-м] => 2023; 2024
[до конца 2025-го] => until 2025
[осенью 2022 года] => 2022
[летом 2023-го] => 2023
[в начале 2023 года] => 2023
[до конца 2025 года] => until 2025
[к 2030 году] => until 2030
[с начала 2019 года] => since 2019
[начиная с 2019 года] => since 2019
[после 2012 года] => relative 2012
контракт датирован [февралём 2024-го] => 2024-02
[в июне 2016 года] => 2016-06
[15.05.1992] и [2024-07-08] => 1992-05-15; 2024-07-08
[в среду, 22 января 2025 года] => 2025-01-22
[первого июня 2023 года] => 2023-06-01
учения ([2019]) и ([2021]) => 2019; 2021
план [на 2026 год] => 2026
31 февраля 2024 года =>
[6–17.09.2025] и [с 06.09.2025 по 17.10.2025] => 2025-09-06..2025-09-17; 2025-09-06..2025-10-17
[в 2024г.] и [в 2023г] => 2024; 2023
[в январе-феврале 2024 года] => 2024-01..2024-02
2018 человек, 90-х годов, АрМИ-2022, за 20 лет, в 12:30 =>
[в декабре 2021-го] и [январе 2022-го] => 2021-12; 2022-01
[не позднее 1 июля 2026 года] => until 2026-07-01
"""

RELATIVE = """
@2022-10-03 начались [сегодня] и продлятся [до 8 октября] => 2022-10-03; until 2022-10-08
@2025-01-22 подписали [в среду] в Ташкенте => 2025-01-22
@2024-07-08 прилетели ещё [в субботу] => 2024-07-06
@2024-07-08 прибудут [в следующий вторник] => 2024-07-09
@2024-05-22 подписи [вчера] поставили => 2024-05-21
@2024-05-01 встретились [накануне], а [позавчера] => 2024-04-30; 2024-04-29
@2024-05-01 накануне саммита прошли =>
@2024-05-01 [Накануне] министр обороны прибыл => 2024-04-30
@2024-05-01 [Накануне] российский министр прибыл, [накануне] он позвонил => 2024-04-30; 2024-04-30
@2024-07-08 [4 июля нынешнего года] стала членом => 2024-07-04
@2024-07-08 [в октябре прошлого года] => 2023-10
@2024-07-08 [в этом году] и [в прошлом году] => 2024; 2023
@2024-07-08 на [следующий год] => 2025
@2024-07-08 [прошлой осенью] и [этой весной] => 2023; 2024
@2024-07-08 [в прошлом месяце] => 2024-06
@2024-01-10 [в прошлом месяце] => 2023-12
@2024-07-17 [на прошлой неделе] => 2024-07
@2024-07-03 [на прошлой неделе] => 2024-06
@2024-07-08 [до конца года] => until 2024
@2024-07-08 [весной] и [в марте] => 2024; 2024-03
@2024-07-08 завершить рассчитывают [19 июля] => 2024-07-19
@2024-01-10 встреча прошла [25 декабря] => 2023-12-25
@2024-12-20 встреча пройдёт [15 января] => 2025-01-15
@2024-07-08 [три года назад] и [год назад] => 2021; 2023
@2024-07-08 [в 2011 году] в Барановичах, [годом позже] в Хубэе => 2011; 2012
@2024-07-08 [Осенью 2022 года]. А [двумя годами раньше]: [с 12 по 16 октября] => 2022; 2020; 2020-10-12..2020-10-16
@2024-07-08 [Годом ранее] его не было => 2023
@2025-01-22 [в среду] одну. Прежнюю – [в апреле 2021 года]. Затем [в тот же день] => 2025-01-22; 2021-04; 2025-01-22
@2025-01-22 [В марте 2024 года] провели, а [на следующий день] подписали => 2024-03; 2024-03
@2025-01-22 [12 марта 2024 года] провели, а [на следующий день] подписали => 2024-03-12; 2024-03-13
@2025-01-22 [В 2019 году] были учения, [12 мая того же года] – вторые => 2019; 2019-05-12
@2025-01-22 программу [на 2026–2030 годы] подпишут [15 мая] => 2026..2030; 2025-05-15
@2025-01-22 по договору [от 12 мая 1992 года] [5 мая] поставили => 1992-05-12; 2025-05-05
@2025-01-22 Тремя неделями раньше, [23 апреля], провели => 2025-04-23
"""

WITHOUT_OWN_DATE = """
[С 14 по 16 мая 2024 года] прошло учение. [23 апреля] – другое. => 2024-05-14..2024-05-16; 2024-04-23
[23 апреля] прошло одно, а [16 мая 2024 года] – другое. => 2024-04-23; 2024-05-16
[14 мая] и [16 июня 2024 года] => 2024-05-14; 2024-06-16
"Нерушимое братство-2020": [с 12 по 16 октября] на полигоне => 2020-10-12..2020-10-16
Учение пройдёт [12 мая], [сегодня], [весной], [в этом году] => -; -; -; -
[10 января 2023 года] он сказал, что [в этом году] их не будет => 2023-01-10; 2023
"""

DATELINES = """
ТАРАЗ, 3 октября 2022 года. На полигоне дан старт => 2022-10-03
ТАШКЕНТ, 22 января 2025 г. Министры обороны подписали => 2025-01-22
Минск, 8 июля 2024 года. Сегодня в Беларуси => 2024-07-08
3 июля 2024 г. => 2024-07-03
22 мая 2024 года => 2024-05-22
АСТАНА. 31 октября 2025 – Агентство. Министр => 2025-10-31
31.10.2025, 14:30 => 2025-10-31
г. Алматы, 31 октября 2025 года / Пресс-служба => 2025-10-31
Пресс-служба Секретариата ОДКБ, 30 мая 2023 года => 2023-05-30
10 января 2023 года Никол Пашинян объявил => -
С 14 по 16 мая 2024 года прошло учение => -
В Минске 8 июля 2024 года. => -
Стороны подписали его, 8 июля 2024 года. => -
МИНСК, 8 июля. Сегодня => -
В октябре 2024 года => -
"""


class Word(NamedTuple):
    text: str
    begin: int
    end: int


def words(text: str) -> list[Word]:
    return [Word(piece.text, piece.start, piece.stop) for piece in razdel.tokenize(text)]


def date(text: str) -> PartialDate:
    return PartialDate(*map(int, text.split("-")))


def said(mention: DateMention) -> str:
    if mention.start is None and mention.end is None:
        return "-"
    if mention.kind == "range":
        return f"{mention.start}..{mention.end}"
    return f"{'' if mention.kind == 'point' else mention.kind + ' '}{mention.start or mention.end}"


def check(marked: str, expected: str, issued: PartialDate | None) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    found = find_dates(words(text), "ru", issued)
    assert "; ".join(map(said, found)) == expected
    for mention, brackets in zip(found, re.findall(r"\[(.+?)\]", marked), strict=True):
        assert brackets in (mention.span.of(text), mention.phrase.of(text))


def cases(lines: str) -> list[tuple[str, str]]:
    return [(left.strip(), right.strip()) for left, right in (line.split("=>") for line in lines.strip().splitlines())]


@pytest.mark.parametrize(("marked", "expected"), cases(ABSOLUTE))
def test_dates_that_say_all_themselves(marked: str, expected: str) -> None:
    check(marked, expected, None)


@pytest.mark.parametrize(("marked", "expected"), cases(RELATIVE))
def test_dates_relative_to_the_text_or_to_each_other(marked: str, expected: str) -> None:
    issued, _, rest = marked.removeprefix("@").partition(" ")
    check(rest, expected, date(issued))


@pytest.mark.parametrize(("marked", "expected"), cases(WITHOUT_OWN_DATE))
def test_dates_of_a_text_that_has_none_itself(marked: str, expected: str) -> None:
    check(marked, expected, None)


@pytest.mark.parametrize(("line", "expected"), cases(DATELINES))
def test_the_date_that_a_text_carries_at_its_head(line: str, expected: str) -> None:
    found = dateline(f"Заголовок без даты\n\n{line}\n\nВторой абзац.")
    assert str(found or "-") == expected


def test_a_label_gives_the_date_of_publication() -> None:
    text = "Закон подписан\n\nОб этом сообщает сайт. Дата публикации: 6 октября 2025 года, 11:42.\n"
    assert find_published(text, "ru") == PartialDate(2025, 10, 6)
    assert find_published("Закон опубликовано в мае, а 6 октября 2025 года он вступил в силу.", "ru") is None


def test_a_dateline_knows_its_place() -> None:
    text = "Заголовок\n\nМИНСК, 8 июля 2024 года. Сегодня началась тренировка."
    found = find_dateline(text, "ru")
    assert found is not None
    assert found.span.of(text) == "8 июля 2024 года"


def test_a_date_that_rests_on_another_says_on_which() -> None:
    text = "В 2011 году в Барановичах, годом позже в Хубэе"
    first, second = find_dates(words(text), "ru")
    assert (first.basis, second.basis) == ("stated", "mention")
    assert second.anchor == first.span


def test_a_language_without_data_is_refused() -> None:
    with pytest.raises(NotFound, match="'xx'"):
        find_dates([], "xx")


@pytest.mark.parametrize("language", ["ru", "en", "kk"])
def test_patterns_are_tried_wherever_they_could_match(language: str) -> None:
    known = date_words(language)
    texts = [fold(path.read_text(encoding="utf-8")) for path in sorted(TEXTS.glob(f"*-{language}-*.txt"))]
    texts += [" ".join(words) for words in combinations([*known.by_word, "2021", "3", "(2021)", "1.02.2021"][::7], 2)]
    assert sum(1 for text in texts for _ in known.matches(text)) > 20
    for text in texts:
        scanned = [(m.start(), m.end(), n) for n, p in enumerate(known.patterns) for m in p.regex.finditer(text)]
        assert sorted((m.start(), m.end(), n) for n, m in known.matches(text)) == sorted(scanned)


@pytest.mark.parametrize(
    "line",
    ["14.09.2026 10:26", "3.06.2026г. в 20:30", "2026-09-14 14:20:11", "14 сентября 2026, 13:12 (GMT+5)",
     "14 сентября 2026, Минск /Корр. БЕЛТА/.", "Бишкек, 14.09.26. /Кабар/.", "14/09/2026"],
)  # fmt: skip
def test_the_line_above_a_heading_dates_a_page(line: str) -> None:
    found = dateline(f"{line}\nУчение началось\n\nСегодня министр прибыл в Бишкек.", "ru")
    assert found is not None
    assert str(found) in {"2026-09-14", "2026-06-03"}


def test_a_sentence_that_begins_with_a_day_and_an_hour_dates_nothing() -> None:
    assert dateline("5 мая 2026 года в 11:00 министр прибыл в Астану.", "ru") is None
