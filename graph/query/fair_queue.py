"""Who is next: a bounded queue that is fair to clients, not to requests.

The next place goes to the client that has the fewest requests running, among equals to the one that has used least
of late (usage decays by half every minute, as in the fair-share scheduler of Kay and Lauder, CACM 31(1), 1988), among
equals to the one that has waited longest. A full queue drops the newest request of the client that has most waiting.
So a client that sends a thousand requests at once delays its own.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

__all__ = ["FairQueue", "QueueFull", "Ticket", "Usage"]

_HALF_LIFE_SECONDS = 60.0
_FORGOTTEN = 0.001
_CLIENTS = 10_000


class QueueFull(Exception):
    """There is no place to wait."""


@dataclass(eq=False, slots=True)
class Ticket:
    """A request that waits.

    Arguments:
        client: who made it.
        number: its place in the order of arrival.
        dropped: whether it has lost its place to another client's.
    """

    client: str
    number: int = field(default_factory=count().__next__)
    dropped: bool = False


class Usage:
    """How many seconds each client has used of late, and how many requests of it run.

    Arguments:
        clock: tells the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._used: dict[str, tuple[float, float]] = {}
        self.running: Counter[str] = Counter()

    def seconds(self, client: str) -> float:
        """What the client has used, as much of it as still counts."""
        used, when = self._used.get(client, (0.0, 0.0))
        return float(used * 0.5 ** ((self._clock() - when) / _HALF_LIFE_SECONDS)) if used else 0.0

    def begin(self, client: str) -> None:
        """A request of the client begins."""
        self.running[client] += 1

    def end(self, client: str, seconds: float) -> None:
        """A request of the client has ended after so many seconds."""
        self.running[client] -= 1
        if self.running[client] <= 0:
            del self.running[client]
        self._used[client] = (self.seconds(client) + seconds, self._clock())
        if len(self._used) > _CLIENTS:
            self._used = {c: used for c, used in self._used.items() if self.seconds(c) > _FORGOTTEN}


class FairQueue:
    """The requests that wait for a place. Whoever calls holds the lock that protects it.

    Arguments:
        usage: what the clients have used.
        places: how many requests may wait.
    """

    def __init__(self, usage: Usage, places: int) -> None:
        self._usage = usage
        self._places = places
        self._waiting: list[Ticket] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def join(self, client: str) -> Ticket:
        """A place in the queue.

        Raises:
            QueueFull: there is none for this client.
        """
        if len(self._waiting) >= self._places:
            waiting = Counter(ticket.client for ticket in self._waiting)
            most, number = max(waiting.items(), key=lambda item: item[1], default=("", 0))
            if number <= waiting[client] + 1:
                raise QueueFull
            last = max((t for t in self._waiting if t.client == most), key=lambda t: t.number)
            last.dropped = True
            self._waiting.remove(last)
        ticket = Ticket(client)
        self._waiting.append(ticket)
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give up the place, if it is still there."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)

    def is_next(self, ticket: Ticket) -> bool:
        """Whether the next free place is for this request."""
        # Once for each client: what counts of the usage changes while one looks.
        used = {waiting.client: self._usage.seconds(waiting.client) for waiting in self._waiting}
        running = self._usage.running
        first = min(self._waiting, key=lambda t: (running[t.client], used[t.client], t.number), default=None)
        return first is ticket
