"""`python -m bench.reasoning.incremental [SIZE …]`: how long a store takes to load and to withdraw one more document.

Everything counts: the transaction, the inferred graph, the merged graph, the checkpoint on disk. The store holds a
generated graph of about SIZE triples; the documents that come and go are of the same kind. Afterwards the inferred
graph is compared with one made from scratch. Beside the time on the clock the processor time is told, which a machine
that is busy with other things distorts less.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from bench.reasoning.generate import document_lines
from graph.store import Store, open_store
from ontology import GRAPH_INFERRED, entity

SIZES = (10_000, 100_000)
_TRIPLES_OF_A_DOCUMENT = 150


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    options = argparse.ArgumentParser(prog="python -m bench.reasoning.incremental", description=__doc__)
    options.add_argument("sizes", nargs="*", type=int, default=SIZES, help="triples in the store")
    options.add_argument("--documents", type=int, default=10, help="how many documents come and go")
    options.add_argument("--unchecked", action="store_true", help="do not compare with a closure from scratch")
    options.add_argument("--keep", type=Path, help="a folder in which the stores are kept, and taken from next time")
    chosen = options.parse_args(arguments)
    print(f"{'store':>10} {'':10} {'median':>8} {'longest':>8} {'processor':>10}   seconds a document")
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory(prefix="milcoop-bench-") as folder:
            _measure(chosen.keep or Path(folder), size, chosen.documents, checked=not chosen.unchecked)


def _measure(folder: Path, size: int, count: int, *, checked: bool) -> None:
    documents = max(1, size // _TRIPLES_OF_A_DOCUMENT)
    location = folder / str(size)
    there = location.exists()
    with open_store(location) as store:
        if not there:
            with store.transaction() as transaction:
                for number in range(documents):
                    transaction.put_graph(entity("document", f"d{number}"), _document(number, documents))
        before = _inferred(store)
        _in_turn(store, documents, 1)  # what is worked out once in a process
        loading, withdrawing = _in_turn(store, documents, count)
        for what, times in (("load", loading), ("withdraw", withdrawing)):
            clock, processor = zip(*times, strict=True)
            row = f"{statistics.median(clock):8.3f} {max(clock):8.3f} {statistics.median(processor):10.3f}"
            print(f"{size:>10,} {what:10} {row}", flush=True)
        if checked:
            assert _inferred(store) == before, "what was withdrawn left something behind"
            store.infer()
            assert _inferred(store) == before, "what was inferred step by step is not what follows"


_Times = list[tuple[float, float]]


def _in_turn(store: Store, documents: int, count: int) -> tuple[_Times, _Times]:
    loading: _Times = []
    withdrawing: _Times = []
    for number in range(documents + 1, documents + 1 + count):
        graph, triples = entity("document", f"d{number}"), _document(number, documents)
        loading.append(_timed(store, graph, triples))
        withdrawing.append(_timed(store, graph, None))
    return loading, withdrawing


def _timed(store: Store, graph: str, triples: list[Triple] | None) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    with store.transaction() as transaction:
        if triples is None:
            transaction.drop_graph(graph)
        else:
            transaction.put_graph(graph, triples)
    return time.perf_counter() - clock, time.process_time() - processor


def _document(number: int, documents: int) -> list[Triple]:
    lines = dict.fromkeys(document_lines(random.Random(number), number, documents))
    return [quad.triple for quad in pyoxigraph.parse("".join(lines), RdfFormat.N_TRIPLES)]


def _inferred(store: Store) -> set[Triple]:
    with store.snapshot() as snapshot:
        return set(snapshot.triples(GRAPH_INFERRED))


if __name__ == "__main__":
    main()
