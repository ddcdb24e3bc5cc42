"""The inferred graph brought up to date after a change of what is asserted, without closing everything anew.

First what lost its reasons goes (`deletion`), then what is new is followed (`insertion`), then the rules that count are
asked again about what the change concerns, until nothing changes any more.
"""

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, Triple

from graph.reasoner.change import Change, Inferred
from graph.reasoner.incremental.deletion import no_longer_following
from graph.reasoner.incremental.facts import Fact, NeedsFullClosure, is_storable, triple_of
from graph.reasoner.incremental.insertion import following_anew
from graph.reasoner.incremental.insertion_at_once import following_at_once, refuse_value
from graph.reasoner.incremental.known import Known
from graph.reasoner.incremental.program import SAME, Body, Program, TiedRule
from graph.reasoner.incremental.sparql_conclusions import CountingRule, Key, split
from graph.reasoner.incremental.tying import is_schema, program_for
from graph.reasoner.interface import Inconsistency
from graph.reasoner.messages import message_of
from graph.reasoner.rules import SparqlRule

__all__ = ["MOST", "maintain"]

MOST = 300_000
"""A change of more triples than this is not followed,"""

MOST_GOING = 30_000
"""or one in which more than so many go: each of these is followed by itself."""

_AT_ONCE = 300
"""From so many new facts on vectors are faster than following each by itself."""

_ROUNDS = 8


def maintain(
    change: Change,
    known: Known,
    inferred: Inferred,
    rules: Sequence[SparqlRule],
    inconsistencies: Sequence[Inconsistency],
) -> tuple[Inconsistency, ...]:
    """Let the inferred graph follow a change.

    Arguments:
        change: the change, which has happened.
        known: the merged graph: what is asserted now, and what was inferred before.
        inferred: the inferred graph.
        rules: the rules beside the axioms.
        inconsistencies: those from before.

    Returns:
        the inconsistencies now.

    Raises:
        NeedsFullClosure: the change cannot be followed. The inferred graph is then to be made anew.
    """
    if len(change.added) + len(change.removed) > MOST or len(change.removed) > MOST_GOING:
        raise NeedsFullClosure("the change is large")
    added, removed = {_fact(triple) for triple in change.added}, {_fact(triple) for triple in change.removed}
    if any(is_schema(fact) for fact in added | removed):
        raise NeedsFullClosure("the schema changes")
    seen = {_fact(triple) for triple in change.seen}
    return _Maintenance(known, inferred, rules).follow(added, seen, removed, inconsistencies)


class _Maintenance:
    def __init__(self, known: Known, inferred: Inferred, rules: Sequence[SparqlRule]) -> None:
        self._known = known
        self._inferred = inferred
        joining, self._counting = split(tuple(rules))
        self._program: Program = program_for(known, joining)
        self._program.equality = any(True for _ in known.match(None, SAME, None))
        self._come: set[Fact] = set()
        self._clashes: list[tuple[TiedRule, Body]] = []
        self._removed: set[Fact] = set()
        self._concerned: dict[CountingRule, set[Key]] = {}

    def follow(
        self, added: set[Fact], seen: set[Fact], removed: set[Fact], inconsistencies: Sequence[Inconsistency]
    ) -> tuple[Inconsistency, ...]:
        """Follow a change of what is asserted; of what is added the graph has held `seen` before."""
        _refuse_values_told(removed, inconsistencies)
        self._removed = removed
        inferred = self._known.inferred_alone()
        held = {fact for fact in seen if fact in inferred}
        self._forget(held)
        self._known.unseen, self._known.lost = added - held, removed
        self._known.ask_much_about(fact[0] for fact in removed)
        self._show_again(removed)
        gone = self._delete(removed)
        self._known.unseen, self._known.lost = set(), set()
        still = {fact for fact in removed - gone if is_storable(fact)}
        self._forget(removed - gone - still)
        self._infer(still)
        self._insert(added - held)
        for _ in range(_ROUNDS):
            if not self._concerned:
                return self._clashing(inconsistencies)
            unfounded, founded = self._reconsider()
            self._delete(unfounded)
            self._infer(founded)
            self._insert(founded)
        raise NeedsFullClosure("the rules that count do not come to an end")

    def _delete(self, seeds: set[Fact]) -> set[Fact]:
        """Take away what no longer follows."""
        if seeds and self._program.schema_rests_on_data:
            raise NeedsFullClosure("the schema may rest on what goes")
        gone = no_longer_following(seeds, self._program, self._known, self._bodies)
        self._note(gone)  # before it goes: what is concerned is found through it
        self._forget(gone)
        self._come -= gone
        return gone

    def _insert(self, facts: set[Fact]) -> None:
        """Put in what follows from facts that are there already."""
        if len(facts) >= _AT_ONCE:
            following = following_at_once(facts, self._program, self._known, self._infer, self._is_counted)
            self._clashes += following.clashes
            self._note(following.facts)
            return
        come = following_anew(facts, self._program, self._known, self._infer)
        self._note(come)
        self._come |= come

    def _infer(self, facts: Iterable[Fact]) -> None:
        self._known.changes()
        self._inferred.infer(_triples(facts))

    def _forget(self, facts: Iterable[Fact]) -> None:
        self._known.changes()
        self._inferred.forget(_triples(facts))

    def _show_again(self, facts: Iterable[Fact]) -> None:
        self._known.changes()
        self._inferred.show_again(_triples(facts))

    def _note(self, facts: set[Fact]) -> None:
        """Note what the rules that count are to be asked about again."""
        for rule in self._counting:
            if keys := rule.concerned(facts, self._program, self._known):
                self._concerned.setdefault(rule, set()).update(keys)

    def _is_counted(self, fact: Fact) -> bool:
        return any(rule.reads(fact) for rule in self._counting)

    def _reconsider(self) -> tuple[set[Fact], set[Fact]]:
        """What the rules that count do not conclude any more, and what they conclude anew."""
        unfounded: set[Fact] = set()
        founded: set[Fact] = set()
        inferred = self._known.inferred_alone()
        for rule, keys in self._concerned.items():
            concluded = rule.conclusions(list(keys), self._known)
            possible = {fact for key in keys for fact in rule.possible(key)}
            unfounded |= {fact for fact in possible - concluded if fact in inferred}
            founded |= {fact for fact in concluded if fact not in self._known}
        self._concerned = {}
        return unfounded, founded

    def _bodies(self, fact: Fact) -> Iterator[Body]:
        yield from self._program.bodies(fact, self._known)
        for rule in self._counting:
            yield from rule.bodies(fact, self._program, self._known)

    def _still_holds(self, fact: Fact) -> bool:
        return fact in self._known or (not is_storable(fact) and fact not in self._removed)

    def _clashing(self, earlier: Sequence[Inconsistency]) -> tuple[Inconsistency, ...]:
        """The inconsistencies from before that are left, and those that are new."""
        found: dict[tuple[str, frozenset[Triple]], Inconsistency] = {}
        asked = set(self._come)
        for one in earlier:
            left = {fact for fact in map(_fact, one.triples) if self._still_holds(fact)}
            if len(left) == len(set(one.triples)):
                found[one.rule, frozenset(one.triples)] = one
            else:
                asked |= left  # which may clash with a literal in another spelling
        for fact in asked:
            refuse_value(fact, self._program)
            self._clashes += self._program.clashes(fact, self._known)
        for rule, body in self._clashes:
            if all(map(self._still_holds, body)):
                premises = (*rule.schema, *body)
                clash = Inconsistency(rule.name, message_of(rule.name, premises), tuple(_triples(premises)))
                key = clash.rule, frozenset(clash.triples)
                found[key] = min(clash, found.get(key, clash), key=lambda one: one.message)
        return tuple(sorted(found.values(), key=lambda one: (one.rule, one.message)))


def _refuse_values_told(removed: Iterable[Fact], inconsistencies: Sequence[Inconsistency]) -> None:
    """What is told of a literal's value is told anew if the literal may have gone."""
    told = [one.message for one in inconsistencies if one.rule.startswith("dt-")]
    if told and any(isinstance(fact[2], Literal) and str(fact[2]) in message for fact in removed for message in told):
        raise NeedsFullClosure("a literal goes that was told to be wrong")


def _fact(triple: Triple) -> Fact:
    return triple.subject, triple.predicate, triple.object


def _triples(facts: Iterable[Fact]) -> list[Triple]:
    return [triple for fact in facts if (triple := triple_of(fact)) is not None]
