"""What nominals are to the words they hang on: prepositions and cases of Russian, named as in all languages."""

from pathlib import Path

import pytest

from loaders.reading.context import Context
from loaders.reading.grammar import has_language, languages_with
from loaders.reading.relations import RELATIONS, Relations, RelationsError, read_table, relation_table
from loaders.reading.text import AnalyzedText, Sentence, Token
from tests.reading.cases import reader


def context(text: str) -> Context:
    return reader().prepare("ru").context(text)


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("Казахстан провёл учение с Индией.", "Индией", "with"),
        ("Казахстан провёл учение вместе с Индией.", "Индией", "with"),
        ("Казахстан провёл учение с участием Индии.", "Индии", "with"),
        ("Самолёт вылетел с Кипра.", "Кипра", "from"),
        ("Казахстан провёл учение в Индии.", "Индии", "in"),
        ("Казахстан направил офицеров в Индию.", "Индию", "to"),
        ("Казахстан получил вертолёты от Индии.", "Индии", "from"),
        ("Казахстан купил вертолёты у Индии.", "Индии", "at"),
        ("Завод строит катера для Индии.", "Индии", "for"),
        ("Министр обороны Индии выступил.", "Индии", "of"),
        ("Казахстан передал Индии вертолёты.", "Индии", "recipient"),
        ("План предложен Индией.", "Индией", "by"),
        ("Индия купила вертолёты.", "Индия", "subject"),
        ("Делегация посетила Индию.", "Индию", "object"),
        ("Учение прошло под эгидой ООН.", "ООН", "under"),
        ("Учение прошло в рамках ОДКБ.", "ОДКБ", "under"),
        ("Договор заключён между Индией и Японией.", "Индией", "between"),
        ("По данным ООН, войска ушли.", "ООН", "according_to"),
        ("Кроме Индии, в учении никто не участвовал.", "Индии", "besides"),
    ],
)
def test_preposition_and_case_make_the_relation(text: str, name: str, relation: str) -> None:
    read = context(text)
    mention = next(m for m in read.mentions.all if m.span.of(text) == name)
    assert read.relation_of(mention) == relation
    assert read.relation(mention.head) == relation


@pytest.mark.parametrize("name", ["Индией", "Китаем", "Японией"])
def test_the_preposition_before_a_list_holds_for_all_of_it(name: str) -> None:
    text = "Казахстан провёл учения с Индией, Китаем и Японией."
    read = context(text)
    assert {read.relation_of(m) for m in read.mentions.all if m.span.of(text) == name} == {"with"}


def test_an_adjective_stands_in_the_relation_of_its_noun() -> None:
    text = "Учение прошло с новыми индийскими войсками."
    read = context(text)
    adjective = next(m for m in read.mentions.all if m.form == "adjective")
    assert read.relation_of(adjective) == "with"


def test_arguments_carry_their_relation() -> None:
    read = context("Казахстан закупил у Индии вертолёты для Монголии.")
    verb = next(t.index for t in read.text.tokens if t.text == "закупил")
    found = {read.text.tokens[a.head].text: (a.role, a.relation) for a in read.arguments(verb)}
    assert found["Казахстан"] == ("subject", "subject")
    assert found["Индии"] == ("oblique", "at")


def test_who_it_is_done_by_is_the_subject_of_a_passive() -> None:
    read = context("Учение проведено Индией.")
    verb = next(t.index for t in read.text.tokens if t.text == "проведено")
    roles = {read.text.tokens[a.head].text: a.role for a in read.arguments(verb)}
    assert roles == {"Учение": "object", "Индией": "subject"}


@pytest.mark.parametrize(
    "language", [language for language, _ in languages_with("relations.toml") if has_language(language)]
)
def test_every_language_says_what_its_marks_mean(language: str) -> None:
    table = relation_table(language)
    assert table.prepositions or table.postpositions
    assert table.cases or table.dependencies


def test_a_postposition_counts_from_behind(tmp_path: Path) -> None:
    file = tmp_path / "relations.toml"
    file.write_text('[postpositions]\n"turaly" = "about"\n[cases]\nGen = "of"\n', encoding="utf-8")
    noun = Token(0, "kelisim", 0, 7, pos="NOUN", head=1, rel="nmod")
    behind = Token(1, "turaly", 8, 14, pos="ADP")
    text = AnalyzedText("kelisim turaly", "xx", (noun, behind), (Sentence(0, 0, 14, 0, 2, 0),))
    assert Relations(text, read_table(file)).of(0) == "about"


def test_a_relation_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "relations.toml"
    file.write_text('[prepositions]\n"near" = "nearby"\n', encoding="utf-8")
    assert "nearby" not in RELATIONS
    with pytest.raises(RelationsError, match=r"\[prepositions\] gives 'near' the relation 'nearby'"):
        read_table(file)


@pytest.mark.parametrize("content", [b"[prepositions", b"\xff"], ids=["broken", "no text"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "relations.toml"
    file.write_bytes(content)
    with pytest.raises(RelationsError, match=r"relations\.toml"):
        read_table(file)
