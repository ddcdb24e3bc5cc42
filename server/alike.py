"""Queries in requests that differ from one before in nothing but the query: from their bytes straight to the processes.

What a request means beyond its query (the format, the codings, the client, the base of relative IRIs) and the headers
of its answer that every answer has are those of the request before, which the application has answered. What is left:
the query is taken out, its answer is looked up or evaluated, and gets its entity tag. All that is not plain goes to the
application as ever: other parameters, other headers, queries that are volatile, what fails.
"""

import os
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import unquote_to_bytes

from graph.errors import MilcoopError
from graph.location import is_remote
from graph.query.request import Answer
from server.again import Again, Determined, Form, date, first_of_head
from server.answer_cache import Asked
from server.clients import may_pass, network
from server.conditional import entity_tag
from server.logs import begin_request, given_id, log, of_this_request
from server.metrics import count_request
from server.observing import PoolGauges
from server.protocol import prefixes_of
from server.querying import Evaluated, answered_or_kept, evaluated_before, hash_of, headers_of, is_volatile
from server.rate import Rate
from server.resources import Resources

__all__ = ["Alike"]

_PATH = "/sparql"
_HEAD = re.compile(rb"GET (/sparql\?query=([!\x22\x24\x25\x27-~]+)) HTTP/1\.1\r\n")
"""A query as the only parameter: neither an ampersand nor a fragment."""

_LONGEST = 8_000
"""A head with more bytes may be too long, as the application says."""

_OF_EACH = frozenset({
    "connection", "content-encoding", "content-length", "content-type", "date", "etag", "x-milcoop-cut",
    "x-milcoop-snapshot", "x-request-id",
})  # fmt: skip
"""Headers that each answer has of its own."""

_KEPT = 256


@dataclass(frozen=True, slots=True)
class _Known:
    """A request that was answered, and its headers that all answers to such requests have."""

    form: Form
    media_type: str
    headers: bytes


class Alike:
    """Answers queries in requests of a known form. Safe to use from many threads.

    Arguments:
        held: what it works on.
        again: what keeps answers by the bytes of their requests; it tells of requests that were answered.
        gauges: tell how many queries run.
        rate: what clients may send; None for no limit.
        spare_this_machine: whether clients on the machine itself have none.
        program: what is the same for all requests, of that which determines their answers.
    """

    def __init__(
        self, held: Resources, again: Again, gauges: PoolGauges, rate: Rate | None, *, spare_this_machine: bool,
        program: str,
    ) -> None:  # fmt: skip
        self._held = held
        self._again = again
        self._gauges = gauges
        self._rate = rate
        self._spare = spare_this_machine
        self._program = program
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        if not is_remote(held.settings.store):
            again.learn = self.learn

    def learn(self, head: bytes, told: Determined, headers: list[tuple[str, str]]) -> None:
        """Know requests of a form from now on.

        Arguments:
            head: of a request, which is all of it.
            told: what was told of its answer.
            headers: of its answer.
        """
        place = _HEAD.match(head)
        if place is None or told.form is None or b"\r\nif-" in head.lower():
            return
        wanted = told.form.asked.wanted.lower()
        if "/" not in wanted or "text/" in wanted:  # it may be a page that is wanted
            return
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers if name.lower() not in _OF_EACH)
        media_type = next((value for name, value in headers if name.lower() == "content-type"), "")
        with self._lock:
            self._known[head[place.end() :]] = _Known(told.form, media_type, lines.encode("latin-1"))
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)

    def answer(self, head: bytes, address: str) -> tuple[list[bytes], Callable[[], None]] | None:
        """What to send to a client, and what to do once it is sent; None where the application has to answer.

        The application then finds in `evaluated_before` what came of the query, and in `given_id` the request's id,
        if the query was evaluated: see `forget`.

        Arguments:
            head: of a request, which is all of it.
            address: where it comes from.
        """
        place = _HEAD.match(head) if len(head) <= _LONGEST else None
        known = None if place is None else self._known.get(head[place.end() :])
        if place is None or known is None:
            return None
        begun = time.perf_counter()
        try:
            text = unquote_to_bytes(place[2].replace(b"+", b" ")).decode("utf-8")
        except UnicodeDecodeError:
            return None
        too_long = len(text) > self._held.settings.query_kb << 10
        if too_long or not text.strip() or is_volatile(text):
            return None
        if not may_pass(self._rate, address, spare_this_machine=self._spare):
            return None
        request_id = os.urandom(16).hex()
        begin_request(request_id)
        digest = hash_of(text)
        of_this_request(query=digest)
        asked = self._asked(known.form, text)
        try:
            with self._held.store.snapshot() as snapshot:
                state, seconds = (snapshot.number, snapshot.record.committed), self._held.settings.query_seconds
                answer, _ = answered_or_kept(self._held, state, asked, seconds, network(address))
                told = headers_of(answer)
                if answer.snapshot != snapshot.number or told["Content-Type"] != known.media_type:
                    given_id.set(request_id)
                    evaluated_before.set(Evaluated(asked, answer))
                    return None
                takes_writes = self._held.takes_writes
                tag = entity_tag(
                    self._program, snapshot, known.form.asking, place[1].decode("ascii"), takes_writes=takes_writes
                )
        except MilcoopError as error:
            given_id.set(request_id)
            evaluated_before.set(Evaluated(asked, error))
            return None
        lines = {"Content-Length": str(len(answer.body)), "ETag": f'W/"{tag}"', **told}
        own = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        rest = b"\r\nConnection: keep-alive\r\n%b%bX-Request-Id: " % (known.headers, own.encode("latin-1"))
        now = date(int(time.time()))
        wire = [first_of_head("200 OK") + now + rest + request_id.encode() + b"\r\n\r\n", answer.body]
        of_answer = Determined(snapshot.number, None, _PATH, digest, answer.rows)
        return wire, partial(self._finish, head, of_answer, rest, answer, begun)

    @staticmethod
    def forget() -> None:
        """Forget what came of a query, once its request is answered."""
        given_id.set(None)
        evaluated_before.set(None)

    def _asked(self, form: Form, text: str) -> Asked:
        prefixes = prefixes_of(text, bare=self._held.store.bare)
        return replace(form.asked, query=replace(form.asked.query, text=text, prefixes=prefixes))

    def _finish(self, head: bytes, told: Determined, rest: bytes, answer: Answer, begun: float) -> None:
        """Count and log a request, and keep its answer."""
        seconds = time.perf_counter() - begun
        count_request("GET", _PATH, 200, seconds)
        about = {"method": "GET", "path": _PATH, "status": 200, "seconds": round(seconds, 4)}
        log.info("request.answered", extra=about)
        self._gauges.tell(self._held.running_pool)
        self._again.keep(head, told, _PATH, rest, answer.body)
