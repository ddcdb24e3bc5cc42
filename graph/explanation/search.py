"""The search for the shortest proof of a statement, and for further ones.

The length of a proof is the number of rules that it applies (the size of its tree; Alrabbaa, Baader, Borgwardt,
Koopmann, Kovtunova, "Finding Small Proofs for Description Logic Entailments: Theory and Practice", LPAR 2020, show that
this measure, unlike the size of a DAG, is minimised in polynomial time). Short proofs are found by iterative deepening
(`lengths`). Where the shortest proof is longer than `DEEPENING`, or is not found soon, chains are followed (`chains`),
and what lies nearest to the goal is explored (`nearest`).
"""

from collections.abc import Callable, Iterator

from graph.explanation.chains import Chain
from graph.explanation.lengths import Lengths, NotSoon
from graph.explanation.nearest import explore
from graph.explanation.proof import Proof, Statement, Step

__all__ = ["DEEPENING", "Search"]

DEEPENING = 8
"""Up to this length proofs are looked for by iterative deepening."""

_SOON = 5_000
"""So many applications of rules are looked at by iterative deepening where there are other ways to find a proof."""

_TRIED = 20_000
"""After so many applications of rules the search for further proofs ends."""


class Search:
    """A search for proofs; what it learns serves all its goals.

    Arguments:
        is_asserted: whether a statement needs no proof.
        is_stored: whether a statement is known to follow; what is not may have no proof.
        steps: the applications of rules that may conclude a statement.
        chain: the chain that comes to a statement, if there is one.
        thorough: whether to try all steps that are alike (that differ in individuals only) rather than the first few,
            where proofs are short.
    """

    def __init__(
        self,
        is_asserted: Callable[[Statement], bool],
        is_stored: Callable[[Statement], bool],
        steps: Callable[[Statement], Iterator[Step]],
        chain: Callable[[Statement], Chain | None],
        *,
        thorough: bool = True,
    ) -> None:
        self._is_stored = is_stored
        self._chain = chain
        self._lengths = Lengths(is_asserted, steps, thorough=thorough)
        self._tried = 0
        self._cut = False

    def shortest(self, goal: Statement, *, far: bool = True) -> Proof | None:
        """The shortest proof of the goal; None if none is found.

        Arguments:
            goal: the statement.
            far: whether to look for proofs longer than `DEEPENING` too.
        """
        try:
            found = self._lengths.within(goal, DEEPENING, most=_SOON if far else None) is not None
        except NotSoon:
            found = False
        if not found and far:
            found = self._follow(goal) or explore(goal, self._lengths, self._is_stored, self._follow)
        return self._lengths.proof(goal) if found else None

    def proofs(self, goal: Statement, *, far: bool = True) -> Iterator[Proof]:
        """The proofs of the goal, the shortest first, none of them circular, as long as further ones are found.

        Statements within a proof that are asserted are not proved; the goal is, even if it is asserted.

        Arguments:
            goal: the statement.
            far: whether to look for proofs longer than `DEEPENING` if there are none that are shorter.
        """
        first = self._last_steps(goal, far=far)
        if first is None:
            return
        yield first
        length = first.size
        if length > DEEPENING:
            return
        seen = {first}
        for bound in range(length, length + DEEPENING):
            self._tried, self._cut = 0, False
            for proof in self._exactly(goal, bound, frozenset(), root=True):
                if proof not in seen:
                    seen.add(proof)
                    yield proof
            if not self._cut or self._tried > _TRIED:
                return

    def _last_steps(self, goal: Statement, *, far: bool) -> Proof | None:
        """The shortest proof that applies a rule, even if the goal is asserted."""
        if not self._lengths.is_asserted(goal):
            return self.shortest(goal, far=far)
        for bound in range(1, DEEPENING + 1):
            for proof in self._exactly(goal, bound, frozenset(), root=True):
                return proof
        return None

    def _follow(self, goal: Statement) -> bool:
        """Prove the goal by a chain, in halves so that its proof is flat; whether there is one."""
        chain = self._chain(goal)
        if chain is None:
            return False
        for link, step in chain.links:
            if step is not None and all(map(self._lengths.is_asserted, step.premises)):
                self._lengths.note(link, step)
        links = [link for link, _ in chain.links]
        if any(self._lengths.within(premise, DEEPENING) is None for premise in (*chain.sides, *links)):
            return False
        while len(links) > 1:
            joined = [chain.joined(*pair) for pair in zip(links[::2], links[1::2], strict=False)]
            for conclusion, step in joined:
                self._lengths.note(conclusion, step)
            links = [*(conclusion for conclusion, _ in joined), *links[len(joined) * 2 :]]
        return True

    # Further proofs

    def _exactly(
        self, goal: Statement, length: int, above: frozenset[Statement], *, root: bool = False
    ) -> Iterator[Proof]:
        """The proofs of exactly this length in which none of `above` is used."""
        if not root and self._lengths.is_asserted(goal):
            if length == 0:
                yield Proof(goal)
            return
        if length < 1:
            return
        within = above | {goal}
        for step in self._lengths.steps_to(goal):
            self._tried += 1
            if self._tried > _TRIED:
                return
            if within.isdisjoint(step.premises):
                for premises in self._together(step.premises, length - 1, within):
                    yield Proof(goal, step.rule, premises, step.bindings)

    def _together(
        self, premises: tuple[Statement, ...], length: int, above: frozenset[Statement]
    ) -> Iterator[tuple[Proof, ...]]:
        """Proofs of all premises whose lengths sum up to this one."""
        if not premises:
            if length == 0:
                yield ()
            return
        first, rest = premises[0], premises[1:]
        most = length - sum(self._lengths.least(premise) for premise in rest)
        self._cut = self._cut or not self._lengths.is_asserted(first)
        for part in range(self._lengths.least(first), most + 1):
            if not rest and part != length:
                continue
            for proof in self._exactly(first, part, above):
                for others in self._together(rest, length - part, above):
                    yield (proof, *others)
