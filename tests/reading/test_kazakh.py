"""Kazakh: what is known of its words, how its sentences are built, and how well its texts are read."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.reading.reference import reference_names
from bench.reading.score import evaluate, texts
from loaders.kk.analyzer import KazakhAnalyzer
from loaders.reading.dates import find_dates
from loaders.reading.numbers import find_numbers
from loaders.reading.text import AnalyzedText, Token
from tests.reading.cases import lines_read, reader, split
from tests.shared import shared

TEXTS = Path(__file__).parent / "texts"


@cache
def analyzer() -> KazakhAnalyzer:
    made = KazakhAnalyzer()
    made.learn(n.text for known in reference_names() for n in known.names if n.language == "kk")
    return made


def word(sentence: AnalyzedText, text: str) -> Token:
    return next(t for t in sentence.tokens if t.text == text)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("министрлігінің", "министрлік"), ("күштерінің", "күш"), ("облысындағы", "облыс"), ("халқының", "халық"),
        ("Өзбекстаннан", "өзбекстан"), ("Түркістанда", "түркістан"), ("ҰҚШҰ-ның", "ұқшұ"), ("85-отырысы", "отырыс"),
        ("қатысуда", "қатысу"), ("өткізілмейді", "өткізу"), ("қойылған", "қою"), ("жатқанын", "жату"), ("оқиды", "оқу"),
        ("шықты", "шығу"), ("жоспарлануда", "жоспарлау"), ("Минскімен", "минск"), ("танкін", "танк"),
    ],
)  # fmt: skip
def test_a_form_is_taken_back_to_its_dictionary_form(form: str, lemma: str) -> None:
    assert lemma in analyzer().lemmas(form)


@pytest.mark.parametrize(
    ("sentence", "form", "features"),
    [
        ("Ресей әскерилері шақырылған жоқ.", "шақырылған", {"VerbForm": "Fin", "Polarity": "Neg", "Voice": "Pass"}),
        ("Жаттығу Ақтауда өтіп жатыр.", "өтіп", {"VerbForm": "Fin", "Tense": "Pres"}),
        ("Олар дрон құрастыруы тиіс.", "құрастыруы", {"VerbForm": "Fin", "Tense": "Fut"}),
        ("Алматыда өткен жиын аяқталды.", "өткен", {"VerbForm": "Part"}),
        ("Бишкек пен Минск келісімге қол қойды.", "қол", {"VerbForm": "Fin", "Tense": "Past"}),
    ],
)
def test_a_predicate_of_several_words_is_one(sentence: str, form: str, features: dict[str, str]) -> None:
    found = word(analyzer().analyze(sentence), form)
    assert features.items() <= found.feats.items()
    assert found.pos == "VERB"


@pytest.mark.parametrize(
    ("sentence", "dependent", "relation", "head"),
    [
        ("Қазақстан Қорғаныс министрлігі хабарлады.", "Қазақстан", "nmod", "министрлігі"),
        ("Қазақстан мен Түркия қарулы күштері жаттықты.", "Түркия", "conj", "Қазақстан"),
        ("Тараптар әскери ынтымақтастық туралы келісім жасасты.", "ынтымақтастық", "nmod", "келісім"),
        ("Үндістан Ресейден зениттік кешендер сатып алды.", "кешендер", "obj", "сатып"),
        ("Министр Дәурен Қосанов Ақтауға келіп, теңізшілермен кездесті.", "Министр", "nsubj", "кездесті"),
        ("Түркия Қытай ұсынған жоспарды қабылдады.", "Қытай", "nsubj", "ұсынған"),
        ("Министр дрон алынады деген хабарды жоққа шығарды.", "алынады", "acl", "хабарды"),
        ("Құжатқа қол қойылды, деп хабарлады министрлік.", "министрлік", "nsubj", "хабарлады"),
    ],
)
def test_what_depends_on_a_word_stands_before_it(sentence: str, dependent: str, relation: str, head: str) -> None:
    text = analyzer().analyze(sentence)
    token = word(text, dependent)
    assert token.head is not None
    assert (token.rel, text.tokens[token.head].text) == (relation, head)


def test_only_the_last_of_a_list_shows_the_case_of_all() -> None:
    text = analyzer().analyze("Сербия мен Моңғолияның өкілдері келді.")
    assert word(text, "Сербия").case == word(text, "Моңғолияның").case == "Gen"


@pytest.mark.parametrize(
    ("phrase", "nominative"),
    [("Маңғыстау облысындағы", "Маңғыстау облысы"), ("Каспий теңізінде", "Каспий теңізі"), ("ҰҚШҰ-ның", "ҰҚШҰ"),
     ("Андрей Белоусовпен", "Андрей Белоусов"), ("Түркістанда", "Түркістан")],
)  # fmt: skip
def test_names_are_restored_to_the_nominative(phrase: str, nominative: str) -> None:
    text = analyzer().analyze(phrase)
    assert analyzer().nominative(text.tokens, text.text) == nominative


@pytest.mark.parametrize(
    ("name", "surname"),
    [("Дәурен Қосановтың", "Қосанов"), ("Халук Байрактармен", "Байрактар"), ("Ли Шанфумен", "Ли"),
     ("Мереке Көшекбаевқа", "Көшекбаев")],
)  # fmt: skip
def test_surnames_are_told_from_given_names(name: str, surname: str) -> None:
    assert analyzer().surname(analyzer().analyze(f"Генерал {name}").tokens[1:]) == surname


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("2025 жылғы 31 қазанда", "2025-10-31", None), ("2024 жылдың шілдесінде", "2024-07", None),
        ("2018 жылғы қазаннан бері", "2018-10", None), ("2024 жылғы 8–17 шілдеде", "2024-07-08", "2024-07-17"),
        ("2023 жылғы 30 қазан мен 11 қараша аралығында", "2023-10-30", "2023-11-11"),
        ("2021 жылдың күзінде", "2021", None),
        ("2022 жылғы 26 қыркүйектен 8 қазанға дейін", "2022-09-26", "2022-10-08"), ("12.05.2022", "2022-05-12", None),
    ],
)  # fmt: skip
def test_dates(phrase: str, start: str, end: str | None) -> None:
    found = find_dates(analyzer().analyze(phrase).tokens, "kk")[0]
    assert (str(found.start), found.end and str(found.end)) == (start, end)


@pytest.mark.parametrize(
    ("phrase", "value", "bound"),
    [("төрт мыңға жуық", 4000, "about"), ("700-ге тарта", 700, "about"), ("мыңнан астам", 1000, "at least"),
     ("он бес кеме", 15, "exact"),
     ("төрт жүз отыз сарбаз", 430, "exact"), ("90 мыңнан аса", 90000, "at least"), ("шамамен елу", 50, "about"),
     ("1200-ден астам", 1200, "at least")],
)  # fmt: skip
def test_numbers(phrase: str, value: int, bound: str) -> None:
    (found,) = find_numbers(analyzer().analyze(phrase).tokens, "kk")
    assert (int(found.value), str(found.bound)) == (value, bound)


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("аәбқңөұіМмНнТ «»()–-.,!?1 20\n\u00ad😀"), max_size=80))
def test_every_sentence_is_a_tree_and_every_offset_true(text: str) -> None:
    analyzed = analyzer().analyze(text)
    for token in analyzed.tokens:
        assert text[token.begin : token.end] == token.text
    for sentence in analyzed.sentences:
        tokens = analyzed.of(sentence)
        assert sum(t.head is None for t in tokens) == 1
        for token in tokens:
            at, steps = token, 0
            while at.head is not None and steps <= len(tokens):
                assert sentence.first <= at.head < sentence.last
                at, steps = analyzed.tokens[at.head], steps + 1
            assert at.head is None


def test_the_kazakh_texts_are_read_well() -> None:
    total = evaluate(reader(), texts(shared("corpus"), "kk"))["total"]
    assert total["f1"] >= 0.70
    assert total["precision"] >= 0.80


@pytest.mark.parametrize(("name", "f1", "precision"), [("tune-kk", 0.75, 0.90), ("hold-kk", 0.70, 0.80)])
def test_texts_in_other_voices_are_read(name: str, f1: float, precision: float) -> None:
    total = evaluate(reader(), sorted(TEXTS.glob(f"{name}-*.txt")))["total"]
    assert total["f1"] >= f1
    assert total["precision"] >= precision


def test_long_lines_and_deep_brackets_are_divided() -> None:
    nested = analyzer().analyze("(" * 3000 + "Ақтау" + ")" * 3000)
    listed = analyzer().analyze("Қазақстан мен Ресей, " * 1500)
    assert word(nested, "Ақтау").pos == "PROPN"
    assert all(s.end - s.begin <= 4000 for s in listed.sentences)


@pytest.mark.parametrize(
    "case",
    [
        "Айта кетейік, Филиппин – АСЕАН мүшесі. => PHL in ASEAN",
        "Түркия Қырғызстанға Bayraktar TB2 ұшқышсыз ұшу аппараттарын жеткізді. => TUR supplies KGZ",
        "Ресей Беларуське «Искандер-М» зымыран кешендерін берді. => RUS supplies BLR",
        "Өзбекстан мен Пәкістан арнайы жасақтарды даярлау саласындағы ынтымақтастықты кеңейтуге келісті."
        " => PAK, UZB cooperate: training",
        "Ресейдің әскери оқу орындарында 500-ге жуық қазақстандық оқиды. => KAZ: about 500",
        "Қытай Қорғаныс министрі Дун Цзюнь мен Ресей Қорғаныс министрі Андрей Белоусов Пекинде келіссөз өткізді."
        " => talks of CHN:MoD, RUS:MoD; talks of CHN:MoD, RUS:MoD: persons Белоусов;"
        " talks of CHN:MoD, RUS:MoD: place Пекин",
        "АҚШ Қорғаныс министрі Пит Хегсет малайзиялық әріптесі Мохамед Халед Нординмен және Вьетнам Қорғаныс министрі"
        " Фан Ван Зянгпен кездесті. => talks of MYS:MoD, USA:MoD; talks of USA:MoD, VNM:MoD",
        "Мемлекет басшысы Қасым-Жомарт Тоқаев Түркияның Ұлттық қорғаныс министрі Яшар Гюлерді қабылдады."
        " => talks of KAZ, TUR:MoD; Тоқаев: head of state KAZ",
        "Baykar компаниясы мен Сауд Арабиясы Қорғаныс министрлігі Akinci дрондарын жеткізу туралы келісімшартқа отырды."
        " => contract of Baykar, SAU:MoD",
        "Қазақстан мен Түркия арасындағы әскери келісім 2023 жылы күшіне енді."
        " => agreement of KAZ, TUR: status in force",
        "Таиландта Cobra Gold 2025 бірлескен әскери жаттығуы басталды. Cobra Gold жаттығуына Жапония мен АҚШ қатысады."
        " => exercise Cobra Gold: start 2025; exercise Cobra Gold: participants JPN;"
        " exercise Cobra Gold: locations THA",
        "Малабар жаттығуына Үндістан мен Жапония қатысты. => exercise Малабар: participants IND",
        "«Кен көзі» атты жаттығу Чадта өтті. => exercise Кен көзі: locations TCD",
        "«Рубеж» жаттығуы Лусон мен Палаван аралдарында өтуде."
        " => exercise Рубеж: locations Лусон; exercise Рубеж: locations Палаван",
        "«Рубеж» жаттығуы Ганада өтті. Олардың арасында Қазақстан мен Өзбекстан әскерилері бар."
        " => exercise Рубеж: participants KAZ; exercise Рубеж: participants UZB",
        "«Шығыс» полигонында «Рубеж» жаттығуы 2025 жылғы 31-қазанда басталды. => exercise Рубеж: start 2025-10-31",
        "Қырғызстанның әскери бақылаушылары Оңтүстік Судан мен Либериядағы БҰҰ миссияларында қызмет етеді."
        " => mission UNMIL: KGZ observers; mission UNMISS: KGZ observers",
    ],
)  # fmt: skip
def test_sentences_of_the_press_are_read(case: str) -> None:
    text, expected = split(case)
    assert expected <= lines_read(text, "kk")


@pytest.mark.parametrize(
    ("text", "unsaid"),
    [
        ("«Рубеж» жаттығуы Ганада өтті. Қытай мен Камбоджа бақылаушы жіберген жоқ.", "observers"),
        ("«Шығыс» полигонында жаттығу өтті.", "exercise Шығыс"),
        ("Тәжікстан «Қытай Тәжікстанға 20 бронды көлік сыйлады» деген хабарды растады.", "[denied]"),
        ("Екі министр кестені келісті.", "visit"),
    ],
)
def test_what_a_sentence_does_not_say_is_not_read(text: str, unsaid: str) -> None:
    lines = lines_read(text, "kk")
    assert not [line for line in lines if unsaid in line]


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("2025 жылғы маусымның 3-і мен 7-сі аралығында", "2025-06-03", "2025-06-07"),
        ("2025 жылғы 31-қазан", "2025-10-31", None), ("2025 жылғы қазанның 31-інде", "2025-10-31", None),
    ],
)  # fmt: skip
def test_days_after_their_month_and_tied_to_it(phrase: str, start: str, end: str | None) -> None:
    found = find_dates(analyzer().analyze(phrase).tokens, "kk")[0]
    assert (str(found.start), found.end and str(found.end)) == (start, end)
