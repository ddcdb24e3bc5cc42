"""How far a fact is to be trusted: the precision of its rule, as measured on annotated texts.

`loaders/<language>/confidence.toml` holds it for each rule; `python -m bench.reading.calibrate` writes it. A rule that
was seen too seldom to be judged alone leans on all rules together: the estimate is the mean of a beta distribution
whose prior is worth `weight` observations (Gelman et al., Bayesian Data Analysis, ch. 2).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from loaders.reading.facts import Fact, Reading, Stated
from loaders.reading.grammar import folder

__all__ = ["Confidences", "above", "calibrated", "confidences", "smoothed"]

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Confidences:
    """What the rules of a language are trusted with, 0–1.

    Arguments:
        default: of a rule that was never seen.
        rules: by the rule's name without the language.
    """

    default: float
    rules: Mapping[str, float]

    def of(self, rule: str) -> float:
        """What a rule is trusted with; its name may begin with the language."""
        return self.rules.get(rule.rpartition("/")[2], self.default)


def smoothed(right: int, seen: int, prior: float, weight: float) -> float:
    """The precision of a rule, leaning on a prior that is worth `weight` observations."""
    return (right + prior * weight) / (seen + weight)


@cache
def confidences(language: str) -> Confidences | None:
    """The measured confidences of a language; None where none were measured."""
    file = folder(language) / "confidence.toml"
    if not file.exists():
        return None
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return Confidences(float(content["default"]), {name: float(value) for name, value in content["rules"].items()})


def calibrated(fact: Fact, measured: Confidences | None) -> Fact:
    """The fact with the confidence of its rule, and each of its values with that of its own."""
    return fact if measured is None else _with_confidence(fact, measured)


def _with_confidence(value: Value, measured: Confidences) -> Value:
    """A fact, a value with evidence, or a tuple of them, its confidence and that of its parts set."""
    if isinstance(value, tuple):
        return tuple(_with_confidence(each, measured) for each in value)  # type: ignore[return-value]
    if isinstance(value, Stated):
        return replace(value, confidence=measured.of(value.rule))
    if isinstance(value, Fact) and is_dataclass(value):
        changes: dict[str, Any] = {"confidence": measured.of(value.rule)}
        for each in fields(value):
            part = getattr(value, each.name)
            if isinstance(part, tuple | Stated | Fact):
                changes[each.name] = _with_confidence(part, measured)
        return replace(value, **changes)
    return value


def above(reading: Reading, threshold: float) -> Reading:
    """The reading without facts, and values of facts, that are trusted with less than a threshold (0–1)."""
    if threshold <= 0:
        return reading
    return replace(reading, facts=tuple(_kept(fact, threshold) for fact in reading.facts if _trusted(fact, threshold)))


def _trusted(value: Fact | Stated[Any], threshold: float) -> bool:
    return value.confidence >= threshold


def _kept(fact: Fact, threshold: float) -> Fact:
    changes: dict[str, Any] = {}
    for each in fields(fact):
        part = getattr(fact, each.name)
        if isinstance(part, Stated) and not _trusted(part, threshold):
            changes[each.name] = None
        elif isinstance(part, tuple):
            changes[each.name] = tuple(p for p in part if not isinstance(p, Stated | Fact) or _trusted(p, threshold))
    return replace(fact, **changes)
