"""The SPARQL rules beside the axioms, followed incrementally.

A rule that only joins patterns is a rule like those of OWL 2 RL. One that counts or asks for absence is evaluated anew
for those of its conclusions that the change may concern: a changed triple is matched with each of its patterns, and the
variables of the template are found from there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Triple

from graph.reasoner.incremental.facts import Fact, NeedsFullClosure, Pattern, Term, unify
from graph.reasoner.incremental.known import Known
from graph.reasoner.incremental.program import Body, Program, TiedRule
from graph.reasoner.incremental.solving import solutions
from graph.reasoner.incremental.sparql_patterns import NotRead, SparqlPatterns, read_patterns
from graph.reasoner.rules import SparqlRule
from ontology import RDF

__all__ = ["CountingRule", "Key", "split"]

_TYPE = NamedNode(RDF["type"])

Key = tuple[Term, ...]
"""Values of the variables of a rule's template."""


@lru_cache(maxsize=16)
def split(rules: tuple[SparqlRule, ...]) -> tuple[tuple[TiedRule, ...], tuple["CountingRule", ...]]:
    """The rules that only join, and those that count or ask for absence.

    Raises:
        NeedsFullClosure: one of them cannot be followed.
    """
    joining: list[TiedRule] = []
    counting: list[CountingRule] = []
    for rule in rules:
        try:
            patterns = read_patterns(rule.construct)
        except NotRead:
            raise NeedsFullClosure(f"the rule {rule.name} can only be evaluated as a whole") from None
        if patterns.plain:
            joining.extend(
                TiedRule(rule.name, body, patterns.template, unequal=patterns.unequal, by_value=False)
                for body in patterns.positive
            )
        else:
            counting.append(CountingRule(rule, patterns, _read_by(patterns)))
    return tuple(joining), tuple(counting)


@dataclass(frozen=True, slots=True)
class CountingRule:
    """A rule whose conclusions a further triple may make wrong.

    Arguments:
        rule: the rule.
        patterns: what it asks for.
        read: the properties that it asks for; of rdf:type with the class, if it names one; None if it names none.
    """

    rule: SparqlRule
    patterns: SparqlPatterns
    read: frozenset[Term | tuple[Term, Term] | None]

    def reads(self, fact: Fact) -> bool:
        """Whether a pattern of the rule may match the fact."""
        return fact[1] in self.read or fact[1:] in self.read or None in self.read

    def concerned(self, facts: Iterable[Fact], program: Program, known: Known) -> set[Key]:
        """The values of the template's variables for which the rule may conclude something else than before.

        Arguments:
            facts: what came or went; the graph still, or already, holds it.
        """
        found: set[Key] = set()
        groups = [*self.patterns.positive, *self.patterns.conditional]
        wanted = self.patterns.keys
        for fact in filter(self.reads, facts):
            for group in groups:
                for place, pattern in enumerate(group):
                    bindings = unify(pattern, fact, {})
                    if bindings is None:
                        continue
                    others = [*group[:place], *group[place + 1 :]]
                    for positive in self.patterns.positive if group not in self.patterns.positive else ((),):
                        found.update(_keys([*others, *positive], bindings, wanted, program, known))
        return found

    def conclusions(self, keys: Sequence[Key], known: Known) -> set[Fact]:
        """What the rule concludes for these values of its variables."""
        found: set[Fact] = set()
        for key in keys:
            if any(isinstance(term, BlankNode | Triple) for term in key):
                raise NeedsFullClosure("a rule that counts is asked about a nameless thing")
        for start in range(0, len(keys), 100):
            for triple in self._evaluated(keys[start : start + 100], known):
                found.add((triple.subject, triple.predicate, triple.object))
        return found

    def possible(self, key: Key) -> Iterator[Fact]:
        """What the rule could conclude for a value of its variables."""
        bindings = dict(zip(self.patterns.keys, key, strict=True))
        for pattern in self.patterns.template:
            yield _filled(pattern, bindings)

    def bodies(self, fact: Fact, program: Program, known: Known) -> Iterator[Body]:
        """All that matches the rule's patterns where it concludes the fact, if it does."""
        for pattern in self.patterns.template:
            bindings = unify(pattern, fact, {}, by_value=False)
            if bindings is None:
                continue
            keys = list(dict.fromkeys(_keys(self.patterns.positive[0], bindings, self.patterns.keys, program, known)))
            for key in keys:
                if fact in self.conclusions([key], known):
                    bound = dict(zip(self.patterns.keys, key, strict=True))
                    yield tuple(
                        premise
                        for positive in self.patterns.positive
                        for _, premises in solutions(program, known, positive, bound, True)
                        for premise in premises
                    )

    def _evaluated(self, keys: Sequence[Key], known: Known) -> Iterator[Triple]:
        names = " ".join(f"?{name}" for name in self.patterns.keys)
        rows = " ".join("(" + " ".join(str(term) for term in key) + ")" for key in keys)
        values = f" VALUES ({names}) {{ {rows} }} "
        text = self.rule.construct
        for place in sorted(self.patterns.openings, reverse=True):
            text = text[:place] + values + text[place:]
        result = known.rdf.query(text)
        assert isinstance(result, pyoxigraph.QueryTriples)
        return result


def _read_by(patterns: SparqlPatterns) -> frozenset[Term | tuple[Term, Term] | None]:
    read: set[Term | tuple[Term, Term] | None] = set()
    for _, predicate, value in (each for group in (*patterns.positive, *patterns.conditional) for each in group):
        if isinstance(predicate, str):
            read.add(None)
        elif predicate == _TYPE and not isinstance(value, str):
            read.add((_TYPE, value))
        else:
            read.add(predicate)
    return frozenset(read)


def _keys(
    patterns: Sequence[Pattern], bindings: Mapping[str, Term], wanted: Sequence[str], program: Program, known: Known
) -> Iterator[Key]:
    """The values of the wanted variables; patterns are looked up only until these are bound."""
    if all(name in bindings for name in wanted):
        yield tuple(bindings[name] for name in wanted)
        return
    near = [
        place
        for place, pattern in enumerate(patterns)
        if any(slot in bindings for slot in pattern if isinstance(slot, str))
        and any(slot not in bindings for slot in pattern if isinstance(slot, str))
    ]
    if not near:
        raise NeedsFullClosure("the change may concern all conclusions of a rule")
    seen: set[Key] = set()
    place = near[0]
    rest = [*patterns[:place], *patterns[place + 1 :]]
    for found, _ in solutions(program, known, [patterns[place]], bindings, True):
        for key in _keys(rest, found, wanted, program, known):
            if key not in seen:
                seen.add(key)
                yield key


def _filled(pattern: Pattern, bindings: Mapping[str, Term]) -> Fact:
    subject, predicate, value = (bindings[slot] if isinstance(slot, str) else slot for slot in pattern)
    return subject, predicate, value
