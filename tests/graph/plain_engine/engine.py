"""The machinery of forward chaining: triples of numbers, indexes, an agenda, and hooks that rules hang on.

A rule is a hook on a predicate or on a class. It is called for each triple of that predicate (each instance of that
class), whether that triple was there before the hook or comes later, and adds what follows; the hook of a schema triple
hangs up the hooks for the data that it speaks of. So only rules whose schema part occurs cost anything, and a triple is
joined with all others once (semi-naive evaluation, tuple by tuple). Conclusions may be generalised (a literal as
subject, a blank node as predicate) as the rules of OWL 2 RL/RDF demand; those are left out at the end.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Set

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology import RDF

__all__ = ["Coded", "Engine", "Term"]

Term = NamedNode | BlankNode | Literal | Triple
Coded = tuple[int, int, int]
"""A triple of term numbers."""

_Pairs = dict[int, set[int]]
_NONE: frozenset[int] = frozenset()


class Engine:
    """Triples, what is waiting to be looked at, and the hooks of the rules."""

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self.literals: list[int] = []
        self.clashes: dict[Hashable, tuple[str, tuple[Coded, ...]]] = {}
        self._numbers: dict[Term, int] = {}
        self._by_subject: dict[int, _Pairs] = {}
        self._by_object: dict[int, _Pairs] = {}
        self._agenda: deque[Coded] = deque()
        self._hooks: dict[int, list[Callable[[int, int], None]]] = {}
        self._instance_hooks: dict[int, list[Callable[[int], None]]] = {}
        self._general_hooks: list[Callable[[int, int, int], None]] = []
        self._seen: set[Hashable] = set()
        self._premises: set[Coded] = set()
        self.type = self.iri(RDF["type"])
        self._first = self.iri(RDF["first"])
        self._rest = self.iri(RDF["rest"])
        self._nil = self.iri(RDF["nil"])
        self.on(self.type, self._call_instance_hooks)

    # Terms

    def number(self, term: Term) -> int:
        """The number that stands for `term`."""
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self.terms)
            self.terms.append(term)
            if isinstance(term, Literal):
                self.literals.append(number)
        return number

    def iri(self, iri: str) -> int:
        """The number that stands for an IRI."""
        return self.number(NamedNode(iri))

    def is_literal(self, number: int) -> bool:
        """Whether the term is a literal."""
        return isinstance(self.terms[number], Literal)

    # Triples

    def assert_(self, subject: int, predicate: int, value: int) -> None:
        """Add a premise."""
        self._premises.add((subject, predicate, value))
        self.add(subject, predicate, value)

    def add(self, subject: int, predicate: int, value: int) -> None:
        """Add a triple; if it is new, the rules will see it."""
        pairs = self._by_subject.get(predicate)
        if pairs is None:
            pairs = self._by_subject[predicate] = {}
            self._by_object[predicate] = {}
        values = pairs.get(subject)
        if values is None:
            pairs[subject] = {value}
        elif value in values:
            return
        else:
            values.add(value)
        self._by_object[predicate].setdefault(value, set()).add(subject)
        self._agenda.append((subject, predicate, value))

    def holds(self, subject: int, predicate: int, value: int) -> bool:
        """Whether the triple is there."""
        return value in self.objects(subject, predicate)

    def objects(self, subject: int, predicate: int) -> Set[int]:
        """What `subject` has under `predicate`. To be copied before adding triples while iterating."""
        pairs = self._by_subject.get(predicate)
        return _NONE if pairs is None else pairs.get(subject, _NONE)

    def subjects(self, predicate: int, value: int) -> Set[int]:
        """What has `value` under `predicate`. To be copied before adding triples while iterating."""
        pairs = self._by_object.get(predicate)
        return _NONE if pairs is None else pairs.get(value, _NONE)

    def pairs(self, predicate: int) -> list[tuple[int, int]]:
        """Subject and object of each triple of `predicate`."""
        pairs = self._by_subject.get(predicate, {})
        return [(subject, value) for subject, values in pairs.items() for value in values]

    def predicates(self) -> list[int]:
        """The predicates of all triples."""
        return list(self._by_subject)

    def triples(self) -> Iterable[Coded]:
        """All triples."""
        for predicate, pairs in self._by_subject.items():
            for subject, values in pairs.items():
                for value in values:
                    yield subject, predicate, value

    def conclusions(self) -> Iterable[Coded]:
        """All triples but the premises."""
        premises = self._premises
        return (triple for triple in self.triples() if triple not in premises)

    def members(self, node: int) -> tuple[int, ...] | None:
        """The members of an RDF list; None if it is broken off or goes in a circle."""
        members: list[int] = []
        visited: set[int] = set()
        while node != self._nil:
            first, rest = self.objects(node, self._first), self.objects(node, self._rest)
            if node in visited or not first or not rest:
                return None
            visited.add(node)
            members.append(min(first))
            node = min(rest)
        return tuple(members)

    # Rules

    def on(self, predicate: int, hook: Callable[[int, int], None]) -> None:
        """Call `hook(subject, object)` for each triple of `predicate`, present and future."""
        self._hooks.setdefault(predicate, []).append(hook)
        for subject, value in self.pairs(predicate):
            hook(subject, value)

    def on_instance(self, of: int, hook: Callable[[int], None]) -> None:
        """Call `hook(instance)` for each instance of the class, present and future."""
        self._instance_hooks.setdefault(of, []).append(hook)
        for instance in list(self.subjects(self.type, of)):
            hook(instance)

    def on_any(self, hook: Callable[[int, int, int], None]) -> None:
        """Call `hook(subject, predicate, object)` for each future triple; hung up before any triple is added."""
        self._general_hooks.append(hook)

    def once(self, *key: Hashable) -> bool:
        """True the first time it is asked with `key`."""
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def clash(self, rule: str, *triples: Coded) -> None:
        """Note that `triples` contradict each other by `rule`."""
        self.clashes.setdefault((rule, frozenset(triples)), (rule, triples))

    def run(self) -> None:
        """Apply the rules until nothing new follows."""
        agenda, hooks = self._agenda, self._hooks
        while agenda:
            subject, predicate, value = agenda.popleft()
            for general in self._general_hooks:
                general(subject, predicate, value)
            for hook in hooks.get(predicate, ()):
                hook(subject, value)

    def _call_instance_hooks(self, instance: int, of: int) -> None:
        for hook in self._instance_hooks.get(of, ()):
            hook(instance)
