"""What no longer follows when something is no longer asserted: the backward/forward algorithm.

B. Motik, Y. Nenov, R. Piro, I. Horrocks, "Incremental Update of Datalog Materialisation: the Backward/Forward
Algorithm", AAAI 2015. Before a fact is given up, and what rests on it is looked at, it is tried to prove it otherwise:
backwards from the fact, each fact visited once, until facts that stay asserted are met; forwards from those through the
applications of rules that were met. A fact that many documents state in other ways is so left in peace at once, where
DRed (Gupta, Mumick, Subrahmanian, 1993) would take away all that follows from it, and put it back.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from graph.reasoner.incremental.facts import Fact, NeedsFullClosure
from graph.reasoner.incremental.known import Known
from graph.reasoner.incremental.program import Body, Program
from graph.reasoner.incremental.tying import is_schema

__all__ = ["no_longer_following"]

_AT_A_TIME = 16

Bodies = Callable[[Fact], Iterator[Body]]


def no_longer_following(seeds: Iterable[Fact], program: Program, known: Known, bodies: Bodies) -> set[Fact]:
    """The facts of the closure that do not follow any more.

    Arguments:
        seeds: facts that lost a reason: their assertion, or a conclusion of a rule that counts.
        program: the rules.
        known: the closure before the change; it knows what is still asserted.
        bodies: for a fact the premises of each way to conclude it.

    Raises:
        NeedsFullClosure: the schema would change, or too much would.
    """
    proofs = _Proofs(known, bodies)
    gone: set[Fact] = set()
    waiting = deque(seeds)
    while waiting:
        fact = waiting.popleft()
        if fact in gone or proofs.found(fact):
            continue
        if is_schema(fact):
            raise NeedsFullClosure("the schema changes")
        gone.add(fact)
        waiting.extend(found for found in program.conclusions(fact, known) if found not in gone)
    return gone


class _Proofs:
    """Which facts follow from what is still asserted."""

    def __init__(self, known: Known, bodies: Bodies) -> None:
        self._known = known
        self._bodies = bodies
        self._proven: set[Fact] = set()
        self._disproven: set[Fact] = set()

    def found(self, goal: Fact) -> bool:
        """Whether the fact follows."""
        if goal in self._disproven:
            return False
        if self._is_sure(goal):
            return True
        visited = {goal}
        exploring = deque([(goal, self._bodies(goal))])
        resting: dict[Fact, list[tuple[Fact, set[Fact]]]] = {}
        while exploring:
            fact, ways = exploring.popleft()
            if fact in self._proven:
                continue
            for _ in range(_AT_A_TIME):
                body = next(ways, None)
                if body is None:
                    break
                missing = {premise for premise in body if not self._is_sure(premise)}
                if not missing:
                    self._conclude(fact, resting)
                    break
                if missing & self._disproven:
                    continue
                for premise in missing:
                    resting.setdefault(premise, []).append((fact, missing))
                    if premise not in visited:
                        visited.add(premise)
                        exploring.append((premise, self._bodies(premise)))
            else:
                exploring.append((fact, ways))
            if goal in self._proven:
                return True
        # All ways to all these facts have been tried.
        self._disproven |= visited - self._proven
        return False

    def _is_sure(self, fact: Fact) -> bool:
        if fact in self._proven:
            return True
        if fact in self._disproven or not self._known.is_asserted(fact):
            return False
        self._proven.add(fact)
        return True

    def _conclude(self, fact: Fact, resting: dict[Fact, list[tuple[Fact, set[Fact]]]]) -> None:
        """Note that a fact is proven, and what rested on it alone."""
        waiting = [fact]
        while waiting:
            proven = waiting.pop()
            if proven in self._proven:
                continue
            self._proven.add(proven)
            for head, missing in resting.pop(proven, ()):
                missing.discard(proven)
                if not missing:
                    waiting.append(head)
