"""A phrase that does not nest."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Chunk:
    """A phrase, or a single word that belongs to none.

    Arguments:
        kind: `NP`, `PP`, `VG`, `ADJ`, `ADV`, `CC`, `SC`, `REL`, `COMMA`, `STOP` (semicolon, colon, dash, bracket),
            `QUOTE` or `X`.
        first, last: its words, up to, not including, `last`.
        head: its head word.
        form: of a group of verbs `fin`, `inf`, `ger`, `part`.
        passive: of a group of verbs, whether it is passive.
        copula: of a group of verbs, whether its verb is "be" and no participle.
        person: of a noun phrase, the first word of the name that follows its title.
    """

    kind: str
    first: int
    last: int
    head: int
    form: str = ""
    passive: bool = False
    copula: bool = False
    names: list[int] = field(default_factory=list)
