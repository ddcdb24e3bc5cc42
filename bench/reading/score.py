"""Score the reader on annotated texts: `python -m bench.reading.score [--kind exercise] [--only ru-01] [--errors]`.

Runs the reader over every NAME.txt of a folder (`../shared/corpus` by default) that has a NAME.json, writes what it
found as annotations, and prints the table of the folder's `score.py` for each language. `--half odd|even` picks the
tuning half (odd numbers and names without one) or the other.
"""

import argparse
import importlib.util
import json
import re
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.reading.reference import reference_names
from loaders.reading.annotation import to_annotation
from loaders.reading.reader import Reader

SHARED = Path(__file__).resolve().parents[3] / "shared"


def scorer() -> ModuleType:
    """The module `score.py` of the shared folder."""
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "score.py")
    assert spec and spec.loader, "no ../shared/score.py"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(folder: Path, language: str, half: str | None = None, only: tuple[str, ...] = ()) -> list[Path]:
    """The annotated texts of a language; of a half, if one is given."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        gold = path.with_suffix(".json")
        if not gold.exists() or json.loads(gold.read_text(encoding="utf-8")).get("lang") != language:
            continue
        number = re.search(r"-(\d{1,3})$", path.stem)
        odd = number is None or int(number.group(1)) % 2 == 1
        if (not half or odd == (half == "odd")) and (not only or path.stem in only):
            found.append(path)
    return found


def evaluate(reader: Reader, paths: list[Path]) -> dict[str, Any]:
    """Read the texts and score them; the result of `score.score` with `seconds` added."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder) / "gold", Path(folder) / "predicted"
        gold.mkdir()
        predicted.mkdir()
        started = time.perf_counter()
        for path in paths:
            annotation = to_annotation(reader.read(path.read_text(encoding="utf-8")))
            name = f"{path.stem}.json"
            (predicted / name).write_text(json.dumps(annotation, ensure_ascii=False), encoding="utf-8")
            (gold / name).write_bytes(path.with_suffix(".json").read_bytes())
        seconds = time.perf_counter() - started
        result: dict[str, Any] = scorer().score(gold, predicted)
    result["seconds"] = seconds
    return result


def show(result: dict[str, Any], *, errors: bool, kind: str | None) -> None:
    """Print errors and table."""
    module = scorer()
    if errors:
        for document, kinds in result["errors"].items():
            shown = {k: v for k, v in kinds.items() if not kind or k == kind}
            if shown:
                print(f"{document}  (F1 {module.show(result['documents'][document]['f1'])})")
            for name, lists in shown.items():
                for sign, which in (("-", "missed"), ("+", "spurious")):
                    for item in lists[which]:
                        print(f"  {sign} {name}: {module.words(item)}")
    print(f"{'kind':<12}{'gold':>6}{'pred':>6}{'right':>6}  {'P':^5}  {'R':^5}  {'F1':^5}")
    for name, m in [*result["kinds"].items(), ("total", result["total"])]:
        if not kind or name in {kind, "total"}:
            figures = "  ".join(module.show(m[x]) for x in ("precision", "recall", "f1"))
            print(f"{name:<12}{m['gold']:>6}{m['predicted']:>6}{m['right']:>6}  {figures}")
    print(f"{len(result['documents'])} documents, {len(result['documents']) / result['seconds']:.1f} a second")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "corpus")
    parser.add_argument("--language", default="ru", help="ru, en or kk")
    parser.add_argument("--half", choices=("odd", "even"))
    parser.add_argument("--only", default="", help="names of texts, separated by commas")
    parser.add_argument("--kind", help="one kind of facts only (exercise, mission, …)")
    parser.add_argument("--errors", action="store_true", help="list what was missed and what is spurious")
    options = parser.parse_args()
    reader = Reader(reference_names())
    started = time.perf_counter()
    reader.prepare(options.language)
    print(f"models loaded in {time.perf_counter() - started:.1f} s")
    only = tuple(options.only.split(",")) if options.only else ()
    paths = texts(options.folder, options.language, options.half, only)
    if not paths:
        parser.error(f"no annotated texts in {options.language} there; --language names another")
    show(evaluate(reader, paths), errors=options.errors, kind=options.kind)


if __name__ == "__main__":
    main()
