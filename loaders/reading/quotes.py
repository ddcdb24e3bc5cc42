"""What stands between quotation marks: names, and speech."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.reading.facts import Span
from loaders.reading.text import AnalyzedText

PAIRS = {"«": "»", "“": "”", "„": "“"}
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
    straight: int | None = None
    paragraph = -1
    for token in text.tokens:
        here = text.sentences[token.sentence].paragraph
        if here != paragraph:
            straight, paragraph, opened = None, here, []
        for sign in token.text if not any(c.isalnum() for c in token.text) else "":
            if sign in PAIRS and not (sign == "“" and opened and opened[-1][0] == "„"):
                opened.append((sign, token.index + 1))
            elif opened and sign == PAIRS[opened[-1][0]]:
                found.append(_quotation(text, opened.pop()[1], token.index))
            elif sign == '"':
                if straight is None:
                    straight = token.index + 1
                else:
                    found.append(_quotation(text, straight, token.index))
                    straight = None
    return tuple(sorted((q for q in found if q.last > q.first), key=lambda q: (q.first, -q.last)))


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
