"""The bindings under which a graph holds several patterns: what is most bound is looked up first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from pyoxigraph import NamedNode

from graph.reasoner.incremental.facts import Fact, Pattern, Term, unify
from graph.reasoner.incremental.known import Known, Wanted
from ontology import RDF

__all__ = ["Matching", "solutions"]

_TYPE = NamedNode(RDF["type"])
_MANY = 8
_ALL = 10


class Matching(Protocol):
    """What looks up patterns, those facts included that no store can hold."""

    def match(self, known: Known, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        """The facts of these terms."""
        ...

    def turned_into(self, predicate: Term) -> list[NamedNode]:
        """The properties p of which `x p y` says `y predicate x`: if y is a literal, no store holds that."""
        ...


def solutions(
    program: Matching, known: Known, patterns: Sequence[Pattern], bindings: Mapping[str, Term], by_value: bool
) -> Iterator[tuple[dict[str, Term], tuple[Fact, ...]]]:
    """The bindings under which the graph holds all patterns, each with the facts that match them, in order."""
    if not patterns:
        yield dict(bindings), ()
        return
    place, facts = _first(program, known, patterns, bindings)
    rest = [*patterns[:place], *patterns[place + 1 :]]
    for fact in facts:
        found = unify(patterns[place], fact, bindings, by_value=by_value)
        if found is None:
            continue
        for further, others in solutions(program, known, rest, found, by_value):
            yield further, (*others[:place], fact, *others[place:])


def _first(
    program: Matching, known: Known, patterns: Sequence[Pattern], bindings: Mapping[str, Term]
) -> tuple[int, Iterable[Fact]]:
    """The pattern to look up first: the one of which most is bound; of several the one with the fewest facts."""
    scores = [_bound(pattern, bindings) for pattern in patterns]
    best = max(scores)
    places = [place for place, score in enumerate(scores) if score == best]

    def facts(place: int) -> Iterator[Fact]:
        return program.match(known, *_wanted(patterns[place], bindings))

    if len(places) == 1 or best >= _ALL:
        return places[0], facts(places[0])
    # They are read by turns until one comes to its end.
    reading = {place: facts(place) for place in places}
    read: dict[int, list[Fact]] = {place: [] for place in places}
    number = _MANY
    while True:
        for place, source in reading.items():
            for fact in source:
                read[place].append(fact)
                if len(read[place]) >= number:
                    break
            else:
                return place, read[place]
        for one, other in combinations(places, 2) if number == _MANY else ():
            shared = _shared(program, known, patterns[one], patterns[other], bindings)
            if shared is not None:
                return one, shared
        number *= 2


def _shared(
    program: Matching, known: Known, one: Pattern, other: Pattern, bindings: Mapping[str, Term]
) -> list[Fact] | None:
    """The facts of one pattern that may share with the other what both have open; None if that is not one thing."""
    wanted, further = _wanted(one, bindings), _wanted(other, bindings)
    free = {
        slot
        for pattern, terms in ((one, wanted), (other, further))
        for slot, term in zip(pattern, terms, strict=True)
        if term is None
    }
    if len(free) != 1 or any(
        terms.count(None) != 1 or terms[1] is None or terms[1] == _TYPE for terms in (wanted, further)
    ):
        return None
    found = known.in_common(wanted, further)
    if found is None:
        return None
    if all(terms[0] is not None or program.turned_into(terms[1]) for terms in (wanted, further) if terms[1]):
        # It may be a literal: these match by value, and as subjects no store holds them.
        for pattern in _with_literals(program, wanted):
            found += known.literals_in(pattern)
    subject, predicate, value = wanted
    shared: list[Fact] = [(subject or term, predicate or term, value or term) for term in found]
    return [fact for fact in shared if fact not in known.unseen]


def _with_literals(program: Matching, wanted: Wanted) -> list[Wanted]:
    """The stored facts whose literals stand where a term is not given."""
    subject, predicate, value = wanted
    if subject is not None or predicate is None:
        return [wanted]
    return [(value, source, None) for source in program.turned_into(predicate)]


def _wanted(pattern: Pattern, bindings: Mapping[str, Term]) -> Wanted:
    subject, predicate, value = (slot if not isinstance(slot, str) else bindings.get(slot) for slot in pattern)
    return subject, predicate, value


def _bound(pattern: Pattern, bindings: Mapping[str, Term]) -> int:
    """How little there is to look through: much is of one class, less has one property, little is about one thing."""
    subject, predicate, value = (not isinstance(slot, str) or slot in bindings for slot in pattern)
    if subject and predicate and value:
        return _ALL
    return 3 * subject + (1 if pattern[1] == _TYPE else 3) * value + predicate
