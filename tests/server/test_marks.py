"""Passages marked in a text: nothing of the text is lost, and the marks nest whatever the passages do."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from server.marks import anchor, marked
from server.text_tables import tables_of


def spans(notation: str) -> tuple[str, dict[tuple[int, int], Markup]]:
    """The text and spans of a notation: `[` and `]` bound a passage, `(` and `)` one that may cross it."""
    text, found, open_at = "", {}, dict[str, list[int]]()
    for c in notation:
        if c in "[(":
            open_at.setdefault("])"["[(".index(c)], []).append(len(text))
        elif c in "])":
            found[open_at[c].pop(), len(text)] = Markup("")
        else:
            text += c
    return text, found


@pytest.mark.parametrize(
    ("notation", "html"),
    [
        ("a [bc] d", 'a <mark id="p-2-4" class="">bc</mark> d'),
        ("[ab][cd]", '<mark id="p-0-2" class="">ab</mark><mark id="p-2-4" class="">cd</mark>'),
        ("[a [b] c]", '<mark id="p-0-5" class="">a <mark id="p-2-3" class="">b</mark> c</mark>'),
        (
            "[a (b] c)",
            '<mark id="p-0-3" class="">a <mark id="p-2-5" class="">b</mark></mark><mark class=""> c</mark>',
        ),
        ("[<b>&]", '<mark id="p-0-4" class="">&lt;b&gt;&amp;</mark>'),
    ],
)
def test_marks(notation: str, html: str) -> None:
    assert marked(*spans(notation)) == html


def test_a_note_stands_at_the_end_of_its_passage() -> None:
    assert marked("abcd", {(1, 3): Markup("<sup>1</sup>")}) == 'a<mark id="p-1-3" class="">bc<sup>1</sup></mark>d'


def test_a_passage_that_is_not_in_the_text_is_left_out() -> None:
    assert marked("ab", {(1, 9): Markup(""), (2, 1): Markup(""), (-1, 1): Markup("")}) == "ab"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.depth, self.ids = "", 0, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += 1
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1
        assert self.depth >= 0

    def handle_data(self, data: str) -> None:
        self.text += data


@given(
    st.text(alphabet="ab<&»\n", min_size=1, max_size=20),
    st.sets(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8),
)
def test_whatever_the_passages_the_text_is_whole_and_each_has_one_anchor(
    text: str, found: set[tuple[int, int]]
) -> None:
    reader = _Reader()
    reader.feed(str(marked(text, dict.fromkeys(found, Markup("")))))
    reader.close()
    assert reader.text == text
    assert reader.depth == 0
    assert sorted(reader.ids) == sorted(f"p-{b}-{e}" for b, e in found if 0 <= b < e <= len(text))


def test_a_link_stands_in_and_outside_of_passages_but_never_across_their_ends() -> None:
    text = "one two three four"
    notes = {(0, 7): Markup("<sup>1</sup>")}
    links = {(4, 7): Markup('<a href="/2">'), (8, 13): Markup('<a href="/3">'), (5, 10): Markup('<a href="/x">')}
    made = marked(text, notes, links=links)
    assert made == ('<mark id="p-0-7" class="">one <a href="/2">two</a><sup>1</sup></mark> <a href="/3">three</a> four')


TABLE = """Before

| Exercise | States |
|---|---|
| Barrier | Kazakhstan, <b>Russia</b> |
|  | Serbia |

After | that |
"""


def test_a_table_is_a_table_and_what_is_around_it_is_text() -> None:
    made = str(marked(TABLE, {}))
    assert made.startswith("Before\n\n<div")
    assert '<thead><tr><th scope="col">Exercise</th><th scope="col">States</th></tr></thead>' in made
    assert "<tr><td>Barrier</td><td>Kazakhstan, &lt;b&gt;Russia&lt;/b&gt;</td></tr>" in made
    assert "<tr><td></td><td>Serbia</td></tr>" in made
    assert made.endswith("</div>\n\nAfter | that |\n"), "a line with bars is no table yet"


def test_a_passage_over_a_row_is_marked_in_each_cell_with_one_anchor_and_one_note() -> None:
    begin = TABLE.index("| Barrier")
    end = TABLE.index("|\n|  | Serbia") + 1
    made = str(marked(TABLE, {(begin, end): Markup("<sup>1</sup>")}))
    assert made.count(f'id="{anchor(begin, end)}"') == made.count("<sup>1</sup>") == 1
    row = made[made.index("<tbody>") :]
    assert row.count("<mark") == row.count("</mark>") == 2


@given(st.text(alphabet="ab |-\n\\", max_size=60), st.data())
def test_of_a_text_with_bars_only_bars_and_hyphens_are_hidden(text: str, data: st.DataObject) -> None:
    places = st.integers(0, max(len(text), 1))
    found = [(a, b) for a, b in data.draw(st.lists(st.tuples(places, places), max_size=5)) if a < b <= len(text)]
    reader = _Reader()
    reader.feed(str(marked(text, dict.fromkeys(found, Markup("")))))
    assert [c for c in reader.text if c in "ab"] == [c for c in text if c in "ab"]
    assert len(set(reader.ids)) == len(reader.ids)
    if not tables_of(text):
        assert reader.text == text
