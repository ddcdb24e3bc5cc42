"""What is told to an engine that follows changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Triple

__all__ = ["Change", "Inferred"]


@dataclass(frozen=True, slots=True)
class Change:
    """What is asserted that was not, and what is no longer asserted by anybody.

    Arguments:
        added: what came.
        removed: what went.
        seen: those of `added` that may have been inferred before.
    """

    added: frozenset[Triple]
    removed: frozenset[Triple]
    seen: frozenset[Triple]


class Inferred(Protocol):
    """The inferred graph in its store, as it is changed. The merged graph follows."""

    def infer(self, triples: Iterable[Triple]) -> None:
        """Put these, which are not asserted, into the inferred graph."""
        ...

    def forget(self, triples: Iterable[Triple]) -> None:
        """Take these out of the inferred graph."""
        ...

    def show_again(self, triples: Iterable[Triple]) -> None:
        """Let the merged graph hold these, although nobody asserts them any more."""
        ...
