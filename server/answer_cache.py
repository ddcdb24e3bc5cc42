"""Answers of queries, kept as long as the state that they are of is the newest one.

An answer is determined by the state of the store, the query with its dataset, and what was wanted of it. These
together are the key, so an answer is found again only where evaluating would give the same. When the store moves on,
all answers of the state before are let go of. Requests for one answer that come while it is being made wait for it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from graph.query.request import Answer, Limits, QueryRequest

__all__ = ["AnswerCache", "Asked"]

_LARGEST_SHARE = 8
"""An answer that would take more than this part of the room is not kept."""

_OVERHEAD_BYTES = 1024
_WAIT_SECONDS = 0.5
"""How long one request waits for another's answer: that one may be of a client who has to wait for others."""

State = tuple[int, str]
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that determines an answer on a given state.

    Arguments:
        query: the query and its dataset.
        wanted: the name of a format, or the Accept header.
        codings: the content codings in which it may come.
        limits: after how much it is cut.
    """

    query: QueryRequest
    wanted: str
    codings: tuple[str, ...]
    limits: Limits

    @property
    def key(self) -> Key:
        """The same, to look up by."""
        q = self.query
        prefixes = tuple(sorted(q.prefixes.items()))
        of_query = (q.text, q.base_iri, q.default_graphs, q.named_graphs, prefixes)
        return (*of_query, self.wanted, self.codings, self.limits)


@dataclass(slots=True)
class _Making:
    """An answer that is being made; None at the end where there is none to share."""

    done: threading.Event = field(default_factory=threading.Event)
    answer: Answer | None = None


class AnswerCache:
    """The answers of one web process. Safe to use from many threads.

    Arguments:
        max_bytes: how much the bodies and texts of the answers and queries may take together; 0 keeps none.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._state: State = (-1, "")
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._bytes = 0
        self._making: dict[tuple[State, Key], _Making] = {}

    def answer(self, state: State, asked: Asked, evaluate: Callable[[], Answer], seconds: float) -> tuple[Answer, bool]:
        """The answer on the newest state, and whether it was there already, or somebody else has made it.

        Arguments:
            state: number and moment of commit of the newest state, read after the request came.
            asked: what is asked.
            evaluate: makes the answer, of that state or a newer one.
            seconds: how long the request may wait.

        Raises:
            MilcoopError: what `evaluate` raises.
        """
        if not self._max_bytes:
            return evaluate(), False
        key = asked.key
        with self._lock:
            if self._state == state and (kept := self._answers.get(key)) is not None:
                self._answers.move_to_end(key)
                return kept, True
            making = self._making.get((state, key))
            is_first = making is None
            if making is None:
                making = self._making[state, key] = _Making()
        if is_first:
            return self._make(state, key, making, evaluate), False
        if making.done.wait(min(seconds, _WAIT_SECONDS)) and making.answer is not None:
            return making.answer, True
        return evaluate(), False

    def _make(self, state: State, key: Key, making: _Making, evaluate: Callable[[], Answer]) -> Answer:
        try:
            answer = evaluate()
            if answer.snapshot == state[0]:  # not of a state that was committed in between: its moment is not known
                making.answer = answer
                self._keep(state, key, answer)
            return answer
        finally:
            with self._lock:
                del self._making[state, key]
            making.done.set()

    def _keep(self, state: State, key: Key, answer: Answer) -> None:
        size = _size(key, answer)
        with self._lock:
            if state != self._state:
                if state[0] < self._state[0]:
                    return
                self._state = state
                self._answers.clear()
                self._bytes = 0
            if size > self._max_bytes // _LARGEST_SHARE or key in self._answers:
                return
            self._answers[key] = answer
            self._bytes += size
            while self._bytes > self._max_bytes:
                old_key, old = self._answers.popitem(last=False)
                self._bytes -= _size(old_key, old)


def _size(key: Key, answer: Answer) -> int:
    return len(answer.body) + 2 * len(str(key[0])) + _OVERHEAD_BYTES
