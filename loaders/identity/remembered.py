"""What documents tell of things, remembered from one batch of a load to the next.

Of a person whom hundreds of documents speak of, the documents of a batch change little; the others would be read again
for each batch. What they tell is remembered as long as nobody else has changed the store, and up to a bound.
"""

import pyoxigraph

from loaders.identity.things import Part, told_by

__all__ = ["Remembered"]

_MOST = 20_000


class Remembered:
    """What documents tell of things, by document."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[str, Part]] = {}
        self._size = 0
        self._state: int | None = None

    def begin(self, state: int | None) -> None:
        """A transaction begins on this state of the store: if it is not the one left by `end`, all is forgotten."""
        if state is None or state != self._state:
            self._parts, self._size = {}, 0

    def end(self, state: int | None, *, changed: bool) -> None:
        """A transaction that began on this state is about to be committed, and has changed the store, or has not."""
        self._state = None if state is None else state + changed

    def part(self, rdf: pyoxigraph.Store, graph: str, iri: str) -> Part:
        """What the graph of a document tells of a thing, by the name that it has there."""
        parts = self._parts.setdefault(graph, {})
        if iri not in parts:
            if self._size >= _MOST:
                self._parts, self._size = {graph: (parts := {})}, 0
            parts[iri] = told_by(rdf, graph, iri)
            self._size += 1
        return parts[iri]

    def forget(self, graph: str) -> None:
        """The graph of a document changes."""
        self._size -= len(self._parts.pop(graph, ()))
