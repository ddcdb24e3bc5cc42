"""What a rule says of two things of different documents that it finds to be one.

A rule's name goes into the graph as the origin of the identification. The confidences are set by hand, below the shares
of right pairs that `bench/reading/identity.py` counts.
"""

from dataclasses import dataclass

__all__ = ["Link"]


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """That two things are one, by a rule."""

    confidence: float
    rule: str
