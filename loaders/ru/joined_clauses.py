"""Words that the model ties to a verb too far back: those before the verb of a second clause, and negations.

«Страна входит в блок, и в мае здесь прошло учение»; «сотрудничают не первый год».
"""

from collections.abc import Sequence

from loaders.ru.networks import Tag

Node = tuple[int, str]
NEGATIONS = frozenset({"не", "ни"})


def parted(words: Sequence[str], tags: Sequence[Tag], nodes: Sequence[Node]) -> list[Node]:
    """The tree with what stands between a conjunction and the verb that it joins tied to that verb.

    Arguments:
        words, tags: the sentence.
        nodes: for each word its head (-1: none) and its relation.
    """
    found = list(nodes)
    for verb, (first, relation) in enumerate(nodes):
        if relation != "conj" or not 0 <= first < verb or not (_is_finite(tags[first]) and _is_finite(tags[verb])):
            continue
        sign = _conjunction(words, tags, nodes, first, verb)
        if sign is None:
            continue
        for word in range(sign, verb):
            if not sign < nodes[word][0] <= verb:
                found[word] = verb, nodes[word][1]
    return found


def forward_negations(words: Sequence[str], tags: Sequence[Tag], nodes: Sequence[Node]) -> list[Node]:
    """The tree with «не» and «ни» tied to what follows them, which is all that they can deny.

    Arguments:
        words, tags: the sentence.
        nodes: for each word its head (-1: none) and its relation.
    """
    found = list(nodes)
    for at, (head, relation) in enumerate(nodes[:-1]):
        if words[at].lower() in NEGATIONS and 0 <= head < at and tags[at + 1][0] != "PUNCT":
            following = at + 1
            if tags[following][0] == "ADP" and nodes[following][0] > following:
                following = nodes[following][0]
            found[at] = following, relation
    return found


def _conjunction(words: Sequence[str], tags: Sequence[Tag], nodes: Sequence[Node], first: int, verb: int) -> int | None:
    """The conjunction that begins the clause of the second verb, if no other verb stands between."""
    for at in range(verb - 1, first, -1):
        if tags[at][0] == "VERB":
            return None
        if tags[at][0] == "CCONJ" and (words[at - 1] == "," or nodes[at][0] == verb):
            return at
    return None


def _is_finite(tag: Tag) -> bool:
    return tag[0] == "VERB" and tag[1].get("VerbForm") == "Fin"
