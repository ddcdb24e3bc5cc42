"""How long the shortest proofs of statements are, as far as it is known, and iterative deepening to find out.

Statements and applications of rules are an AND/OR graph that is explored from the goal with a bound on the length
(Korf, "Depth-first iterative deepening: an optimal admissible tree search", 1985): what is known of a statement, its
length or a bound below it, is remembered. As the bound falls with each step, no statement comes to be a premise of
itself.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from graph.explanation.proof import Proof, Shape, Statement, Step
from graph.explanation.remembered import Remembered

__all__ = ["Lengths", "NotSoon"]

_ALIKE = 4
"""Of steps that are alike so many are tried for each length."""


class NotSoon(Exception):
    """Iterative deepening has looked at enough."""


class Lengths:
    """The lengths of the shortest proofs, each with its last step.

    Arguments:
        is_asserted: whether a statement needs no proof.
        steps: the applications of rules that may conclude a statement.
        thorough: whether to try all steps that are alike (that differ in individuals only) rather than the first few,
            where proofs are short.
    """

    def __init__(
        self,
        is_asserted: Callable[[Statement], bool],
        steps: Callable[[Statement], Iterator[Step]],
        *,
        thorough: bool = True,
    ) -> None:
        self.is_asserted = is_asserted
        self._alike = None if thorough else _ALIKE
        self._steps_of = steps
        self._steps: dict[Statement, Remembered[Step]] = {}
        self._known: dict[Statement, int] = {}
        self._depths: dict[Statement, int] = {}
        self._below: dict[Statement, int] = {}
        self._best: dict[Statement, Step] = {}
        self._left: int | None = None

    def steps_to(self, goal: Statement) -> Remembered[Step]:
        """The applications of rules that may conclude a statement."""
        if goal not in self._steps:
            self._steps[goal] = Remembered(self._steps_of(goal))
        return self._steps[goal]

    def known(self, goal: Statement) -> int | None:
        """The length of the shortest proof that has been found; 0 where none is needed."""
        return 0 if self.is_asserted(goal) else self._known.get(goal)

    def depth(self, goal: Statement) -> int:
        """How deep that proof is, or how deep it may be at most."""
        return self._depths.get(goal, self._known.get(goal, 0))

    def last_step(self, goal: Statement) -> Step | None:
        """How that proof ends."""
        return self._best.get(goal)

    def least(self, goal: Statement) -> int:
        """A bound below the length of the shortest proof of the goal, or that length."""
        known = self._known.get(goal)
        if known is not None:
            return known
        if self.is_asserted(goal):
            self._known[goal] = 0
            return 0
        return self._below.get(goal, 0) + 1

    def within(self, goal: Statement, bound: int, *, most: int | None = None) -> int | None:
        """The length of the shortest proof, if it is at most `bound`.

        Arguments:
            goal: the statement.
            bound: the greatest length.
            most: how many applications of rules may be looked at; as many as there are unless given.

        Raises:
            NotSoon: `most` were looked at, and it is not known.
        """
        self._left = most
        try:
            return self._within(goal, bound)
        finally:
            self._left = None

    def note(self, at: Statement, step: Step) -> None:
        """Keep a step whose premises have proofs, if no shorter proof is known."""
        length = 1 + sum(self._known.get(premise, 0) for premise in step.premises)
        if not self.is_asserted(at) and length < self._known.get(at, length + 1):
            self._known[at], self._best[at] = length, step
            self._depths[at] = 1 + max((self._depths.get(premise, 0) for premise in step.premises), default=0)

    def settle(self, at: Statement, length: int, depth: int, step: Step | None) -> None:
        """Keep what was found to be the shortest proof of a statement; no step where it is asserted."""
        self._known[at], self._depths[at] = length, depth
        if step is not None:
            self._best[at] = step

    def proof(self, goal: Statement) -> Proof:
        """The shortest proof of a statement whose length is known."""
        made: dict[Statement, Proof] = {}
        waiting = [goal]
        while waiting:
            at = waiting[-1]
            step = self._best.get(at)
            lacking = [] if step is None else [premise for premise in step.premises if premise not in made]
            if lacking:
                waiting.extend(lacking)
                continue
            waiting.pop()
            if step is None:
                made[at] = Proof(at)
            else:
                made[at] = Proof(at, step.rule, tuple(made[premise] for premise in step.premises), step.bindings)
                assert made[at].size  # counted here, from below, so that nothing has to go down a deep tree for it
        return made[goal]

    def _within(self, goal: Statement, bound: int) -> int | None:
        least = self.least(goal)
        if goal in self._known:
            return least if least <= bound else None
        for length in range(least, bound + 1):
            failed: Counter[Shape] = Counter()
            for step in self.steps_to(goal):
                self._count()
                if not self._may_reach(step, length):
                    continue
                shape = step.shape
                if failed[shape] == self._alike:
                    continue
                if self._reaches(step, length):
                    self._known[goal] = length
                    self._best[goal] = step
                    return length
                failed[shape] += 1
            self._below[goal] = length
        return None

    def _count(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise NotSoon

    def _may_reach(self, step: Step, length: int) -> bool:
        """Whether what is known does not tell that proofs of the premises are too long."""
        return sum(self.least(premise) for premise in step.premises) < length

    def _reaches(self, step: Step, length: int) -> bool:
        """Whether the premises of a step have proofs that make one of at most this length."""
        left = length - 1 - sum(self.least(premise) for premise in step.premises)
        for premise in step.premises:
            least = self.least(premise)
            found = self._within(premise, least + left)
            if found is None:
                return False
            left -= found - least
        return True
