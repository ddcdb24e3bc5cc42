"""Nouns that were adjectives, which the model ties to the name after them: «[военные] Казахстана провели …»."""

from collections.abc import Sequence

from loaders.ru.networks import Tag

Node = tuple[int, str]
SUBJECT_OR_OBJECT = {"Nom": "nsubj", "Acc": "obj"}


def standing_alone(tags: Sequence[Tag], nodes: Sequence[Node]) -> list[Node]:
    """The tree with such nouns as heads of the genitives after them, where the two do not agree in case.

    Arguments:
        tags: part of speech and features of each word.
        nodes: for each word its head (-1: none) and its relation.
    """
    found = list(nodes)
    for word, (head, relation) in enumerate(nodes):
        if relation != "amod" or head <= word or tags[word][0] != "NOUN" or tags[head][0] not in {"NOUN", "PROPN"}:
            continue
        case, other = tags[word][1].get("Case"), tags[head][1].get("Case")
        if case is None or other != "Gen" or case == other:
            continue
        above, its = found[head]
        found[word] = above, SUBJECT_OR_OBJECT.get(case, its) if its in {"nsubj", "obj", "obl", "iobj"} else its
        found[head] = word, "nmod"
        for below in range(word):  # «в учении участвовали [наши] военные Казахстана»: what described the pair
            if found[below] == (head, nodes[below][1]) and nodes[below][1] in {"amod", "det", "nummod", "case"}:
                found[below] = word, nodes[below][1]
    return found
