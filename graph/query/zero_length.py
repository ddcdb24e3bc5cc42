"""Property paths of length zero from terms that the graph does not hold.

A path that may have no step relates each node of the graph to itself, and the term at its end to itself even if the
graph does not have it (SPARQL 1.1 Query §18.5, ZeroLengthPath). The engine leaves the latter out; here it is added as a
solution of its own, for terms that may be missing.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from graph.query.group_patterns import NotRead, Property, Statement, separate, statements
from graph.query.iris import declared_prefixes, iri_of
from graph.query.tokens import Token, tokens

__all__ = ["with_zero_lengths"]

_PATH = re.compile(r"[\w>):%.\-]\s*[?*](?!\w)")


def with_zero_lengths(text: str, prefixes: Mapping[str, str], is_node: Callable[[str], bool]) -> str:
    """The query with the solutions that paths without a step have at terms that are no nodes.

    Arguments:
        text: the query.
        prefixes: those that it need not declare.
        is_node: whether the default graph that the query is asked of has an IRI as subject or object.
    """
    if not _PATH.search(text):
        return text
    words = separate(tokens(text))
    try:
        found = statements(words)
    except NotRead:
        return text  # the engine says what is wrong with it
    declared = declared_prefixes(words, prefixes)
    has_dataset = any(token.is_word("FROM") for token in words)

    def may_be_missing(term: tuple[Token, ...], statement: Statement) -> bool:
        iri = iri_of(term[0], declared) if len(term) == 1 else None
        return iri is None or has_dataset or statement.in_graph or not is_node(iri)

    for statement in reversed(found):
        if any(token.text.startswith("_:") or token.text in ("~", "{") for token in statement.tokens):
            continue  # a blank node's name must not stand in two groups; annotations stay where they are
        rewritten = _rewritten(text, statement, may_be_missing)
        if rewritten is not None:
            text = text[: statement.begin] + rewritten + text[statement.end :]
    return text


def _rewritten(
    text: str, statement: Statement, may_be_missing: Callable[[tuple[Token, ...], Statement], bool]
) -> str | None:
    """The statement with its zero-length solutions apart; None if it has none that the engine leaves out."""
    subject = statement.subject
    if not (_is_constant(subject) or _is_variable(subject)):
        return None
    kept: list[str] = []
    apart: list[str] = []
    for one in statement.properties:
        times = _zero_length_times(one.verb)
        for object in one.objects:
            constants = [term for term in (subject, object) if _is_constant(term)]
            known = _is_constant(object) or _is_variable(object)
            if times and known and constants and all(may_be_missing(term, statement) for term in constants):
                apart.append(_with_zero_length(text, subject, one, object, times))
            else:
                kept.append(f"{_words(text, one.verb)} {_words(text, object)}")
    if not apart:
        return None
    first = [f"{_words(text, subject)} {' ; '.join(kept)} ."] if kept else []
    return " ".join([*first, *apart]).removesuffix(" .")  # what follows may be a full stop


def _with_zero_length(
    text: str, subject: tuple[Token, ...], one: Property, object: tuple[Token, ...], times: int
) -> str:
    start, path, end = _words(text, subject), _words(text, one.verb), _words(text, object)
    pattern = f"{start} {path} {end}"
    if _is_variable(subject) or _is_variable(object):
        variable, constant = (start, end) if _is_variable(subject) else (end, start)
        values = f"VALUES {variable} {{ {' '.join([constant] * times)} }}"
    elif start == end:
        constant = start
        values = f"VALUES () {{ {' '.join(['()'] * times)} }}"
    else:
        return f"{pattern} ."  # two terms are never one; otherwise written they may be, which nobody writes
    return f"{{ {pattern} }} UNION {{ {values} FILTER NOT EXISTS {{ {constant} {path} {constant} }} }}"


def _zero_length_times(verb: Sequence[Token]) -> int:
    """How many ways there are through a path without a step; 0 for what is no path, or is nested too deeply."""
    try:
        return _PathReader(verb).alternatives()
    except RecursionError:
        return 0


class _PathReader:
    """Counts the ways through a path without a step, by the grammar of paths (SPARQL 1.1 Query §9.1)."""

    def __init__(self, words: Sequence[Token]) -> None:
        self._words = [word.text for word in words]
        self._at = 0

    def alternatives(self) -> int:
        """Paths with a bar between them: each is a way."""
        times = self._sequence()
        while self._next("|"):
            times += self._sequence()
        return times

    def _sequence(self) -> int:
        times = self._step()
        while self._next("/"):
            times *= self._step()
        return times

    def _step(self) -> int:
        while self._next("^"):
            pass
        if self._next("!"):
            times = self._negated()
        elif self._next("("):
            times = self.alternatives()
            self._next(")")
        else:
            self._at += 1
            times = 0
        if self._next("*") or self._next("?"):
            return 1  # these are sets
        return min(times, 1) if self._next("+") else times

    def _negated(self) -> int:
        if self._next("("):
            while not self._next(")") and self._at < len(self._words):
                self._at += 1
        else:
            self._next("^")
            self._at += 1
        return 0

    def _next(self, mark: str) -> bool:
        found = self._at < len(self._words) and self._words[self._at] == mark
        self._at += found
        return found


def _words(text: str, words: Sequence[Token]) -> str:
    return text[words[0].begin : words[-1].begin + len(words[-1].text)]


def _is_variable(term: tuple[Token, ...]) -> bool:
    return len(term) == 1 and term[0].kind == "variable"


def _is_constant(term: tuple[Token, ...]) -> bool:
    first = term[0]
    return first.kind in ("iri", "name", "string", "number") or (
        first.kind == "word" or (first.kind == "mark" and first.text in "+-" and len(term) == 2)
    )
