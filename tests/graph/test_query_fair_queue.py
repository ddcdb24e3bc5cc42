"""The queue in front of the query processes: fair to clients, bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query.fair_queue import FairQueue, QueueFull, Ticket, Usage


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1e-6  # time goes by while one looks
        return self.now


def next_of(queue: FairQueue, waiting: list[Ticket]) -> Ticket:
    (found,) = [ticket for ticket in waiting if queue.is_next(ticket)]
    return found


def test_of_one_client_the_first_to_come_is_the_first_to_go() -> None:
    queue = FairQueue(Usage(Clock()), 10)
    waiting = [queue.join("a") for _ in range(5)]
    for expected in list(waiting):
        assert next_of(queue, waiting) is expected
        queue.leave(expected)
        waiting.remove(expected)
    assert len(queue) == 0


def test_who_has_fewest_running_goes_first_then_who_has_used_least() -> None:
    usage = Usage(Clock())
    queue = FairQueue(usage, 10)
    usage.begin("busy")
    usage.begin("idle but greedy")
    usage.end("idle but greedy", 20)
    waiting = [queue.join(client) for client in ("busy", "idle but greedy", "new")]
    order = []
    while waiting:
        first = next_of(queue, waiting)
        order.append(first.client)
        queue.leave(first)
        waiting.remove(first)
    assert order == ["new", "idle but greedy", "busy"]


def test_what_a_client_has_used_is_forgotten_in_time() -> None:
    clock = Clock()
    usage = Usage(clock)
    usage.begin("a")
    usage.end("a", 8)
    clock.now += 60
    assert usage.seconds("a") == pytest.approx(4, abs=0.01)
    clock.now += 600
    assert usage.seconds("a") < 0.01


def test_a_full_queue_makes_room_at_the_cost_of_the_client_that_fills_it() -> None:
    queue = FairQueue(Usage(Clock()), 4)
    greedy = [queue.join("greedy") for _ in range(4)]
    with pytest.raises(QueueFull):
        queue.join("greedy")
    queue.join("modest")
    assert [ticket.dropped for ticket in greedy] == [False, False, False, True]
    assert len(queue) == 4


@given(st.lists(st.sampled_from("abcde"), max_size=60), st.integers(1, 8))
def test_nobody_waits_for_more_than_his_share(clients: list[str], places: int) -> None:
    queue = FairQueue(Usage(Clock()), places)
    held: list[Ticket] = []
    for client in clients:
        try:
            held.append(queue.join(client))
        except QueueFull:
            mine = sum(ticket.client == client and not ticket.dropped for ticket in held)
            others = [sum(t.client == other and not t.dropped for t in held) for other in "abcde"]
            assert max(others) <= mine + 1
        assert len(queue) == sum(not ticket.dropped for ticket in held) <= places
