"""The words of a SPARQL query, read as its grammar does (SPARQL 1.1 Query §19.8), so that what stands in strings,
IRIs and comments is never taken for a keyword.

This is no parser: the engine parses. It answers the few questions that must be settled before the engine sees the
text: which form the query has, whether it calls another service, where the braces of its WHERE clause open.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

__all__ = [
    "QueryForm", "Token", "hidden_calls", "is_update", "query_form", "service_calls", "tokens", "undeclared_prefix",
    "where_brace",
]  # fmt: skip

QueryForm = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*+'''
                | "(?:[^"\\\r\n]|\\.)*+"             | '(?:[^'\\\r\n]|\\.)*+')
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:(?:[\w:%]|\\[_~.\-!$&'()*+,;=/?\#@%])
                                                    (?:[\w:%.\-]|\\[_~.\-!$&'()*+,;=/?\#@%])*)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\d[\w.]*)
    | (?P<space>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_SHORT = 1 << 14
"""A text with no more characters is taken apart once; of a longer one only as much as is asked for."""

_BEFORE_NAMES = (
    "GRAPH", "FROM", "NAMED", "USING", "WITH", "TO", "INTO", "ADD", "MOVE", "COPY", "CLEAR", "DROP", "CREATE", "SILENT",
    "PREFIX", "DESCRIBE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the query: its kind, its text, and where in the query it begins (in code points)."""

    kind: str
    text: str
    begin: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of the keywords `words`, given in capitals."""
        return self.kind == "word" and self.text.upper() in words


def tokens(query: str) -> Iterator[Token]:
    """The tokens of `query` in order, without white space."""
    return iter(_tokens_of_short(query)) if len(query) <= _SHORT else _found(query)


@lru_cache(maxsize=8)
def _tokens_of_short(query: str) -> tuple[Token, ...]:
    """The same of a text that is looked through several times in a row, by those who each look for one thing."""
    return tuple(_found(query))


def _found(query: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup or "mark"
        if kind != "space":
            yield Token(kind, found.group(), found.start())


def query_form(query: str) -> QueryForm | None:
    """Which form the query has, or None for what is no query (an update, or no SPARQL at all)."""
    for token in tokens(query):
        for form in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            if token.is_word(form):
                return form
    return None


def is_update(text: str) -> bool:
    """Whether the first word after the prologue is one with which updates begin."""
    words = (token for token in tokens(text) if token.kind == "word" and not token.is_word("BASE", "PREFIX"))
    first = next(words, None)
    return first is not None and first.is_word(
        "INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"
    )


def undeclared_prefix(text: str, declared: Container[str] = ()) -> str | None:
    """The first prefix, with its colon, that is used without a declaration; None if there is none.

    Arguments:
        text: a query or an update.
        declared: the prefixes, without colons, that need no declaration in it.
    """
    found: set[str] = set()
    declaring = False
    for token in tokens(text):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if declaring:
                found.add(prefix)
            elif prefix not in found and prefix not in declared and not token.text.startswith("_:"):
                return f"{prefix}:"
        declaring = token.is_word("PREFIX")
    return None


def hidden_calls(words: Sequence[Token], keyword: Literal["SERVICE", "LOAD"]) -> Iterator[Token]:
    """Words in which the engine may find the keyword, though it is no word of its own.

    The engine needs no white space after a keyword (`SERVICESILENT<…>`, `1SERVICE<…>`), reads a name as a keyword and
    another name where it fits nothing else (`SERVICEex: { … }`, `LOADex:`). Who writes with white space between words
    is not meant. What stands in strings, IRIs and comments is masked: see `graph.query.masking`.

    Arguments:
        words: the tokens of a query or an update, without comments.
        keyword: what is looked for.
    """
    if not any(keyword in token.text.upper() for token in words):
        return
    brackets: list[str] = []
    for place, token in enumerate(words):
        text, before = token.text.upper(), words[place - 1] if place else None
        if token.kind == "mark":
            if token.text in "({[":
                brackets.append(token.text)
            elif token.text in ")}]" and brackets:
                brackets.pop()
        elif keyword in text and token.kind in ("word", "number"):
            if text != keyword:
                yield token
        elif token.kind == "name" and keyword in text.partition(":")[0]:
            names_a_graph = before is not None and before.is_word(*_BEFORE_NAMES)
            after = words[place + 1].text if place + 1 < len(words) else ""
            if not names_a_graph and ("{" not in brackets if keyword == "LOAD" else after == "{"):
                yield token


def service_calls(query: str) -> Iterator[tuple[Token | None, bool]]:
    """What each SERVICE of the text names, None at its end, and whether the call may fail (`SILENT`).

    Of what may be taken for a SERVICE, see `hidden_calls`, that word, first.
    """
    if "SERVICE" not in query.upper():
        return
    words = [token for token in tokens(query) if token.kind != "comment"]
    yield from ((token, False) for token in hidden_calls(words, "SERVICE"))
    for place, token in enumerate(words):
        if token.is_word("SERVICE"):
            following = words[place + 1 : place + 3]
            silent = bool(following) and following[0].is_word("SILENT")
            yield next(iter(following[silent:]), None), silent


def where_brace(query: str) -> int | None:
    """The position after the brace that opens the outermost WHERE clause; None if there is no such clause."""
    depth = 0
    seen = False
    for token in tokens(query):
        if token.kind != "mark":
            seen = seen or (depth == 0 and token.is_word("WHERE"))
        elif token.text in "{(":
            if seen and depth == 0 and token.text == "{":
                return token.begin + 1
            depth += 1
        elif token.text in "})":
            depth -= 1
    return None
