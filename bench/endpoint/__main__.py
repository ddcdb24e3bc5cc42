"""`python -m bench.endpoint`: milcoop beside `oxigraph serve`, Virtuoso and rdflib-endpoint, with the same triples.

Twelve analyst's queries over HTTP: each alone, then mixed at 1, 8 and 32 clients, with ever different things in their
places and a comment that differs each time (nothing can be kept), over and over again (what was answered once can be
kept), with entity tags, and while somebody writes. Answers are compared before times are; servers that are not
installed are left out. `--keep` names a folder where the graph and what servers have loaded stay for the next time.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

from bench.endpoint.asking import Connection, drive, marked
from bench.endpoint.generate import made_store, write_triples
from bench.endpoint.processor import processor_seconds, works
from bench.endpoint.questions import Question, canonical, questions
from bench.endpoint.servers import SERVERS, Missing, Running, started

_CLIENTS = (1, 8, 32)
_WRITE_SECONDS = 0.5
_MOST_OF_EACH = 1000
_REST_SECONDS = 600.0
"""How long a server may make things ready before it is measured all the same."""

_QUIET_SECONDS = 5
_QUIET_USE = 0.05
"""Seconds of processor in one that count as nothing."""

_LOOKS = 10
"""How often in a second it is looked whether it works."""

_Answers = dict[str, Counter[tuple[str, ...]]]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    options = argparse.ArgumentParser(prog="python -m bench.endpoint", description=__doc__)
    options.add_argument("--activities", type=int, default=100_000, help="exercises in the graph")
    options.add_argument("--seconds", type=float, default=10.0, help="of each load")
    options.add_argument("--variants", type=int, default=200, help="of each query, where they are to differ")
    options.add_argument("--patience", type=float, default=60.0, help="seconds after which an answer is given up on")
    options.add_argument("--servers", nargs="*", choices=SERVERS, default=list(SERVERS), help="which")
    options.add_argument("--port", type=int, default=7100, help="a free port; the one above it is used too")
    options.add_argument("--keep", type=Path, help="a folder for the graph, which is taken from there the next time")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="milcoop-bench-") as temporary:
        work = (chosen.keep or Path(temporary)).absolute()
        work.mkdir(parents=True, exist_ok=True)
        store = made_store(work, chosen.activities)
        triples = write_triples(store)
        count = sum(1 for _ in triples.open("rb"))
        print(f"{chosen.activities:,} exercises, {count:,} triples; load average {os.getloadavg()[0]:.1f}")
        asked = questions(store, chosen.variants)
        told = ", ".join(f"{variants[0].name} {len(variants)}" for variants in asked if len(variants) < chosen.variants)
        if told:
            print(f"fewer different ones than {chosen.variants}, asked again with another comment: {told}")
        reference: _Answers = {}
        folder = work / f"servers-{chosen.activities}"
        folder.mkdir(exist_ok=True)
        for name in chosen.servers:
            try:
                with started(name, store, triples, folder, chosen.port) as server:
                    _measure(server, asked, reference, chosen.seconds, chosen.patience)
            except Missing as how:
                print(f"\n{name} is left out: it is not installed ({how})")


def _measure(
    server: Running, asked: list[list[Question]], reference: _Answers, seconds: float, patience: float
) -> None:
    print(f"\n{server.name}: first answer {server.start_seconds:.2f} s after its start", end="", flush=True)
    print(f", at rest {_seconds_until_rest(server):.0f} s later", flush=True)
    _compare(server, [variants[0] for variants in asked], reference, patience)
    connection = Connection(urlsplit(server.query_url).netloc, patience)
    for variants in asked:
        times = []
        before = processor_seconds(server.pid)
        end = time.perf_counter() + seconds / 4
        for question in islice(cycle(variants), _MOST_OF_EACH):
            begun = time.perf_counter()
            try:
                connection.ask(server.query_url, marked(question.text))
            except OSError:
                print(f"  {variants[0].name}: no answer within {patience:g} s")
                break
            times.append(1000 * (time.perf_counter() - begun))
            if time.perf_counter() > end:
                break
        if times:
            used = 1000 * (processor_seconds(server.pid) - before) / len(times)
            told = f"{statistics.median(times):9.1f} ms  of {len(times):3}  processor {used:8.1f} ms each"
            print(f"  {variants[0].name:22} {told}", flush=True)
    different = [question for variants in asked for question in variants]
    same = [variants[0] for variants in asked]
    for clients in _CLIENTS:
        _show("different", server, different, clients, seconds, patience, fresh=True)
        _show("repeated", server, same, clients, seconds, patience)
    _show("repeated with tags", server, same, 8, seconds, patience, conditional=True)
    if server.update_url:
        with _Writer(server, patience) as writer:
            for clients in _CLIENTS:
                _show("with writes", server, different, clients, seconds, patience, fresh=True)
        writer.show()


def _seconds_until_rest(server: Running) -> float:
    """Wait until it does nothing of its own any more: what it makes ready would take a processor from the queries.

    What lets all others go first may use next to nothing on a busy machine; so it must not want to either.
    """
    begun = time.perf_counter()
    quiet = 0
    while quiet < _QUIET_SECONDS and time.perf_counter() - begun < _REST_SECONDS:
        before, at_work = processor_seconds(server.pid), 0
        for _ in range(_LOOKS):
            time.sleep(1 / _LOOKS)
            at_work += works(server.pid)
        is_quiet = processor_seconds(server.pid) - before < _QUIET_USE and at_work <= _LOOKS // 5
        quiet = quiet + 1 if is_quiet else 0
    return time.perf_counter() - begun


def _show(
    what: str, server: Running, asked: Sequence[Question], clients: int, seconds: float, patience: float,
    *, conditional: bool = False, fresh: bool = False,
) -> None:  # fmt: skip
    before = processor_seconds(server.pid)
    load = drive(server.query_url, asked, clients, seconds, conditional=conditional, fresh=fresh, patience=patience)
    used = 1000 * (processor_seconds(server.pid) - before) / max(1, load.answers)
    failed = f"  {load.failures} without an answer" if load.failures else ""
    figures = f"{load.rate:9.1f}/s  median {1000 * load.median:8.1f} ms  99 % {1000 * load.p99:8.1f} ms"
    figures += f"  processor {used:7.2f} ms each"
    print(f"  {what:18} {clients:2} clients {figures}{failed}", flush=True)


def _compare(server: Running, asked: Sequence[Question], reference: _Answers, patience: float) -> None:
    """Ask each query once; the answers must be those of the first server."""
    connection = Connection(urlsplit(server.query_url).netloc, patience)
    for question in asked:
        try:
            status, body, _ = connection.ask(server.query_url, question.text)
        except OSError:
            print(f"  {question.name}: no answer within {patience:g} s, not compared")
            continue
        if status != 200:
            print(f"  {question.name}: status {status}: {body[:200]!r}")
            continue
        answer = canonical(body)
        if reference.setdefault(question.name, answer) != answer:
            print(f"  {question.name}: ANOTHER ANSWER: {len(answer)} rows, not {len(reference[question.name])}")


class _Writer:
    """Somebody who writes now and then while others ask, and looks whether it can be read."""

    def __init__(self, server: Running, patience: float) -> None:
        self._server = server
        self._connection = Connection(urlsplit(server.query_url).netloc, patience)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self._writing: list[float] = []
        self._reading: list[float] = []
        self._missed = 0

    def __enter__(self) -> "_Writer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def show(self) -> None:
        if not self._writing:
            print("  no write was acknowledged")
            return
        written, read = (1000 * statistics.median(times) for times in (self._writing, self._reading))
        print(
            f"  {len(self._writing)} writes: acknowledged after {written:.0f} ms (median), the next query saw them "
            f"{read:.0f} ms later, {self._missed} not"
        )

    def _write(self) -> None:
        number = time.time_ns()
        while not self._done.wait(_WRITE_SECONDS):
            number += 1
            thing = f"<https://w3id.org/milcoop/id/exercise/bench-{number}>"
            data = f"{thing} a <https://w3id.org/milcoop/ontology#Exercise>"
            into = f"GRAPH <urn:bench> {{ {data} }}" if self._server.name == "virtuoso" else data
            begun = time.perf_counter()
            try:
                status = self._connection.update(
                    self._server.update_url, f"INSERT DATA {{ {into} }}", self._server.headers
                )
                if not 200 <= status < 300:
                    continue
                acknowledged = time.perf_counter()
                _, body, _ = self._connection.ask(self._server.query_url, f"SELECT ?t {{ {thing} a ?t }}")
            except OSError:
                continue
            self._writing.append(acknowledged - begun)
            self._reading.append(time.perf_counter() - acknowledged)
            self._missed += not canonical(body)


if __name__ == "__main__":
    main()
