"""The default engine for those who may never infer: it is imported, and numpy with it, with the first closure."""

from collections.abc import Iterable

from pyoxigraph import Triple

from graph.reasoner.interface import Closure

__all__ = ["ReasonerWhenNeeded"]


class ReasonerWhenNeeded:
    """`graph.reasoner.owl2rl`, as soon as it is needed: most who open a store only read it."""

    name = "owl2rl"

    def closure(self, triples: Iterable[Triple], *, full: bool = False, earlier: Closure | None = None) -> Closure:
        """What follows from `triples`: see `graph.reasoner.interface.Reasoner`."""
        from graph.reasoner.owl2rl.reasoner import Owl2RlReasoner

        return Owl2RlReasoner().closure(triples, full=full, earlier=earlier)
