"""Russian tokens are those of razdel, though they are cut piece by piece and kept."""

from hypothesis import assume, given
from hypothesis import strategies as st
from razdel import tokenize

from loaders.ru.tokens import DESIGNATION, tokens

SIGNS = "аБж xYz09 ..,,--–_/\\!?…«»()*:;)Δσñ  \t\n'\"№%+=<>"


@given(st.text(st.sampled_from(SIGNS), max_size=30) | st.text(max_size=30))
def test_a_text_has_the_tokens_that_razdel_finds_in_the_whole_of_it(text: str) -> None:
    assume(not DESIGNATION.search(text))
    assert list(tokens(text)) == [(t.start, t.stop, t.text) for t in tokenize(text)]


def test_a_sign_at_the_edge_of_a_piece_is_seen_with_what_stands_beyond_the_blank() -> None:
    assert [word for _, _, word in tokens("в 2021, 5 мая кто -то")] == ["в", "2021,", "5", "мая", "кто", "-то"]


def test_a_long_piece_is_cut_too() -> None:
    text = "а-" * 100 + "б, 1"
    assert list(tokens(text)) == [(t.start, t.stop, t.text) for t in tokenize(text)]


def test_what_arms_are_called_is_one_word() -> None:
    found = [word for _, _, word in tokens("Су-30СМ, «Печора-2БМ» и Ми-8МТВ-5 летят 100км")]
    assert found == ["Су-30СМ", ",", "«", "Печора-2БМ", "»", "и", "Ми-8МТВ-5", "летят", "100", "км"]
