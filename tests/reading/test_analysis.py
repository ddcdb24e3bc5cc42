"""What the base promises of every text: offsets, trees, clauses, language, headings, quotations, tables."""

import numpy as np
import pytest

from loaders.reading.editions import split_edition
from loaders.reading.language import guess_language
from loaders.reading.quotes import find_quotations
from loaders.reading.reader import find_title
from loaders.reading.tables import find_tables
from loaders.ru.inflection import nominative_surname
from loaders.ru.trees import best_heads, is_projective_tree
from tests.reading.cases import reader
from tests.shared import shared

TEXT = """План на год

АСТАНА, 3 июля 2024 года. Ёлка – «Учения "Щит" начались», – сказал он; потом ушёл. 12–16 мая прошло 1 300 человек.

– первый пункт;
– второй пункт."""


def analyze(text: str):  # type: ignore[no-untyped-def]
    return reader().prepare("ru").grammar.analyze(text)


def test_every_token_is_its_stretch_of_the_text() -> None:
    analyzed = analyze(TEXT)
    assert all(TEXT[t.begin : t.end] == t.text for t in analyzed.tokens)
    assert "".join(TEXT.split()) == "".join(t.text for t in analyzed.tokens)


def test_every_sentence_is_a_tree_with_one_root() -> None:
    analyzed = analyze(shared("corpus/briefing-2021.txt").read_text(encoding="utf-8"))
    for sentence in analyzed.sentences:
        tokens = analyzed.of(sentence)
        assert sum(t.head is None for t in tokens) == 1
        for token in tokens:
            seen = set()
            while token.head is not None:
                assert token.index not in seen
                seen.add(token.index)
                token = analyzed.tokens[token.head]
            assert token.sentence == sentence.index


def test_the_best_tree_is_projective_where_the_best_heads_are_none() -> None:
    scores = np.array([[0.0, -9, 5, 1], [0.0, 5, -9, 1], [1.0, 2, 3, -9]])
    assert not is_projective_tree(scores.argmax(-1))
    assert is_projective_tree(best_heads(scores))


@pytest.mark.parametrize(
    ("heads", "is_tree"),
    [([0, 1, 2], True), ([2, 0, 2], True), ([0, 0, 1], False), ([2, 1, 0], False), ([3, 4, 0, 3], False)],
)
def test_what_a_projective_tree_is(heads: list[int], is_tree: bool) -> None:
    assert is_projective_tree(heads) == is_tree


def test_a_line_that_a_width_breaks_is_one_sentence() -> None:
    text = "Совместное учение вооружённых сил Казахстана и Узбекистана прошло\nна полигоне «Отар» в мае 2023 года."
    assert len(analyze(text).sentences) == 1


def test_clauses_part_at_their_verbs() -> None:
    analyzed = analyze("Россия провела учение, а Индия прислала наблюдателей.")
    words = {t.text: analyzed.clauses[t.index] for t in analyzed.tokens}
    assert words["Россия"] == words["учение"] != words["Индия"] == words["наблюдателей"]


@pytest.mark.parametrize(
    ("text", "language", "sure"),
    [
        ("План сотрудничества на 2025 год", "ru", True),
        ("Қазақстан мен Өзбекстан бірлескен оқу-жаттығу өткізді", "kk", True),
        ("Steppe Eagle 2019 has begun", "en", True),
        ("Кыргызстан жана Өзбекстан биргелешкен машыгуу өткөрүштү", "kk", False),
        ("Збройні сили України провели навчання", "ru", False),
        ("Türkiye ve Azerbaycan ortak tatbikatı başladı", "en", False),
        ("2024", "en", False),
    ],
)
def test_letters_tell_the_language(text: str, language: str, sure: bool) -> None:
    guess = guess_language(text)
    assert guess.sure == sure
    assert guess.language == language or not sure


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Учения начались\n\nВ Астане прошли учения.", "Учения начались"),
        ("В Астане прошли учения.\n\nИ завершились.", None),
        ("АСТАНА, 3 июля 2024 года\n\nВ Астане прошли учения.", None),
        ("Одна строка без конца", None),
    ],
)
def test_a_heading_does_not_end_like_a_sentence(text: str, title: str | None) -> None:
    found = find_title(text)
    assert (found.of(text) if found else None) == title


def test_names_in_quotation_marks_are_told_from_speech() -> None:
    text = 'Учение «Боевое братство» началось. «Мы готовы», – сказал он. Учения "Щит-2021" и «Игры «Юг»» прошли.'
    names = {q.span.of(text) for q in find_quotations(analyze(text)) if q.is_name}
    assert names == {"Боевое братство", "Щит-2021", "Игры «Юг»", "Юг"}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Щит – 2021", ("Щит", 2021)),
        ("Щит-2021", ("Щит", 2021)),
        ("Региональное сотрудничество-22", ("Региональное сотрудничество", 2022)),
        ("Боевое братство", ("Боевое братство", None)),
        ("Запад 2025", ("Запад", 2025)),
        ("Моси-2", ("Моси-2", None)),
    ],
)
def test_an_edition_is_a_name_and_a_year(name: str, parts: tuple[str, int | None]) -> None:
    assert split_edition(name) == parts


@pytest.mark.parametrize(
    ("form", "case", "gender", "surname"),
    [
        ("Дандыбаева", "Gen", "Masc", "Дандыбаев"),
        ("Дандыбаевой", "Ins", "Fem", "Дандыбаева"),
        ("Хрениным", "Ins", "Masc", "Хренин"),
        ("Гюлером", "Ins", "Masc", "Гюлер"),
        ("Папикяна", "Gen", "Masc", "Папикян"),
        ("Шойгу", "Dat", "Masc", "Шойгу"),
        ("Жапаров", "Nom", "Masc", "Жапаров"),
    ],
)
def test_surnames_in_the_nominative(form: str, case: str, gender: str, surname: str) -> None:
    assert nominative_surname(form, case, gender) == surname


def test_a_surname_in_a_case_that_the_dictionary_does_not_know_is_restored_too() -> None:
    assert nominative_surname("Иванова", "Voc", "Masc") == "Иванов"


@pytest.mark.parametrize("separator", [" | ", "\t", "     "])
def test_a_table_is_found_by_what_divides_its_cells(separator: str) -> None:
    rows = [["Место", "Команда", "Очки"], ["1", "Китай", "28"], ["2", "Индия", "24"]]
    text = "Итоги соревнований таковы.\n\n" + "\n".join(separator.join(row) for row in rows) + "\n\nКонец."
    analyzed = analyze(text)
    (table,) = find_tables(analyzed)
    cells = [["".join(t.text for t in analyzed.tokens[c.first : c.last]) for c in row.cells] for row in table.rows]
    assert cells == rows


def test_a_subject_stands_in_the_nominative_and_in_the_number_of_its_verb() -> None:
    subject = analyze("Страны договорились вместе готовить сапёров.").tokens[0]
    assert (subject.case, subject.number) == ("Nom", "Plur")


def test_a_list_is_no_plural_of_its_first_word() -> None:
    subject = analyze("Узбекистан и Таджикистан провели учение.").tokens[0]
    assert (subject.case, subject.number) == ("Nom", "Sing")
