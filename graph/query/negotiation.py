"""Content negotiation by the Accept header (RFC 9110 §12.5.1), as pure functions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["MediaRange", "media_ranges", "negotiate"]

_ITEM = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_PART = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*")+')
_TYPE = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+")
_WEIGHT = re.compile(r"[01](?:\.\d{0,3})?")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """A range of media types with its weight: `text/*;q=0.5`. Parameters other than `q` do not matter here."""

    type: str
    subtype: str
    weight: float = 1.0

    def precision(self, media_type: str) -> int:
        """How closely it names `media_type`: 0 not at all, 1 by `*/*`, 2 by `type/*`, 3 exactly."""
        if f"{self.type}/{self.subtype}" == media_type:
            return 3
        if self.subtype != "*":
            return 0
        return 1 if self.type == "*" else 2 * (self.type == media_type.partition("/")[0])


def media_ranges(accept: str) -> tuple[MediaRange, ...]:
    """The media ranges of an Accept header; what is none is passed over."""
    found = []
    for item in _ITEM.findall(accept):
        media_type, *parameters = [part.strip() for part in _PART.findall(item)] or [""]
        if not _TYPE.fullmatch(media_type):
            continue
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                weight = min(float(value), 1.0) if _WEIGHT.fullmatch(value.strip()) else 0.0
        kind, _, subtype = media_type.lower().partition("/")
        found.append(MediaRange(kind, subtype, weight))
    return tuple(found)


def negotiate(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type to answer with.

    Arguments:
        accept: the value of the Accept header; None or empty accepts everything.
        offered: media types in lower case, the preferred one first.

    Returns:
        The offered type with the greatest weight, among equals the first; None if none is acceptable.
    """
    if not accept or not accept.strip():
        return offered[0] if offered else None
    ranges = media_ranges(accept)
    best, best_weight = None, 0.0
    for media_type in offered:
        precision, weight = max(((r.precision(media_type), r.weight) for r in ranges), default=(0, 0.0))
        if precision and weight > best_weight:
            best, best_weight = media_type, weight
    return best
