"""A bar for each year, of one piece for each kind, as places in a drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["YearBars", "year_bars"]

_HEIGHT = 150.0
_BASE = 132.0
_WIDTH = 960.0
_TOP = 10.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar, in units of the view box."""

    year: int
    kind: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class YearBars:
    """The drawing: its size, where its bars stand, pieces of these, and where years are written."""

    width: float
    height: float
    base: float
    pieces: tuple[Piece, ...]
    ticks: tuple[tuple[float, int], ...]


def year_bars(counts: Mapping[tuple[int, str], int], kinds: Sequence[str]) -> YearBars | None:
    """The bars of the years from the first to the last; None if there are none.

    Arguments:
        counts: how many there are of a year and kind.
        kinds: from the bottom to the top.
    """
    years = sorted({year for year, _ in counts})
    if not years:
        return None
    first, last = years[0], years[-1]
    step = _WIDTH / max(last - first + 1, 12)
    highest = max(sum(counts.get((year, kind), 0) for kind in kinds) for year in years)
    pieces = []
    for year in years:
        y = _BASE
        for kind in kinds:
            count = counts.get((year, kind), 0)
            height = (_BASE - _TOP) * count / highest
            y -= height
            if count:
                x = (year - first) * step + step * 0.1
                pieces.append(
                    Piece(year, kind, count, round(x, 1), round(y, 1), round(step * 0.8, 1), round(height, 1))
                )
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if n * step >= 60)
    ticks = tuple(
        (round(min(max((year - first + 0.5) * step, 18), _WIDTH - 18), 1), year)
        for year in range(first, last + 1)
        if (year - first) % every == 0
    )
    return YearBars(_WIDTH, _HEIGHT, _BASE, tuple(pieces), ticks)
