"""How a folder of documents is loaded: `python -m bench.reading.loading [DOCUMENTS] [--jobs N …]`.

Makes documents of the samples and the annotated texts by changing years, days, surnames and names in quotation marks,
loads them into a new store for each number of processes, and prints after every 500 the time, the processor's time of
all processes and the memory of the one that writes and of the largest that reads. Memory is steady when its last lines
are no higher than those in the middle.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from loaders.reading_many import prepare_processes
from loaders.samples import samples
from milcoop.knowledge_graph import KnowledgeGraph

TEXTS = Path(__file__).resolve().parents[2] / "tests" / "reading" / "texts"
EVERY = 500

_YEAR = re.compile(r"\b20[012]\d\b")
_DAY = re.compile(r"\b(?:[1-9]|1\d|2[0-8])(?= [^\W\d_]{3,})")
# What looks like a surname, and what stands in quotation marks: a made one in its place is another person or exercise.
_NAME = re.compile(
    r"\b[А-ЯЁ][а-яё]{3,}(?=(?:ов|ев|ин)(?:а|у|ым|е)?\b)|\b[A-Z][a-z]{3,}(?=(?:ov|ev|in)\b)|(?<=«)[А-ЯЁ][а-яё]+"
)
_CONSONANTS = ("бвгдзклмнпрст", "bdfgklmnprstvz")


def varied(text: str, number: int) -> str:
    """A text with other years, days and names, always the same for a number; names stay alike within it."""
    random = Random(number)
    years, days = random.randint(-9, 3), random.randrange(28)
    letters: dict[int, int] = {}
    for alphabet in _CONSONANTS:
        for case in (str.lower, str.upper):
            shuffled = "".join(Random(number).sample(alphabet, len(alphabet)))
            letters |= str.maketrans(case(alphabet), case(shuffled))
    text = _YEAR.sub(lambda m: str(min(2027, max(2001, int(m[0]) + years))), text)
    text = _DAY.sub(lambda m: str((int(m[0]) + days) % 28 + 1), text)
    return _NAME.sub(lambda m: m[0].translate(letters), text)


def documents(number: int) -> Iterator[str]:
    """So many different documents of 80 to 700 words in three languages."""
    texts = [sample.data.decode() for sample in samples()]
    texts += [path.read_text("utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    for n in range(number):
        text = texts[n % len(texts)]
        yield text if n < len(texts) else varied(text, n)


class Meter:
    """Prints how far a load is; `milcoop` calls it after each document."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._gone: dict[int, float] = {}
        self._memory: dict[int, int] = {}
        self.look()
        self._before = sum(self._gone.values())

    def __call__(self, done: int, total: int, source: str) -> None:
        """`done` of `total` documents are read."""
        del source
        if done % EVERY == 0 or done == total:
            self.look()
            print(f"{done:>7} read   {self.told()}", flush=True)

    def look(self) -> None:
        """Note the processor's time and the memory of all processes that there are."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss=,time="], capture_output=True, text=True, check=True)
        rows = [line.split() for line in listed.stdout.splitlines()]
        above = {int(pid): int(parent) for pid, parent, _, _ in rows}
        self._memory.clear()
        for pid, _, size, took in ((int(pid), parent, int(size), took) for pid, parent, size, took in rows):
            if os.getpid() in _ancestors(pid, above):
                self._gone[pid] = _seconds(took)
                self._memory[pid] = size >> 10

    def told(self) -> str:
        """Time, processor's time and memory at the last look."""
        reading = (size for pid, size in self._memory.items() if pid != os.getpid())
        took = sum(self._gone.values()) - self._before
        return (
            f"{time.monotonic() - self._begun:8.1f} s   {took:6.0f} s of the processor   "
            f"{self._memory.get(os.getpid(), 0):>5} MB writes, {max(reading, default=0):>5} MB reads"
        )


def _ancestors(pid: int, above: dict[int, int]) -> Iterator[int]:
    """A process and those that it descends from."""
    while pid in above:
        yield pid
        pid = above[pid]


def _seconds(took: str) -> float:
    """The seconds of what `ps` gives as days, hours, minutes and seconds."""
    days, _, rest = took.rpartition("-")
    seconds = 0.0
    for part in rest.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds + 86400 * int(days or 0)


def load(folder: Path, jobs: int) -> None:
    """Load a folder into a new store."""
    print(f"{jobs} process{'es' if jobs > 1 else ''}", flush=True)
    if jobs > 1:
        prepare_processes()
    with tempfile.TemporaryDirectory() as place, KnowledgeGraph(Path(place) / "store") as graph:
        meter = Meter()
        report = graph.load(folder, jobs=jobs, progress=meter)
        meter.look()
        print(f"{len(report.documents):>7} loaded {meter.told()}; {len(report.failures)} failed", flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=1000)
    parser.add_argument("--jobs", nargs="+", type=int, default=[1, 2])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        words = 0
        for n, text in enumerate(documents(given.documents)):
            (folder / f"{n:06}.txt").write_text(text, encoding="utf-8")
            words += len(text.split())
        print(f"{given.documents} documents of {words / given.documents:.0f} words")
        for jobs in given.jobs:
            load(folder, jobs)


if __name__ == "__main__":
    main()
