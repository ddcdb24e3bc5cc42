"""What the documents tell of things, and all those that rules, records or people may join with some of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import pyoxigraph

from loaders.identity.clusters import Judged, Thing
from loaders.identity.keys import Key, sought
from loaders.identity.naming import Naming
from loaders.identity.record import keeping
from loaders.identity.remembered import Known, Remembered
from loaders.identity.rules import link
from loaders.identity.things import Kind, Part, Profile, described, kinds_in

__all__ = ["Gathering"]


class Gathering:
    """The things of a store's documents, each as all of them tell of it.

    Arguments:
        rdf: the state of the store; of what changes between two questions it must be told by `begin`.
        naming: under which names the store has things.
        remembered: what documents told when other transactions looked at them.
    """

    def __init__(self, rdf: pyoxigraph.Store, naming: Naming, remembered: Remembered) -> None:
        self.kinds: dict[str, Kind] = {}
        self._rdf = rdf
        self._naming = naming
        self._remembered = remembered
        self.begin()

    def begin(self, came: Mapping[str, Collection[str]] | None = None) -> None:
        """The state has changed.

        Arguments:
            came: the documents that have come, by the own IRI of what they tell of.
        """
        self.near: dict[Profile, set[Profile]] = {}
        """What rules join with a thing of which something is told, as far as it was gathered."""
        self.as_before: set[str] = set()
        """Own IRIs of gathered things of which the same is told as when they were remembered."""
        self._came = came or {}
        self._things: dict[str, Thing | None] = {}
        self._named: dict[str, Mapping[str, str]] = {}
        self._told: dict[str, Part] = {}
        self._keeping: dict[Key, dict[Profile, set[str]]] = {}

    def thing(self, iri: str) -> Thing | None:
        """A thing by its own IRI, if any document tells of it."""
        if iri not in self._things:
            self._things[iri] = self._known(iri) or self._read(iri)
        return self._things[iri]

    def named(self, iri: str) -> Mapping[str, str]:
        """The IRI that a thing has at present in each document's graph, by the graph's IRI."""
        return self._named[iri]

    def known(self, iri: str, named: dict[str, str]) -> Known:
        """What is to be remembered of a thing that was gathered.

        Arguments:
            iri: its own IRI.
            named: the name that it has from now on in each document's graph.
        """
        thing, known = self._things[iri], self._remembered.thing(iri)
        assert thing is not None
        if known is not None:
            known.named = named
            return known
        return Known(self.kinds[iri], named, self._told[iri], thing.profile)

    def all_near(self, begin: Iterable[str], judged: Judged) -> dict[str, Thing]:
        """Things with all that a rule, a record or a person joins them with, however far.

        Arguments:
            begin: own IRIs.
            judged: what people decided.
        """
        seen: dict[str, Thing | None] = {}
        searched: set[Profile] = set()
        known: set[str] = set()
        waiting = sorted(begin)
        partners: dict[str, set[str]] = defaultdict(set)
        for pair in judged.same | judged.different:
            for iri in pair:
                partners[iri] |= pair
        while waiting:
            iri = waiting.pop()
            if iri in seen:
                continue
            seen[iri] = thing = self.thing(iri)
            near = set(partners[iri])
            record = self._naming.recorded(iri)
            common = record.common if record else iri
            if common not in known:
                known.add(common)
                near.update(self._naming.own_names(common))
            # Where the same is told of another thing, what rules join with it has been looked for already.
            if thing is not None and thing.profile not in searched:
                searched.add(thing.profile)
                near |= self.joined(thing, self.kinds[iri])
            if iri in self.kinds:
                for other in near:
                    self.kinds.setdefault(other, self.kinds[iri])
            waiting += sorted(near - seen.keys())
        return {iri: thing for iri, thing in seen.items() if thing is not None}

    def joined(self, thing: Thing, kind: Kind) -> set[str]:
        """The things that a rule joins with one, doubtful or not."""
        found: set[str] = set()
        near = self.near.setdefault(thing.profile, set())
        for key in sought(thing.profile):
            for profile, things in self._by_profile(key, kind).items():
                if profile in near or link(thing.profile, profile) is not None:
                    near.add(profile)
                    found |= things
        return found

    def _by_profile(self, key: Key, kind: Kind) -> Mapping[Profile, set[str]]:
        """The things that keep a key, by what is told of them."""
        if key not in self._keeping:
            found: dict[Profile, set[str]] = defaultdict(set)
            for iri in keeping(self._rdf, key):
                self.kinds.setdefault(iri, kind)
                if (thing := self.thing(iri)) is not None:
                    found[thing.profile].add(iri)
            self._keeping[key] = found
            self._remembered.found(key, set(found))
        return self._keeping[key]

    def _known(self, iri: str) -> Thing | None:
        """A thing that is remembered."""
        known = self._remembered.thing(iri)
        if known is None:
            return None
        before = known.profile
        known.hear(self._rdf, self._came.get(iri, ()), iri)
        if known.profile is before:
            self.as_before.add(iri)
        else:
            self._remembered.part(before)
        self.kinds[iri], self._named[iri] = known.kind, known.named
        return Thing(iri, known.profile, frozenset(known.named))

    def _read(self, iri: str) -> Thing | None:
        """A thing as the documents' graphs have it."""
        named, fixed = self._naming.named(iri)
        if not named:
            return None
        kind = self.kinds.get(iri)
        if kind is None:
            kinds = {k for d, present in named.items() if (k := kinds_in(self._rdf, d).get(present))}
            if not kinds:
                return None
            kind = self.kinds[iri] = min(kinds)
        self._named[iri] = named
        self._told[iri] = told = self._remembered.told(self._rdf, named)
        return Thing(iri, described(self._rdf, kind, told), frozenset(named), fixed)
