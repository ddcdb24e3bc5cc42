"""How well things of several texts are joined: `python -m bench.reading.identity [--as read] [--wrong]`.

Loads all annotated texts into one store and counts pairs of things of two texts: a pair is right if both go under one
name and `identity.toml` has them for one. `--as told` (the default) takes the annotations for what was read, so that
the figures are those of identity alone; `--as read` lets the readers read, so that what they miss counts too. Before
and after: by the names that each document gives on its own, and as joined.
"""

import argparse
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.reading.score import SHARED, scorer
from graph.store import Snapshot, Store, open_store
from loaders.identity.record import recorded, renamed_in
from loaders.load import Given, TextReader, load
from loaders.reading.facts import Reading
from ontology import entity
from tests.loaders.annotated import PerfectReader, read_annotation
from tests.loaders.making import NoReasoner

ROOT = Path(__file__).resolve().parents[2]
TRUTH = Path(__file__).with_name("identity.toml")
FOLDERS = (SHARED / "corpus", ROOT / "tests" / "reading" / "texts", ROOT / "tests" / "samples")
KINDS = {"person": "positions", "exercise": "exercises", "agreement": "agreements"}


_CLASS_OF_TYPE = {
    "treaty": "Treaty", "memorandum": "Memorandum", "plan": "CooperationPlan", "protocol": "Protocol",
    "contract": "Contract", "declaration": "Declaration",
}  # fmt: skip


@dataclass(frozen=True)
class Document:
    """An annotated text."""

    name: str
    text: str
    annotation: dict[str, Any]

    @property
    def iri(self) -> str:
        return entity("document", self.name)


@dataclass(frozen=True)
class Thing:
    """A thing as a text has it: what it is called in `identity.toml`, and its name in the store (own, and at last)."""

    kind: str
    key: str
    language: str
    document: str
    own: str | None
    common: str | None


class AsTold:
    """Reads each text as its annotation has it."""

    def __init__(self, documents: list[Document]) -> None:
        self._annotations = {_letters(document.text): document.annotation for document in documents}

    def read(self, text: str, language: str | None = None) -> Reading:
        del language
        return PerfectReader(self._annotations[_letters(text)], text).read()


def documents(folders: tuple[Path, ...]) -> list[Document]:
    """The annotated texts of the folders that `identity.toml` knows; texts of samples lie elsewhere."""
    uncompared = tuple(tomllib.loads(TRUTH.read_text("utf-8"))["uncompared"])
    found = []
    for folder in folders:
        for path in sorted(p for p in folder.glob("*.json") if not p.name.startswith(uncompared)):
            text = path.with_suffix(".txt")
            text = text if text.exists() else ROOT / "loaders" / "samples" / text.name
            found.append(Document(path.stem, text.read_text("utf-8"), read_annotation(path)))
    return found


def loaded(given: list[Document], as_told: bool) -> Store:
    """All in one store."""
    store = open_store("memory:", reasoner=NoReasoner())
    reader: TextReader | None = AsTold(given) if as_told else None
    report = load(store, [Given(f"{d.name}.txt", d.text.encode()) for d in given], reader=reader)
    assert not report.failures, report.failures
    return store


class Finder:
    """Finds what the store has of an annotated thing."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._same = scorer().name

    def things(self, document: Document) -> list[Thing]:
        own = {common: own for own, common in renamed_in(self._snapshot.rdf, document.iri).items()}
        found: dict[tuple[str, str], Thing] = {}
        for kind, list_name in KINDS.items():
            for fact in document.annotation.get(list_name) or ():
                key = self.key(document.name, kind, fact)
                common = getattr(self, kind)(document, fact)
                found[kind, key] = Thing(
                    kind, key, document.annotation["lang"], document.name, own.get(common, common), common
                )
        return list(found.values())

    @staticmethod
    def key(name: str, kind: str, fact: dict[str, Any]) -> str:
        match kind:
            case "person":
                return f"{name} | {fact['person']}"
            case "exercise":
                return f"{name} | {fact['name']} | {fact['start'] or ''}"
            case _:
                return f"{name} | {fact['title']}"

    def rows(self, document: Document, pattern: str) -> list[dict[str, str]]:
        query = f"SELECT DISTINCT * {{ GRAPH <{document.iri}> {{ {pattern} }} }}"
        return [{k: getattr(v, "value", str(v)) for k, v in row.items()} for row in self._snapshot.select(query)]

    def person(self, document: Document, fact: dict[str, Any]) -> str | None:
        rows = self.rows(document, "?x mc:familyName ?name")
        return next((r["x"] for r in rows if self._same(r["name"]) == self._same(fact["person"])), None)

    def exercise(self, document: Document, fact: dict[str, Any]) -> str | None:
        pattern = """?x a ?class FILTER(?class IN (mc:Exercise, mc:Competition))
          OPTIONAL { ?x rdfs:label|skos:altLabel ?name } OPTIONAL { ?x mc:startDate ?start }"""
        wanted, start = self._same(fact["name"]), fact["start"] or ""
        rows = [r for r in self.rows(document, pattern) if self._same(r.get("name", "?")) == wanted]
        near = [r for r in rows if _compatible(r.get("start", ""), start)]
        return min((r["x"] for r in near if r.get("start", "") == start), default=None) or min(
            (r["x"] for r in near), default=None
        )

    def agreement(self, document: Document, fact: dict[str, Any]) -> str | None:
        pattern = """?x a ?class ; mc:hasParty ?party OPTIONAL { ?x mc:signedOn ?signed }
          OPTIONAL { ?x rdfs:label|skos:altLabel ?name }"""
        parties = {self._same(p.split(":")[0]) for p in fact["parties"]}
        scores: Counter[str] = Counter()
        for row in self.rows(document, pattern):
            if row["class"].rsplit("#", 1)[-1] != _CLASS_OF_TYPE.get(fact["type"], "Agreement"):
                continue
            last = self._same(row["party"].rsplit("/", 1)[-1]).split("-")[0]
            scores[row["x"]] += 2 if last in parties else -1
            scores[row["x"]] += 3 if self._same(row.get("name", "")) == self._same(fact["title"]) else 0
            scores[row["x"]] += 1 if row.get("signed") == fact["signed"] else 0
        best = scores.most_common(1)
        return best[0][0] if best and best[0][1] > 2 else None


def _letters(text: str) -> str:
    """What formats leave of a text as it is."""
    return "".join(filter(str.isalnum, text))


def _compatible(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def pairs_of(groups: list[list[str]]) -> set[frozenset[str]]:
    """All pairs of members of a group."""
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def report(things: list[Thing], truth: dict[str, Any], wrong: bool) -> None:
    """Print the tables."""
    known = {thing.key for thing in things}
    right = {kind: pairs_of(truth[kind]) for kind in KINDS}
    doubtful = pairs_of(truth.get("doubtful", []))
    lost = sorted({m for kind in KINDS for group in truth[kind] for m in group} - known)
    if lost:
        print("not among the texts:", *lost, sep="\n  ")
    print("| things | pairs that are one | names alone: precision | recall | joined: precision | recall |")
    print("|---|---|---|---|---|---|")
    everything: dict[str, Counter[str]] = defaultdict(Counter)
    for one, other in combinations(things, 2):
        pair = frozenset({one.key, other.key})
        if one.kind != other.kind or one.document == other.document or pair in doubtful:
            continue
        is_one = pair in right[one.kind]
        rows = [one.kind, "all"] + (["of two languages"] if one.language != other.language else [])
        for stage in ("own", "common"):
            mine, theirs = getattr(one, stage), getattr(other, stage)
            joined = mine is not None and mine == theirs
            for row in rows:
                everything[row][f"{stage} {is_one} {joined}"] += 1
            if wrong and stage == "common" and joined != is_one:
                unread = [thing.key for thing in (one, other) if thing.common is None]
                why = "wrongly joined" if joined else "not read" if unread else "missed"
                print(f"{why}: " + " ~ ".join(unread or (f"{t.key} <{t.own}>" for t in (one, other))))
    for row in (*KINDS, "all", "of two languages"):
        count = everything[row]
        cells = [f"{row}", str(count["common True True"] + count["common True False"])]
        for stage in ("own", "common"):
            hit, spurious, missed = (count[f"{stage} {w}"] for w in ("True True", "False True", "True False"))
            cells += [_share(hit, hit + spurious), _share(hit, hit + missed)]
        print("| " + " | ".join(cells) + " |")


def by_rule(snapshot: Snapshot, things: list[Thing], truth: dict[str, Any]) -> None:
    """Print how often each rule was right."""
    group_of = {m: (kind, n) for kind in KINDS for n, group in enumerate(truth[kind]) for m in group}
    doubtful = pairs_of(truth.get("doubtful", []))
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    by_name: dict[str | None, list[Thing]] = defaultdict(list)
    for thing in things:
        by_name[thing.common].append(thing)
    for thing in things:
        if thing.own is None or thing.own == thing.common:
            continue
        record = recorded(snapshot.rdf, thing.own)
        others = [o for o in by_name[thing.common] if o.document != thing.document]
        others = [o for o in others if frozenset({o.key, thing.key}) not in doubtful]
        if record is not None and others:
            same = {group_of.get(o.key) for o in others}
            counts[record.rule][group_of.get(thing.key) is not None and group_of[thing.key] in same] += 1
    print("\n| rule | joined | right |\n|---|---|---|")
    for rule, count in sorted(counts.items()):
        print(f"| {rule.removeprefix('identity/')} | {count.total()} | {_share(count[True], count.total())} |")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--as", dest="how", choices=["told", "read"], default="told")
    parser.add_argument("--texts", type=Path, help="a folder with texts, annotations and a file identity.toml")
    parser.add_argument("--wrong", action="store_true", help="list the pairs that are wrong")
    options = parser.parse_args()
    truth_file = options.texts / "identity.toml" if options.texts else TRUTH
    truth = tomllib.loads(truth_file.read_text("utf-8"))
    given = documents((options.texts,) if options.texts else FOLDERS)
    with loaded(given, options.how == "told") as store, store.snapshot() as snapshot:
        finder = Finder(snapshot)
        things = [thing for document in given for thing in finder.things(document)]
        report(things, truth, options.wrong)
        by_rule(snapshot, things, truth)


if __name__ == "__main__":
    main()
