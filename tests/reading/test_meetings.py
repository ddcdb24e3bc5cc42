"""Meetings, one case a block: what a text says, and kind | sides | persons | organization | place | date."""

import pytest

from loaders.reading.annotation import to_annotation
from loaders.reading.facts import Meeting
from tests.reading.cases import reader, split

CASES = """
В Астане состоялась встреча министра обороны Казахстана Руслана Жаксылыкова с министром обороны России Андреем
        Белоусовым.
    => talks | KAZ:MoD RUS:MoD | Жаксылыков Белоусов | | Астана |
Президент Казахстана Касым-Жомарт Токаев принял министра обороны России Андрея Белоусова.
    => talks | KAZ RUS:MoD | Токаев Белоусов | | |
15 апреля 2025 года министр обороны Индии Раджнатх Сингх принял в Нью-Дели начальника Генштаба ВС Узбекистана
        Шухрата Халмухамедова.
    => talks | IND:MoD UZB:GS | Сингх Халмухамедов | | Нью-Дели | 2025-04-15
В Пекине состоялись российско-китайские консультации по стратегической стабильности.
    => talks | RUS CHN | | | Пекин |
Главы оборонных ведомств Казахстана, Узбекистана и Кыргызстана встретились в Ташкенте.
    => talks | KAZ:MoD UZB:MoD KGZ:MoD | | | Ташкент |
В Ташкенте завершились переговоры между министерствами обороны Узбекистана и Индии.
    => talks | UZB:MoD IND | | | Ташкент |
Вопрос о базе не поднимался на встрече президентов России и Таджикистана в Сочи.
    => talks | RUS TJK | | | Сочи |
В Ташкенте 5 июня 2025 года прошли переговоры, в которых участвовали министры обороны Узбекистана и Кыргызстана.
    => talks | UZB:MoD KGZ:MoD | | | Ташкент | 2025-06-05
Министр обороны Казахстана Даурен Косанов провёл отдельные встречи с министрами обороны России и Беларуси
        Андреем Белоусовым и Виктором Хрениным.
    => talks | KAZ:MoD RUS:MoD | Косанов Белоусов | | |; talks | KAZ:MoD BLR:MoD | Косанов Хренин | | |
12 мая 2024 года состоялся телефонный разговор президента России Владимира Путина с президентом Казахстана
        Касым-Жомартом Токаевым.
    => call | RUS KAZ | Путин Токаев | | | 2024-05-12
Делегация Министерства обороны КНР посетила Минск.
    => visit | CHN:MoD BLR | | | Минск |
С официальным визитом в Казахстан прибыл министр обороны Турции Яшар Гюлер.
    => visit | TUR:MoD KAZ | Гюлер | | KAZ |
Министр обороны Греции Никос Дендиас 14 января 2025 года посетил Тбилиси и встретился с премьер-министром
        Грузии Ираклием Кобахидзе.
    => visit | GRC:MoD GEO | Дендиас | | Тбилиси | 2025-01-14; talks | GRC:MoD GEO | Дендиас Кобахидзе | |
        Тбилиси | 2025-01-14
В августе 2023 года с визитом в Минске побывал министр обороны КНР Ли Шанфу; его переговоры с белорусским
        коллегой Виктором Хрениным прошли там же.
    => visit | CHN:MoD BLR | Ли | | Минск | 2023-08; talks | CHN:MoD BLR:MoD | Ли Хренин | | Минск | 2023-08
В Бишкеке 23 мая 2024 года прошло заседание Совета министров обороны государств – членов ОДКБ.
    => session | | | CSTO | Бишкек | 2024-05-23
В заседании Комитета начальников штабов СНГ 15 мая 2024 года в Москве приняли участие представители Армении,
        Беларуси и Казахстана.
    => session | ARM BLR KAZ | | CIS | Москва | 2024-05-15
В Минске состоялось заседание Совета министров обороны СНГ. В нём приняли участие делегации Казахстана, России
        и Узбекистана.
    => session | KAZ RUS UZB | | CIS | Минск |
Саммит ШОС пройдёт в Бишкеке в 2026 году.
    => session | | | SCO | Бишкек | 2026
На брифинге в Москве официальный представитель Минобороны РФ Игорь Конашенков сообщил о ходе учений.
    => briefing | RUS:MoD | Конашенков | | Москва |
О планах рассказал на брифинге в Службе центральных коммуникаций заместитель министра обороны РК Тимур Дандыбаев.
    => briefing | KAZ:MoD | Дандыбаев | Служба центральных коммуникаций | |
В Душанбе открылась конференция по борьбе с терроризмом, в которой участвуют делегации Китая, Пакистана и
        Таджикистана.
    => conference | CHN PAK TJK | | | Душанбе |
В Бресте 10 июня 2025 года прошла церемония открытия учения. На ней присутствовали послы Индии и Казахстана.
    => ceremony | IND KAZ | | | Брест | 2025-06-10
5 мая 2025 года в Баку министр обороны Азербайджана Закир Гасанов встретился с министром обороны Турции Яшаром Гюлером.
        В тот же день Гюлера принял президент Азербайджана Ильхам Алиев.
    => talks | AZE:MoD TUR:MoD | Гасанов Гюлер | | Баку | 2025-05-05; talks | AZE TUR:MoD | Алиев Гюлер | | |
        2025-05-05
Министр обороны Ирана Азиз Насирзаде встретился с послом Индии в Иране Арджуном Капуром.
    => talks | IRN:MoD IND | Насирзаде Капур | | |
Переговоры Казахстана и Турции о поставках беспилотников сорвались.
    =>
Таких переговоров с Китаем Казахстан не ведёт.
    =>
Эксперты назвали переговоры плодотворными. К встрече с президентом России всё готово.
    =>
Министр обороны Казахстана Руслан Жаксылыков встретился с личным составом бригады.
    =>
"""


Row = tuple[frozenset[str], ...]
FIELDS = ("kind", "actors", "persons", "organization", "place", "date")


def expected_row(line: str) -> Row:
    return tuple(frozenset(part.split()) for part in line.split("|"))


def found_row(meeting: dict[str, object]) -> Row:
    values = [meeting[name] for name in FIELDS]
    texts = [" ".join(map(str, value)) if isinstance(value, list) else str(value or "") for value in values]
    return tuple(frozenset(text.split()) for text in texts)


@pytest.mark.parametrize("case", CASES.replace("\n        ", " ").replace("\n    =>", " =>").strip().splitlines())
def test_meetings(case: str) -> None:
    text, expected = split(case)
    found = to_annotation(reader().read(text, "ru"))["meetings"]
    assert {found_row(meeting) for meeting in found} == {expected_row(line) for line in expected}


def test_talks_are_one_however_often_the_text_comes_back_to_them() -> None:
    text = (
        "20 октября 2021 года в Душанбе министр обороны Таджикистана Фаррух Назаров и министр обороны Узбекистана "
        "Санжар Каримбеков провели переговоры. На переговорах стороны обсудили охрану границы."
    )

    (talks,) = (fact for fact in reader().read(text, "ru").facts if isinstance(fact, Meeting))

    assert {person.value.name for person in talks.persons} == {"Назаров", "Каримбеков"}
    assert talks.place is not None
    assert talks.place.value.name == "Душанбе"


def test_a_press_conference_after_talks_is_part_of_them() -> None:
    text = (
        "По итогам переговоров с президентом Турции Реджепом Тайипом Эрдоганом президент Казахстана "
        "Касым-Жомарт Токаев выступил на пресс-конференции."
    )
    kinds = {fact.kind for fact in reader().read(text, "ru").facts if isinstance(fact, Meeting)}
    assert "briefing" not in kinds


def test_every_value_of_a_meeting_has_its_words() -> None:
    text = "Погода стояла ясная. В Астане министр обороны Казахстана Даурен Косанов встретился с послом Индии."

    (talks,) = (fact for fact in reader().read(text, "ru").facts if isinstance(fact, Meeting))

    for stated in (*talks.actors, *talks.persons, talks.place):
        assert stated is not None
        assert [span.of(text) for span in stated.evidence] == [text[text.index("В Астане") :]]
