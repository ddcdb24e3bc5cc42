"""How well the reader reads, as a table in Markdown: `python -m bench.reading.quality`.

Scores the annotated texts beside the checkout (`../shared/corpus`), those written for the tests (`tune-*`: tuned on;
`hold-*`: not looked at while tuning), and the samples. The scorer is `../shared/score.py`.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from bench.reading.reference import reference_names
from bench.reading.score import SHARED, evaluate, texts
from loaders.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "reading" / "texts"
LANGUAGE = "ru"


def sets() -> dict[str, list[Path]]:
    """The sets of texts by their names."""
    own = texts(OWN, LANGUAGE)
    corpus = texts(SHARED / "corpus", LANGUAGE)
    return {
        "briefing of 2021": [p for p in corpus if p.stem == "briefing-2021"],
        "corpus": corpus,
        "own texts, tuned on": [p for p in own if p.stem.startswith("tune")],
        "own texts, held out": [p for p in own if p.stem.startswith("hold")],
    }


def samples(folder: Path) -> list[Path]:
    """The samples beside their annotations, in a folder made for the purpose."""
    for annotation in (ROOT / "tests" / "samples").glob("*.json"):
        text = ROOT / "loaders" / "samples" / f"{annotation.stem}.txt"
        (folder / annotation.name).write_text(json.dumps(json.loads(annotation.read_text(encoding="utf-8"))))
        (folder / text.name).write_bytes(text.read_bytes())
    return texts(folder, LANGUAGE)


def row(name: str, measured: dict[str, Any], number: int | str) -> str:
    """A row of the table."""
    figures = " | ".join("–" if measured[x] is None else f"{measured[x]:.2f}" for x in ("precision", "recall", "f1"))
    return f"| {name} | {number} | {measured['gold']} | {figures} |"


def main() -> None:
    """The command."""
    reader = Reader(reference_names())
    reader.prepare(LANGUAGE)
    head = "| {} | {} | facts to find | precision | recall | F1 |\n|---|---|---|---|---|---|"
    print(head.format("Russian texts", "texts"))
    results = {name: evaluate(reader, paths) for name, paths in sets().items() if paths}
    with tempfile.TemporaryDirectory() as folder:
        results["samples"] = evaluate(reader, samples(Path(folder)))
    for name, result in results.items():
        print(row(name, result["total"], len(result["documents"])))
    print("\n" + head.format("kind of fact", "set"))
    for name in ("corpus", "own texts, held out"):
        for kind, measured in results[name]["kinds"].items():
            print(row(kind, measured, name))


if __name__ == "__main__":
    main()
