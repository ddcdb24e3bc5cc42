"""What Kazakh agencies and ministries write, in their constructions: appointments, laws, converbs, contracts."""

import pytest

from tests.reading.by_rule import by_rule
from tests.reading.cases import reader, split

READ = [
    # offices
    "Генерал-майор Айдос Сейітов Құрлық әскерлерінің бас қолбасшысы қызметіне тағайындалды."
    " => Сейітов: commander KAZ:AF",
    "Қырғызстанның Бас штаб бастығы болып генерал-майор Эрлис Тердикбаев тағайындалды."
    " => Тердикбаев: chief of general staff KGZ:GS",
    "Қазақстанның қорғаныс министрі Руслан Жақсылықов қызметінен кетті. Бұл лауазымға Дәурен Қосанов тағайындалды."
    " => Қосанов: minister KAZ:MoD",
    "2022 жылдан бері Қазақстанның қорғаныс министрі – Руслан Жақсылықов. => Жақсылықов: minister KAZ:MoD",
    "ДӘУРЕН ҚОСАНОВ, ҚР ҚОРҒАНЫС МИНИСТРІ:\n– Келісім бес жылға жасалды. => ҚОСАНОВ: minister KAZ:MoD",
    "Өзбекстан Қарулы күштері Бас штабының бастығы Шухрат Халмухамедов келді."
    " => Халмухамедов: chief of general staff UZB:GS",
    "Қазақстанның Қорғаныс министрі Моңғолия Президенті Ухнаагийн Хурэлсүхпен кездесті. Содан соң әріптесі Сандагийн"
    " Бямбацогтпен келіссөз өткізді. => Бямбацогт: minister MNG:MoD; talks of KAZ:MoD, MNG:MoD",
    # exercises
    "Термез полигонында Өзбекстан мен Тәжікстан әскерилерінің қатысуымен тактикалық оқу-жаттығу өтті."
    " => exercise ?: participants UZB; exercise ?: participants TJK",
    "2025 жылғы 23 қазан. Былтыр желтоқсанда Чират қаласында «Достарым» бірлескен жаттығуы өтіп, оған Қазақстан мен"
    " Пәкістанның арнайы жасақтары қатысты. => exercise Достарым: locations Чират; exercise Достарым: start 2024-12;"
    " exercise Достарым: participants KAZ; exercise Достарым: participants PAK",
    "Қырғызстан – ҰҚШҰ мүшесі. Ол «Мызғымас бауырластық» жаттығуына 300 сарбазын жіберді."
    " => exercise Мызғымас бауырластық: participants KGZ",
    "«Қанжар» мен «Шабуыл» жаттығулары Пәкістанда өтеді. => exercise Шабуыл",
    # agreements
    "Әскери ынтымақтастық туралы келісім Қазақстан Республикасының Үкіметі мен Сербия Республикасының Үкіметі арасында"
    " 2025 жылғы 19 тамызда Белградта жасалды. => agreement of KAZ, SRB: signed 2025-08-19;"
    " agreement of KAZ, SRB: place Белград",
    "Сенат Қазақстан мен Қытай арасындағы қорғаныс саласындағы ынтымақтастық туралы келісімді ратификациялау жөніндегі"
    " заңды қабылдады. => agreement of CHN, KAZ: status ratified",
    # supplies and membership
    "ҚР Қорғаныс министрлігі Airbus Helicopters компаниясымен H145 тікұшақтарын жеткізу туралы келісімшартқа қол қойды."
    " => Airbus Helicopters supplies KAZ:MoD",
    "Қазақстанға Ресейден Ми-35М тікұшақтары келіп түсті. => RUS supplies KAZ",
    "Польша Оңтүстік Кореядан 180 K2 танкін сатып алу туралы 6,5 миллиард долларлық келісімшарт жасасты."
    " => KOR supplies POL; contract of KOR, POL",
    "Финляндия НАТО-ның 31-мүшесі атанды. => FIN in NATO",
    # cooperation
    "Қазақстан мен Түркия арасындағы әскери ғылым, білім және әскери-техникалық саладағы өзара іс-қимыл жүзеге асырылып"
    " келеді. => KAZ, TUR cooperate: science, education, technical",
    "Қазақстан мен Моңғолия киберқорғаныс саласында тығыз жұмыс істейді. => KAZ, MNG cooperate: cyber",
    # missions
    "Қырғызстан әскери бақылаушылары БҰҰ-ның Судандағы, Либериядағы және Батыс Сахарадағы миссияларында қызмет етеді."
    " => mission UNMIL: KGZ observers; mission MINURSO: locations ESH",
    "Қырғызстанның бақылаушылары Конгодағы БҰҰ бітімгершілік миссиясында қызмет етеді."
    " => mission MONUSCO: locations COD",
    "Голан жоталарындағы UNDOF миссиясында Қазақстан контингенті тұр. Оған 2024 жылдың наурызында аттанған."
    " => mission UNDOF: KAZ since 2024-03",
    "Қытай бітімгершілік контингенті Оңтүстік Суданда 2015 жылдан бері орналасқан. => mission UNMISS: CHN since 2015",
]


@pytest.mark.parametrize("case", READ)
def test_the_news_are_read(case: str) -> None:
    text, expected = split(case)
    assert expected <= set().union(*by_rule(reader().read(text, "kk")).values())
