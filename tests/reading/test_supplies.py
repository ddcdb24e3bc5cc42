"""Supplies, one line a case: what a sentence says, and who supplies whom."""

import pytest

from loaders.reading.annotation import to_annotation
from tests.reading.cases import reader, split

CASES = [
    "Россия поставляет Казахстану вертолёты Ми-35М. => RUS KAZ",
    "Вертолёты поставлены Казахстану Россией. => RUS KAZ",
    "Сербия купила у Кипра вертолёты. => CYP SRB",
    "Казахстан закупил у израильской компании Elbit беспилотники. => Elbit KAZ",
    "Поставки турецких беспилотников в Казахстан начались в 2021 году. => TUR KAZ",
    "Индия поставляет Армении ракетные системы, Франция – радары. => IND ARM; FRA ARM",
    "Истребители Казахстан покупает у России, беспилотники – у Турции и Китая. => RUS KAZ; TUR KAZ; CHN KAZ",
    "США передали таджикским пограничникам двадцать внедорожников. => USA TJK",
    "Сербия подписала с французской Dassault Aviation контракт на истребители. => Dassault Aviation SRB",
    "Южнокорейская Hanwha Aerospace подписала с министерством обороны Польши контракт на поставку гаубиц K9."
    " => Hanwha Aerospace POL",
    "Чехия вместе с Данией и Нидерландами закупила 15 тысяч артиллерийских снарядов. =>",
    "Индия поставила Вьетнаму двенадцать катеров; ещё два фрегата заказаны у Южной Кореи. => IND VNM; KOR VNM",
    "Первая партия истребителей передана Хорватии. Самолёты закуплены у Франции. => FRA HRV",
    "На вооружение ВВС Мали поступили четыре турецких беспилотника. => TUR MLI",
    "Катар безвозмездно передал военному госпиталю в Алматы восемь бронированных машин. => QAT KAZ",
    "США поставят Украине комплексы Patriot. => USA UKR",
    "КНР передала таджикским пограничникам вездеходы и радары, а Россия поставила дивизион ракет. => CHN TJK; RUS TJK",
    "Крупнейшим покупателем индийских ракет остаётся Армения. => IND ARM",
    "Компания ASFAT строит для флота Пакистана четыре корвета. => ASFAT PAK",
    "Молдавия получила от Евросоюза 9 млн евро на закупку радара. =>",
    "Туркменистан получил турецкие беспилотники. => TUR TKM",
    "Казахстан не поставляет Украине оружие. =>",
    "Минобороны Сербии опровергло сообщения о продаже боеприпасов Украине. =>",
    "Россия передала Казахстану председательство в организации. =>",
    "Министр обороны Казахстана передал армии Казахстана новые машины. =>",
]


@pytest.mark.parametrize("case", CASES)
def test_supply(case: str) -> None:
    text, expected = split(case)
    said = to_annotation(reader().read(text, "ru"))["supplies"]
    assert {f"{s['supplier']} {s['recipient'].split(':')[0]}" for s in said} == expected


def test_an_item_is_named_in_the_nominative() -> None:
    (supply,) = to_annotation(reader().read("Сербия купила у Кипра ударные вертолёты.", "ru"))["supplies"]
    assert supply["what"] == "ударные вертолёты"


def test_an_item_that_is_called_by_a_name_in_quotation_marks_has_both_marks() -> None:
    text = "Турция поставила Казахстану бронированные автомобили «Эждер»."
    (supply,) = to_annotation(reader().read(text, "ru"))["supplies"]
    assert supply["what"] == "бронированные автомобили «Эждер»"


def test_all_arms_of_a_list_are_what_is_supplied() -> None:
    text = 'Россия поставила Лаосу танки Т-72Б1 "Белый орел", учебно-боевые самолеты Як-130 и бронемашины БРДМ-2М.'
    (supply,) = to_annotation(reader().read(text, "ru"))["supplies"]
    assert supply["what"] == 'танки Т-72Б1 "Белый орел", учебно-боевые самолеты Як-130 и бронемашины БРДМ-2М'
