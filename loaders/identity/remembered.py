"""What documents tell of things, and which of these are one, remembered from one batch of a load to the next.

Of a person whom hundreds of documents speak of, the documents of a batch change little; the others would be read again
for each batch. It is remembered as long as nobody else has changed the store, and up to a bound.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph

from loaders.identity.joined import Joined
from loaders.identity.keys import Key, kept
from loaders.identity.things import Kind, Part, Profile, described, together, told_by

__all__ = ["Known", "Remembered"]

_MOST_PARTS = 10_000
_MOST_THINGS = 10_000
_MOST_KEYS = 40_000


@dataclass(slots=True)
class Known:
    """What is known of a thing that several documents may tell of by the same IRI.

    Arguments:
        kind: what it is.
        named: the IRI that it has at present in each document's graph, by the graph's IRI.
        told: what these documents tell of it.
        profile: the same as values that can be compared.
    """

    kind: Kind
    named: dict[str, str]
    told: Part
    profile: Profile

    def hear(self, rdf: pyoxigraph.Store, documents: Iterable[str], iri: str) -> None:
        """Take up what further documents tell of it; they call it by its own IRI."""
        coming = [document for document in documents if document not in self.named]
        if coming:
            parts = [told_by(rdf, document, iri) for document in coming]
            self.named.update(dict.fromkeys(coming, iri))
            self.told = together([self.told, *parts])
            profile = described(rdf, self.kind, self.told)
            self.profile = self.profile if profile == self.profile else profile


class Remembered:
    """What documents tell of things, and which things are one."""

    def __init__(self) -> None:
        self._state: int | None = None
        self.clear()

    def clear(self) -> None:
        """Forget all."""
        self._parts: dict[str, dict[str, Part]] = {}
        self._size = 0
        self._things: OrderedDict[str, Known] = OrderedDict()
        self._joined: dict[Profile, Joined] = {}
        self._keeping: OrderedDict[Key, set[Profile]] = OrderedDict()

    def begin(self, state: int | None) -> bool:
        """A transaction begins on this state of the store: if it is not the one left by `end`, all is forgotten.

        Returns:
            whether it is that one.
        """
        if state is not None and state == self._state:
            return True
        self.clear()
        return False

    def end(self, state: int | None, *, changed: bool) -> None:
        """A transaction that began on this state is about to be committed, and has changed the store, or has not."""
        self._state = None if state is None else state + changed
        while len(self._things) > _MOST_THINGS:
            _, known = self._things.popitem(last=False)
            self.part(known.profile)
        while len(self._keeping) > _MOST_KEYS:
            self._keeping.popitem(last=False)

    # What documents tell

    def told(self, rdf: pyoxigraph.Store, named: Mapping[str, str]) -> Part:
        """What documents tell of a thing, by the name that it has in each document's graph."""
        return together(self._part(rdf, graph, iri) for graph, iri in named.items())

    def _part(self, rdf: pyoxigraph.Store, graph: str, iri: str) -> Part:
        parts = self._parts.setdefault(graph, {})
        if iri not in parts:
            if self._size >= _MOST_PARTS:
                self._parts, self._size = {graph: (parts := {})}, 0
            parts[iri] = told_by(rdf, graph, iri)
            self._size += 1
        return parts[iri]

    def forget(self, graph: str) -> None:
        """The graph of a document changes."""
        self._size -= len(self._parts.pop(graph, ()))

    # Things

    def thing(self, iri: str) -> Known | None:
        """What is known of a thing by its own IRI; kept up to date by those who ask."""
        if iri in self._things:
            self._things.move_to_end(iri)
        return self._things.get(iri)

    def keep(self, iri: str, known: Known) -> None:
        """Remember a thing."""
        self._things[iri] = known

    def drop(self, iri: str) -> None:
        """Forget a thing, and what it was joined with."""
        if (known := self._things.pop(iri, None)) is not None:
            self.part(known.profile)

    # Which are one

    def joined(self, profile: Profile) -> Joined | None:
        """Those of which one is told to be so, if they are one."""
        return self._joined.get(profile)

    def join(self, joined: Joined) -> None:
        """Remember that these are one."""
        self._joined.update(dict.fromkeys(joined.links, joined))

    def part(self, profile: Profile) -> Joined | None:
        """Forget which things are one with those of which this is told; returns what was known of them."""
        joined = self._joined.get(profile)
        for each in joined.links if joined is not None else ():
            self._joined.pop(each, None)
        return joined

    # By what they are found

    def keeping(self, key: Key) -> set[Profile] | None:
        """What is told of things that keep a key; None where that is not known."""
        if key in self._keeping:
            self._keeping.move_to_end(key)
        return self._keeping.get(key)

    def found(self, key: Key, profiles: set[Profile]) -> None:
        """These are all that keep a key."""
        self._keeping[key] = profiles

    def note(self, profile: Profile) -> None:
        """That is told of some thing."""
        for key in kept(profile):
            if key in self._keeping:
                self._keeping[key].add(profile)
