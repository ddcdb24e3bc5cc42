"""A text is read alike in every process, whatever the order in which that process walks its sets."""

import os
import subprocess
import sys
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
READING = """
import sys
from pathlib import Path
from bench.reading.reference import reference_names
from loaders.reading.reader import Reader

reader = Reader(reference_names())
for file in sys.argv[1:]:
    print(repr(reader.read(Path(file).read_text(encoding="utf-8"))))
"""


def test_processes_read_alike_whatever_the_seed_of_their_hashes() -> None:
    # A word with two senses, of which a set gave now one and now the other, stands in tune2-08
    files = [str(TEXTS / f"{name}.txt") for name in ("tune2-08", "tune5-en-04", "tune5-kk-01")]
    read = {
        subprocess.run(
            [sys.executable, "-c", READING, *files],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True, text=True, timeout=300, check=True,
        ).stdout
        for seed in ("0", "1")
    }  # fmt: skip
    assert len(read) == 1
