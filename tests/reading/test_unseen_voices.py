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
    "Премьер Пакистана Шахбаз Шариф позвонил президенту Ирана Масуду Пезешкиану. => call of IRN, PAK",
    "В этом году Таджикистан направит в Ливан миротворцев. Республика служит в составе ВСООНЛ с 2023 года. "
    "=> mission UNIFIL: TJK since 2023",
    "Таджикистан входит в ОДКБ, и осенью 2021 года здесь, на полигоне Харб-Майдон, прошло учение «Эшелон». "
    "=> exercise Эшелон: locations Харб-Майдон; exercise Эшелон: start 2021",
    "Белоруссия и Зимбабве сотрудничают в военной сфере не первый год. => BLR, ZWE cooperate: general",
    "Китай передал Минобороны Таджикистана 15 бронемашин. => CHN supplies TJK:MoD",
    "Полковник Эрлан Сулайманов, начальник Генштаба ВС Киргизии, прибыл в Улан-Батор с рабочим визитом. Гостя принял "
    "министр обороны Монголии Сандагийн Бямбацогт. => talks of KGZ:GS, MNG:MoD",
    "Российско-египетское учение «Защитники дружбы» прошло в октябре 2021 года. Следующее намечено на сентябрь 2023 "
    "года. => exercise Защитники дружбы: start 2021-10; exercise Защитники дружбы: start 2023-09",
    "МИНСК, 3 мая 2025 года. Министр обороны Белоруссии Виктор Хренин сегодня принял военного атташе Китая Ли Вэя. "
    "=> talks of BLR:MoD, CHN: place Минск; talks of BLR:MoD, CHN: date 2025-05-03",
    "США помогают Таджикистану. С 2002 года Вашингтон передал пограничникам 30 бронемашин. => USA supplies TJK",
    "Премьер Греции Кириакос Мицотакис приехал в Ереван. Его принял президент Ваагн Хачатурян. "
    "=> Хачатурян: head of state ARM",
    "Министр обороны принял военного атташе Индии полковника Вивека Шарму. => Шарма: military attaché IND",
    "Он встретился с послом Японии Ясумасой Иидзимой. => Иидзима: ambassador JPN",
    "Глава МИД встретился с послом Турции Ахметом Чавушоглу. => Чавушоглу: ambassador TUR",
    "Министр встретился с министром обороны Вьетнама Фан Ван Зянгом. => Фан: minister VNM:MoD",
    "Токаев принял секретаря Совета безопасности Таджикистана Насрулло Махмудзоду. "
    "=> Махмудзода: other Совет безопасности Таджикистана",
    "Прошло учение «Запад-2025». В учении также участвуют контингенты Индии, Ирана и Мали. "
    "=> exercise Запад: participants IND; exercise Запад: participants IRN; exercise Запад: participants MLI",
    "Китай действует тише. Таджикистан входит в ОДКБ. В 2016 году страны подписали в Душанбе соглашение о "
    "строительстве пограничных постов. => agreement of CHN, TJK: place Душанбе",
    "Главный поставщик гаубиц для Армении – Индия. => IND supplies ARM",
    "Основными поставщиками оружия Казахстану остаются Россия, Испания и Турция. "
    "=> RUS supplies KAZ; ESP supplies KAZ; TUR supplies KAZ",
    "Делегация Министерства обороны РК посетила с рабочим визитом Пакистан. => visit of KAZ:MoD, PAK: place PAK",
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
    "Өзбекстан мен Үндістан қорғаныс саласында тығыз ынтымақтастық орнатты. => IND, UZB cooperate: general",
    "Жақсылықов Астанада Әзербайжан президенті Ильхам Әлиевпен кездесті. => Әлиев: head of state AZE",
    "НАТО өкілі Хавьер Коломина Астанада Қазақстанның Қорғаныс министрі Руслан Жақсылықовпен кездесті. "
    "=> talks of KAZ:MoD, NATO: persons Коломина",
    "Құрлық әскерлерінің бас қолбасшысы генерал-майор Мереке Көшекбаев жиынға қатысты. => Көшекбаев: commander KAZ:AF",
    "2021 жылы Қырғызстан Baykar компаниясынан «Байрактар» дрондарын сатып алды. => Baykar supplies KGZ",
    "Түркиялық ASELSAN компаниясы Қазақстан армиясына 40 оптикалық нысана құралын жеткізді. => ASELSAN supplies KAZ:AF",
    "UNDOF күштеріне Қазақстан 2024 жылғы наурызда 139 сарбаздан тұратын контингент жіберді. "
    "=> mission UNDOF: KAZ contingent 139; mission UNDOF: KAZ since 2024-03",
    "Үндістан мен Қырғызстанның «Ханжар» деп аталатын бірлескен жаттығуы Тоқмақта өтеді. "
    "=> exercise Ханжар: participants IND; exercise Ханжар: participants KGZ",
    "Бұл сапар 2023 жылғы желтоқсанда Астанада қол қойылған Қазақстан мен Кения арасындағы бітімгершілік саласындағы "
    "ынтымақтастық туралы меморандумға сәйкес өтеді. => memorandum of KAZ, KEN; memorandum of KAZ, KEN: place Астана",
    "Қорғаныс министрі Руслан Жақсылықов Қазақстанға сапармен келген Әзербайжан Қорғаныс министрі Закир Гасановты "
    "қабылдады. => visit of AZE:MoD, KAZ: persons Гасанов",
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
