"""Kazakh as news on the web puts it: what such sentences say, and what they do not."""

import pytest

from tests.reading.cases import lines_read, reader, split

READ = [
    # straight quotation marks within each other
    '"Қыркүйекте Ресейде "Эшелон" жаттығуы өтеді. Қазан айында Тәжікстанда "Кобальт" жаттығуы болады, – деді спикер.'
    " => exercise Эшелон: locations RUS; exercise Кобальт: locations TJK",
    # a year that the sentence before is about
    "2026 жылы сегіз жаттығу өтеді. Тамыз айында Тәжікстанда «Кобальт» жаттығуы болады."
    " => exercise Кобальт: start 2026-08",
    # a name far before its noun
    "Тамызда Қырғызстанда «Рубеж» жедел өрістету ұжымдық күштерінің бөлімшелерімен бірлескен оқу-жаттығу өтеді."
    " => exercise Рубеж: locations KGZ",
    # examples before the noun for them
    "Қазақстандық бітімгерлер Ливан және Батыс Сахара сияқты әлемнің түрлі өңірлерінде қызмет етті."
    " => mission UNIFIL: KAZ; mission MINURSO: KAZ",
    "Моңғолия Ресей мен Қытай секілді көрші елдермен әскери салада ынтымақтасады."
    " => CHN, MNG cooperate: general; MNG, RUS cooperate: general",
    # a participle that looks like a noun
    "Қазақстан Тәжікстанға әскери мүлік беретін болды. => KAZ supplies TJK [planned]",
    # who leads a delegation comes
    "Бүгін Душанбеде ТМД Қорғаныс министрлері кеңесінің отырысы өтті. Оған қазақ делегациясын еліміздің Қорғаныс"
    " министрі Нұрлан Ермекбаев бастап барды. => session of KAZ:MoD; session of KAZ:MoD: persons Ермекбаев",
    # who is admitted is a member
    "2017 жылы ШЫҰ-ға толыққанды мүше болып Үндістан мен Пәкістан қабылданған. => IND in SCO; PAK in SCO",
    "Иран 2023 жылы ШЫҰ-ға қабылданды. => IRN in SCO",
    # a gathering of an organization's ministers
    "Бейжіңде өткен ШЫҰ-ға мүше елдердің қорғаныс министрлерінің бас қосуында Ресей Қорғаныс министрі Сергей Шойгу"
    " мәлімдеме жасады. => session of RUS:MoD: place Бейжің; session of RUS:MoD: persons Шойгу",
    # two peoples with a hyphen
    "Қазіргі уақытта қырғыз-үнді әскери ынтымақтастығы жоғары деңгейде тұрғаны айтылады."
    " => IND, KGZ cooperate: general",
    # a department of a ministry
    "Бұл туралы Қазақстан Қорғаныс министрлігі халықаралық ынтымақтастық департаментінің бастығы Олжас Құсайынов"
    " мәлім етті. => Құсайынов: other KAZ:MoD",
    # a series with a small letter
    "Алматыда бесінші халықаралық армия ойындары басталды. Жарысқа Үндістан мен Моңғолия қатысады."
    " => competition Халықаралық армия ойындары: participants IND",
    # where those serve of whom the sentence before the mission speaks
    "Косовода қызмет етіп келген моңғол бітімгерлері елге оралды. Олар НАТО басқаратын KFOR күштерінің құрамында"
    " алты ай болды. => mission KFOR: locations Косово",
    # an agreement that is widened
    "Вашингтон мен Манила әскери базаларды пайдалану туралы келісімді кеңейтті. => agreement of PHL, USA",
    # a clause before the name of an exercise describes it
    "2024 жылы Ташкентте өткен «Бірлестік» жаттығуына Қазақстан қатысты."
    " => exercise Бірлестік: participants KAZ; exercise Бірлестік: locations Ташкент; exercise Бірлестік: start 2024",
    # offices
    "Қырғызстан бас министрі Николай Танаев сөз сөйледі. => Танаев: prime minister KGZ",
    # "general" before a noun
    "Парламент Сенатының жалпы отырысында Қазақстан мен Катар арасындағы әскери ынтымақтастық туралы келісім"
    " ратификацияланды. => agreement of KAZ, QAT",
    # an exhibition is no side
    "Қорғаныс министрі Руслан Жақсылықов пен ASELSAN компаниясының бас директоры Ахмет Акйолдың арасындағы келіссөз"
    " IDEF – 2025 көрмесі аясында өтті. => talks of ASELSAN, KAZ:MoD",
]

NOT_READ = [
    # whence those who are sent come is no mission
    "БҰҰ-ның мәліметінше, Руандадан 850, Эфиопиядан 700 бітімгер жіберіледі. => mission UN",
    # what owns stands before what is owned
    "ҰҚШҰ бітімгершілік әскері Армения аумағынан толық кетті. => ARM",
    # whose one mission is does not tell it of another
    "БҰҰ-ның Батыс Сахарадағы миссиясында (MINURSO) біздің бақылаушылар бар. Орталық Африка Республикасындағы"
    " MINUSCA миссиясында штаб офицерлері қызмет етеді. => mission MINUSCA: frameworks",
]


@pytest.mark.parametrize("case", READ)
def test_the_web_is_read(case: str) -> None:
    text, expected = split(case)
    assert expected <= lines_read(text, "kk")


@pytest.mark.parametrize("case", NOT_READ)
def test_what_is_not_said_is_not_read(case: str) -> None:
    text, absent = case.split(" => ")
    found = lines_read(text, "kk")
    assert not [line for line in found if line.startswith(absent)]


def test_one_who_sends_soldiers_of_its_own_is_the_subject() -> None:
    text = reader().prepare("kk").grammar.analyze("Моңғолия 250 сарбазын шетелге қызметті орындауға жібереді.")
    subject = next(t for t in text.tokens if t.rel == "nsubj")
    assert subject.text == "Моңғолия"
    assert text.tokens[subject.head or 0].lemma == "жіберу"
