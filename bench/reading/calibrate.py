"""How often each rule is right: `python -m bench.reading.calibrate [--write]`.

Counts, on the texts that were tuned on, the tuples of `../shared/score.py` that each rule's facts and values yield, and
how many of them are right; `--write` keeps the smoothed precisions in `loaders/<language>/confidence.toml`. Then
compares what the facts are trusted with and how often they are right, on those texts and on the ones held out, and
draws `docs/reliability.svg`.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.reading.quality import OWN, ROOT
from bench.reading.reference import reference_names
from bench.reading.score import SHARED, scorer, texts
from loaders.reading.annotation import to_annotation
from loaders.reading.confidence import confidences, smoothed
from loaders.reading.facts import FACTUAL, Deployment, Fact, Reading, Stated
from loaders.reading.reader import Reader

PRIOR = 0.75
"""The precision of a rule of which nothing is known."""
WEIGHT = 6.0
"""How many observations the prior is worth."""
BINS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
TITLE = "What facts are trusted with, and how often they are right"


@dataclass(frozen=True, slots=True)
class Judged:
    """A tuple of a fact: the rule that found it, what it is trusted with, and whether it is right."""

    rule: str
    confidence: float
    right: bool


def judged(module: ModuleType, reading: Reading, gold: dict[str, Any]) -> Iterator[Judged]:
    """Every tuple of a reading, held against the annotation."""
    for kind in module.KINDS:
        _, _, spurious = module.compare(gold, to_annotation(reading), kind)
        wrong = Counter(spurious)
        for fact in reading.facts:
            if fact.modality not in FACTUAL:
                continue
            bare = _bare(fact)
            said = _tuples(module, reading, bare, kind)
            yield from (Judged(fact.rule, fact.confidence, item not in wrong) for item in said)
            for part, value in _parts(fact, bare):
                more = _tuples(module, reading, part, kind) - said
                yield from (Judged(value.rule, value.confidence, item not in wrong) for item in more)


def _tuples(module: ModuleType, reading: Reading, fact: Fact, kind: str) -> set[Any]:
    keyed, loose = module.flatten(to_annotation(replace(reading, facts=(fact,))), kind)
    return set().union(*keyed.values(), *loose)


def _bare(fact: Fact) -> Fact:
    """The fact without the values that have evidence of their own; agreements and meetings are nothing without who."""
    kept = {"parties", "actors", "persons"} if type(fact).__name__ in {"Agreement", "Meeting"} else set()
    changes: dict[str, Any] = {}
    for each in fields(fact):
        part = getattr(fact, each.name)
        if each.name in kept:
            continue
        if isinstance(part, Stated):
            changes[each.name] = None
        elif isinstance(part, tuple) and part and isinstance(part[0], Stated | Deployment):
            changes[each.name] = ()
    return replace(fact, **changes)


def _parts(fact: Fact, bare: Fact) -> Iterator[tuple[Fact, Stated[Any] | Deployment]]:
    """The fact with one of its values at a time."""
    for each in fields(fact):
        part, left = getattr(fact, each.name), getattr(bare, each.name)
        if part == left:
            continue
        one = isinstance(part, Stated)
        for value in (part,) if one else part:
            given: dict[str, Any] = {each.name: value if one else (value,)}
            yield replace(bare, **given), value


def observe(reader: Reader, paths: list[Path]) -> list[Judged]:
    """All tuples of all texts."""
    module = scorer()
    found: list[Judged] = []
    for path in paths:
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found += judged(module, reader.read(path.read_text(encoding="utf-8")), gold)
    return found


def write(language: str, seen: list[Judged]) -> None:
    """Keep the precision of each rule."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for each in seen:
        rule = each.rule.rpartition("/")[2]
        right, number = counts[rule]
        counts[rule] = right + each.right, number + 1
    lines = [
        "# What each rule is trusted with: its precision on the texts that were tuned on, smoothed.",
        "# Written by `python -m bench.reading.calibrate --write`.",
        f"default = {PRIOR}",
        "",
        "[rules]",
        *(f"{rule} = {smoothed(right, n, PRIOR, WEIGHT):.2f}" for rule, (right, n) in sorted(counts.items())),
    ]
    (ROOT / "loaders" / language / "confidence.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def reliability(seen: list[Judged]) -> list[tuple[float, float, int]]:
    """For each bin of confidence: the mean confidence, the share that is right, and how many."""
    rows = []
    for low, high in pairwise(BINS):
        inside = [j for j in seen if low < j.confidence <= high]
        if inside:
            mean = sum(j.confidence for j in inside) / len(inside)
            rows.append((mean, sum(j.right for j in inside) / len(inside), len(inside)))
    return rows


def draw(series: dict[str, list[tuple[float, float, int]]]) -> str:
    """A reliability diagram as SVG: confidence to the right, precision upwards, the diagonal is perfect."""
    size, edge = 360, 40
    colours = ("#1f6f8b", "#c2571a")

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + (x - 0.4) / 0.6 * size, edge + size - (y - 0.4) / 0.6 * size

    (x0, y0), (x1, y1) = at(0.4, 0.4), at(1, 1)
    shapes = [
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="none" stroke="#999"/>',
        f'<path d="M{x0} {y0}L{x1} {y1}" stroke="#999" stroke-dasharray="4"/>',
    ]
    for tick in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        x, y = at(tick, tick)
        shapes.append(f'<text x="{x:.0f}" y="{edge + size + 16}" text-anchor="middle">{tick:.1f}</text>')
        shapes.append(f'<text x="{edge - 6}" y="{y + 4:.0f}" text-anchor="end">{tick:.1f}</text>')
    for number, (name, rows) in enumerate(series.items()):
        colour = colours[number % len(colours)]
        shapes.append(f'<text x="{edge + 8}" y="{edge + 18 + 16 * number}" fill="{colour}">{name}</text>')
        for mean, share, count in rows:
            x, y = at(max(mean, 0.4), max(share, 0.4))
            shapes.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + count**0.5 / 4:.1f}" fill="{colour}" fill-opacity="0.6">'
                f"<title>{mean:.2f}: {share:.2f} of {count}</title></circle>"
            )
    side = size + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side + 20}" font-family="sans-serif" '
        f'font-size="12"><title>{TITLE}</title>{"".join(shapes)}'
        f'<text x="{side / 2}" y="{side + 12}" text-anchor="middle">confidence → precision ↑</text></svg>\n'
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the confidences, and the diagram")
    options = parser.parse_args()
    names = reference_names()
    tuned: list[Judged] = []
    held: list[Judged] = []
    for language in ("ru", "en", "kk"):
        own = texts(OWN, language)
        tune = [*texts(SHARED / "corpus", language), *(p for p in own if p.stem.startswith("tune"))]
        reader = Reader(names)
        seen = observe(reader, tune)
        if options.write and seen:
            write(language, seen)
            confidences.cache_clear()
            reader = Reader(names)
            seen = observe(reader, tune)
        tuned += seen
        held += observe(reader, [p for p in own if p.stem.startswith("hold")])
    series = {"tuned on": reliability(tuned), "held out": reliability(held)}
    for name, rows in series.items():
        print(name)
        for mean, share, count in rows:
            print(f"  confidence {mean:.2f}  right {share:.2f}  of {count}")
    if options.write:
        (ROOT / "docs" / "reliability.svg").write_text(draw(series), encoding="utf-8")


if __name__ == "__main__":
    main()
