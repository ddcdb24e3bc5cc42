"""Clients over HTTP: one question, or many clients for some seconds."""

import http.client
import itertools
import random
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from bench.endpoint.questions import Question

__all__ = ["Connection", "Load", "drive", "marked"]

_JSON = "application/sparql-results+json"


class Connection:
    """A client that keeps its connection.

    Arguments:
        netloc: host and port.
        seconds: how long to wait for an answer.
    """

    def __init__(self, netloc: str, seconds: float) -> None:
        self._netloc = netloc
        self._seconds = seconds
        self._http: http.client.HTTPConnection | None = None

    def ask(self, url: str, text: str, tag: str | None = None) -> tuple[int, bytes, str | None]:
        """Status, body and entity tag of the answer to a query.

        Arguments:
            url: the endpoint.
            text: the query.
            tag: an entity tag that the client has; then the answer may be 304.
        """
        headers = {"Accept": _JSON, **({"If-None-Match": tag} if tag else {})}
        return self._send("GET", f"{urlsplit(url).path}?{urlencode({'query': text})}", None, headers)

    def update(self, url: str, text: str, headers: dict[str, str]) -> int:
        """The status of the answer to an update."""
        typed = {"Content-Type": "application/sparql-update", **headers}
        return self._send("POST", urlsplit(url).path, text.encode(), typed)[0]

    def _send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes, str | None]:
        for attempt in (1, 2):
            self._http = self._http or http.client.HTTPConnection(self._netloc, timeout=self._seconds)
            try:
                self._http.request(method, path, body, headers)
                answer = self._http.getresponse()
                return answer.status, answer.read(), answer.headers.get("ETag")
            except (http.client.HTTPException, OSError) as error:
                self._http.close()
                self._http = None
                if attempt == 2 or isinstance(error, TimeoutError):
                    raise OSError(str(error)) from error
        raise AssertionError


@dataclass(frozen=True, slots=True)
class Load:
    """What came of some seconds of load: answers, these a second, seconds until one (median, 99 of 100), failures."""

    answers: int
    rate: float
    median: float
    p99: float
    failures: int


_numbers = itertools.count(time.time_ns())


def marked(text: str) -> str:
    """The query with a comment at its end that no query before had: nobody can have kept its answer."""
    return f"{text}\n# {next(_numbers)}"


def drive(
    url: str, asked: Sequence[Question], clients: int, seconds: float, *, conditional: bool = False,
    fresh: bool = False, patience: float,
) -> Load:  # fmt: skip
    """Let clients ask one question after the other.

    Arguments:
        url: the endpoint.
        asked: the questions; each client goes through them in an order of its own.
        clients: how many ask at a time.
        seconds: for how long.
        conditional: whether clients send the entity tag of an answer that they have.
        fresh: whether each question is one that was not asked before.
        patience: after how many seconds a client gives up on an answer, which is a failure.
    """
    times: list[float] = []
    failures = [0]
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        connection, chance = Connection(urlsplit(url).netloc, patience), random.Random(number)
        tags: dict[str, str] = {}
        order = list(asked)
        while True:
            chance.shuffle(order)
            for question in order:
                text = marked(question.text) if fresh else question.text
                begun = time.perf_counter()
                if begun >= until:
                    return
                try:
                    status, _, tag = connection.ask(url, text, tags.get(text))
                except OSError:
                    status, tag = 0, None
                if status in (200, 304):
                    times.append(time.perf_counter() - begun)
                    if conditional and tag:
                        tags[text] = tag
                else:
                    failures[0] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    ordered = sorted(times) or [float("inf")]
    return Load(
        len(times), len(times) / took, statistics.median(ordered), ordered[int(0.99 * (len(ordered) - 1))], failures[0]
    )
