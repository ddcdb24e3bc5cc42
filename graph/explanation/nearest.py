"""Proofs longer than iterative deepening finds: in the part of the AND/OR graph that lies nearest to the goal.

It is explored as far as it takes; lengths are found from the leaves (Knuth, "A generalization of Dijkstra's algorithm",
1977); of proofs of the same length the flattest is taken. Such a proof is the shortest of what was explored.
"""

import heapq
from collections.abc import Callable
from itertools import count

from graph.explanation.lengths import Lengths
from graph.explanation.proof import Statement, Step

__all__ = ["explore"]

_EXPLORED = (1_000, 4_000, 16_000, 64_000, 256_000)
"""So many applications of rules are looked at, one number after the other."""

_DOUBT = 10
"""How much later a statement is explored that may have no proof."""

_CHAINS = 8
"""So many chains are followed for one goal."""


def explore(
    goal: Statement,
    lengths: Lengths,
    is_stored: Callable[[Statement], bool],
    follow: Callable[[Statement], bool],
) -> bool:
    """Find lengths in the part of the graph that lies nearest to the goal; whether the goal has one then.

    What a step lacks that lacks little else is explored first, and of it what was found last: a chain is followed to
    its end rather than broken up in all ways.

    Arguments:
        goal: the statement.
        lengths: what is known, and is to be known.
        is_stored: whether a statement is known to follow; what is not may have no proof.
        follow: proves a statement by a chain, if it can.
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
            if at in expanded or lengths.is_asserted(at):
                continue
            expanded.add(at)
            for step in lengths.steps_to(at):
                looked_at += 1
                if not step.premises:
                    axioms.append((at, step))
                lacking = {premise for premise in step.premises if not lengths.is_asserted(premise)}
                if len(lacking) == 1 and followed < _CHAINS and follow(*lacking):
                    followed += 1
                    most = looked_at  # which may have been all that was lacking
                for premise in set(step.premises):
                    uses.setdefault(premise, []).append((at, step))
                    reached[premise] = None
                doubtful = sum(not is_stored(premise) for premise in lacking)
                for premise in lacking - expanded:
                    heapq.heappush(waiting, (len(lacking) + _DOUBT * doubtful, next(order), premise))
        _from_leaves(lengths, list(reached), axioms, uses)
        if lengths.known(goal) is not None:
            return True
        if not waiting:
            return False
    return False


def _from_leaves(
    lengths: Lengths,
    statements: list[Statement],
    axioms: list[tuple[Statement, Step]],
    uses: dict[Statement, list[tuple[Statement, Step]]],
) -> None:
    order = count()
    heap: list[tuple[int, int, int, Statement, Step | None]] = [
        (length, lengths.depth(one), next(order), one, lengths.last_step(one))
        for one in statements
        if (length := lengths.known(one)) is not None
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
        lengths.settle(at, length, depth, best)
        for conclusion, step in uses.get(at, ()):
            left = open_premises.setdefault(id(step), len(set(step.premises))) - 1
            open_premises[id(step)] = left
            if left == 0 and conclusion not in settled:
                total = 1 + sum(lengths.known(premise) or 0 for premise in step.premises)
                deepest = 1 + max(lengths.depth(premise) for premise in step.premises)
                heapq.heappush(heap, (total, deepest, next(order), conclusion, step))
