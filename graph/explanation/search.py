"""The search for the shortest proof of a statement, and for further ones.

The length of a proof is the number of rules that it applies (the size of its tree; Alrabbaa, Baader, Borgwardt,
Koopmann, Kovtunova, "Finding Small Proofs for Description Logic Entailments: Theory and Practice", LPAR 2020, show that
this measure, unlike the size of a DAG, is minimised in polynomial time). Statements and applications of rules are an
AND/OR graph that is explored from the goal by iterative deepening on the length (Korf, "Depth-first iterative
deepening: an optimal admissible tree search", 1985): what is known of a statement, its length or a bound below it, is
remembered. As the bound falls with each step, no statement comes to be a premise of itself.

Where the shortest proof is longer than `DEEPENING`, or is not found soon, chains are followed (`chains`), and the part
of the AND/OR graph that lies nearest to the goal is explored as far as it takes; lengths are found from the leaves
(Knuth, "A generalization of Dijkstra's algorithm", 1977); of proofs of the same length the flattest is taken. Such a
proof is the shortest of what was explored.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count

from graph.explanation.chains import Chain
from graph.explanation.proof import Proof, Shape, Statement, Step
from graph.explanation.remembered import Remembered

__all__ = ["DEEPENING", "Search"]

DEEPENING = 8
"""Up to this length proofs are looked for by iterative deepening."""

_EXPLORED = (1_000, 4_000, 16_000, 64_000, 256_000)
"""So many applications of rules are looked at, one number after the other, where the proof is longer."""

_DOUBT = 10
"""How much later a statement is explored that may have no proof."""

_SOON = 5_000
"""So many applications of rules are looked at by iterative deepening where there are other ways to find a proof."""

_CHAINS = 8
"""So many chains are followed for one goal."""

_ALIKE = 4
"""Of steps that are alike so many are tried for each length."""

_TRIED = 20_000
"""After so many applications of rules the search for further proofs ends."""


class _NotSoon(Exception):
    """Iterative deepening has looked at enough."""


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
        self._alike = None if thorough else _ALIKE
        self._is_asserted = is_asserted
        self._is_stored = is_stored
        self._steps_of = steps
        self._chain = chain
        self._steps: dict[Statement, Remembered[Step]] = {}
        self._lengths: dict[Statement, int] = {}
        self._depths: dict[Statement, int] = {}
        self._below: dict[Statement, int] = {}
        self._best: dict[Statement, Step] = {}
        self._tried = 0
        self._cut = False
        self._left: int | None = None

    def shortest(self, goal: Statement, *, far: bool = True) -> Proof | None:
        """The shortest proof of the goal; None if none is found.

        Arguments:
            goal: the statement.
            far: whether to look for proofs longer than `DEEPENING` too.
        """
        self._left = _SOON if far else None
        try:
            found = self._length(goal, DEEPENING) is not None
        except _NotSoon:
            found = False
        self._left = None
        found = found or (far and (self._follow(goal) or self._explore(goal)))
        return self._proof(goal) if found else None

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
        length, tried = first.size, _TRIED
        if length > DEEPENING:
            return
        seen = {first}
        for bound in range(length, length + DEEPENING):
            self._tried, self._cut = 0, False
            for proof in self._exactly(goal, bound, frozenset(), root=True):
                if proof not in seen:
                    seen.add(proof)
                    yield proof
            if not self._cut or self._tried > tried:
                return

    def _last_steps(self, goal: Statement, *, far: bool) -> Proof | None:
        """The shortest proof that applies a rule, even if the goal is asserted."""
        if not self._is_asserted(goal):
            return self.shortest(goal, far=far)
        for bound in range(1, DEEPENING + 1):
            for proof in self._exactly(goal, bound, frozenset(), root=True):
                return proof
        return None

    # Lengths

    def _steps_to(self, goal: Statement) -> Remembered[Step]:
        if goal not in self._steps:
            self._steps[goal] = Remembered(self._steps_of(goal))
        return self._steps[goal]

    def _least(self, goal: Statement) -> int:
        """A bound below the length of the shortest proof of the goal, or that length."""
        known = self._lengths.get(goal)
        if known is not None:
            return known
        if self._is_asserted(goal):
            self._lengths[goal] = 0
            return 0
        return self._below.get(goal, 0) + 1

    def _length(self, goal: Statement, bound: int) -> int | None:
        """The length of the shortest proof, if it is at most `bound`."""
        least = self._least(goal)
        if goal in self._lengths:
            return least if least <= bound else None
        for length in range(least, bound + 1):
            failed: Counter[Shape] = Counter()
            for step in self._steps_to(goal):
                self._count()
                if not self._may_reach(step, length):
                    continue
                shape = step.shape
                if failed[shape] == self._alike:
                    continue
                if self._reaches(step, length):
                    self._lengths[goal] = length
                    self._best[goal] = step
                    return length
                failed[shape] += 1
            self._below[goal] = length
        return None

    def _count(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise _NotSoon

    def _may_reach(self, step: Step, length: int) -> bool:
        """Whether what is known does not tell that proofs of the premises are too long."""
        return sum(self._least(premise) for premise in step.premises) < length

    def _reaches(self, step: Step, length: int) -> bool:
        """Whether the premises of a step have proofs that make one of at most this length."""
        left = length - 1 - sum(self._least(premise) for premise in step.premises)
        for premise in step.premises:
            least = self._least(premise)
            found = self._length(premise, least + left)
            if found is None:
                return False
            left -= found - least
        return True

    def _proof(self, goal: Statement) -> Proof:
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

    def _follow(self, goal: Statement) -> bool:
        """Prove the goal by a chain, in halves so that its proof is flat; whether there is one."""
        chain = self._chain(goal)
        if chain is None:
            return False
        for link, step in chain.links:
            if step is not None and all(map(self._is_asserted, step.premises)):
                self._note(link, step)
        links = [link for link, _ in chain.links]
        if any(self._length(premise, DEEPENING) is None for premise in (*chain.sides, *links)):
            return False
        while len(links) > 1:
            joined = [chain.joined(*pair) for pair in zip(links[::2], links[1::2], strict=False)]
            for conclusion, step in joined:
                self._note(conclusion, step)
            links = [*(conclusion for conclusion, _ in joined), *links[len(joined) * 2 :]]
        return True

    def _note(self, at: Statement, step: Step) -> None:
        """Keep a step whose premises have proofs, if no shorter proof is known."""
        length = 1 + sum(self._lengths.get(premise, 0) for premise in step.premises)
        if not self._is_asserted(at) and length < self._lengths.get(at, length + 1):
            self._lengths[at], self._best[at] = length, step
            self._depths[at] = 1 + max((self._depths.get(premise, 0) for premise in step.premises), default=0)

    def _explore(self, goal: Statement) -> bool:
        """Find lengths in the part of the graph that lies nearest to the goal; whether the goal has one then.

        What a step lacks that lacks little else is explored first, and of it what was found last: a chain is followed
        to its end rather than broken up in all ways.
        """
        order = count(0, -1)
        waiting = [(0, next(order), goal)]
        reached: dict[Statement, None] = {goal: None}
        expanded: set[Statement] = set()
        axioms: list[tuple[Statement, Step]] = []
        uses: dict[Statement, list[tuple[Statement, Step]]] = {}
        looked_at = followed = 0
        for most in _EXPLORED:
            while waiting and looked_at < most:
                _, _, at = heapq.heappop(waiting)
                if at in expanded or self._is_asserted(at):
                    continue
                expanded.add(at)
                for step in self._steps_to(at):
                    looked_at += 1
                    if not step.premises:
                        axioms.append((at, step))
                    lacking = {premise for premise in step.premises if not self._is_asserted(premise)}
                    if len(lacking) == 1 and followed < _CHAINS and self._follow(*lacking):
                        followed += 1
                        most = looked_at  # which may have been all that was lacking
                    for premise in set(step.premises):
                        uses.setdefault(premise, []).append((at, step))
                        reached[premise] = None
                    doubtful = sum(not self._is_stored(premise) for premise in lacking)
                    for premise in lacking - expanded:
                        heapq.heappush(waiting, (len(lacking) + _DOUBT * doubtful, next(order), premise))
            self._from_leaves(list(reached), axioms, uses)
            if goal in self._lengths:
                return True
            if not waiting:
                return False
        return False

    def _from_leaves(
        self,
        statements: list[Statement],
        axioms: list[tuple[Statement, Step]],
        uses: dict[Statement, list[tuple[Statement, Step]]],
    ) -> None:
        order = count()
        heap: list[tuple[int, int, int, Statement, Step | None]] = [
            (self._lengths[one], self._depths.get(one, self._lengths[one]), next(order), one, self._best.get(one))
            for one in statements
            if self._least(one) == 0 or one in self._lengths
        ]
        heap += [(1, 1, next(order), one, step) for one, step in axioms]
        open_premises: dict[int, int] = {}
        settled: set[Statement] = set()
        heapq.heapify(heap)
        while heap:
            length, depth, _, at, best = heapq.heappop(heap)
            if at in settled:
                continue
            settled.add(at)
            self._lengths[at], self._depths[at] = length, depth
            if best is not None:
                self._best[at] = best
            for conclusion, step in uses.get(at, ()):
                left = open_premises.setdefault(id(step), len(set(step.premises))) - 1
                open_premises[id(step)] = left
                if left == 0 and conclusion not in settled:
                    total = 1 + sum(self._lengths[premise] for premise in step.premises)
                    deepest = 1 + max(self._depths[premise] for premise in step.premises)
                    heapq.heappush(heap, (total, deepest, next(order), conclusion, step))

    # Further proofs

    def _exactly(
        self, goal: Statement, length: int, above: frozenset[Statement], *, root: bool = False
    ) -> Iterator[Proof]:
        """The proofs of exactly this length in which none of `above` is used."""
        if not root and self._is_asserted(goal):
            if length == 0:
                yield Proof(goal)
            return
        if length < 1:
            return
        within = above | {goal}
        for step in self._steps_to(goal):
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
        most = length - sum(self._least(premise) for premise in rest)
        self._cut = self._cut or not self._is_asserted(first)
        for part in range(self._least(first), most + 1):
            if not rest and part != length:
                continue
            for proof in self._exactly(first, part, above):
                for others in self._together(rest, length - part, above):
                    yield (proof, *others)
