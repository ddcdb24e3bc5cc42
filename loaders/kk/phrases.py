"""Phrases that wait for the word on which they depend."""

from dataclasses import dataclass

ATTRIBUTIVE = ("дағы", "дегі", "тағы", "тегі", "ңғы", "нгі", "йінгі")
"""What postpositions end in that make an attribute: «арасындағы»."""
DASHES = frozenset({"–", "—", "-"})
SEPARATORS = frozenset({"comma", "cc", "punct"})


@dataclass
class Phrase:
    """A phrase of a sentence that is being parsed.

    Arguments:
        head: position of its head.
        first: position of its first word.
        kind: `np`, `adj`, `num`, `adv`, `part` (attributive clause), `conv` (adverbial clause), `said` (what is said),
            `fin` (a clause with a finite verb), `as` (what one becomes), `comma`, `cc`, `punct`.
        case: of a nominal, the case that its last word shows.
        last: position of the head of its last conjunct.
        adposition: position of its postposition, -1 if it has none.
        complete: whether it is a known name of several words.
        filled: whether its head has an attribute without an ending already.
        modified: whether a noun in another case or a clause describes its head already.
        possessed: whether its last conjunct has a possessive ending.
        titled: whether it is a title with a name.
        joined: whether it became the conjunct of another.
        quoted: whether it is speech in quotation marks.
        pair: whether it is two names with a dash between.
    """

    head: int
    first: int
    kind: str
    case: str = ""
    last: int = -1
    adposition: int = -1
    complete: bool = False
    filled: bool = False
    modified: bool = False
    possessed: bool = False
    titled: bool = False
    joined: bool = False
    quoted: bool = False
    pair: bool = False
