"""The notation in which the rules of OWL 2 RL/RDF are written down, and the rules as values.

The file itself (`owl2rl.rules`) says how it is to be read. A rule over a list stands for many: `unrolled` gives the one
for a list of n members.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.reasoner.errors import ReasonerError
from ontology import PREFIXES, RDF

__all__ = ["Atom", "Constant", "ListPattern", "Rule", "Term", "ValueTest", "Variable", "parse_rules", "shipped_rules"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a rule, without its question mark."""

    name: str


@dataclass(frozen=True, slots=True)
class ListPattern:
    """An RDF list whose members are matched.

    Arguments:
        kind: `all` members, `any` one, or any `two` at different places.
        members: the variables; for `all` the first and the last.
    """

    kind: str
    members: tuple[Variable, ...]


Constant = NamedNode | Literal
Term = Variable | Constant | ListPattern


@dataclass(frozen=True, slots=True)
class Atom:
    """A triple of a rule. With `until` it stands for one triple for each member of the list, from this one to that."""

    subject: Term
    predicate: Term
    object: Term
    until: "Atom | None" = None

    @property
    def terms(self) -> tuple[Term, Term, Term]:
        """Subject, predicate, object."""
        return self.subject, self.predicate, self.object

    @property
    def variables(self) -> Iterator[str]:
        """The names of its variables."""
        return (term.name for term in self.terms if isinstance(term, Variable))


@dataclass(frozen=True, slots=True)
class ValueTest:
    """A premise about the values of literals, which no triple states."""

    name: str
    arguments: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of OWL 2 RL/RDF.

    Arguments:
        name: its name in OWL 2 Profiles.
        body: the premises that are triples.
        tests: the premises about literals.
        head: the conclusions; none if the conclusion is *false*.
    """

    name: str
    body: tuple[Atom, ...]
    tests: tuple[ValueTest, ...]
    head: tuple[Atom, ...]

    @property
    def list_pattern(self) -> ListPattern | None:
        """The list that it speaks of."""
        return next((atom.object for atom in self.body if isinstance(atom.object, ListPattern)), None)

    @property
    def finds_inconsistency(self) -> bool:
        """Whether its conclusion is *false*."""
        return not self.head

    def unrolled(self, length: int) -> "Rule":
        """The rule for a list of `length` members (at least one), if it is about all members of a list."""
        pattern = self.list_pattern
        if pattern is None or pattern.kind != "all":
            return self
        stem = pattern.members[0].name.removesuffix("1")
        members = tuple(Variable(f"{stem}{place}") for place in range(1, length + 1))

        def at(term: Term, place: int) -> Term:
            if isinstance(term, Variable) and (match := _INDEXED.fullmatch(term.name)):
                return Variable(f"{match[1]}{place + int(match[2] or 0)}")
            return ListPattern("all", members) if isinstance(term, ListPattern) else term

        def atom_at(atom: Atom, place: int) -> Atom:
            subject, predicate, value = (at(term, place) for term in atom.terms)
            return Atom(subject, predicate, value)

        body: list[Atom] = []
        for atom in self.body:
            places = range(1, length + 1) if atom.until else (length,)
            body.extend(atom_at(atom.until or atom, place) for place in places)
        return Rule(self.name, tuple(body), self.tests, tuple(atom_at(atom, length) for atom in self.head))


_INDEXED = re.compile(r"([a-z]+)n(?:\+(\d))?")
_TOKEN = re.compile(
    r"\s*(?P<token>=>|…|[(),]|\?[a-z]+\d*(?:\+\d)?|"
    r'"(?P<text>[^"]*)"\^\^(?P<datatype>[a-z]+:\w+)|[\w-]+(?=\()|[a-z]+:\w+|true|false|a)'
)


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules of OWL 2 Profiles, Tables 4-9."""
    return parse_rules(Path(__file__).with_name("owl2rl.rules").read_text("utf-8"))


def parse_rules(text: str) -> tuple[Rule, ...]:
    """Read rules.

    Raises:
        ReasonerError: they are not in the notation.
    """
    joined = re.sub(r"\n[ \t]+", " ", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    return tuple(_rule(line) for line in joined.splitlines() if line.strip())


def _rule(line: str) -> Rule:
    name, colon, rest = line.partition(": ")
    body, arrow, head = rest.partition("=>")
    if not colon or not arrow:
        raise ReasonerError(f"not a rule: {line}")
    premises = [] if body.strip() == "true" else list(_premises(_tokens(name, body)))
    conclusions = [] if head.strip() == "false" else list(_premises(_tokens(name, head)))
    atoms = tuple(premise for premise in premises if isinstance(premise, Atom))
    tests = tuple(premise for premise in premises if isinstance(premise, ValueTest))
    return Rule(name, atoms, tests, tuple(atom for atom in conclusions if isinstance(atom, Atom)))


def _tokens(rule: str, text: str) -> list[str]:
    tokens, position = [], 0
    text = text.strip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ReasonerError(f"the rule {rule} cannot be read from: {text[position:]}")
        tokens.append(match["token"])
        position = match.end()
    return tokens


def _premises(words: list[str]) -> Iterator[Atom | ValueTest]:
    """Premises between commas; `first, …, last` becomes one atom."""
    parts: list[list[str]] = [[]]
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if word == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(word)
    position = 0
    while position < len(parts):
        part = parts[position]
        if parts[position + 1 : position + 2] == [["…"]]:
            first, last = _atom(part), _atom(parts[position + 2])
            yield Atom(first.subject, first.predicate, first.object, until=last)
            position += 3
            continue
        if part[1:2] == ["("]:
            yield ValueTest(part[0], tuple(Variable(word[1:]) for word in part[2:-1]))
        else:
            yield _atom(part)
        position += 1


def _atom(words: list[str]) -> Atom:
    if len(words) < 3 or (len(words) > 3 and words[2] != "("):
        raise ReasonerError(f"not a triple: {' '.join(words)}")
    subject, predicate, *value = words
    if len(value) > 1:
        return Atom(_term(subject), _term(predicate), _list(value))
    return Atom(_term(subject), _term(predicate), _term(value[0]))


def _list(tokens: list[str]) -> ListPattern:
    members = tuple(Variable(token[1:]) for token in tokens if token.startswith("?"))
    kind = "all" if tokens[1] != "…" else {1: "any", 2: "two"}[len(members)]
    return ListPattern(kind, members)


def _term(word: str) -> Term:
    if word.startswith("?"):
        return Variable(word[1:])
    if word == "a":
        return NamedNode(RDF["type"])
    if match := re.fullmatch(r'"(?P<text>[^"]*)"\^\^(?P<datatype>.+)', word):
        datatype = _term(match["datatype"])
        assert isinstance(datatype, NamedNode)
        return Literal(match["text"], datatype=datatype)
    prefix, colon, local = word.partition(":")
    if not colon or prefix not in PREFIXES:
        raise ReasonerError(f"not a term: {word}")
    return NamedNode(PREFIXES[prefix] + local)
