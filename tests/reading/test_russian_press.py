"""Constructions of Russian agencies and ministries, a line each, with what they say.

A case is `text => what is found; …`; every fact named is found. `=> none` says that nothing may be found.
"""

import pytest

from tests.reading.test_unseen_voices import check

EXERCISES = [
    "Корабли ВМС Ирана, России и Китая приступили к совместным учениям «Морской пояс» в Оманском заливе. "
    "=> exercise Морской пояс: participants IRN:AF; exercise Морской пояс: participants CHN:AF",
    "В учении «Хаан Квест» задействованы военные 25 стран, в числе которых США, Индия и Катар. "
    "=> exercise Хаан квест: participants USA; exercise Хаан квест: participants QAT",
    "В учении «Щит» занято 500 военнослужащих, в том числе из Казахстана и Кыргызстана. "
    "=> exercise Щит: participants KAZ; exercise Щит: participants KGZ",
    "Учение «Щит», организованное Турцией, собрало военных из Азербайджана и Узбекистана. "
    "=> exercise Щит: participants AZE; exercise Щит: participants UZB",
    "Казахстанские десантники вернулись из Турции, где участвовали в учении «Щит». => exercise Щит: participants KAZ",
    "Учение «Щит» пройдёт с участием подразделений Китая и наблюдателей из Индии. "
    "=> exercise Щит: participants CHN; exercise Щит: observers IND",
    "Очередное учение «Щит» намечено на сентябрь 2025 года, принимающей стороной станет Таджикистан. "
    "=> exercise Щит: locations TJK",
    "«Щит-2025» – крупнейшее учение в истории ОДКБ, его принимает Беларусь. => exercise Щит: locations BLR",
    "Церемония открытия учения «Щит» состоялась 11 июля 2025 года на полигоне Отар. "
    "=> exercise Щит: start 2025-07-11; exercise Щит: locations Отар",
]

MEETINGS = [
    "В Душанбе состоялось заседание Совета министров обороны ОДКБ. В нём участвовал секретарь Совета безопасности "
    "Белоруссии Александр Вольфович. Заседание прошло 20 июня 2024 года. => session of BLR: date 2024-06-20",
    "В Минобороны Казахстана прошла встреча с военным атташе Индии полковником Сандипом Сингхом. "
    "=> talks of IND, KAZ:MoD: persons Сингх",
    "Министр обороны РК Жаксылыков на полях саммита встретился с министрами обороны Катара и ОАЭ. "
    "=> talks of KAZ:MoD, QAT:MoD; talks of ARE:MoD, KAZ:MoD",
    "Замминистра обороны России Александр Фомин встретился с министром обороны Мали Садио Камарой, а также с министром "
    "обороны Никарагуа Розой Барахоной. => talks of MLI:MoD, RUS:MoD; talks of NIC:MoD, RUS:MoD",
    "Министры обороны России, Китая и Индии встретились в Москве. => talks of CHN:MoD, IND:MoD, RUS:MoD",
]

COOPERATION = [
    "Казахстан и Катар подписали соглашение о военном сотрудничестве. Оно предусматривает подготовку офицеров и обмен "
    "опытом в миротворчестве. => KAZ, QAT cooperate: general, education, peacekeeping",
    "Казахстан и Катар подписали соглашение о военном сотрудничестве. Направлений в нём два: военное образование и "
    "военная медицина. => KAZ, QAT cooperate: general, education, medical",
    "Визит министра обороны Турции в Киргизию начался. В июне 2023 года министерства обороны двух стран подписали план "
    "сотрудничества на пять лет. => KGZ, TUR cooperate: general",
    "Султан Камалетдинов провёл переговоры с делегацией Кореи в Министерстве обороны Казахстана. «Наши "
    "ведомства успешно взаимодействуют в области военной медицины», – отметил замминистра обороны РК. "
    "=> KAZ:MoD, KOR cooperate: medical",
    "Минобороны Казахстана и Узбекистана договорились проводить совместную подготовку спецназа. "
    "=> KAZ:MoD, UZB:MoD cooperate: training",
]

NUMBERS = [
    "Казахстан и Индия проводят учение «Каз Инд». С каждой стороны участвовало по 20 военнослужащих. => KAZ: exact 20",
    "В учении «Ханжар» участвовали спецназовцы Кыргызстана и Индии, по 20 человек от каждой страны. => KGZ: exact 20",
    "Учение «Зубр» Белоруссии и Пакистана начнётся осенью. Каждая страна выделит примерно по сто человек. "
    "=> BLR: about 100 [planned]",
    "В учении «Щит» участвовало 2500 военных: 1800 из России, 400 из Таджикистана. "
    "=> RUS: exact 1800; TJK: exact 400; exercise Щит: participants RUS; exercise Щит: participants TJK",
    "От Казахстана в учении «Щит» с Турцией участвуют 120 военнослужащих. => KAZ: exact 120",
    "В Бишкеке по линии индийской программы обучение проходят до 15 кыргызских офицеров. => KGZ: at most 15",
    "В рамках плана сотрудничества Казахстана и Китая на 2025 год выполнено 15 мероприятий. => KAZ: exact 15",
    "В прошлом году военные Казахстана и России провели 40 совместных мероприятий. => KAZ: exact 40",
    "Товарооборот Казахстана и Турции по итогам контракта составил 5 млрд долларов. => none",
]

MISSIONS = [
    "С 2014 года в миссиях ООН приняли участие более 600 казахстанских военнослужащих. Сегодня они несут службу в "
    "Ливане и Демократической Республике Конго. => mission UNIFIL: KAZ; mission MONUSCO: KAZ",
    "Сербия участвует в миссиях ООН в Ливане, на Кипре и в Центральноафриканской Республике. "
    "=> mission UNIFIL: SRB; mission UNFICYP: SRB; mission MINUSCA: SRB",
    "Турецкий контингент находится в Косове в составе сил НАТО с 1999 года. => mission KFOR: TUR since 1999",
    "Силы ОДКБ провели тренировку в Таджикистане. => none",
    "Четверо офицеров Казахстана проходят службу военными наблюдателями ООН в Западной Сахаре, двое – в "
    "Центральноафриканской Республике. => mission MINURSO: KAZ observers; mission MINUSCA: KAZ observers",
]


@pytest.mark.parametrize("case", EXERCISES)
def test_exercises(case: str) -> None:
    check(case, "ru")


@pytest.mark.parametrize("case", MEETINGS)
def test_meetings(case: str) -> None:
    check(case, "ru")


@pytest.mark.parametrize("case", COOPERATION)
def test_cooperation(case: str) -> None:
    check(case, "ru")


@pytest.mark.parametrize("case", NUMBERS)
def test_numbers(case: str) -> None:
    check(case, "ru")


@pytest.mark.parametrize("case", MISSIONS)
def test_missions(case: str) -> None:
    check(case, "ru")
