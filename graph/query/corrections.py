"""What the engine does otherwise than the standard, and can be put right without a parser, in front of it."""

import re
import sys

from pyoxigraph import NamedNode

from graph.query.tokens import tokens

__all__ = ["corrected", "unescaped", "unknown_function"]

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UNKNOWN_FUNCTION = re.compile(r"The custom function <([^>]*)> is not supported")


def unescaped(text: str) -> str:
    """The query or update with the characters of names that it writes as code points (SPARQL 1.1 Query §19.2).

    The engine reads these escapes in strings and IRIs alone. To be called before anything else looks at the text.
    """
    if not _ESCAPE.search(text):
        return text
    parts, end = [], 0
    for token in tokens(text):
        if token.kind in {"string", "iri", "comment"}:
            parts += [_ESCAPE.sub(_character, text[end : token.begin]), token.text]
            end = token.begin + len(token.text)
    return "".join([*parts, _ESCAPE.sub(_character, text[end:])])


def _character(escape: re.Match[str]) -> str:
    """The character of an escape where a name may have it: no escape opens a string, a brace or a comment."""
    number = int(escape[1] or escape[2], 16)
    character = chr(number) if number <= sys.maxunicode else ""
    return character if character.isalnum() or character in ("_", "-", "·") else escape.group()


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
