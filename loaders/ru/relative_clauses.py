"""Relative clauses hung on the noun with which their pronoun agrees, where the model hung them elsewhere.

«Основой стал план сотрудничества, который главы ведомств подписали в мае»: «который» has the gender and the number of
what the clause describes.
"""

from collections.abc import Iterator, Mapping, Sequence

from loaders.ru.networks import Tag

Node = tuple[int, str]
STEM = "котор"
REACH = 14
"""How many words before its comma what a clause describes may stand."""
STEPS = 4
MISPLACED = frozenset({"conj", "parataxis"})
NOMINAL = frozenset({"NOUN", "PROPN"})


def described(words: Sequence[str], tags: Sequence[Tag], nodes: Sequence[Node]) -> list[Node]:
    """The tree with each clause that begins with «который» hung on a noun with which the pronoun agrees.

    Arguments:
        words, tags: the sentence.
        nodes: for each word its head (-1: none) and its relation.
    """
    found = list(nodes)
    for pronoun, word in enumerate(words):
        verb = _verb(tags, found, pronoun) if word.lower().startswith(STEM) else None
        if verb is None:
            continue
        head, relation = found[verb]
        if relation == "acl:relcl" and _agrees(tags[pronoun][1], tags[head][1]):
            continue
        if relation not in MISPLACED and relation != "acl:relcl":
            continue
        noun = next(_agreeing_before(words, tags, pronoun), None)
        if noun is not None and not _is_above(found, verb, noun):
            found[verb] = noun, "acl:relcl"
    return found


def _verb(tags: Sequence[Tag], nodes: Sequence[Node], pronoun: int) -> int | None:
    """The verb after a pronoun on which it hangs, directly or through a noun («на территории которого»)."""
    at = nodes[pronoun][0]
    for _ in range(STEPS):
        if at < 0 or tags[at][0] == "VERB":
            break
        at = nodes[at][0]
    return at if at > pronoun and tags[at][0] == "VERB" else None


def _agreeing_before(words: Sequence[str], tags: Sequence[Tag], pronoun: int) -> Iterator[int]:
    """The nouns before the comma of a pronoun that have its gender and number, nearest first."""
    comma = next((i for i in range(pronoun - 1, max(-1, pronoun - STEPS), -1) if words[i] == ","), None)
    if comma is None:
        return
    for at in range(comma - 1, max(-1, comma - REACH), -1):
        if tags[at][0] == "VERB" and tags[at][1].get("VerbForm") == "Fin":
            return
        if tags[at][0] in NOMINAL and _agrees(tags[pronoun][1], tags[at][1]):
            yield at


def _agrees(pronoun: Mapping[str, str], noun: Mapping[str, str]) -> bool:
    """Whether two words have one number, and in the singular one gender, as far as both show them."""
    if pronoun.get("Number") != noun.get("Number"):
        return False
    genders = {pronoun.get("Gender"), noun.get("Gender")} - {None}
    return pronoun.get("Number") == "Plur" or len(genders) < 2


def _is_above(nodes: Sequence[Node], verb: int, noun: int) -> bool:
    """Whether a noun depends on a verb, so that the verb cannot hang on it."""
    at, seen = noun, 0
    while at >= 0 and seen <= len(nodes):
        if at == verb:
            return True
        at, seen = nodes[at][0], seen + 1
    return False
