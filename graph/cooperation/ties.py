"""Ties between actors: each two that have part in a doing are tied by it (the one-mode projection of actors and doings,
Wasserman and Faust, Social Network Analysis, 1994, section 8.4), and a tie weighs as many doings as it has.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from graph.cooperation.doings import JointDoing
from graph.export.network import Edge, Kind, Network, Node, Relation

__all__ = ["Tie", "Ties", "as_network", "ties"]

_CROWD = 60
"""Doings with more actors than this tie nobody: a summit of 190 states says nothing about any two of them."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What two actors have together.

    Arguments:
        one, another: IRIs, in alphabetical order.
        kinds: how many doings of each kind, as pairs sorted by kind.
        weight: how many in all.
        first_day, last_day: from when to when, or `""`.
    """

    one: str
    another: str
    kinds: tuple[tuple[str, int], ...]
    weight: int
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties among actors, the heaviest first.

    Arguments:
        actors: how many doings each actor that is tied to another has with others, by IRI, the busiest first.
        ties: the ties between these.
        actors_cut, ties_cut: how many more of each there are than were wanted at most.
    """

    actors: dict[str, int]
    ties: tuple[Tie, ...]
    actors_cut: int = 0
    ties_cut: int = 0


def ties(
    doings: Iterable[JointDoing],
    *,
    minimum: int = 1,
    around: str = "",
    actors_limit: int = 2_000,
    ties_limit: int = 12_000,
) -> Ties:
    """The ties that doings make; what is only planned makes none.

    Arguments:
        doings: what counts.
        minimum: of its weight, for a tie to be there.
        around: IRI of an actor; only it, those tied to it, and the ties between all of these are kept.
        actors_limit: how many actors there may be; the busiest are kept.
        ties_limit: how many ties there may be; the heaviest are kept.
    """
    together: dict[tuple[str, str], list[JointDoing]] = defaultdict(list)
    busy: Counter[str] = Counter()
    for doing in doings:
        if 1 < len(doing.actors) <= _CROWD and not doing.planned:
            busy.update(doing.actors)
            for pair in combinations(doing.actors, 2):
                together[pair].append(doing)
    found = [_tie(pair, shared) for pair, shared in together.items() if len(shared) >= minimum]
    if around:
        near = {around, *(end for tie in found if around in (tie.one, tie.another) for end in (tie.one, tie.another))}
        found = [tie for tie in found if tie.one in near and tie.another in near]
    tied = {end for tie in found for end in (tie.one, tie.another)}
    order = sorted(tied, key=lambda actor: (actor != around, -busy[actor], actor))
    kept = dict.fromkeys(order[:actors_limit])
    within = [tie for tie in found if tie.one in kept and tie.another in kept]
    within.sort(key=lambda tie: (-tie.weight, tie.one, tie.another))
    shown = tuple(within[:ties_limit])
    return Ties({actor: busy[actor] for actor in kept}, shown, len(order) - len(kept), len(within) - len(shown))


def _tie(pair: tuple[str, str], shared: list[JointDoing]) -> Tie:
    first = min((doing.first_day for doing in shared if doing.first_day), default="")
    last = max((doing.last_day for doing in shared), default="")
    kinds = Counter(doing.kind for doing in shared)
    return Tie(*pair, tuple(sorted(kinds.items())), len(shared), first, last)


def as_network(found: Ties, nodes: Iterable[tuple[str, Kind, str, str]]) -> Network:
    """The ties as a network for graph tools.

    Arguments:
        found: the ties.
        nodes: for each actor its IRI, kind, name, and ISO 3166-1 alpha-3 code (or `""`).
    """
    drawn = tuple(sorted((Node(iri, kind, label, iso3=iso3) for iri, kind, label, iso3 in nodes), key=lambda n: n.iri))
    relation = Relation("worksWith", "works with", "", directed=False)
    edges = (Edge(t.one, t.another, relation, t.weight, t.first_day, t.last_day) for t in found.ties)
    return Network(drawn, tuple(sorted(edges, key=lambda edge: (edge.source, edge.target))))
