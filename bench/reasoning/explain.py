"""`python -m bench.reasoning.explain [SIZE]`: how long a proof takes in a graph of that many triples.

The graph is generated (`generate.py`), closed, and kept in a folder as a store keeps it: what is asserted, what is
inferred, and the merge. Proofs are asked for of inferred triples drawn at random, of some of each property, each with
nothing remembered from the others; and of triples that do not hold.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from bench.reasoning.generate import write_graph
from graph.explanation import explain
from graph.reasoner.owl2rl.files import close_ntriples
from ontology import GRAPH, GRAPH_INFERRED

_OF_A_PROPERTY = 5
_AT_RANDOM = 100


def main() -> None:
    """The command."""
    options = argparse.ArgumentParser(prog="python -m bench.reasoning.explain", description=__doc__)
    options.add_argument("size", nargs="?", type=int, default=1_000_000, help="triples of the graph")
    options.add_argument("--folder", type=Path, help="where to keep the store, or where it lies from an earlier run")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="milcoop-bench-") as scratch:
        folder = chosen.folder or Path(scratch, "store")
        if not folder.exists():
            _make(folder, chosen.size, Path(scratch))
        rdf = pyoxigraph.Store.read_only(str(folder))
        print(f"{sum(1 for _ in rdf.quads_for_pattern(None, None, None, DefaultGraph())):,} triples, closed")
        _measure("proofs of inferred triples", rdf, sample := _inferred(rdf))
        _measure("what is missing", rdf, _wrong(rdf, sample))


def _make(folder: Path, size: int, scratch: Path) -> None:
    file = scratch / "graph.nt"
    write_graph(file, size)
    text = file.read_bytes()
    inferred = bytes(close_ntriples(text).inferred)
    store = pyoxigraph.Store(str(folder))
    for nquads, graph in ((text, GRAPH["bench"]), (inferred, GRAPH_INFERRED)):
        store.bulk_load(nquads, RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))
        store.bulk_load(nquads, RdfFormat.N_TRIPLES, to_graph=DefaultGraph())
    store.flush()


def _inferred(rdf: pyoxigraph.Store) -> list[Triple]:
    by_property: dict[str, list[Triple]] = defaultdict(list)
    everything: list[Triple] = []
    quad: Quad
    for quad in rdf.quads_for_pattern(None, None, None, NamedNode(GRAPH_INFERRED)):
        by_property[quad.predicate.value].append(quad.triple)
        everything.append(quad.triple)
    chance = random.Random(0)
    sample = chance.sample(everything, min(_AT_RANDOM, len(everything)))
    for triples in by_property.values():
        sample += chance.sample(triples, min(_OF_A_PROPERTY, len(triples)))
    return sample


def _wrong(rdf: pyoxigraph.Store, sample: Iterable[Triple]) -> list[Triple]:
    """The triples with each other's objects, where these do not hold."""
    triples = list(sample)
    swapped = [Triple(a.subject, a.predicate, b.object) for a, b in pairwise(triples)]
    return [triple for triple in swapped if Quad(*triple) not in rdf]


def _measure(title: str, rdf: pyoxigraph.Store, triples: list[Triple]) -> None:
    taken: list[tuple[float, float, Triple]] = []
    unproved = 0
    for triple in triples:
        begun, of_processor = time.perf_counter(), time.process_time()
        explanation = explain(rdf, triple)
        taken.append((time.perf_counter() - begun, time.process_time() - of_processor, triple))
        unproved += explanation.inferred and not explanation.proofs
    taken.sort(key=lambda one: one[0], reverse=True)
    print(f"\n{title}: {len(taken)}, {unproved} without a proof")
    for name, seconds in (("elapsed", [one[0] for one in taken]), ("processor", [one[1] for one in taken])):
        rank = sorted(seconds)[int(0.95 * (len(seconds) - 1))]
        shown = (f"{1000 * value:.1f} ms" for value in (statistics.median(seconds), rank, max(seconds)))
        print("{:10} median {}, 95 % {}, all {}".format(name, *shown))
    for elapsed, _, triple in taken[:3]:
        print(f"  {1000 * elapsed:8.1f} ms  {triple}")


if __name__ == "__main__":
    main()
