"""What stands between quotation marks: names, and speech."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.reading.facts import Span
from loaders.reading.text import AnalyzedText

PAIRS = {"«": "»", "“": "”", "„": "“"}
BEFORE = frozenset("([{«“„—–-/")
AFTER = frozenset(")]}»”.,;:!?…—–-/")
"""What stands, beside blanks, before a mark that opens and after one that closes."""
NAME_TOKENS = 9
SPEECH_END = re.compile(r"[.!?…,]$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: the tokens from `first` up to, not including, `last`, without the marks.

    `is_name` tells a name from speech: a capital letter, few words, no sign at the end, no verb in a personal form.
    """

    span: Span
    first: int
    last: int
    is_name: bool


def find_quotations(text: AnalyzedText) -> tuple[Quotation, ...]:
    """All that stands in quotation marks, inner ones too, in the order of their beginnings."""
    found: list[Quotation] = []
    opened: list[tuple[str, int]] = []
    straight: list[int] = []
    paragraph = -1
    for token in text.tokens:
        here = text.sentences[token.sentence].paragraph
        if here != paragraph:
            straight, paragraph, opened = [], here, []
        for sign in token.text if not any(c.isalnum() for c in token.text) else "":
            if sign in PAIRS and not (sign == "“" and opened and opened[-1][0] == "„"):
                opened.append((sign, token.index + 1))
            elif opened and sign == PAIRS[opened[-1][0]]:
                found.append(_quotation(text, opened.pop()[1], token.index))
            elif sign == '"':
                way = directed(text.text, token.begin) if token.text == sign else sign
                if way == "«" or (way == sign and not straight):
                    straight.append(token.index + 1)
                elif straight:
                    found.append(_quotation(text, straight.pop(), token.index))
    return tuple(sorted((q for q in found if q.last > q.first), key=lambda q: (q.first, -q.last)))


def directed(text: str, at: int) -> str:
    """A straight mark as the one that opens or closes, by the blank beside it; itself where that does not tell.

    Arguments:
        text: in which it stands, at the code point `at`.
    """
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    opens = (before.isspace() or before in BEFORE) and not after.isspace() and after not in AFTER
    closes = not before.isspace() and (after.isspace() or after in AFTER)
    return "«" if opens and not closes else "»" if closes and not opens else text[at]


def _quotation(text: AnalyzedText, first: int, last: int) -> Quotation:
    tokens = text.tokens[first:last]
    if not tokens:
        return Quotation(Span(0, 0), first, first, is_name=False)
    span = Span(tokens[0].begin, tokens[-1].end)
    inside = span.of(text.text)
    finite = any(t.feats.get("VerbForm") == "Fin" for t in tokens[1:]) or _is_quoted_speech(text, last)
    short = len(tokens) <= NAME_TOKENS and tokens[0].sentence == tokens[-1].sentence
    begins = inside[:1].isupper() or inside[:1].isdigit()
    return Quotation(span, first, last, is_name=short and begins and not finite and not SPEECH_END.search(inside))


def _is_quoted_speech(text: AnalyzedText, last: int) -> bool:
    """«Мы готовы», – сказал он: a comma and a dash after the marks."""
    after = [t.text for t in text.tokens[last + 1 : last + 3]]
    return len(after) == 2 and after[0] in {",", ",–", ",—"} and after[1] in {"–", "—", "-"}


def speech_around(quotations: Sequence[Quotation], index: int) -> Quotation | None:
    """The speech that a token stands in, if any."""
    for quotation in quotations:
        if not quotation.is_name and quotation.first <= index < quotation.last:
            return quotation
    return None
