"""How many triples of a graph match a pattern, as far as it must be known to choose an order of joins.

Sizes decide in which order a query is evaluated, never what it answers. So they need not be exact, nor of this very
state: a count ends where it is clear which of several patterns has the fewest triples, and is kept for a while after
the store has moved on.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, QuerySolutions, Store

from ontology import RDF

__all__ = ["MANY", "Ends", "Sizes"]

_STEPS = (64, 2048)
"""Up to so many triples are counted of each pattern, until one has fewer."""

MANY = 10 * _STEPS[-1]
"""What a pattern counts as that has more triples than are counted."""

_A = f"<{RDF['type']}>"
_KEPT = 10_000
_KEPT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Ends:
    """What is known of the triples that a pattern matches: terms in the syntax of SPARQL, None for a variable.

    Arguments:
        subject, predicate, object: the terms.
    """

    subject: str | None
    predicate: str | None
    object: str | None

    @property
    def is_class(self) -> bool:
        """Whether it asks for the instances of a class."""
        return self.subject is None and self.predicate == _A and self.object is not None

    @property
    def query(self) -> str:
        """The pattern."""
        return f"{self.subject or '?s'} {self.predicate or '?p'} {self.object or '?o'}"


class Sizes:
    """What has been counted. A process that asks many states of a store one after the other keeps one of these.

    Arguments:
        clock: tells the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self._state: int | None = None
        self._known: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def move_to(self, state: int) -> None:
        """Count in a state from now on; what was counted in another one is forgotten after a while.

        Arguments:
            state: its number.
        """
        if state != self._state and self._clock() - self._since > _KEPT_SECONDS:
            self._known.clear()
            self._state, self._since = state, self._clock()

    def of(self, rdf: Store, patterns: Sequence[Ends]) -> list[int]:
        """How many triples of the default graph match each pattern: exact for the one with fewest, unless that is many.

        Arguments:
            rdf: the triples.
            patterns: what to compare; where nothing else decides, a class counts as more than what else is many.
        """
        found: list[int] = []
        for step in _STEPS:
            found = [self.up_to(rdf, pattern.query, step) for pattern in patterns]
            if any(number < step for number in found):
                break
        most = _STEPS[-1]
        return [MANY + pattern.is_class if n >= most else n for pattern, n in zip(patterns, found, strict=True)]

    def up_to(self, rdf: Store, pattern: str, most: int) -> int:
        """How many solutions a basic graph pattern has in the default graph, or `most` if these are more.

        Arguments:
            rdf: the triples.
            pattern: its text, with its terms in full.
            most: up to how many are counted.
        """
        number, counted = self._known.get(pattern, (0, 0))
        if counted < most and number == counted:
            number, counted = _count(rdf, pattern, most), most
            self._known[pattern] = (number, counted)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return min(number, most)


def _count(rdf: Store, pattern: str, most: int) -> int:
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT * WHERE {{ {pattern} }} LIMIT {most} }}"
    try:
        results = rdf.query(text)
    except SyntaxError:  # a relative IRI
        return most
    assert isinstance(results, QuerySolutions)
    value = next(iter(results))[0]
    assert isinstance(value, Literal)
    return int(value.value)
