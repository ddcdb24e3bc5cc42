"""Only what the text says: facts and values whose words are not in the text, or whose date is none, are dropped."""

from dataclasses import fields, replace
from typing import Any, TypeVar

from loaders.reading.facts import Deployment, Fact, PartialDate, Reading, Span, Stated
from loaders.to_rdf.terms import bounds

__all__ = ["grounded"]

SomeFact = TypeVar("SomeFact", bound=Fact)


def grounded(reading: Reading, text: str) -> tuple[Reading, int]:
    """The reading without what does not rest on `text`.

    A fact without evidence, or with evidence that is no stretch of the text, is dropped as a whole; of a fact that
    stands, a value with such evidence or with an impossible date is dropped alone.

    Returns:
        the reading that is left, and how many facts and values were dropped.
    """
    check = _Check(text)
    facts = tuple(fact for fact in map(check.fact, reading.facts) if fact is not None)
    issued = reading.issued if reading.issued is None or _is_date(reading.issued) else None
    return replace(reading, facts=facts, issued=issued), check.refused


class _Check:
    def __init__(self, text: str) -> None:
        self._text = text
        self.refused = 0

    def fact(self, fact: SomeFact) -> SomeFact | None:
        if not self._rests(fact.evidence):
            self.refused += 1
            return None
        changes: dict[str, Any] = {}
        for each in fields(fact):
            value = getattr(fact, each.name)
            if isinstance(value, Stated) and not self._stands(value):
                self.refused += 1
                changes[each.name] = None
            elif isinstance(value, tuple) and value and isinstance(value[0], Stated):
                kept = tuple(v for v in value if self._stands(v))
                self.refused += len(value) - len(kept)
                changes[each.name] = kept
            elif isinstance(value, tuple) and value and isinstance(value[0], Deployment):
                changes[each.name] = tuple(d for d in map(self.fact, value) if d is not None)
        return replace(fact, **changes) if changes else fact

    def _stands(self, stated: Stated[Any]) -> bool:
        value = stated.value
        return self._rests(stated.evidence) and (not isinstance(value, PartialDate) or _is_date(value))

    def _rests(self, evidence: tuple[Span, ...]) -> bool:
        return bool(evidence) and all(
            0 <= span.begin < span.end <= len(self._text) and not span.of(self._text).isspace() for span in evidence
        )


def _is_date(value: PartialDate) -> bool:
    try:
        bounds(value)
    except ValueError:
        return False
    return True
