"""What the engine does otherwise than the standard, and can be put right without a parser, in front of it."""

import re

from pyoxigraph import NamedNode

from graph.query.tokens import tokens

__all__ = ["corrected", "unknown_function"]

_UNKNOWN_FUNCTION = re.compile(r"The custom function <([^>]*)> is not supported")


def corrected(query: str) -> str:
    """The query so that the engine answers it as the standard says; the same text where nothing is to be done.

    `GROUP_CONCAT` gives a plain string (SPARQL 1.1 Query §18.5.1.7); the engine keeps the language of its values.
    """
    if "group_concat" not in query.lower():
        return query
    words = [token for token in tokens(query) if token.kind != "comment"]
    inserted: list[tuple[int, str]] = []
    for place, token in enumerate(words):
        if not token.is_word("GROUP_CONCAT"):
            continue
        depth = 0
        for following in words[place + 1 :]:
            depth += (following.text == "(") - (following.text == ")")
            if depth == 0:
                inserted += [(token.begin, "STR("), (following.begin + 1, ")")]
                break
    for position, text in sorted(inserted, reverse=True):
        query = query[:position] + text + query[position:]
    return query


def unknown_function(message: str) -> NamedNode | None:
    """The extension function that the engine refuses a query for: calling it is an error of the expression alone."""
    found = _UNKNOWN_FUNCTION.search(message)
    return NamedNode(found[1]) if found else None
