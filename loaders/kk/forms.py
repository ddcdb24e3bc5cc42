"""What a Kazakh word form may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Form:
    """What a word form may be.

    Arguments:
        lemma: the dictionary form: the bare noun, the infinitive.
        pos: part of speech (Universal Dependencies).
        feats: features (`Case`, `Number`, `Poss` = person of the possessor, `VerbForm`, `Voice`, `Polarity`, `Tense`,
            `Attr` = made an attribute by -ғы).
        score: how far to trust it; higher is better.
        transitive: of a verb, whether it takes an object.
        also: further dictionary forms under which the word may be looked up.
    """

    lemma: str
    pos: str
    feats: Mapping[str, str] = field(default_factory=dict)
    score: float = 0.0
    transitive: bool | None = None
    also: tuple[str, ...] = ()

    def form_is(self, name: str) -> bool:
        """Whether it is a verb in the form of that name (`Fin`, `Part`, `Conv`, `Vnoun`)."""
        return self.feats.get("VerbForm") == name
