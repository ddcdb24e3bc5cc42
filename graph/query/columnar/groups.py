"""Reading the groups of a query: patterns, and what stands between them (SPARQL 1.1 Query §19.8, rules 53–95)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from graph.query.columnar.algebra import (
    Bind,
    Constant,
    Expression,
    Group,
    Minus,
    Named,
    Optional,
    Part,
    Paths,
    Place,
    Selection,
    TriplePattern,
    Triples,
    Union,
    Values,
    Variable,
)
from graph.query.columnar.expressions import ExpressionReader
from graph.query.columnar.words import RDF_TYPE, NotKnown, Words
from ontology import MC

__all__ = ["GroupReader"]

_DEEPEST = 12
_MOST_PATTERNS = 100
"""What is nested deeper, or is longer, takes as long to be looked through as the engine takes."""

_SEARCHING = f"<{MC['matches']}>"
"""No property of the graph, but a search for words: see `graph.query.text_patterns`."""


@dataclass(frozen=True, slots=True)
class _Path:
    """A property path (§9.1): an IRI, or paths under a sign."""

    sign: str
    parts: "tuple[_Path | str, ...]"


class GroupReader:
    """Reads groups.

    Arguments:
        words: where it reads.
        selection: reads a SELECT that stands in a group.
    """

    def __init__(self, words: Words, selection: Callable[[], Selection]) -> None:
        self._words = words
        self._selection = selection
        self.expressions = ExpressionReader(words, self.group)
        self._depth = self._patterns = 0

    def group(self) -> Group:
        """A group that is no SELECT."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotKnown
        found = self._braced()
        self._depth -= 1
        return found

    def _braced(self) -> Group:
        self._words.expect("{")
        if self._words.is_word("SELECT"):
            raise NotKnown
        parts: list[Part] = []
        filters: list[Expression] = []
        aggregates, self.expressions.aggregates = self.expressions.aggregates, None
        while not self._words.takes_mark("}"):
            if self._words.takes_word("FILTER"):
                filters.append(self.expressions.constraint())
                self._words.takes_mark(".")
            elif self._is_statement():
                parts += self._statements()
            else:
                parts.append(self._part())
                self._words.takes_mark(".")
        self.expressions.aggregates = aggregates
        return Group(tuple(_merged(parts)), tuple(filters))

    def values(self) -> Values:
        """What stands behind the word VALUES."""
        words = self._words
        is_wide = words.takes_mark("(")
        names = []
        while is_wide and not words.takes_mark(")"):
            names.append(words.variable())
        if not is_wide:
            names.append(words.variable())
        words.expect("{")
        rows: list[tuple[str | None, ...]] = []
        while not words.takes_mark("}"):
            if is_wide:
                words.expect("(")
            rows.append(tuple(self._value() for _ in names))
            if is_wide:
                words.expect(")")
        return Values(tuple(names), tuple(rows))

    def _value(self) -> str | None:
        return None if self._words.takes_word("UNDEF") else self._words.term().notation

    def _is_statement(self) -> bool:
        token = self._words.peek()
        if token.kind == "word":
            return token.text in ("true", "false")
        return not self._words.is_mark("{")

    def _part(self) -> Part:
        words = self._words
        if words.takes_word("OPTIONAL"):
            return Optional(self.group())
        if words.takes_word("GRAPH"):
            return self._named()
        if words.takes_word("MINUS"):
            self._words.has_minus = True
            return Minus(self.group())
        if words.takes_word("BIND"):
            expression, variable = self.expressions.aliased()
            return Bind(variable, expression)
        if words.takes_word("VALUES"):
            return self.values()
        if not words.is_mark("{"):
            raise NotKnown
        groups = [self._group_or_selection()]
        while words.takes_word("UNION"):
            groups.append(self._group_or_selection())
        return Union(tuple(groups))

    def _named(self) -> Named:
        graph = self._words.place()
        group = self.group()
        patterns = [one for part in group.parts if isinstance(part, Triples) for one in part.patterns]
        is_told = all(isinstance(one.predicate, Constant) for one in patterns)
        if not patterns or group.filters or not is_told or not all(isinstance(part, Triples) for part in group.parts):
            raise NotKnown
        return Named(graph, tuple(patterns))

    def _group_or_selection(self) -> Group | Selection:
        if self._words.peek(1).is_word("SELECT"):
            self._words.expect("{")
            found = self._selection()
            self._words.expect("}")
            return found
        return self.group()

    def _statements(self) -> list[Part]:
        """Statements with full stops between them."""
        found: list[Part] = []
        while True:
            found += self._statement()
            if not self._words.takes_mark(".") or self._words.is_mark("}") or not self._is_statement():
                return found

    def _statement(self) -> Iterator[Part]:
        words = self._words
        subject = words.place()
        while True:
            verb = self._verb()
            while True:
                goal = words.place()
                yield from self._step(subject, verb, goal)
                if not words.takes_mark(","):
                    break
            if not words.takes_mark(";"):
                return
            while words.takes_mark(";"):
                pass
            token = words.peek()
            if token.kind == "mark" and token.text in ".}":
                return

    def _verb(self) -> _Path | str | Variable:
        if self._words.peek().kind == "variable":
            return Variable(self._words.variable())
        return self._path()

    def _path(self) -> _Path | str:
        """A path. What two ways of it lead to, the engine counts once or twice, by what it knows at that moment."""
        found = self._path_of("|", lambda: self._path_of("/", self._path_step))
        self._words.has_alternatives |= isinstance(found, _Path) and found.sign == "|"
        return found

    def _path_of(self, sign: str, inner: "Callable[[], _Path | str]") -> _Path | str:
        found = [inner()]
        while self._words.takes_mark(sign):
            found.append(inner())
        return found[0] if len(found) == 1 else _Path(sign, tuple(found))

    def _path_step(self) -> _Path | str:
        words = self._words
        if words.takes_mark("^"):
            return _Path("^", (self._path_step(),))
        if words.takes_mark("("):
            found = self._path()
            words.expect(")")
        elif words.peek().kind == "word" and words.peek().text == "a":
            words.next()
            found = RDF_TYPE
        else:
            found = words.iri()
        if found == _SEARCHING:
            raise NotKnown
        for sign in "*+?":
            # `p ?x` begins a variable, and `p +1` a number, which no path goes on with
            if words.is_mark(sign) and not (sign == "+" and words.peek(1).kind == "number"):
                words.expect(sign)
                return _Path(sign, (found,))
        return found

    def _step(self, subject: Place, verb: _Path | str | Variable, goal: Place) -> Iterator[Part]:
        """The patterns that are the same as a path from one place to another (§18.2.2.4)."""
        self._patterns += 1
        if self._patterns > _MOST_PATTERNS:
            raise NotKnown
        if isinstance(verb, (str, Variable)):
            predicate = Constant(verb) if isinstance(verb, str) else verb
            yield Triples((TriplePattern(subject, predicate, goal),))
        elif verb.sign == "^":
            yield from self._step(goal, verb.parts[0], subject)
        elif verb.sign == "/":
            here = subject
            for place, part in enumerate(verb.parts):
                there = goal if place == len(verb.parts) - 1 else self._words.made_variable()
                yield from self._step(here, part, there)
                here = there
        elif verb.sign == "|":
            yield Union(tuple(Group(tuple(_merged(self._step(subject, part, goal)))) for part in verb.parts))
        else:
            yield _of_many_steps(verb, subject, goal)


def _of_many_steps(path: _Path, subject: Place, goal: Place) -> Paths:
    inner: _Path | str = path.parts[0]
    while isinstance(inner, _Path) and inner.sign == "^":
        inner, subject, goal = inner.parts[0], goal, subject
    if not isinstance(inner, str):
        raise NotKnown
    least: Literal[0, 1] = 1 if path.sign == "+" else 0
    return Paths(subject, inner, goal, least, 1 if path.sign == "?" else None)


def _merged(parts: "list[Part] | Iterator[Part]") -> Iterator[Part]:
    """The parts with patterns that follow one another in one."""
    together: list[TriplePattern] = []
    for part in parts:
        if isinstance(part, Triples):
            together += part.patterns
            continue
        if together:
            yield Triples(tuple(together))
            together = []
        yield part
    if together:
        yield Triples(tuple(together))
