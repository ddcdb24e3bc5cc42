"""Killing a writer at a random moment, and looking at what it leaves."""

import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pyoxigraph import DefaultGraph, RdfFormat

from bench.faults.writer import document
from graph.columns import Columns, columns_of_snapshot
from graph.store import Snapshot, Store, open_store

__all__ = ["Aftermath", "kill_a_writer", "written"]

MOST_SECONDS = 0.8
"""A writer lives up to so long unless told otherwise: some commits on an idle machine."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What was found after a kill.

    Arguments:
        acknowledged: the number of the last document that the store had acknowledged.
        present: how many documents there are, those of earlier writers included.
        seconds: how long it took to open the store and count them.
        faults: what is wrong, in sentences; empty if nothing is.
    """

    acknowledged: int
    present: int
    seconds: float
    faults: tuple[str, ...]


def kill_a_writer(location: Path, first: int, chance: random.Random, seconds: float = MOST_SECONDS) -> Aftermath:
    """Let a writer work for a random while, kill it, and look.

    Arguments:
        location: a store in which the documents 1 … `first` - 1 are.
        first: the number of the writer's first document.
        chance: decides the moment.
        seconds: how long the writer lives at most.
    """
    writer = subprocess.Popen(
        [sys.executable, "-m", "bench.faults.writer", str(location), str(first)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    with writer.stdout as said:
        assert said.readline() == "ready\n", "the writer did not start"
        time.sleep(chance.uniform(0, seconds))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        lines = said.read().split()
    acknowledged = int(lines[-1]) if lines else first - 1
    begun = time.perf_counter()
    with open_store(location, create=False) as store:
        present, faults = _look(store, acknowledged)
    return Aftermath(acknowledged, present, time.perf_counter() - begun, tuple(faults))


def _look(store: Store, acknowledged: int) -> tuple[int, list[str]]:
    present = written(store)
    faults: list[str] = []
    if not acknowledged <= present <= acknowledged + 1:
        faults.append(f"{acknowledged} documents were acknowledged, {present} are there")
    with store.snapshot() as snapshot:
        for number in range(max(1, present - 2), present + 1):
            graph, triples = document(number)
            if set(snapshot.triples(graph)) != set(triples):
                faults.append(f"document {number} is not whole")
        silent = snapshot.select(
            """SELECT ?e { GRAPH ?g { ?e mc:hasParticipant ?a ; mc:headcount 1000 }
                           FILTER NOT EXISTS { ?a mc:participatesIn ?e } } LIMIT 1"""
        )
        if silent:
            faults.append(f"what follows from {silent[0]['e']} is missing")
        columns = columns_of_snapshot(snapshot)
        if columns is not None and _lines(columns) != _merged_lines(snapshot):
            faults.append("the columns are of another state")
    return present, faults


def _lines(columns: Columns) -> set[str]:
    found = set()
    for predicate in columns.predicates.tolist():
        relation = columns.relation(predicate)
        assert relation is not None
        [name] = columns.notations(np.array([predicate], dtype=np.int32))
        pairs = zip(*map(columns.notations, relation.by_subject), strict=True)
        found |= {f"{subject} {name} {value} ." for subject, value in pairs}
    return found


def _merged_lines(snapshot: Snapshot) -> set[str]:
    text = snapshot.rdf.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    return set(text.decode().split("\n")[:-1])


def written(store: Store) -> int:
    """How many documents there are, without a gap."""
    with store.snapshot() as snapshot:
        graphs = set(snapshot.graphs())
    number = 0
    while document(number + 1)[0] in graphs:
        number += 1
    return number
