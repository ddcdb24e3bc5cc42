"""Which of a set of things are one: rules propose pairs, what speaks against them and what people decided disposes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from loaders.identity.keys import Key, kept, sought
from loaders.identity.link import Link
from loaders.identity.record import Judgement
from loaders.identity.rules import link, opposed
from loaders.identity.things import Profile

__all__ = ["BY_PERSON", "Judged", "Thing", "clusters", "judged_pairs", "link_of", "link_within"]

BY_PERSON = Link(1.0, "person/same")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as its documents have it.

    Arguments:
        iri: its own IRI.
        profile: what they tell of it.
        documents: their IRIs; two things of one document are two.
        fixed: whether it is named where nothing can be renamed: of two such things neither can go under the other.
    """

    iri: str
    profile: Profile
    documents: frozenset[str]
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided: pairs of own IRIs that are one, pairs that are two, and which of those was judged."""

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()
    odd: frozenset[str] = frozenset()

    @property
    def things(self) -> frozenset[str]:
        """Own IRIs of all about which something was decided."""
        return frozenset(iri for pair in self.same | self.different for iri in pair)


@dataclass(slots=True)
class _Cluster:
    members: set[str]
    documents: set[str]
    profiles: set[Profile] = field(default_factory=set)
    fixed: int = 0


def clusters(things: Iterable[Thing], judged: Judged = Judged()) -> list[frozenset[str]]:
    """The things that are one, as sets of their own IRIs.

    The same whatever the order of the things. A thing that may be either of two is neither; what a person holds apart
    from others is joined last, so that the others stay together.

    Arguments:
        things: all that rules can join with each other.
        judged: what people decided.
    """
    known = {thing.iri: thing for thing in things}
    found = {
        iri: _Cluster({iri}, set(thing.documents), {thing.profile}, int(thing.fixed)) for iri, thing in known.items()
    }
    for pair in sorted(judged.same, key=sorted):
        one, *rest = sorted(pair)
        for other in rest:
            if one in found and other in found:
                _join(found, one, other, judged)
    for _, one, other in sorted(_edges(known, judged)):
        if not any(opposed(a, b) for a in found[one].profiles for b in found[other].profiles):
            _join(found, one, other, judged)
    return sorted({frozenset(cluster.members) for cluster in found.values()}, key=sorted)


def judged_pairs(made: Iterable[Judgement]) -> Judged:
    """What was decided last about each pair."""
    pairs: dict[frozenset[str], Judgement] = {}
    for judgement in made:
        for one in judgement.things:
            pairs.update({frozenset({one, other}): judgement for other in judgement.others if one != other})
    different = {pair for pair, judgement in pairs.items() if not judgement.same}
    odd = {iri for pair in different for iri in pairs[pair].things if iri in pair}
    return Judged(frozenset(pairs.keys() - different), frozenset(different), frozenset(odd))


def link_within(
    thing: Thing, to: Thing, cluster: frozenset[str], profiles: Collection[Profile], judged: Judged
) -> Link:
    """By what a thing belongs to its cluster: if possible by what it has in common with `to`.

    Arguments:
        thing: the thing.
        to: that under whose name it goes.
        cluster: the own IRIs of all that are one with it.
        profiles: what is told of these.
        judged: what people decided.
    """
    if any(thing.iri in pair and pair <= cluster for pair in judged.same):
        return BY_PERSON
    return link_of(thing.profile, to.profile, profiles)


def link_of(profile: Profile, to: Profile, profiles: Iterable[Profile]) -> Link:
    """By what a thing of which that is told belongs to others that no person joined it with.

    Arguments:
        profile: what is told of it.
        to: what is told of that under whose name it goes.
        profiles: what is told of all.
    """
    direct = link(profile, to)
    if direct is not None:
        return direct
    others = (link(profile, other) for other in profiles)
    return max((each for each in others if each is not None), default=BY_PERSON)


def _join(found: dict[str, _Cluster], one: str, other: str, judged: Judged) -> None:
    mine, theirs = found[one], found[other]
    if mine is theirs or mine.documents & theirs.documents or mine.fixed + theirs.fixed > 1:
        return
    if any(len(pair & mine.members) == 1 and pair <= mine.members | theirs.members for pair in judged.different):
        return
    if len(mine.members) < len(theirs.members):
        mine, theirs = theirs, mine
    mine.members |= theirs.members
    mine.documents |= theirs.documents
    mine.profiles |= theirs.profiles
    mine.fixed += theirs.fixed
    for member in theirs.members:
        found[member] = mine


_Alike = dict[Profile, list[Thing]]


def _edges(known: Mapping[str, Thing], judged: Judged) -> Iterator[tuple[tuple[bool, float, str], str, str]]:
    """The pairs that rules join, the surest first; things of which the same is told are compared once."""
    alike: _Alike = defaultdict(list)
    for thing in sorted(known.values(), key=lambda t: (t.iri in judged.odd, t.iri)):
        alike[thing.profile].append(thing)
    links = _links(alike)
    doubtful = _doubtful(alike, links)
    for (one, other), by in links.items():
        mine, theirs = ([t for t in alike[p] if t.iri not in doubtful] for p in (one, other))
        if not mine or not theirs:
            continue
        pairs = {(mine[0].iri, thing.iri) for thing in theirs} | {(thing.iri, theirs[0].iri) for thing in mine}
        for first, second in pairs:
            if first != second:
                odd = first in judged.odd or second in judged.odd
                yield (odd, -by.confidence, by.rule), min(first, second), max(first, second)


def _links(alike: _Alike) -> dict[tuple[Profile, Profile], Link]:
    """The rules that join what is told of things, without those that join one with either of two."""
    keeping: dict[Key, list[Profile]] = defaultdict(list)
    for profile in alike:
        for key in kept(profile):
            keeping[key].append(profile)
    links: dict[tuple[Profile, Profile], Link] = {}
    for one in alike:
        for other in dict.fromkeys(other for key in sought(one) for other in keeping.get(key, ())):
            if other is not one and (other, one) not in links and (by := link(one, other)):
                links[one, other] = by
    neighbours: dict[Profile, list[tuple[Profile, Link]]] = defaultdict(list)
    for (one, other), by in links.items():
        neighbours[one].append((other, by))
        neighbours[other].append((one, by))
    for (one, other), by in list(links.items()):
        for middle, end in ((one, other), (other, one)):
            rivals = (p for p, rival in neighbours[middle] if p is not end and rival.confidence >= by.confidence)
            if any(opposed(end, rival) for rival in rivals):
                links.pop((one, other), None)
    for profile, members in alike.items():
        if len(members) > 1 and (by := link(profile, profile)):
            links[profile, profile] = by
    return links


def _doubtful(alike: _Alike, links: Mapping[tuple[Profile, Profile], Link]) -> set[str]:
    """Things that their document tells from another that is as like the same third: nobody can say which it is."""
    found: set[str] = set()
    reached: dict[Profile, list[tuple[float, Thing]]] = defaultdict(list)
    for (one, other), by in links.items():
        reached[one] += [(by.confidence, thing) for thing in alike[other]]
        if one is not other:
            reached[other] += [(by.confidence, thing) for thing in alike[one]]
    for near in reached.values():
        by_document: dict[str, dict[str, float]] = defaultdict(dict)
        for confidence, thing in near:
            for document in thing.documents:
                by_document[document][thing.iri] = max(confidence, by_document[document].get(thing.iri, 0.0))
        for rivals in by_document.values():
            if len(rivals) > 1:
                best = max(rivals.values())
                sure = [iri for iri, confidence in rivals.items() if confidence == best]
                found |= set(rivals) - (set(sure) if len(sure) == 1 else set())
    return found
