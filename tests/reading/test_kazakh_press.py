"""What the Kazakh press writes, sentence by sentence: official terms, lists, what one leaves to the next."""

import pytest

from tests.reading.cases import lines_read, reader, split

READ = [
    # places, dates, names
    "Баку қаласында Қазақстан мен Әзербайжан қорғаныс министрлерінің кездесуі өтті."
    " => talks of AZE:MoD, KAZ:MoD: place Баку",
    "Ресей қорғаныс министрі Андрей Белоусов жұмыс сапарымен Минскіге келді. => visit of BLR, RUS:MoD: place Минск",
    "ҚХР-дың Шыңжаң-Ұйғыр автономиялық ауданында «Рубеж» жаттығуы өтті."
    " => exercise Рубеж: locations CHN; exercise Рубеж: locations Шыңжаң-Ұйғыр автономиялық ауданы",
    "«Жайхун-2025» деп аталған жаттығуға Өзбекстаннан 300, Тәжікстаннан 200-ге жуық сарбаз тартылды."
    " => exercise Жайхун: participants TJK; exercise Жайхун: participants UZB; UZB: exact 300; TJK: about 200",
    "«Аспан бүркіті» әуе күштерінің жаттығуы Түркияда өтті. Оған Катар мен Пәкістан қатысты."
    " => exercise Аспан бүркіті: locations TUR; exercise Аспан бүркіті: participants QAT",
    "Қазақстан әскери қызметшілері «Анадолы қыраны-2025» оқу-жаттығуына қатысты."
    " => exercise Анадолы қыраны: participants KAZ",
    "«Танк биатлоны» Ресейдің Алабино полигонында өтті. => competition Танк биатлоны: locations Алабино",
    "«Шекара – 2023» жаттығуы ҰҚШҰ жоспары бойынша Қырғызстанда өтуде. => exercise Шекара: frameworks CSTO",
    # missions
    "Қазақстан БҰҰ миссияларына қатысады. Ливанда (UNIFIL) сегіз офицер, Батыс Сахарада (MINURSO) алты әскери"
    " бақылаушы қызмет атқарады. => mission MINURSO: KAZ observers 6; mission UNIFIL: KAZ 8",
    "Африка одағының Сомалидегі миссиясына 2007 жылдан бастап Уганда, 2008 жылдан бастап Бурунди қатысады."
    " => mission AMISOM: UGA since 2007; mission AMISOM: BDI since 2008",
    "Үндістан UNIFIL миссиясына батальон, ал Қазақстан 2018 жылғы қазаннан бастап рота жіберді."
    " => mission UNIFIL: KAZ since 2018-10; mission UNIFIL: IND contingent",
    "Моңғолия болса UNMISS миссиясына батальон жіберді. => mission UNMISS: MNG contingent",
    "Қырғызстан БҰҰ-ның Ливандағы миссиясына (UNIFIL) қатысады. Миссияда Қазақстанның да ротасы 2018 жылдан бері бар."
    " => mission UNIFIL: KAZ since 2018",
    # meetings and offices
    "Келіссөздерге Түркия тарапынан Ұлттық қорғаныс министрі Яшар Гүлер, Қазақстан тарапынан Қорғаныс министрі Дәурен"
    " Қосанов қатысты. => Гүлер: minister TUR:MoD; talks of KAZ:MoD, TUR:MoD: persons Гүлер",
    "Қорғаныс министрі Руслан Жақсылықов ҚХР Мемлекеттік кеңесінің мүшесі, Қорғаныс министрі Ли Шанфумен келіссөз"
    " жүргізді. => Ли: minister CHN:MoD",
    "Бас штаб бастығы Сұлтан Камалетдинов ұлыбританиялық делегацияны қабылдады."
    " => Камалетдинов: chief of general staff KAZ:GS; talks of GBR, KAZ:GS",
    "Астанада Қазақстан – Үндістан әскери ынтымақтастық жөніндегі жұмыс тобының отырысы өтті."
    " => session of IND, KAZ: place Астана",
    "Самарқанда Қазақстан мен Өзбекстан қорғаныс министрлері бас қосты. Жиынға Дәурен Қосанов пен Шухрат Холмухамедов"
    " қатысты. => talks of KAZ:MoD, UZB:MoD: persons Қосанов",
    # agreements and supplies
    "Оңтүстік Корея Польшаға 180 K2 танкін жеткізу туралы келісімшартқа қол қойды. => KOR supplies POL; POL: exact 180",
    "Литва Германиядан Leopard 2 танкін сатып алу туралы келісімшарт жасасты. => DEU supplies LTU",
    "Түркиядан Қырғызстанға Bayraktar TB2 ұшқышсыз аппараттарын жеткізу аяқталды. => TUR supplies KGZ",
    "Сербия Қытайдың FK-3 зымыран жүйесін алды. => CHN supplies SRB",
    "Қазақстан Қорғаныс министрлігі мен Испанияның Indra компаниясы радар жеткізуге арналған келісімшартқа отырды."
    " => contract of Indra, KAZ:MoD",
    # cooperation and membership
    "Қазақстанның әскери саладағы негізгі серіктестері – Ресей, Түркия және АҚШ. => KAZ, TUR cooperate: general",
    "Қазақстан мен Түркия арасында әскери-техникалық ынтымақтастық жоғары деңгейде. => KAZ, TUR cooperate: technical",
    "Қазақстан мен Катар қорғаныс саласында тығыз байланыс орнатқан. => KAZ, QAT cooperate: general",
    "АҚШ Филиппиннің негізгі әскери одақтасы саналады. => PHL, USA cooperate: general",
    "Беларусь ҰҚШҰ мүшесі болып табылады. => BLR in CSTO",
    "Қорғаныс саласында Қазақстан 30-дан астам мемлекетпен ынтымақтасады. => KAZ: at least 30",
]

NOT_READ = [
    "Қазақстан 2024 жылы Ауғанстанға гуманитарлық көмек жіберді. => mission",
    "Қытай тарапы Қазақстан министрін Пекинде өтетін форумға шақырды. => conference",
    "ЕО-ның Украина әскерін жаттықтыру жөніндегі миссиясына (EUMAM) Польша нұсқаушы береді. => mission EUMAM: UKR",
]


@pytest.mark.parametrize("case", READ)
def test_the_press_is_read(case: str) -> None:
    text, expected = split(case)
    assert expected <= lines_read(text, "kk")


@pytest.mark.parametrize("case", NOT_READ)
def test_what_is_not_said_is_not_read(case: str) -> None:
    text, absent = case.split(" => ")
    found = lines_read(text, "kk")
    assert not [line for line in found if line.startswith(absent)]


def test_a_region_without_a_name_is_no_place() -> None:
    assert reader().read("Автономиялық аудан басшысы жиналыс өткізді.", "kk").language == "kk"
