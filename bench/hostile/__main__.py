"""`python -m bench.hostile`: an ordinary client's times alone, and while hostile clients send what they can.

The ordinary client sends one request after the other: canned questions, short queries, pages, an entity's data. The
hostile ones (`bench.hostile.attack`) send queries that never end, explode in memory or have any number of rows.
Told are p50 and p99 of the ordinary client before, during and after, how each hostile request ended, and the memory
of all processes of the server. Exit status 1 if a bound of issue 4 does not hold.
"""

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

P99_FACTOR = 3.0
GRACE_SECONDS = 1.0
ORDINARY = (
    "/sparql?" + urlencode({"query": "SELECT ?e ?l { ?e a mc:Exercise ; rdfs:label ?l } LIMIT 50"}),
    "/sparql?" + urlencode({"query": "SELECT ?a ?m { ?a mc:contributesTo ?m }"}),
    "/sparql?" + urlencode({"query": "ASK { state:KAZ mc:memberOf ?o }"}),
    "/sparql?" + urlencode({"query": "SELECT ?s (COUNT(*) AS ?n) { ?e mc:hasParticipant ?s } GROUP BY ?s"}),
    "/sparql?" + urlencode({"query": "SELECT ?p ?o { state:KAZ ?p ?o }"}),
    "/queries/contributors-to-a-mission?format=json",
    "/data/state/KAZ",
    "/data/mission/UNIFIL",
)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", help="a store to serve; a new one with the samples unless given")
    parser.add_argument("--clients", type=int, default=8, help="hostile clients")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="how long they attack, and how long is measured before"
    )
    parser.add_argument("--query-seconds", type=float, default=30.0, help="the server's deadline for a query")
    parser.add_argument("--port", type=int, default=5655)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        options = ["--query-seconds", str(arguments.query_seconds)]
        server = Server(arguments.store or f"{folder}/store", arguments.port, options)
        try:
            holds = _compare(server, arguments)
        finally:
            server.stop()
    sys.exit(0 if holds else 1)


class Server:
    """A running `milcoop serve`, whose memory is watched."""

    def __init__(self, store: str, port: int, further: list[str]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        options = ["--store", store, "--port", str(port), *further]
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from milcoop.cli import main; main()", "serve", *options],
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.most_bytes = 0
        self._ended = threading.Event()
        while not _is_ready(self.url):
            if self._process.poll() is not None:
                raise SystemExit("the server did not start")
            time.sleep(0.2)
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._ended.wait(0.5):
            self.most_bytes = max(self.most_bytes, sum(map(_size, _tree(self._process.pid))))

    def stop(self) -> None:
        self._ended.set()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)


def _tree(pid: int) -> list[int]:
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _tree(int(child))
    return found


def _size(pid: int) -> int:
    """The memory that is the process's own, and its share of what it shares, in bytes."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _is_ready(url: str) -> bool:
    try:
        return _ask(url, "/readyz") == 200
    except OSError:
        return False


def _ask(url: str, path: str) -> int:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    try:
        connection.request("GET", path, headers={"Accept": "*/*", "X-Forwarded-For": "192.0.2.1"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _ordinary(url: str, seconds: float) -> tuple[list[float], dict[int, int]]:
    """Seconds of each request, and how many had which status."""
    times, statuses = [], defaultdict[int, int](int)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for path in ORDINARY:
            begun = time.monotonic()
            statuses[_ask(url, path)] += 1
            times.append(time.monotonic() - begun)
            time.sleep(0.01)
    return times, dict(statuses)


def _told(name: str, times: list[float], statuses: dict[int, int]) -> float:
    cuts = quantiles(times, n=100)
    print(f"{name:<8} {len(times):>6} requests   p50 {cuts[49] * 1e3:7.1f} ms   p99 {cuts[98] * 1e3:7.1f} ms   "
          f"max {max(times) * 1e3:7.1f} ms   {statuses}")  # fmt: skip
    return cuts[98]


def _compare(server: Server, arguments: argparse.Namespace) -> bool:
    _ordinary(server.url, 3)  # warm
    quiet = _told("quiet", *_ordinary(server.url, arguments.seconds))
    command = [sys.executable, "-m", "bench.hostile.attack", server.url, str(arguments.seconds), str(arguments.clients)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as attack:
        lines: list[str] = []
        assert attack.stdout is not None
        reading = threading.Thread(target=lines.extend, args=(attack.stdout,))
        reading.start()
        time.sleep(1)
        attacked = _told("attacked", *_ordinary(server.url, arguments.seconds - 1))
        attack.wait()
        reading.join()
    _told("after", *_ordinary(server.url, min(10, arguments.seconds)))
    late = _tell_hostile([json.loads(line) for line in lines], arguments.query_seconds)
    print(f"memory of all processes at most {server.most_bytes / (1 << 20):,.0f} MiB; {os.cpu_count()} cores")
    print(f"p99 attacked / quiet: {attacked / quiet:.2f} (at most {P99_FACTOR:g}); ended too late or unclearly: {late}")
    return attacked <= P99_FACTOR * quiet and not late


def _tell_hostile(told: list[dict[str, object]], deadline: float) -> int:
    by_kind: dict[str, list[dict[str, object]]] = defaultdict(list)
    for line in told:
        by_kind[str(line["kind"])].append(line)
    bad = 0
    for kind, lines in sorted(by_kind.items()):
        statuses: dict[int, int] = defaultdict(int)
        for line in lines:
            statuses[int(str(line["status"]))] += 1
            clear = line["status"] == 200 or line["problem"]
            bad += not clear or float(str(line["seconds"])) > deadline + GRACE_SECONDS
        slowest = max(float(str(line["seconds"])) for line in lines)
        most = max(int(str(line["bytes"])) for line in lines)
        ended = f"slowest {slowest:6.2f} s   largest {most / (1 << 20):6.1f} MiB   {dict(statuses)}"
        print(f"  {kind:<20} {len(lines):>4} requests   {ended}")
    return bad


if __name__ == "__main__":
    main()
