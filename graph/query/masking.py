"""Keywords with which a request would leave the machine, masked where they stand in strings, IRIs and comments.

The engine does not always tell code from strings, IRIs and comments as `graph.query.tokens` does: it takes `<` for a
comparison where no IRI can stand (`FILTER(EXISTS { … }<?b)SERVICE#>`), and reads a long string with a wrong escape as
an empty one with code behind it. So no such word reaches it as it is: an escape means the same letter in a string or
an IRI, and in code it is a syntax error.
"""

import re

from graph.query.tokens import tokens

__all__ = ["masked"]

_CALL = re.compile("SERVICE|LOAD", re.IGNORECASE)
_BEFORE_CODE = re.compile("[)']")
"""Before code can begin in what looks like an IRI, an expression or a string must end there."""


def masked(text: str) -> str:
    """The query or update with the same meaning, with `SERVICE` and `LOAD` only in words of code, names and variables.

    Arguments:
        text: a query or an update.
    """
    if not _CALL.search(text):
        return text
    parts, end = [], 0
    for token in tokens(text):
        if token.kind not in {"string", "iri", "comment"}:
            continue
        begins = 0
        if token.kind == "iri":
            code = _BEFORE_CODE.search(token.text)
            begins = code.end() if code else len(token.text)
        told = token.text[begins:]
        hidden = _CALL.sub(_blank if token.kind == "comment" else _escaped, told)
        parts += [text[end : token.begin + begins], hidden]
        end = token.begin + len(token.text)
    return "".join([*parts, text[end:]])


def _blank(word: re.Match[str]) -> str:
    return " " * len(word.group())


def _escaped(word: re.Match[str]) -> str:
    letters = word.group()  # not the first one: before it there may be a backslash
    return f"{letters[0]}\\u{ord(letters[1]):04X}{letters[2:]}"
