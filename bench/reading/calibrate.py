"""How often each rule is right: `python -m bench.reading.calibrate [--write | --first TEXTS]`.

Counts, on the texts that were tuned on, the tuples of `../shared/score.py` that each rule's facts and values yield, and
how many of them are right. On texts that nobody has tuned on rules are right less often, some kinds much less: how much
less is known from first readings. `--first tune6` keeps what the rules yield on new texts before they are tuned on, in
`first_readings.toml`. `--write` keeps in `loaders/<language>/confidence.toml` each rule's smoothed precision, lowered
as that of its kind was lower at the first reading. Then compares what the facts are trusted with and how often they are
right, on those texts and on the ones held out, and draws `docs/reliability.svg`.
"""

import argparse
import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
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
FIRST_READINGS = Path(__file__).with_name("first_readings.toml")
FIRST_WEIGHT = 20.0
"""How many observations the precision of all kinds is worth where one kind is judged by its first readings."""
BINS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
LANGUAGES = ("ru", "en", "kk")
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


def counted(seen: list[Judged], *, by_kind: bool) -> dict[str, tuple[int, int]]:
    """How many tuples of each rule are right, and how many there are; or of each kind, which begins a rule's name."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for each in seen:
        rule = each.rule.rpartition("/")[2]
        name = rule.partition("-")[0] if by_kind else rule
        right, number = counts[name]
        counts[name] = right + each.right, number + 1
    return dict(sorted(counts.items()))


def lowered(first: Mapping[str, tuple[int, int]], tuned: Mapping[str, tuple[int, int]]) -> dict[str, float]:
    """By what each kind's precision on texts tuned on is to be multiplied for texts that are not, at most 1.

    Half of the way down to the first readings: part of what was wrong then has been mended since, and that part cannot
    be told without texts that are newer still.
    """
    if not first:
        return {}
    overall = sum(right for right, _ in first.values()) / sum(number for _, number in first.values())
    factors = {}
    for kind, (right, number) in tuned.items():
        expected = smoothed(*first.get(kind, (0, 0)), overall, FIRST_WEIGHT)
        factors[kind] = min(1.0, (1.0 + expected * number / right) / 2.0) if right else 1.0
    return factors


def write(language: str, seen: list[Judged]) -> None:
    """Keep what each rule is trusted with."""
    first = tomllib.loads(FIRST_READINGS.read_text(encoding="utf-8")).get(language, {})
    factors = lowered(first, counted(seen, by_kind=True))
    trusted = {
        rule: smoothed(right, number, PRIOR, WEIGHT) * factors.get(rule.partition("-")[0], 1.0)
        for rule, (right, number) in counted(seen, by_kind=False).items()
    }
    lines = [
        "# What each rule is trusted with: its precision on the texts that were tuned on, smoothed, and lowered as its",
        "# kind was right less often when texts were read for the first time.",
        "# Written by `python -m bench.reading.calibrate --write`.",
        f"default = {PRIOR}",
        "",
        "[rules]",
        *(f"{rule} = {value:.2f}" for rule, value in trusted.items()),
    ]
    (ROOT / "loaders" / language / "confidence.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def keep_first_readings(prefix: str) -> None:
    """Keep what the rules yield on texts whose names begin so, which nobody has tuned on yet."""
    lines = [
        "# Texts read for the first time, before anybody tuned on them: right and all tuples by kind of rule.",
        f"# Kept by `python -m bench.reading.calibrate --first {prefix}` before those texts were tuned on.",
    ]
    reader = Reader(reference_names())
    for language in LANGUAGES:
        seen = observe(reader, [p for p in texts(OWN, language) if p.stem.startswith(prefix)])
        lines += ["", f"[{language}]"]
        lines += [f"{kind} = [{right}, {number}]" for kind, (right, number) in counted(seen, by_kind=True).items()]
    FIRST_READINGS.write_text("\n".join(lines) + "\n", encoding="utf-8")


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
    parser.add_argument("--first", metavar="TEXTS", help="keep the first reading of new texts whose names begin so")
    options = parser.parse_args()
    if options.first:
        keep_first_readings(options.first)
        return
    names = reference_names()
    tuned: list[Judged] = []
    held: list[Judged] = []
    for language in LANGUAGES:
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
