"""The rules as clauses over codes: premises about the schema apart from those about data.

The schema is small, so it is closed first, and each rule about data is tied to what the schema says (grounded): a
clause about data begins with a table of what the schema part of its rule matches, and costs nothing where that is
empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from pyoxigraph import Literal, NamedNode

from graph.reasoner.owl2rl.notation import Constant, ListPattern, Rule, Term, Variable, shipped_rules
from graph.reasoner.owl2rl.vectors import LITERALS, Slot
from ontology import OWL, RDF, RDFS

__all__ = [
    "ABOUT_ALL", "AXIOMATIC", "CONSTANTS", "LIST_NODE", "SCHEMA_CLASSES", "SCHEMA_PREDICATES", "Clause", "ListTable",
    "Pattern", "clauses", "code_of",
]  # fmt: skip

Pattern = tuple[Slot, Slot, Slot]
"""Subject, predicate, object."""

LIST_NODE = "list"
"""The variable for the first node of a list."""

_FURTHER_CONSTANTS = (
    RDF["type"], RDF["first"], RDF["rest"], RDF["nil"], RDF["langString"], RDFS["Resource"],
    OWL["Thing"], OWL["Nothing"], OWL["sameAs"], OWL["differentFrom"],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListTable:
    """A premise about a list: the variables of its node and its members; `all` of them, `any`, or any `two`."""

    kind: str
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule with codes in place of its constants.

    Arguments:
        name: the rule's name in OWL 2 Profiles.
        lists: its premises about lists.
        schema: its premises about the schema.
        data: its premises about data.
        head: its conclusions; none if the conclusion is *false*.
    """

    name: str
    lists: tuple[ListTable, ...]
    schema: tuple[Pattern, ...]
    data: tuple[Pattern, ...]
    head: tuple[Pattern, ...]

    @property
    def premises(self) -> tuple[Pattern, ...]:
        """All premises that are triples."""
        return self.schema + self.data

    def renamed(self, names: Mapping[str, str]) -> "Clause":
        """The clause with other variables."""

        def of(pattern: Pattern) -> Pattern:
            subject, predicate, value = (slot if isinstance(slot, int) else names.get(slot, slot) for slot in pattern)
            return subject, predicate, value

        lists = tuple(ListTable(t.kind, tuple(names.get(name, name) for name in t.variables)) for t in self.lists)
        parts = (tuple(of(pattern) for pattern in part) for part in (self.schema, self.data, self.head))
        return Clause(self.name, lists, *parts)


def _constants() -> dict[Constant, int]:
    """A code for each constant of the rules: IRIs from 0, literals from `LITERALS`."""
    found: dict[Constant, int] = {NamedNode(iri): code for code, iri in enumerate(_FURTHER_CONSTANTS)}
    literals: list[Literal] = []
    for rule in shipped_rules():
        for atom in (*rule.body, *rule.head):
            for term in atom.terms:
                if isinstance(term, NamedNode):
                    found.setdefault(term, len(found))
                elif isinstance(term, Literal) and term not in literals:
                    literals.append(term)
    return found | {literal: LITERALS + place for place, literal in enumerate(literals)}


CONSTANTS = _constants()
"""The codes of the rules' constants, which are the same in every graph."""


def code_of(iri: str) -> int:
    """The code of a constant."""
    return CONSTANTS[NamedNode(iri)]


_TYPE, _SAME = code_of(RDF["type"]), code_of(OWL["sameAs"])
_EVERYTHING_AND_NOTHING = {OWL["Thing"], OWL["Nothing"]}
_ABOUT_DATA = {RDF["type"], OWL["sameAs"], OWL["differentFrom"]}
_PREMISES = [atom for rule in shipped_rules() for atom in rule.body]

SCHEMA_PREDICATES = frozenset(
    {
        CONSTANTS[atom.predicate]
        for atom in _PREMISES
        if isinstance(atom.predicate, NamedNode) and atom.predicate.value not in _ABOUT_DATA
    }
    | {code_of(RDF["first"]), code_of(RDF["rest"])}
)
"""A triple with one of these is part of the schema."""

SCHEMA_CLASSES = frozenset(
    CONSTANTS[atom.object]
    for atom in _PREMISES
    if atom.predicate == NamedNode(RDF["type"])
    and isinstance(atom.object, NamedNode)
    and atom.object.value not in _EVERYTHING_AND_NOTHING
)
"""So is the type of a thing if it is one of these."""

ABOUT_ALL = "eq-ref"
"""The rule that says something of every term. It is not stored, but applied to the other rules (see `_reflexive`)."""


def _axiomatic() -> frozenset[Pattern]:
    return frozenset(
        _pattern(*atom.terms) for rule in shipped_rules() if not rule.body and not rule.tests for atom in rule.head
    )


@cache
def clauses(length: int) -> tuple[Clause, ...]:
    """The clauses: those of rules over all members of a list for lists of `length`; with 0, all others."""
    found: list[Clause] = []
    for rule in shipped_rules():
        pattern = rule.list_pattern
        over_all = pattern is not None and pattern.kind == "all"
        if not rule.body or rule.tests or rule.name == ABOUT_ALL or over_all != (length > 0):
            continue
        clause = _clause(rule.unrolled(length))
        found.append(clause)
        found.extend(_reflexive(clause))
    return tuple(found)


def _clause(rule: Rule) -> Clause:
    lists: list[ListTable] = []
    schema: list[Pattern] = []
    data: list[Pattern] = []
    for atom in rule.body:
        if isinstance(atom.object, ListPattern):
            lists.append(ListTable(atom.object.kind, (LIST_NODE, *(member.name for member in atom.object.members))))
        pattern = _pattern(*atom.terms)
        (schema if _is_schema(pattern) else data).append(pattern)
    return Clause(
        rule.name, tuple(lists), tuple(schema), tuple(data), tuple(_pattern(*atom.terms) for atom in rule.head)
    )


def _is_schema(pattern: Pattern) -> bool:
    _, predicate, value = pattern
    return predicate in SCHEMA_PREDICATES or (predicate == _TYPE and value in SCHEMA_CLASSES)


def _pattern(subject: Term, predicate: Term, value: Term) -> Pattern:
    return _slot(subject), _slot(predicate), _slot(value)


def _slot(term: Term) -> Slot:
    match term:
        case Variable(name):
            return name
        case ListPattern():
            return LIST_NODE
    return CONSTANTS[term]


def _reflexive(clause: Clause) -> list[Clause]:
    """The clause with a premise `x owl:sameAs y` fulfilled by eq-ref, x and y being one; unless that says nothing."""
    found = []
    for place, (subject, predicate, value) in enumerate(clause.data):
        if predicate != _SAME or isinstance(subject, int) or isinstance(value, int):
            continue
        shorter = replace(clause, data=clause.data[:place] + clause.data[place + 1 :])
        unified = shorter.renamed({value: subject})
        if not unified.head or any(
            pattern not in unified.data and not (pattern[1] == _SAME and pattern[0] == pattern[2])
            for pattern in unified.head
        ):
            found.append(unified)
    return found


AXIOMATIC = _axiomatic()
"""The triples that hold without premises."""
