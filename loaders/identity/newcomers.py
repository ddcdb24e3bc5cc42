"""Which of the things that documents of a batch tell of need not be compared with all that they may be one with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyoxigraph

from loaders.identity.clusters import Judged, Thing
from loaders.identity.evidence import passage_about
from loaders.identity.joined import Joined
from loaders.identity.keys import sought
from loaders.identity.naming import Naming
from loaders.identity.record import Identification, keeping
from loaders.identity.remembered import Remembered
from loaders.identity.renaming import Labels
from loaders.identity.rules import link
from loaders.identity.things import Profile

__all__ = ["Newcomers", "Placed"]


@dataclass(frozen=True, slots=True)
class Placed:
    """What a thing is one with.

    Arguments:
        thing: the thing.
        among: those with which it is one; None if with none.
        keeps: whether its names are labels.
        coming: the documents in which it is new.
    """

    thing: Thing
    among: Joined | None
    keeps: bool
    coming: frozenset[str]

    def record(self, rdf: pyoxigraph.Store) -> Identification | None:
        """The record of it where it goes under another name; it has that name in the documents' graphs."""
        if self.among is None or self.thing.iri == self.among.common:
            return None
        common, by = self.among.common, self.among.links[self.thing.profile]
        documents = tuple(sorted(self.thing.documents))
        passages = (passage_about(rdf, common, side) for side in (documents, (self.among.told_in,)))
        evidence = tuple(sorted({passage for passage in passages if passage}))
        return Identification(self.thing.iri, common, by.rule, by.confidence, documents, evidence)


class Newcomers:
    """Things are placed one after the other; each comes to where it would if all were compared.

    Arguments:
        rdf: the state of the store, in which their keys stand.
        remembered: which things are one.
        naming: under which names the store has them.
        judged: what people decided.

    Attributes:
        placed: those that are placed, by own IRI.
        others: own IRIs of those that are to be compared with all that they may be one with.
    """

    def __init__(self, rdf: pyoxigraph.Store, remembered: Remembered, naming: Naming, judged: Judged) -> None:
        self.placed: dict[str, Placed] = {}
        self.others: set[str] = set()
        self._rdf = rdf
        self._remembered = remembered
        self._naming = naming
        self._judged = judged.things

    def place(self, thing: Thing, coming: frozenset[str], named: Mapping[str, str]) -> None:
        """Place a thing, or let it be compared.

        Arguments:
            thing: the thing.
            coming: the documents that have come and tell of it.
            named: the IRI that it has in each document that tells of it.
        """
        near = self._near(thing)
        self._remembered.note(thing.profile)
        placed = None if near is None else self._placed(thing, near, coming, named)
        if placed is not None:
            self.placed[thing.iri] = placed
            return
        self.others.add(thing.iri)
        for profile in {thing.profile, *(near or ())}:
            self.displace(profile)

    def displace(self, profile: Profile) -> None:
        """Those with which such a thing is one are to be compared anew, with all that came to them."""
        gone = self._remembered.part(profile)
        if gone is not None:
            for iri in [iri for iri, placed in self.placed.items() if placed.among is gone]:
                del self.placed[iri]
                self.others.add(iri)

    def _placed(
        self, thing: Thing, near: Collection[Profile], coming: frozenset[str], named: Mapping[str, str]
    ) -> Placed | None:
        if thing.fixed or thing.iri in self._judged:
            return None
        if not near:
            alone = self._naming.recorded(thing.iri) is None and len(self._naming.own_names(thing.iri)) == 1
            return Placed(thing, None, True, coming) if alone else None
        first, *rest = {id(joined): joined for joined in map(self._remembered.joined, near)}.values()
        if rest or first is None:
            return None
        if thing.iri not in first.shared:
            if self._naming.recorded(thing.iri) is not None or len(self._naming.own_names(thing.iri)) > 1:
                return None
            coming = frozenset(named)
        languages = Labels.languages(self._rdf, {document: named[document] for document in coming})
        keeps = first.takes(thing, coming, frozenset(languages))
        if keeps is None:
            return None
        self._remembered.join(first)
        return Placed(thing, first, keeps, coming)

    def _near(self, thing: Thing) -> Collection[Profile] | None:
        """What is told of things that a rule joins with one; None if that is not known without looking at these."""
        profile = thing.profile
        if self._remembered.joined(profile) is not None:
            return (profile,)
        near: set[Profile] = set()
        compared: set[Profile] = set()
        for key in sought(profile):
            known = self._remembered.keeping(key)
            if known is None:
                if keeping(self._rdf, key) - {thing.iri}:
                    return None
                continue
            near.update(other for other in known - compared if link(profile, other) is not None)
            compared |= known
        return near
