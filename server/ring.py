"""Who works most with whom, as a drawing: actors around a circle, ties as curves through it."""

import math
from dataclasses import dataclass

from graph.cooperation import Tie, Ties

__all__ = ["Ring", "ring"]

_WIDTH, _HEIGHT, _RADIUS = 560.0, 440.0, 158.0
_WIDEST = 9.0
_LARGEST = 15.0
_AWAY = 9.0
"""From the rim of a circle to its name."""


@dataclass(frozen=True, slots=True)
class Seat:
    """An actor on the circle: its IRI, its circle and where its name begins or ends."""

    iri: str
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A tie: the data of its path, how wide it is, and how much of its colour shows (0 to 1)."""

    tie: Tie
    path: str
    stroke: float
    opacity: float


@dataclass(frozen=True, slots=True)
class Ring:
    """The drawing, in units of its view box; the heaviest curves come last, so that they lie on top."""

    width: float
    height: float
    seats: tuple[Seat, ...]
    curves: tuple[Curve, ...]


def ring(found: Ties, most: int = 12) -> Ring | None:
    """Place the busiest actors around a circle, those with much in common beside each other.

    Arguments:
        found: ties, with the actors in the order of how busy they are.
        most: actors that there is room for.

    Returns:
        The drawing; None where fewer than three are tied.
    """
    busiest = list(found.actors)[:most]
    within = [tie for tie in found.ties if tie.one in busiest and tie.another in busiest]
    tied = {end for tie in within for end in (tie.one, tie.another)}
    order = _beside_each_other([actor for actor in busiest if actor in tied], within)
    if len(order) < 3:
        return None
    angles = {actor: 2 * math.pi * place / len(order) - math.pi / 2 for place, actor in enumerate(order)}
    most_doings = max(found.actors[actor] for actor in order)
    heaviest = max(tie.weight for tie in within)
    seats = tuple(_seat(actor, angles[actor], math.sqrt(found.actors[actor] / most_doings)) for actor in order)
    curves = tuple(
        _curve(tie, angles[tie.one], angles[tie.another], math.sqrt(tie.weight / heaviest))
        for tie in sorted(within, key=lambda tie: tie.weight)
    )
    return Ring(_WIDTH, _HEIGHT, seats, curves)


def _beside_each_other(actors: list[str], ties: list[Tie]) -> list[str]:
    """The actors in such an order that each one follows the one that it has most in common with, of those left."""
    weights = {frozenset((tie.one, tie.another)): tie.weight for tie in ties}
    order, left = actors[:1], actors[1:]
    while left:
        following = max(left, key=lambda actor: weights.get(frozenset((order[-1], actor)), 0))
        order.append(following)
        left.remove(following)
    return order


def _seat(actor: str, angle: float, share: float) -> Seat:
    x, y = _at(angle, _RADIUS)
    radius = 4 + (_LARGEST - 4) * share
    label_x, label_y = _at(angle, _RADIUS + radius + _AWAY)
    side = math.cos(angle)
    anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
    lower = 12 * (1 + math.sin(angle)) / 2 - 1  # a name above the circle stands on its point, one below hangs from it
    return Seat(actor, x, y, round(radius, 1), label_x, round(label_y + lower, 1), anchor)


def _curve(tie: Tie, one: float, another: float, share: float) -> Curve:
    (x1, y1), (x2, y2) = _at(one, _RADIUS), _at(another, _RADIUS)
    apart = abs((one - another + math.pi) % (2 * math.pi) - math.pi)
    pull = 0.25 + 0.6 * (1 - apart / math.pi)  # neighbours are tied by a flat curve, opposite ones through the middle
    middle_x, middle_y = (x1 + x2) / 2, (y1 + y2) / 2
    x = middle_x * pull + _WIDTH / 2 * (1 - pull)
    y = middle_y * pull + _HEIGHT / 2 * (1 - pull)
    path = f"M{x1} {y1}Q{x:.1f} {y:.1f} {x2} {y2}"
    return Curve(tie, path, round(0.8 + (_WIDEST - 0.8) * share**2, 1), round(0.16 + 0.6 * share, 2))


def _at(angle: float, far: float) -> tuple[float, float]:
    return round(_WIDTH / 2 + far * math.cos(angle), 1), round(_HEIGHT / 2 + far * math.sin(angle), 1)
