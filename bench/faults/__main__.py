"""Kill writers, many times: `python -m bench.faults [--times 500] [--seed 1]`.

A writer is killed with SIGKILL at a random moment while it commits documents, again and again on the same store, and
after each kill the store is opened as a user would: every acknowledged document must be there and whole, at most the
one that was under way besides, and what follows from them. In the end everything is inferred anew and compared.
"""

import argparse
import random
import tempfile
from pathlib import Path

from bench.faults.killing import MOST_SECONDS, Aftermath, kill_a_writer, written
from graph.columns import columns_of_snapshot
from graph.columns.preparing import prepare_columns
from graph.store import open_store
from ontology import GRAPH_INFERRED


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=float, default=MOST_SECONDS, help="how long a writer lives at most: more on a busy machine"
    )
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        location = Path(folder) / "store"
        with open_store(location) as store:
            prepare_columns(store, 0)  # which a commit lets follow
        found: list[Aftermath] = []
        for number in range(options.times):
            before = found[-1].present if found else 0
            found.append(kill_a_writer(location, before + 1, chance, options.seconds))
            for fault in found[-1].faults:
                print(f"kill {number + 1}: {fault}")
        with open_store(location) as store:
            with store.snapshot() as snapshot:
                kept = set(snapshot.triples(GRAPH_INFERRED))
            store.infer()
            with store.snapshot() as snapshot:
                anew = set(snapshot.triples(GRAPH_INFERRED))
            documents = written(store)
            with store.snapshot() as snapshot:
                followed = columns_of_snapshot(snapshot) is not None
    faults = sum(len(aftermath.faults) for aftermath in found) + (kept != anew)
    if documents < len(found) // 2:
        print("Most writers were killed before they had written anything: give them more --seconds")
        faults += 1
    print(f"columns followed to the end: {'yes' if followed else 'no'}")
    opened = sorted(aftermath.seconds for aftermath in found)
    print(f"kills: {len(found)}; documents written: {documents}; faults: {faults}")
    print(f"inferences: {len(kept)}, from scratch {len(anew)}, {'the same' if kept == anew else 'NOT the same'}")
    print(f"opening after a kill: median {opened[len(opened) // 2]:.2f} s, longest {opened[-1]:.2f} s")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
