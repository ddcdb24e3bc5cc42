"""The rules, tied to the schema, as they are followed from one fact to the next: forwards and backwards.

Forwards a fact is matched with one premise of a rule and the others are looked up; backwards with a conclusion, and all
premises are. What needs but one premise (`Implications`) needs no lookup forwards.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.reasoner.incremental.facts import Fact, NeedsFullClosure, Pattern, Slot, Term, alike, unify
from graph.reasoner.incremental.known import Known
from graph.reasoner.incremental.solving import solutions
from ontology import OWL, RDF

__all__ = ["Body", "Implied", "Program", "TiedRule"]

TYPE, SAME = NamedNode(RDF["type"]), NamedNode(OWL["sameAs"])
Body = tuple[Fact, ...]
"""The premises of one application of a rule."""
_Bindings = dict[str, Term]


@dataclass(frozen=True, slots=True)
class TiedRule:
    """A rule with the terms of the schema in place of the variables that the schema binds.

    Arguments:
        name: its name in OWL 2 Profiles, or that of its file.
        body: the premises about data.
        head: the conclusions; none if the conclusion is *false*.
        schema: the premises about the schema, where the conclusion is *false*.
        unequal: pairs of variables that must differ.
        by_value: whether literals of the same value match.
    """

    name: str
    body: tuple[Pattern, ...]
    head: tuple[Pattern, ...]
    schema: tuple[Fact, ...] = ()
    unequal: tuple[tuple[str, str], ...] = ()
    by_value: bool = True

    def holds(self, bindings: _Bindings) -> bool:
        """Whether what must differ differs."""
        for one, other in self.unequal:
            if isinstance(bindings[one], Literal) or isinstance(bindings[other], Literal):
                raise NeedsFullClosure(f"the rule {self.name} compares literals")
            if bindings[one] == bindings[other]:
                return False
        return True


class Implied:
    """Implications between properties or classes, in both directions."""

    def __init__(self, pairs: Iterable[tuple[Term, Term]]) -> None:
        self.of: dict[Term, list[Term]] = {}
        self.by: dict[Term, list[Term]] = {}
        for one, other in pairs:
            self.of.setdefault(one, []).append(other)
            self.by.setdefault(other, []).append(one)


@dataclass(frozen=True, slots=True)
class _Index:
    """Patterns of rules by what they must match: their property, or the class of an instance."""

    of_property: dict[Term, list[tuple[TiedRule, int]]] = field(default_factory=dict)
    of_class: dict[Term, list[tuple[TiedRule, int]]] = field(default_factory=dict)
    others: list[tuple[TiedRule, int]] = field(default_factory=list)

    def add(self, pattern: Pattern, entry: tuple[TiedRule, int]) -> None:
        _, predicate, value = pattern
        if isinstance(predicate, str):
            self.others.append(entry)
        elif predicate == TYPE and not isinstance(value, str):
            self.of_class.setdefault(value, []).append(entry)
        else:
            self.of_property.setdefault(predicate, []).append(entry)

    def of(self, fact: Fact, *, others: bool) -> Iterator[tuple[TiedRule, int]]:
        _, predicate, value = fact
        yield from self.of_property.get(predicate, ())
        if predicate == TYPE:
            yield from self.of_class.get(value, ())
        if others:
            yield from self.others


class Program:
    """Everything that draws conclusions from data under one schema.

    Arguments:
        straight, turned: properties p, q: `x p y` says `x q y`, or `y q x`.
        of_subject, of_object: properties p and classes C: `x p y` says `x a C`, or `y a C`.
        above: classes C, D: `x a C` says `x a D`.
        rules: those with several premises, and those whose conclusion is *false*.
        looked_for: the classes whose instances a rule asks for.
        by_schema: the facts that follow from the schema alone.
        schema_rests_on_data: whether a part of the schema was concluded from data.
    """

    def __init__(
        self,
        *,
        straight: Implied,
        turned: Implied,
        of_subject: Implied,
        of_object: Implied,
        above: Implied,
        rules: Sequence[TiedRule],
        looked_for: Iterable[Term],
        by_schema: Iterable[Fact],
        schema_rests_on_data: bool,
    ) -> None:
        self.straight, self.turned = straight, turned
        self.of_subject, self.of_object, self.above = of_subject, of_object, above
        self.looked_for = frozenset(looked_for)
        self.by_schema = frozenset(by_schema)
        self.schema_rests_on_data = schema_rests_on_data
        self.rules = tuple(rules)
        self.equality = False
        """Whether anything is known to be the same as something else; the rules of equality rest until then."""
        self._forward, self._backward, self._checks = _Index(), _Index(), _Index()
        for rule in rules:
            for place, pattern in enumerate(rule.body):
                (self._forward if rule.head else self._checks).add(pattern, (rule, place))
            for place, pattern in enumerate(rule.head):
                self._backward.add(pattern, (rule, place))

    # Forwards

    def conclusions(self, fact: Fact, known: Known) -> Iterator[Fact]:
        """What follows from the fact by one rule, with what is known; not distinct."""
        yield from self._implied(fact)
        for rule, place in self._forward.of(fact, others=self.equality):
            for bindings, _ in self._matches(rule, place, fact, known):
                for pattern in rule.head:
                    found = _fact(pattern, bindings)
                    if found[1] == SAME and alike(found[0], found[2]):
                        continue
                    if isinstance(found[0], Literal | Triple) or isinstance(found[1], BlankNode):
                        raise NeedsFullClosure(f"{rule.name} concludes what is not stored")
                    if found[1] == SAME and isinstance(found[2], Literal):
                        raise NeedsFullClosure("a literal turns out to be the same as something else")
                    yield found

    def clashes(self, fact: Fact, known: Known) -> Iterator[tuple[TiedRule, Body]]:
        """The inconsistencies that the fact is part of."""
        for rule, place in self._checks.of(fact, others=True):
            for _, premises in self._matches(rule, place, fact, known):
                yield rule, premises

    def is_read(self, fact: Fact) -> bool:
        """Whether a rule with several premises may take the fact as one."""
        return self.equality or any(
            True for index in (self._forward, self._checks) for _ in index.of(fact, others=index is self._checks)
        )

    def _implied(self, fact: Fact) -> Iterator[Fact]:
        subject, predicate, value = fact
        for target in self.straight.of.get(predicate, ()):
            yield subject, target, value
        for target in self.turned.of.get(predicate, ()):
            yield value, target, subject
        for target in self.of_subject.of.get(predicate, ()):
            yield subject, TYPE, target
        for target in self.of_object.of.get(predicate, ()):
            if not isinstance(value, Literal) or target in self.looked_for:
                yield value, TYPE, target
        if predicate == TYPE:
            for target in self.above.of.get(value, ()):
                yield subject, TYPE, target

    def _matches(self, rule: TiedRule, place: int, fact: Fact, known: Known) -> Iterator[tuple[_Bindings, Body]]:
        bindings = unify(rule.body[place], fact, {}, by_value=rule.by_value)
        if bindings is None:
            return
        others = [(number, pattern) for number, pattern in enumerate(rule.body) if number != place]
        for found, premises in solutions(self, known, [pattern for _, pattern in others], bindings, rule.by_value):
            if rule.holds(found):
                body = dict(zip((number for number, _ in others), premises, strict=True)) | {place: fact}
                yield found, tuple(body[number] for number in range(len(rule.body)))

    # Backwards

    def bodies(self, fact: Fact, known: Known) -> Iterator[Body]:
        """The premises of each application of a rule, as far as the graph holds them, that concludes the fact."""
        if fact in self.by_schema:
            yield ()
        subject, predicate, value = fact
        for source in self.straight.by.get(predicate, ()):
            yield from self._spelt(known, subject, source, value)
        for source in self.turned.by.get(predicate, ()):
            yield from self._spelt(known, value, source, subject)
        if predicate == TYPE:
            for source in self.above.by.get(value, ()):
                yield from self._spelt(known, subject, TYPE, source)
            for source in self.of_subject.by.get(value, ()):
                yield from ((found,) for found in self.match(known, subject, source, None))
            for source in self.of_object.by.get(value, ()):
                yield from self._spelt(known, None, source, subject)
        for rule, place in self._backward.of(fact, others=self.equality):
            bindings = unify(rule.head[place], fact, {}, by_value=False)
            if bindings is None:
                continue
            for found, premises in solutions(self, known, rule.body, bindings, rule.by_value):
                if rule.holds(found) and _are_taken(rule.body, premises, bindings):
                    yield premises

    def _spelt(self, known: Known, subject: Term | None, predicate: Term, value: Term) -> Iterator[Body]:
        """The facts of these terms; literals in these spellings alone."""
        for found in self.match(known, subject, predicate, value):
            if found[2] == value and (subject is None or found[0] == subject):
                yield (found,)

    # Lookups

    def match(self, known: Known, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        """The facts of these terms, those included that no store can hold."""
        yield from known.match(subject, predicate, value)
        if predicate is None:
            if isinstance(subject, Literal | Triple):
                raise NeedsFullClosure("a literal or a triple is asked for all that is said of it")
            return
        if predicate == TYPE:
            if isinstance(subject, Triple):
                raise NeedsFullClosure("a triple is asked for its types")
            if isinstance(subject, Literal):
                yield from self._types_of(known, subject, value)
            return
        hidden = not isinstance(predicate, NamedNode)
        if hidden:
            for source in self.straight.by.get(predicate, ()):
                if isinstance(source, NamedNode):
                    yield from ((s, predicate, o) for s, _, o in known.match(subject, source, value))
        if hidden or subject is None or isinstance(subject, Literal | Triple):
            for source in self.turned.by.get(predicate, ()):
                if isinstance(source, NamedNode):
                    for s, _, o in known.match(value, source, subject):
                        if hidden or isinstance(o, Literal | Triple):
                            yield o, predicate, s

    def turned_into(self, predicate: Term) -> list[NamedNode]:
        """The properties p of which `x p y` says `y predicate x`."""
        return [source for source in self.turned.by.get(predicate, ()) if isinstance(source, NamedNode)]

    def _types_of(self, known: Known, literal: Literal, wanted: Term | None) -> Iterator[Fact]:
        if wanted is None:
            raise NeedsFullClosure("a literal is asked for its types")
        for source in self.of_object.by.get(wanted, ()):
            for spelling in {value for _, _, value in known.match(None, source, literal)}:
                yield spelling, TYPE, wanted


def _are_taken(body: Sequence[Pattern], premises: Body, conclusion: Mapping[str, Term]) -> bool:
    """Whether what the conclusion takes from the premises is spelt there as in it."""
    return all(
        conclusion.get(slot, term) == term
        for pattern, premise in zip(body, premises, strict=True)
        for slot, term in zip(pattern, premise, strict=True)
        if isinstance(slot, str)
    )


def _fact(pattern: Pattern, bindings: Mapping[str, Term]) -> Fact:
    subject, predicate, value = (_term(slot, bindings) for slot in pattern)
    return subject, predicate, value


def _term(slot: Slot, bindings: Mapping[str, Term]) -> Term:
    return bindings[slot] if isinstance(slot, str) else slot
