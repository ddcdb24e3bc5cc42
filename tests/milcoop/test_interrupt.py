"""Ctrl-C ends a query that runs away."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from milcoop import KnowledgeGraph

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
IN_THE_FOREGROUND = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from milcoop.cli import main
main()
"""


def test_an_interrupt_ends_a_query_that_the_engine_would_not_let_go_of(tmp_path: Path) -> None:
    file = tmp_path / "one.nt"
    file.write_text("<http://x/a> <http://x/b> <http://x/c> .", encoding="utf-8")
    with KnowledgeGraph(tmp_path / "store") as graph:
        graph.load(file)
    query = tmp_path / "runaway.rq"
    query.write_text(RUNAWAY, encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-c", IN_THE_FOREGROUND, "query", query, "--store", tmp_path / "store"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        time.sleep(4)  # the query is being evaluated
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=120) != 0
    finally:
        running.kill()
