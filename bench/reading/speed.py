"""How fast the reader is: `python -m bench.reading.speed`. Start-up apart, documents and words a second of one core.

Python's garbage collector is let to work as seldom as `milcoop load` lets it.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import gc
import statistics
import time

from bench.reading.reference import reference_names
from loaders.reading.reader import Reader
from loaders.reading_many import SELDOM
from loaders.samples import samples

ROUNDS = 5


def main() -> None:
    """The command."""
    gc.set_threshold(*SELDOM)
    texts = [sample.data.decode() for sample in samples()]
    names = reference_names()
    begun = time.perf_counter()
    reader = Reader(names)
    reader.prepare("ru")
    print(f"start-up: {time.perf_counter() - begun:.2f} s (models and {len(names)} names)")
    for text in texts:
        reader.read(text)
    rates = []
    for _ in range(ROUNDS):
        # The processor's time: what others do on the machine does not count.
        begun = time.process_time()
        for text in texts:
            reader.read(text)
        rates.append(len(texts) / (time.process_time() - begun))
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(
        f"documents of {words:.0f} words: {statistics.median(rates):.1f} a second ({min(rates):.1f}-{max(rates):.1f})"
    )


if __name__ == "__main__":
    main()
