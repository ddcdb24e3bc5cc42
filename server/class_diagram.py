"""A drawing of the classes of the ontology: their tree, and beside it an arc from class to class for the properties.

An arc diagram (M. Wattenberg, "Arc Diagrams: Visualizing Structure in Strings", 2002) is laid out without search, so
it looks the same at each request, and a class has its line whatever else there is.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

__all__ = ["Arc", "ClassDiagram", "ClassRow", "class_diagram"]

ROW = 26
INDENT = 20
_FIRST = 22
_ARCS_AT = 330
_ROOM = 24


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class in the drawing: where its name begins, the elbow from the class above to it, and whether arcs meet it."""

    iri: str
    x: int
    y: int
    elbow: str
    has_arcs: bool = False


@dataclass(frozen=True, slots=True)
class Arc:
    """The properties that lead from one class to another, as one curve."""

    properties: tuple[str, ...]
    domain: str
    range: str
    path: str
    up: bool


@dataclass(frozen=True, slots=True)
class ClassDiagram:
    """The drawing; lengths in units of its view box.

    Arguments:
        width, height: of the view box.
        arcs_at: where the arcs begin and end, from the left.
        rows: the classes from top to bottom.
        arcs: the properties between them.
    """

    width: int
    height: int
    arcs_at: int
    rows: tuple[ClassRow, ...]
    arcs: tuple[Arc, ...]


def class_diagram(
    superclasses: Mapping[str, Iterable[str]], properties: Iterable[tuple[str, str, str]]
) -> ClassDiagram:
    """Lay out classes and the properties between them.

    Arguments:
        superclasses: the direct superclasses of each class; those that are no keys themselves are left out.
        properties: property, domain and range, by IRI; those of classes that are no keys are left out.
    """
    below: dict[str | None, list[str]] = defaultdict(list)
    for one in sorted(superclasses):
        above = [upper for upper in superclasses[one] if upper in superclasses and upper != one]
        below[min(above, default=None)].append(one)
    rows: list[ClassRow] = []
    _place(below, None, 0, _FIRST, rows)
    heights = {row.iri: row.y for row in rows}
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, domain, target in properties:
        if domain in heights and target in heights:
            between[domain, target].append(iri)
    arcs = tuple(
        Arc(
            tuple(sorted(names)),
            domain,
            target,
            _curve(heights[domain], heights[target]),
            up=heights[target] < heights[domain],
        )
        for (domain, target), names in sorted(between.items())
    )
    ends = {end for arc in arcs for end in (arc.domain, arc.range)}
    rows = [replace(row, has_arcs=row.iri in ends) for row in rows]
    widest = max((abs(heights[arc.domain] - heights[arc.range]) for arc in arcs), default=0)
    height = max(heights.values(), default=0) + _ROOM
    return ClassDiagram(_ARCS_AT + round(_bulge(widest)) + _ROOM, height, _ARCS_AT, tuple(rows), arcs)


def _place(
    below: Mapping[str | None, list[str]], above: str | None, depth: int, top: int, rows: list[ClassRow]
) -> None:
    """Add the rows of the classes under one, each before those under it."""
    for iri in below.get(above, ()):
        y = _FIRST + ROW * len(rows)
        x = 12 + depth * INDENT
        elbow = f"M{x - INDENT + 5} {top + 8}V{y - 4}H{x - 4}" if depth else ""
        rows.append(ClassRow(iri, x, y, elbow))
        _place(below, iri, depth + 1, y, rows)


def _bulge(distance: float) -> float:
    return 30 + 6.2 * math.sqrt(distance)


def _curve(start: float, end: float) -> str:
    """A curve to the right of the names; from a class to itself, a loop."""
    if start == end:
        return f"M{_ARCS_AT} {start - 9}c34 -6 34 16 0 10"
    reach = _ARCS_AT + 4 / 3 * _bulge(abs(end - start))
    return f"M{_ARCS_AT} {start - 4}C{reach:.0f} {start - 4} {reach:.0f} {end - 4} {_ARCS_AT} {end - 4}"
