"""How well the readers read, as tables in Markdown: `python -m bench.reading.quality`.

Scores the annotated texts beside the checkout (`../shared/corpus`), those written for the tests (`tune*`: tuned on;
`hold*`: held out while tuning), and the samples, for each language. The scorer is `../shared/score.py`.
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
BLIND = ("hold3", "hold4", "hold5", "hold6", "hold7")
LANGUAGES = {"ru": "Russian", "en": "English", "kk": "Kazakh"}


def sets(language: str) -> dict[str, list[Path]]:
    """The sets of texts of a language by their names."""
    own = texts(OWN, language)
    corpus = texts(SHARED / "corpus", language)
    found = {
        "briefing of 2021": [p for p in corpus if p.stem == "briefing-2021"],
        "corpus": corpus,
        "own texts, tuned on": [p for p in own if p.stem.startswith("tune")],
        "own texts, held out": [p for p in own if p.stem.startswith("hold")],
        f"of these, written blind ({', '.join(BLIND)})": [p for p in own if p.stem.startswith(BLIND)],
    }
    return {name: paths for name, paths in found.items() if paths}


def samples(folder: Path, language: str) -> list[Path]:
    """The samples beside their annotations, in a folder made for the purpose."""
    for annotation in (ROOT / "tests" / "samples").glob("*.json"):
        text = ROOT / "loaders" / "samples" / f"{annotation.stem}.txt"
        (folder / annotation.name).write_text(json.dumps(json.loads(annotation.read_text(encoding="utf-8"))))
        (folder / text.name).write_bytes(text.read_bytes())
    return texts(folder, language)


def row(name: str, measured: dict[str, Any], number: int | str) -> str:
    """A row of the table."""
    figures = " | ".join("–" if measured[x] is None else f"{measured[x]:.2f}" for x in ("precision", "recall", "f1"))
    return f"| {name} | {number} | {measured['gold']} | {figures} |"


def main() -> None:
    """The command."""
    reader = Reader(reference_names())
    head = "| {} | {} | facts to find | precision | recall | F1 |\n|---|---|---|---|---|---|"
    results: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        results[language] = {name: evaluate(reader, paths) for name, paths in sets(language).items()}
        with tempfile.TemporaryDirectory() as folder:
            if shipped := samples(Path(folder), language):
                results[language]["samples"] = evaluate(reader, shipped)
    for language, name in LANGUAGES.items():
        print(head.format(f"{name} texts", "texts"))
        for group, result in results[language].items():
            print(row(group, result["total"], len(result["documents"])))
        print()
    for group in ("corpus", "own texts, held out"):
        print(head.format(f"kind of fact: {group}", "language"))
        kinds = {kind for result in results.values() for kind in result.get(group, {"kinds": {}})["kinds"]}
        for kind in sorted(kinds):
            for language, name in LANGUAGES.items():
                if group in results[language]:
                    print(row(kind, results[language][group]["kinds"][kind], name))
        print()


if __name__ == "__main__":
    main()
