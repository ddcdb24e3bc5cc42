"""The triple patterns of a SPARQL rule, as far as they are needed to follow a change through it.

Read is what the rules beside the axioms are made of: basic graph patterns with alternative and inverse properties,
FILTER, FILTER [NOT] EXISTS, BIND, and a sub-SELECT that groups. What has more in it (paths of any length, OPTIONAL,
UNION, MINUS, VALUES, literals in patterns) is not read; such a rule is evaluated over the whole graph.
"""

import re
from dataclasses import dataclass, field
from itertools import product

from pyoxigraph import NamedNode

from graph.reasoner.incremental.facts import Pattern, Slot
from ontology import RDF

__all__ = ["NotRead", "SparqlPatterns", "read_patterns"]

_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|<[^<>"{}|^`\s]*>|[?$]\w+|\w*:[\w.\-]*\w|\w*:|[^\W\d]\w*|[\d.]*\d|\S',
)
_COMMENT = re.compile(r"(<[^<>\s]*>)|#[^\n]*")
_UNEQUAL = re.compile(r"\( [?$](\w+) ! = [?$](\w+) \)")


class NotRead(Exception):
    """The rule has something in it that is not read."""


@dataclass(frozen=True, slots=True)
class SparqlPatterns:
    """A CONSTRUCT query.

    Arguments:
        template: what it constructs.
        positive: the patterns that must match; with alternatives, one set for each choice.
        conditional: those of each FILTER [NOT] EXISTS, likewise.
        unequal: pairs of variables that a filter tells apart.
        plain: whether there is nothing in it but `positive` and `unequal`.
        openings: where in the text a group opens in which the variables of the template can be bound beforehand.
    """

    template: tuple[Pattern, ...]
    positive: tuple[tuple[Pattern, ...], ...]
    conditional: tuple[tuple[Pattern, ...], ...]
    unequal: tuple[tuple[str, str], ...]
    plain: bool
    openings: tuple[int, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The variables of the template."""
        return tuple(dict.fromkeys(slot for pattern in self.template for slot in pattern if isinstance(slot, str)))


_Choices = list[tuple[Pattern, ...]]
"""One triple pattern, once for each property that may stand in it."""


@dataclass(slots=True)
class _Group:
    patterns: _Choices = field(default_factory=list)
    conditional: list[_Choices] = field(default_factory=list)
    unequal: list[tuple[str, str]] = field(default_factory=list)
    plain: bool = True
    openings: list[int] = field(default_factory=list)


def read_patterns(construct: str) -> SparqlPatterns:
    """Read a CONSTRUCT query.

    Raises:
        NotRead: it has something in it that is not read.
    """
    return _Reader(construct).read()


def _apart(choices: tuple[Pattern, ...], grouped: set[str], scope: int) -> tuple[Pattern, ...]:
    """Patterns of a sub-SELECT, whose other variables than those it groups by are its own."""

    def own(slot: Slot) -> Slot:
        return f"{slot} in {scope}" if isinstance(slot, str) and slot not in grouped else slot

    return tuple((own(subject), own(predicate), own(value)) for subject, predicate, value in choices)


class _Reader:
    def __init__(self, text: str) -> None:
        blanked = _COMMENT.sub(lambda found: found[1] or " " * len(found[0]), text)
        found = list(_TOKEN.finditer(blanked))
        self._words = [match[0] for match in found]
        self._ends = [match.end() for match in found]
        self._place = 0
        self._prefixes: dict[str, str] = {}

    def read(self) -> SparqlPatterns:
        while self._skip("PREFIX"):
            name, iri = self._next(), self._next()
            self._prefixes[name] = iri[1:-1]
        self._expect("CONSTRUCT")
        template = _Group()
        self._triples_in_braces(template)
        if template.conditional or not template.plain or any(len(choices) > 1 for choices in template.patterns):
            raise NotRead
        self._skip("WHERE")
        group = _Group()
        constructed = tuple(choices[0] for choices in template.patterns)
        keys = {slot for pattern in constructed for slot in pattern if isinstance(slot, str)}
        self._group(group, keys)
        if self._place != len(self._words):
            raise NotRead
        bound = {slot for choices in group.patterns for slot in choices[0] if isinstance(slot, str)}
        if not keys <= bound:
            raise NotRead
        return SparqlPatterns(
            constructed,
            tuple(product(*group.patterns)),
            tuple(one for choices in group.conditional for one in product(*choices)),
            tuple(group.unequal),
            group.plain,
            tuple(group.openings),
        )

    # Groups

    def _triples_in_braces(self, group: _Group) -> None:
        self._expect("{")
        while not self._skip("}"):
            self._triples(group)

    def _group(self, group: _Group, keys: set[str], *, can_be_bound: bool = True) -> None:
        self._expect("{")
        if can_be_bound:
            group.openings.append(self._ends[self._place - 1])
        while not self._skip("}"):
            word = self._peek().upper()
            if word == "{":
                group.plain = False
                self._inner(group, keys)
                if self._peek().upper() == "UNION":
                    raise NotRead
            elif word == "FILTER":
                self._next()
                self._filter(group)
            elif word == "BIND":
                self._next()
                group.plain = False
                self._parentheses()
            elif word in ("OPTIONAL", "MINUS", "GRAPH", "SERVICE", "VALUES", "UNION"):
                raise NotRead
            else:
                self._triples(group)
            self._skip(".")

    def _inner(self, group: _Group, keys: set[str]) -> None:
        """A group in a group, or a sub-SELECT. Bound beforehand can be what a sub-SELECT groups by."""
        if self._words[self._place + 1].upper() != "SELECT":
            self._group(group, keys, can_be_bound=False)
            return
        self._expect("{")
        self._expect("SELECT")
        while self._peek() != "{" and self._peek().upper() != "WHERE":
            if self._peek() == "(":
                self._parentheses()
            else:
                self._next()
        self._skip("WHERE")
        inner = _Group()
        self._group(inner, keys)
        self._expect("GROUP")
        self._expect("BY")
        grouped = set()
        while self._peek()[0] in "?$":
            grouped.add(self._next()[1:])
        if self._skip("HAVING"):
            self._parentheses()
        self._expect("}")
        if keys <= grouped:
            group.openings += inner.openings
        group.patterns += [_apart(choices, grouped, self._place) for choices in inner.patterns]
        group.conditional += [
            [_apart(choices, grouped, self._place) for choices in patterns] for patterns in inner.conditional
        ]

    def _filter(self, group: _Group) -> None:
        negated = self._skip("NOT")
        if self._skip("EXISTS"):
            group.plain = False
            inner = _Group()
            self._group(inner, set(), can_be_bound=False)
            group.conditional += [inner.patterns, *inner.conditional]
            return
        if negated:
            raise NotRead
        if self._peek() != "(":
            self._next()  # the name of a function
        text = self._parentheses()
        if found := _UNEQUAL.fullmatch(text):
            group.unequal.append((found[1], found[2]))
        else:
            group.plain = False

    def _parentheses(self) -> str:
        begin, depth = self._place, 0
        while True:
            word = self._next()
            depth += (word == "(") - (word == ")")
            if word == "{":
                raise NotRead
            if depth == 0:
                return " ".join(self._words[begin : self._place])

    # Triples

    def _triples(self, group: _Group) -> None:
        subject = self._term()
        while True:
            steps = self._path()
            while True:
                value = self._term()
                group.patterns.append(
                    tuple((value, step, subject) if turned else (subject, step, value) for step, turned in steps)
                )
                if not self._skip(","):
                    break
            if not self._skip(";"):
                break
            if self._peek() in (".", "}", "]"):
                break
        self._skip(".")

    def _path(self) -> list[tuple[Slot, bool]]:
        steps = []
        while True:
            turned = self._skip("^")
            steps.append((NamedNode(RDF["type"]) if self._skip("a") else self._term(), turned))
            if not self._skip("|"):
                break
        if self._peek() in ("/", "*", "+") or self._peek() == "?":
            raise NotRead
        return steps

    def _term(self) -> Slot:
        word = self._next()
        if word[0] in "?$" and len(word) > 1:
            return word[1:]
        if word[0] == "<" and len(word) > 2:
            return NamedNode(word[1:-1])
        prefix, colon, local = word.partition(":")
        if colon and f"{prefix}:" in self._prefixes:
            return NamedNode(self._prefixes[f"{prefix}:"] + local)
        raise NotRead

    # Words

    def _peek(self) -> str:
        if self._place >= len(self._words):
            raise NotRead
        return self._words[self._place]

    def _next(self) -> str:
        word = self._peek()
        self._place += 1
        return word

    def _skip(self, word: str) -> bool:
        found = self._place < len(self._words) and self._words[self._place].upper() == word.upper()
        self._place += found
        return found

    def _expect(self, word: str) -> None:
        if not self._skip(word):
            raise NotRead
