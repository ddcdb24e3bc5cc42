"""What the engine does otherwise than the standard, and can be put right without a parser, in front of it."""

import re
import sys
from collections.abc import Sequence

from pyoxigraph import NamedNode

from graph.query.masking import masked
from graph.query.tokens import Token, tokens

__all__ = ["corrected", "place_as_written", "readable", "unescaped", "unknown_function"]

_BOOLEAN = re.compile(r"\b(?:true|false)\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SOLUTION = "?_solution"
_SPACED_CALL = re.compile(r"(?:CONCAT|COALESCE|BNODE)\b\s*(?:[\s#]|\(\s*[\s#])", re.IGNORECASE)
_UNKNOWN_FUNCTION = re.compile(r"The custom function <([^>]*)> is not supported")


def readable(text: str) -> str:
    """The query or update with the same words, as the engine can read them; to be called before all else.

    What may look like a call to elsewhere, and is none, is masked: see `graph.query.masking`.
    """
    return masked(_with_small_booleans(respaced(unescaped(text))))


def place_as_written(written: str, text: str, at: int) -> int:
    """Where in the text as it was written stands what `readable` has brought to a place.

    Arguments:
        written: the query or update as it came.
        text: what `readable` made of it.
        at: the place, in characters.
    """
    here = there = 0
    while there < min(at, len(text)) and here < len(written):
        was, became = 1, 1
        if written[here] != text[there]:
            if escape := _ESCAPE.match(written, here):  # of a name
                was = len(escape.group())
            elif escape := _ESCAPE.match(text, there):  # of a masked word
                became = len(escape.group())
        here, there = here + was, there + became
    return here


def _with_small_booleans(text: str) -> str:
    """The query or update with `true` and `false` as the engine knows them: keywords of any case (§19.8, note 1)."""
    if all(found.group().islower() for found in _BOOLEAN.finditer(text)):
        return text
    parts, end = [], 0
    for token in tokens(text):
        if token.is_word("TRUE", "FALSE"):
            parts += [text[end : token.begin], token.text.lower()]
            end = token.begin + len(token.text)
    return "".join([*parts, text[end:]])


def unescaped(text: str) -> str:
    """The query or update with the characters of names that it writes as code points (SPARQL 1.1 Query §19.2).

    The engine reads these escapes in strings and IRIs alone.
    """
    if not _ESCAPE.search(text):
        return text
    parts, end = [], 0
    for token in tokens(text):
        if token.kind in {"string", "iri", "comment"}:
            parts += [_ESCAPE.sub(_character, text[end : token.begin]), token.text]
            end = token.begin + len(token.text)
    return "".join([*parts, _ESCAPE.sub(_character, text[end:])])


def respaced(text: str) -> str:
    """The query or update without the white space that the engine stumbles over; what follows keeps its place.

    The engine takes `CONCAT(`, `COALESCE(` and `BNODE()` only in one piece, which the grammar does not ask for.
    """
    if not _SPACED_CALL.search(text):
        return text
    words = [token for token in tokens(text) if token.kind != "comment"]
    parts, end = [], 0
    for word, *brackets in zip(words, words[1:], words[2:] + words[-1:], strict=False):
        is_empty = word.is_word("BNODE") and brackets[1].text == ")"
        if brackets[0].text == "(" and (is_empty or word.is_word("CONCAT", "COALESCE")):
            following = brackets if is_empty else brackets[:1]
            parts += [text[end : word.begin]]
            place = word.begin + len(word.text)
            for bracket in following:
                parts.append(text[place : bracket.begin])
                place = bracket.begin + 1
            parts += [word.text, *(bracket.text for bracket in following)]
            end = place
    return "".join([*parts, text[end:]])


def _character(escape: re.Match[str]) -> str:
    """The character of an escape where a name may have it: no escape opens a string, a brace or a comment."""
    number = int(escape[1] or escape[2], 16)
    character = chr(number) if number <= sys.maxunicode else ""
    return character if character.isalnum() or character in ("_", "-", "·") else escape.group()


def corrected(query: str) -> str:
    """The query so that the engine answers it as the standard says; the same text where nothing is to be done.

    `GROUP_CONCAT` gives a plain string (SPARQL 1.1 Query §18.5.1.7); the engine keeps the language of its values.
    `BNODE(text)` is another node in each solution (§17.4.2.9); the engine makes one node of equal texts.
    """
    lower = query.lower()
    if "bnode" in lower:
        query = _with_nodes_apart(query)
    return _with_plain_strings(query) if "group_concat" in lower else query


def _with_plain_strings(query: str) -> str:
    words = [token for token in tokens(query) if token.kind != "comment"]
    inserted: list[tuple[int, str]] = []
    for place, token in enumerate(words):
        if token.is_word("GROUP_CONCAT") and (end := _closing(words, place + 1)) is not None:
            inserted += [(token.begin, "STR("), (words[end].begin + 1, ")")]
    return _with_inserted(query, inserted)


def _with_nodes_apart(query: str) -> str:
    """The query with a part in the text of each BNODE that differs from solution to solution.

    One call has a part of its own. Of several, equal texts must give one node within a solution: the part is a
    variable, bound at the end of the WHERE clause of the SELECT that has the calls among its expressions.
    """
    words = [token for token in tokens(query) if token.kind != "comment"]
    calls: list[tuple[int, int]] = []
    for place, token in enumerate(words[:-2]):
        if token.is_word("BNODE") and words[place + 1].text == "(" and words[place + 2].text != ")":
            if (end := _closing(words, place + 1)) is None:
                return query
            calls.append((place, end))
    if len(calls) == 1:
        return _with_inserted(query, _text_with(words, calls, "STRUUID()"))
    where = _where_end(words, calls)
    if where is None:
        return query
    bound = (words[where].begin, f" BIND (STRUUID() AS {_SOLUTION}) ")
    return _with_inserted(query, [*_text_with(words, calls, _SOLUTION), bound])


def _text_with(words: Sequence[Token], calls: Sequence[tuple[int, int]], part: str) -> list[tuple[int, str]]:
    # Hashed, since the engine takes only such texts as could be labels of nodes.
    begins = [(words[begin + 1].begin + 1, "MD5(CONCAT(") for begin, _ in calls]
    return begins + [(words[end].begin, f", {part}))") for _, end in calls]


def _where_end(words: Sequence[Token], calls: Sequence[tuple[int, int]]) -> int | None:
    """The brace that closes the clause of the SELECT among whose expressions all calls are; None for other places."""
    if not calls:
        return None
    before = [token for token in words[: calls[0][0]] if token.is_word("SELECT") or token.text in ("{", "}")]
    between = words[calls[0][0] : calls[-1][1]]
    if not before or not before[-1].is_word("SELECT") or any(token.text in ("{", "}") for token in between):
        return None
    if any(token.is_word("GROUP", "HAVING") for token in words):
        return None
    begin = next((place for place in range(calls[-1][1], len(words)) if words[place].text == "{"), None)
    return None if begin is None else _closing(words, begin)


def _closing(words: Sequence[Token], begin: int) -> int | None:
    """The place of the bracket that closes the one at `begin`; None if it stays open, or there is none."""
    opening = words[begin].text if begin < len(words) else ""
    closing = {"(": ")", "{": "}"}.get(opening)
    if closing is None:
        return None
    depth = 0
    for place in range(begin, len(words)):
        depth += (words[place].text == opening) - (words[place].text == closing)
        if depth == 0:
            return place
    return None


def _with_inserted(query: str, inserted: Sequence[tuple[int, str]]) -> str:
    for position, text in sorted(inserted, reverse=True):
        query = query[:position] + text + query[position:]
    return query


def unknown_function(message: str) -> NamedNode | None:
    """The extension function that the engine refuses a query for: calling it is an error of the expression alone."""
    found = _UNKNOWN_FUNCTION.search(message)
    return NamedNode(found[1]) if found else None
