"""What is wrong with a text that the engine does not take for SPARQL, told so that one can mend it.

The engine says how far it came and what might have stood there. That is seldom where the mistake is: of `SELEC * { … }`
it has read on as far as a word may go. So words that are none of the grammar's are looked for first, then brackets.
"""

import re
import tomllib
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from graph.errors import BadInput
from graph.query.corrections import place_as_written
from graph.query.tokens import Token, tokens, undeclared_prefix

__all__ = ["QuerySyntaxError", "UpdateSyntaxError", "syntax_error"]

_POSITION = re.compile(r"error at (\d+):(\d+)(?:-\d+:\d+)?:?\s*(.*)", re.DOTALL)
_CHARACTERS = re.compile(r",?\s*(?:\['[^\]]*'\]|\[_\])(?=,|$)")  # sets of characters, which tell nobody anything
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_SHOWN_CHARACTERS = 40
_ALIKE = 0.78
"""How much a word must be like another to be taken for it, 0–1: one letter of four may be missing."""


class QuerySyntaxError(BadInput):
    """The text is no SPARQL query; `line` and `column` (from 1) say where it goes wrong, where that is known."""

    title = "Not a SPARQL query"
    what = "query"
    line: int | None = None
    column: int | None = None


class UpdateSyntaxError(QuerySyntaxError):
    """The same of an update."""

    title = "Not a SPARQL update"
    what = "update"


@dataclass(frozen=True, slots=True)
class _Mistake:
    """Where something is wrong, what, and what may be meant."""

    at: int
    reason: str
    hint: str | None = None


def syntax_error(
    message: str,
    text: str,
    prefixes: Container[str] = (),
    kind: type[QuerySyntaxError] = QuerySyntaxError,
    before: int = 0,
    written: str | None = None,
) -> QuerySyntaxError:
    """The error that tells what is wrong.

    Arguments:
        message: what the engine says.
        text: what it was given.
        prefixes: the prefixes, without colons, that need no declaration in it.
        kind: the class of the error: what the text should be.
        before: how many characters stood on the first line before the text, for the engine.
        written: the text as it came, from which `readable` made the other; the same unless given.
    """

    def place(at: int) -> tuple[int, int]:
        """Line and column, from 1, of what stands at `at` in the text."""
        origin = text if written is None else written
        at = at if written is None else place_as_written(written, text, at)
        return origin.count("\n", 0, at) + 1, at - origin.rfind("\n", 0, at)

    found = _POSITION.fullmatch(message)
    words = [token for token in tokens(text) if token.kind != "comment"]
    mistake = _mistake(text, words, prefixes, message, place)
    if mistake is not None:
        line, column = place(mistake.at)
        reason, hint = mistake.reason, mistake.hint
    elif found is None:
        return kind(f"the {kind.what} is not valid SPARQL: {message}")
    else:
        at = _position(text, int(found[1]), int(found[2])) - (before if found[1] == "1" else 0)
        line, column = place(at)
        reason, hint = _engine_says(_CHARACTERS.sub("", found[3]), words, at), None
    error = kind(f"the {kind.what} is not valid SPARQL at line {line}, column {column}: {reason}", hint=hint)
    error.line, error.column = line, column
    return error


def _position(text: str, line: int, column: int) -> int:
    """What the engine calls this line and column."""
    begin = 0
    for _ in range(line - 1):
        begin = text.find("\n", begin) + 1
    return begin + column - 1


def _mistake(
    text: str,
    words: Sequence[Token],
    prefixes: Container[str],
    message: str,
    place: Callable[[int], tuple[int, int]],
) -> _Mistake | None:
    if "Prefix not found" in message:
        prefix = undeclared_prefix(text, prefixes)
        at = next((token.begin for token in words if token.kind == "name" and token.text.startswith(prefix or "")), 0)
        return None if prefix is None else _Mistake(at, f"the prefix {prefix!r} is not declared")
    for token in words:
        if token.kind == "word" and token.text.upper() not in _known():
            return _unknown_word(token)
    return _open_bracket(text, words, place)


def _unknown_word(token: Token) -> _Mistake:
    word = token.text[:_SHOWN_CHARACTERS]
    near = get_close_matches(token.text.upper(), _known(), n=1, cutoff=_ALIKE)
    if near:
        return _Mistake(token.begin, f"{word!r} is no word of SPARQL, expected {near[0]}", f"did you mean {near[0]}?")
    hint = f"a name has a prefix, as in :{word}; a text stands in quotation marks"
    return _Mistake(token.begin, f"{word!r} is no word of SPARQL", hint)


def _open_bracket(text: str, words: Sequence[Token], place: Callable[[int], tuple[int, int]]) -> _Mistake | None:
    """A bracket that is not closed, or closed by another kind."""
    open_ones: list[Token] = []
    for token in words:
        if token.kind != "mark":
            continue
        if token.text in _CLOSING:
            open_ones.append(token)
        elif token.text in _CLOSING.values():
            if not open_ones:
                return _Mistake(token.begin, f"nothing is open that {token.text!r} could close")
            opened = open_ones.pop()
            if _CLOSING[opened.text] != token.text:
                line, column = place(opened.begin)
                return _Mistake(
                    token.begin,
                    f"found {token.text!r}, expected {_CLOSING[opened.text]!r}"
                    f" for the {opened.text!r} of line {line}, column {column}",
                )
    if not open_ones:
        return None
    line, column = place(open_ones[-1].begin)
    bracket = open_ones[-1].text
    return _Mistake(
        len(text.rstrip()),
        f"the text ends, expected {_CLOSING[bracket]!r} for the {bracket!r} of line {line}, column {column}",
    )


def _engine_says(expected: str, words: Sequence[Token], at: int) -> str:
    """What the engine would have taken where it stopped, and the last word that it saw; that may have been too much."""
    seen = [one.text for one in words if one.begin < at]
    near = f"near {seen[-1][:_SHOWN_CHARACTERS]!r}" if seen else "at the beginning"
    if expected.strip() in ("", "expected", "expected one of"):  # nothing that has a name
        return f"{near} something is missing or too much"
    return f"{near}: {expected}"


@cache
def _known() -> tuple[str, ...]:
    data = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    return (*data["keywords"], *data["functions"])
