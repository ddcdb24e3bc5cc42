"""Texts in any usual encoding, and the one form of a text in which offsets count."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import Damaged, UnusableSource
from loaders.formats import TextContent, extract, legible, normalise
from loaders.formats.plain import decode

RUSSIAN = "Министры обороны подписали план сотрудничества. В учении участвовали 300 военнослужащих."
KAZAKH = "Қазақстан мен Өзбекстан әскери ынтымақтастық туралы құжатқа қол қойды, деп хабарлады министрлік."
ENGLISH = "The two ministers signed a plan of military cooperation – it covers the year 2026."


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"])
def test_russian(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding), "a.txt") == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-8", "kz1048", "ptcp154"])
def test_kazakh(encoding: str) -> None:
    assert decode(KAZAKH.encode(encoding), "a.txt") == KAZAKH


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_english(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding), "a.txt") == ENGLISH


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH, ENGLISH])
def test_unicode_with_and_without_a_mark(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_the_charset_of_the_server_decides_where_the_bytes_are_valid_in_it() -> None:
    assert decode("Щит".encode("koi8-r"), "a.txt", "KOI8-R") == "Щит"
    assert decode("Щит".encode(), "a.txt", "us-ascii") == "Щит"
    assert decode("Щит".encode(), "a.txt", "no-such-charset") == "Щит"
    assert decode(b"5570", "a.txt", "hex") == "5570"


def test_a_mark_that_lies_is_told() -> None:
    with pytest.raises(Damaged, match=r"a\.txt: begins as UTF-8 but is not"):
        decode(codecs.BOM_UTF8 + b"\xff\xfe\xff", "a.txt")


def test_line_ends_become_line_feeds_and_invisible_characters_go() -> None:
    assert normalise("а\r\nб\rв\u2028г\u00adд\u200bе\ufeff") == "а\nб\nв\nгде"


def test_letters_with_marks_become_one_character() -> None:
    assert normalise("и\u0306") == "й"


def test_blanks_stay_so_that_offsets_hold_in_the_file_itself() -> None:
    assert normalise("1\u00a0300 человек") == "1\u00a0300 человек"


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(st.characters(codec="utf-8")))
def test_the_legible_form_has_the_same_length(text: str) -> None:
    assert len(legible(text)) == len(text)


@given(st.text(st.characters(categories=["L", "N", "P", "Z"]), min_size=1))
def test_clean_text_is_taken_as_it_is(text: str) -> None:
    clean = unicodedata.normalize("NFC", text.replace("\u2028", " ").replace("\u2029", " "))
    assert normalise(clean) == clean


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    try:
        content = extract(data, "a.txt")
    except UnusableSource as refusal:
        assert str(refusal).startswith("a.txt: ")
    else:
        assert isinstance(content, TextContent)
        assert content.text.strip()
