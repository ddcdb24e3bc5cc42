"""What is kept of things that were found to be one, so that a newcomer is compared with that and not with each of them.

It is kept only where the outcome is plain: of all things that rules join with one another none speaks against another,
no document tells of two of them, nobody decided about them. Then all are one (`clusters` comes to the same), and stay
so when a thing of other documents comes of which the same is told, or what speaks against none of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement

from loaders.identity.clusters import Thing, link_of
from loaders.identity.link import Link
from loaders.identity.rules import opposed
from loaders.identity.things import Profile

__all__ = ["Joined", "joined"]

_MOST_PROFILES = 200
"""More than so many different descriptions of one thing are compared anew each time."""

Labelled = list[tuple[str, frozenset[str]]]


@dataclass(slots=True, eq=False)
class Joined:
    """Things that are one.

    Arguments:
        common: the IRI under which they go.
        links: by what a thing of which that is told belongs to them.
        documents: those that tell of them.
        labelled: own IRIs of those whose names are labels, with the languages of these: the common one, then sorted.
        shared: own IRIs of those that are no single document's, with the languages of their names.
        told_in: the first document, in the order of IRIs, with a passage about the thing that gives the name.
        profile: what is told of that.
    """

    common: str
    links: dict[Profile, Link]
    documents: set[str]
    labelled: Labelled
    shared: dict[str, frozenset[str]]
    told_in: str
    profile: Profile

    def takes(self, thing: Thing, coming: Collection[str], languages: frozenset[str]) -> bool | None:
        """Take a thing up, or the documents that came to one that is here.

        Arguments:
            thing: the thing.
            coming: the documents of it that are new here.
            languages: those of its names in these.

        Returns:
            whether its names are labels; None, with nothing changed, where all are to be compared anew.
        """
        if thing.fixed or not self.documents.isdisjoint(coming):
            return None
        known = self.shared.get(thing.iri)
        if known is not None:
            if not languages <= known or (thing.iri == self.common and min(coming, default="~") < self.told_in):
                return None
            self.documents.update(coming)
            return any(iri == thing.iri for iri, _ in self.labelled)
        if "/document/" in self.common and "/document/" not in thing.iri:
            return None  # a better name
        keeps = self._labels(thing.iri, languages)
        links = self.links if thing.profile in self.links else self._links_with(thing.profile)
        if keeps is None or links is None:
            return None
        self.links = links
        self.documents.update(coming)
        if keeps and languages:
            self.labelled[1:] = sorted([*self.labelled[1:], (thing.iri, languages)])
        if "/document/" not in thing.iri:
            self.shared[thing.iri] = languages
        return keeps

    def _labels(self, iri: str, languages: frozenset[str]) -> bool | None:
        """Whether the names of a newcomer are labels; None if those of another would not be any more."""
        for other, taken in self.labelled:
            if languages & taken:
                return False if other == self.common or other < iri else None
        return True

    def _links_with(self, profile: Profile) -> dict[Profile, Link] | None:
        """By what each belongs to them when this comes; None where anything would change."""
        together = [*self.links, profile]
        if len(together) > _MOST_PROFILES or any(opposed(profile, other) for other in together):
            return None
        links = {each: link_of(each, self.profile, together) for each in together}
        return None if any(links[each] != before for each, before in self.links.items()) else links


def joined(
    group: frozenset[str],
    common: str,
    things: Mapping[str, Thing],
    near: Mapping[Profile, Collection[Profile]],
    labelled: Labelled,
    languages: Mapping[str, frozenset[str]],
    told_in: str | None,
) -> Joined | None:
    """What is to be kept of things that are one; None where the outcome is not plain.

    Arguments:
        group: their own IRIs.
        common: the IRI under which they go.
        things: all that were looked at together.
        near: what rules join with each thing of which something is told.
        labelled, told_in: as `Joined` has them.
        languages: those of the names of each of the group.
    """
    profiles = {things[iri].profile for iri in group}
    if told_in is None or len(profiles) > _MOST_PROFILES or any(things[iri].fixed for iri in group):
        return None
    if any(thing.profile in profiles and iri not in group for iri, thing in things.items()):
        return None
    if any(not profiles.issuperset(near.get(profile, ())) for profile in profiles) or _oppose(profiles):
        return None
    main = things[common].profile
    links = {profile: link_of(profile, main, profiles) for profile in profiles}
    documents = {document for iri in group for document in things[iri].documents}
    shared = {iri: languages.get(iri, frozenset()) for iri in group if "/document/" not in iri}
    return Joined(common, links, documents, labelled, shared, told_in, main)


def _oppose(profiles: Iterable[Profile]) -> bool:
    return any(opposed(one, other) for one, other in combinations_with_replacement(profiles, 2))
