"""Hostile documents through everything that reads them: `python -m bench.reading.fuzz [SECONDS] [SEED]`.

A document either gives facts whose passages stand at their offsets, or is refused in a sentence. Prints the seed of
each document with which it is otherwise, what went wrong, and how many were read and refused.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from pyoxigraph import Literal, Triple

from bench.reading.hostile import file
from bench.reading.reference import reference_names
from graph.errors import MilcoopError
from loaders.documents import DocumentRecord
from loaders.formats import TextContent, extract, legible
from loaders.reading.reader import Reader
from loaders.samples import samples
from loaders.to_rdf import document_graph
from ontology import MC, entity

TEXTS = Path(__file__).resolve().parents[2] / "tests" / "reading" / "texts"
SLOW = 20.0


def passages(triples: tuple[Triple, ...]) -> list[tuple[int, int, str]]:
    """Begin, end and words of each passage of a document's graph."""
    values: dict[object, dict[str, str]] = {}
    for triple in triples:
        if isinstance(triple.object, Literal):
            values.setdefault(triple.subject, {})[triple.predicate.value] = triple.object.value
    names = [MC[name] for name in ("begin", "end", "exactText")]
    found = [tuple(each[name] for name in names) for each in values.values() if all(name in each for name in names)]
    return [(int(begin), int(end), words) for begin, end, words in found]


def read(reader: Reader, name: str, data: bytes) -> str:
    """What becomes of a document: `read`, or the sort of the refusal.

    Raises:
        AssertionError: a passage is not what stands at its offsets.
    """
    try:
        content = extract(data, name)
    except MilcoopError as refusal:
        assert str(refusal) and "\n" not in str(refusal), f"no clear sentence: {refusal!r}"
        return type(refusal).__name__
    if not isinstance(content, TextContent):
        return "RDF"
    reading = reader.read(legible(content.text))
    for mention in reading.mentions:
        assert content.text[mention.span.begin : mention.span.end].strip(), f"{mention.span} is no mention"
    record = DocumentRecord(entity("document", "fuzz"), name, "0" * 64, text=content.text)
    found = passages(document_graph(reading, content.text, record).triples)
    assert found or not reading.facts, "facts without passages"
    for begin, end, words in found:
        assert words.strip() and content.text[begin:end] == words, f"[{begin}:{end}] is not {words!r}"
    return "read"


def main() -> None:
    """The command."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    sources = [s.data.decode() for s in samples()]
    sources += [path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    reader = Reader(reference_names())
    outcomes: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        name, data = file(Random(seed), sources)
        begun = time.process_time()
        try:
            outcomes[read(reader, name, data)] += 1
        except Exception:
            outcomes["FAILED"] += 1
            print(f"seed {seed} ({name}):\n{traceback.format_exc(limit=-3)}", flush=True)
        if (took := time.process_time() - begun) > SLOW:
            print(f"seed {seed} ({name}, {len(data)} bytes) took {took:.0f} s", flush=True)
        seed += 1
    print(f"{sum(outcomes.values())} documents up to seed {seed}: {dict(outcomes.most_common())}")
    sys.exit(1 if outcomes["FAILED"] else 0)


if __name__ == "__main__":
    main()
