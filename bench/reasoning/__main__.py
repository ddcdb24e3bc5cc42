"""`python -m bench.reasoning [SIZE …]`: the engine of inference beside others, on the same generated graphs.

Each engine closes each graph in a process of its own, once to warm up if that is quick, then as often as fits into
a few seconds; the median counts, and the ratio to the fastest of the complete ones. Before any time is printed the
closures are compared, without trivial conclusions: an engine that is complete must say the same, one that is not may
say less, and none may say more. The processor time of the first run distorts less on a machine that is busy.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, RdfFormat, Triple

from bench.reasoning.engines import ENGINES
from bench.reasoning.generate import write_graph
from graph.reasoner.literals import IllTyped, value_of
from graph.reasoner.trivial import is_trivial

SIZES = (10_000, 100_000, 1_000_000)
_SECONDS = 3.0


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    options = argparse.ArgumentParser(prog="python -m bench.reasoning", description=__doc__)
    options.add_argument("sizes", nargs="*", type=int, default=SIZES, help="triples of the graphs")
    options.add_argument("--only", action="append", help="an engine (all unless given)")
    options.add_argument("--unchecked", action="store_true", help="do not compare the closures")
    options.add_argument(
        "--patience", type=float, default=1200.0, metavar="SECONDS", help="an engine that takes longer is given up on"
    )
    options.add_argument("--close", nargs=3, metavar=("ENGINE", "FILE", "OUT"), help=argparse.SUPPRESS)
    chosen = options.parse_args(arguments)
    if chosen.close:
        _close(*chosen.close)
        return
    for size in chosen.sizes:
        _compare(size, chosen.only or list(ENGINES), chosen.patience, checked=not chosen.unchecked)


def _close(name: str, file: str, out: str) -> None:
    """Run one engine, in this process; `out` gets its conclusions if it is named."""
    times: list[float] = []
    processor = 0.0
    while not times or (sum(times) < _SECONDS and len(times) < 6):
        begun, before = time.perf_counter(), _processor()
        conclusions = ENGINES[name].close(Path(file))
        times.append(time.perf_counter() - begun)
        processor = processor or _processor() - before
    peak = max(one.ru_maxrss for one in _used()) / 1024
    if out != "-":
        Path(out).write_text("".join(f"{triple} .\n" for triple in conclusions()), "utf-8")
    seconds = statistics.median(times[1:] or times)
    print(json.dumps({"seconds": seconds, "first": times[0], "processor": processor, "megabytes": peak}))


def _used() -> list[resource.struct_rusage]:
    return [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


def _processor() -> float:
    """The seconds of processor time that this process and its children have taken."""
    return sum(one.ru_utime + one.ru_stime for one in _used())


def _compare(size: int, names: list[str], patience: float, *, checked: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="milcoop-bench-") as folder:
        file = Path(folder, "graph.nt")
        count = write_graph(file, size)
        results: dict[str, dict[str, float]] = {}
        found: dict[str, set[Triple]] = {}
        given_up: list[str] = []
        premises = {quad.triple for quad in pyoxigraph.parse(path=file)} if checked else set()
        for name in names:
            if count > ENGINES[name].most * 1.1:
                continue
            out = Path(folder, "closure.nt")
            command = [
                sys.executable,
                "-m",
                "bench.reasoning",
                "--close",
                name,
                str(file),
                str(out if checked else "-"),
            ]
            try:
                done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=patience)
            except subprocess.TimeoutExpired:
                given_up.append(name)
                continue
            if done.returncode:
                print(f"{name}: failed\n{done.stderr}")
                continue
            results[name] = json.loads(done.stdout)
            if checked:
                found[name] = _telling(out, premises)
        verdicts = _verdicts(found) if checked else {}
        print(f"\n{count:,} triples, {file.stat().st_size / 1e6:.0f} MB")
        print(f"{'engine':24} {'seconds':>9} {'first':>9} {'processor':>9} {'ratio':>8} {'MB':>7}   conclusions")
        complete = [result["seconds"] for name, result in results.items() if ENGINES[name].complete]
        least = min(complete, default=float("nan"))
        for name, result in results.items():
            times = f"{result['seconds']:9.3f} {result['first']:9.3f} {result['processor']:9.3f}"
            sizes = f"{result['seconds'] / least:8.1f} {result['megabytes']:7.0f}"
            print(f"{name:24} {times} {sizes}   {verdicts.get(name, 'not compared')}")
        for name in given_up:
            lower = f"{f'> {patience:.0f}':>9} {'':9} {'':9} {f'> {patience / least:.0f}':>8}"
            print(f"{name:24} {lower} {'':7}   given up on, whatever it still had to do")


def _telling(file: Path, premises: set[Triple]) -> set[Triple]:
    """The conclusions in a file that are neither premises nor trivial, nor tell a value in one of its spellings."""
    found = {quad.triple for quad in pyoxigraph.parse(path=file, format=RdfFormat.N_TRIPLES)} - premises
    return {triple for triple in found if not is_trivial(triple) and not _is_number(triple.object)}


def _is_number(term: object) -> bool:
    """Whether a literal can be written otherwise; which spelling is told is up to the engine."""
    try:
        return isinstance(term, Literal) and value_of(term) not in (None, ("string", term.value, term.language or ""))
    except IllTyped:
        return True


def _verdicts(found: dict[str, set[Triple]]) -> dict[str, str]:
    """Exits if the closures do not agree as far as they must."""
    first, *others = found
    ours = found[first]
    verdicts = {first: f"{len(ours):,}"}
    for name in others:
        missing, more = len(ours - found[name]), len(found[name] - ours)
        if ENGINES[name].complete and (missing or more):
            sys.exit(f"the closures of {first} and {name} differ: {missing} missing, {more} more")
        verdicts[name] = "the same" if not missing and not more else f"{missing:,} missing, {more:,} more"
    return verdicts


if __name__ == "__main__":
    main()
