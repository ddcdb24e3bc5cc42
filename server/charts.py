"""Small charts, laid out on the server; the templates draw them as SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Bar", "BarChart", "bar_chart"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: where it stands, and what it says. Lengths in units of the chart's view box."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart of upright bars.

    Arguments:
        width, height: of the view box; below `base` there is room for the labels of the axis.
        base: where the bars stand.
        bars: the bars from left to right.
        ticks: labels of the horizontal axis, with their places.
        lines: labels of the vertical axis, with their places.
    """

    width: float
    height: float
    base: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[tuple[float, str], ...]


_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640.0, 220.0, 28.0, 10.0, 24.0
_LABELS = 8


def bar_chart(values: Sequence[tuple[str, int]]) -> BarChart | None:
    """Lay out bars.

    Arguments:
        values: label and value of each bar, from left to right; values are not negative.

    Returns:
        The chart; None where there is nothing to show.
    """
    if not any(value for _, value in values):
        return None
    step = _nice_step(max(value for _, value in values))
    top = math.ceil(max(value for _, value in values) / step) * step
    base = _HEIGHT - _BOTTOM
    scale = (base - _TOP) / top
    room = (_WIDTH - _LEFT) / len(values)
    width = min(room * 0.72, 44.0)
    bars = tuple(
        Bar(
            x=round(_LEFT + room * (place + 0.5) - width / 2, 2),
            y=round(base - value * scale, 2),
            width=round(width, 2),
            height=round(value * scale, 2),
            label=label,
            value=value,
        )
        for place, (label, value) in enumerate(values)
    )
    every = max(1, math.ceil(len(values) / _LABELS))
    ticks = tuple(
        (round(bar.x + bar.width / 2, 2), bar.label)
        for place, bar in enumerate(bars)
        if (len(bars) - 1 - place) % every == 0
    )
    lines = tuple((round(base - value * scale, 2), str(value)) for value in range(0, top + 1, step))
    return BarChart(_WIDTH, _HEIGHT, base, bars, ticks, lines)


def _nice_step(highest: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that takes at most five steps to the highest value."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= factor * power * 5:
                return factor * power
        power *= 10
