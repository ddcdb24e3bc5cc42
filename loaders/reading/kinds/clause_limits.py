"""Where a clause ends for those who read words and not only the tree: long sentences are parsed badly."""

from collections.abc import Callable

from loaders.reading.context import Context
from loaders.reading.text import Token

DASHES = frozenset({"–", "—", "-"})
STOPS = frozenset({";", ":"})


def is_finite(token: Token) -> bool:
    """Whether a token is a verb in a personal form; one of which nothing is known is taken for such."""
    return token.pos == "VERB" and token.feats.get("VerbForm", "Fin") == "Fin" and "Case" not in token.feats


def window(context: Context, index: int, ends: Callable[[int], bool]) -> list[int]:
    """The words of a sentence around a token, on both sides up to the first one at which they end.

    Arguments:
        context: the text.
        index: the token.
        ends: whether the words end at a token.
    """
    sentence = context.sentence(index)
    found = [index]
    for step, limit in ((-1, sentence.first - 1), (1, sentence.last)):
        at = index + step
        while at != limit and not ends(at):
            found.append(at)
            at += step
    return sorted(found)
