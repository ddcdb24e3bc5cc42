"""What Russian news items say in other words than those before: a line each, with what is found.

A case is `text => what is found; …`; every fact named is found. After `=> not` stands what may not be found.
"""

import pytest

from tests.reading.cases import split
from tests.reading.test_unseen_voices import check, read

EXERCISES = [
    "На учениях «Степной щит – 2026» танкисты Казахстана и Узбекистана форсировали реку Или. "
    "=> exercise Степной щит: participants KAZ; exercise Степной щит: participants UZB",
    "Расчёты ПВО Армении и России в ходе манёвров в Гюмри отразили налёт условного противника. "
    "=> exercise ?: participants ARM; exercise ?: participants RUS",
    "Корабли ВМС Ирана и Омана приступили к активной фазе манёвров в Оманском заливе. "
    "=> exercise ?: participants IRN:AF; exercise ?: locations Оманский залив",
    "Экипажи Казахстана и Ирана поборются за победу в конкурсе «Воздушные рубежи». "
    "=> competition Воздушные рубежи: participants KAZ; competition Воздушные рубежи: participants IRN",
    "Учения «Ханджар-12» проводят армии Индии и Киргизии. => exercise Ханджар: participants KGZ:AF",
    "Учения ОДКБ пройдут осенью в Таджикистане. => exercise ?: frameworks CSTO; exercise ?: locations TJK",
    "В Актау прошли международные учения по спасению на море. => exercise ?: locations Актау",
    "Учения Румынии и Молдавии пройдут на военной базе Бульбоака. => exercise ?: locations Бульбоака",
    "В Армении 8 сентября 2026 года начались учения «Орёл» с участием США. Учения проводятся в стране в третий раз. "
    "=> exercise Орёл: locations ARM",
]

MEETINGS = [
    "Министр обороны Судана Хасан Кабрун прилетел в Каир, где его принял президент Египта Абдель Фаттах ас-Сиси. "
    "=> talks of EGY, SDN:MoD: persons ас-Сиси; talks of EGY, SDN:MoD: place Каир",
    "Министры обороны Германии и Польши Борис Писториус и Владислав Косиняк-Камыш провели в Варшаве брифинг. "
    "=> briefing of DEU:MoD, POL:MoD: place Варшава",
    "Министр обороны Узбекистана Шухрат Холмухамедов провёл отдельные встречи с коллегами из Казахстана и Таджикистана "
    "Дауреном Косановым и Эмомали Собирзодой. "
    "=> talks of KAZ:MoD, UZB:MoD; talks of TJK:MoD, UZB:MoD; Собирзода: minister TJK:MoD",
    "В Ташкенте прошло совещание министров обороны стран ШОС. Для участия в нём прибыли главы оборонных ведомств "
    "Казахстана и Индии. Узбекскую сторону возглавил министр обороны Баходир Курбанов. "
    "=> session of IND:MoD, KAZ:MoD, UZB:MoD: persons Курбанов",
    "В Душанбе прошло заседание секретарей советов безопасности. Мероприятие состоялось под председательством министра "
    "обороны Таджикистана Эмомали Собирзоды и при участии министра обороны Киргизии Руслана Мукамбетова. "
    "=> session of KGZ:MoD, TJK:MoD: persons Мукамбетов",
    "Министр обороны Сербии и глава Генштаба Венгрии во вторник провели переговоры в Белграде. В ходе встречи они "
    "утвердили план на 2027 год. => talks of HUN:GS, SRB:MoD: place Белград",
]

SUPPLIES = [
    "Бразильский Embraer получил заказ от Узбекистана на транспортные самолёты C-390. => Embraer supplies UZB",
    "Очередная партия российских вертолётов Ми-35 прибыла в Мали. => RUS supplies MLI",
]

OTHERS = [
    "Двое монгольских военных наблюдателей вернулись из Западной Сахары. => mission MINURSO: MNG observers 2",
    "Узбекистан отправил на Кипр трёх военных наблюдателей. => mission UNFICYP: UZB observers 3",
    "Президент предложил укрепить сотрудничество в рамках ОТГ, в которую входят Казахстан и Турция. "
    "=> KAZ in OTS; TUR in OTS",
    "Договор о взаимной обороне Филиппин и США действует с 1951 года. => treaty of PHL, USA: status in force",
    "По итогам переговоров Таджикистана и Турции был принят план военного сотрудничества на 2025 год. "
    "=> plan of TJK, TUR: status signed",
    "Директор КНБ Таджикистана Саймумин Ятимов посетил Минск. => visit of BLR, TJK:SEC",
]

WRONG = [
    "Президент Киргизии Садыр Жапаров назначил начальником Генштаба – первым заместителем министра обороны полковника "
    "Эрлиса Турдубаева. => not Жапаров: chief of general staff KGZ:GS",
    "Посол Индии на учениях «Дустлик» вручил награды. => not exercise Дустлик: participants IND",
    "Учения «Ханджар-12» начались 10 марта 2025 года в Бишкеке с участием Индии. => not exercise Ханджар: start 2012",
    "Белград заказал ракеты в 2019 году после учений «Славянский щит» с Россией. "
    "=> not exercise Славянский щит: start 2019",
    "В них участвуют 700 военнослужащих России и Лаоса. Бразильский Embraer получил заказ от Чили на самолёты. "
    "=> not CHL supplies Embraer",
]


@pytest.mark.parametrize("case", [*EXERCISES, *MEETINGS, *SUPPLIES, *OTHERS])
def test_what_is_said(case: str) -> None:
    """Each case names what is found."""
    check(case, "ru")


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_said(case: str) -> None:
    """What a sentence may be mistaken for."""
    text, unsaid = split(case.replace("=> not ", "=> "))
    assert not unsaid & read(text, "ru")
