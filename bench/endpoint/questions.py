"""The analyst's queries with things of the graph in their places, and answers in a form that can be compared."""

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from string import Template

from pyoxigraph import DefaultGraph, NamedNode

from graph.store import open_store
from ontology import MC, PREFIXES, RDF, entity

__all__ = ["Question", "canonical", "questions"]

_TRIES = 4
_PROLOGUE = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("mc", "xsd"))


@dataclass(frozen=True, slots=True)
class Question:
    """A query that is ready to be asked, and the name of the file it comes from."""

    name: str
    text: str


def questions(store_folder: Path, variants: int, seed: int = 1) -> list[list[Question]]:
    """Each of the twelve queries, with so many different things in its places, or fewer where there are no more.

    Arguments:
        store_folder: the store whose things they ask for.
        variants: how many of each query.
        seed: of the choice.
    """
    chance = random.Random(seed)
    things = _things(store_folder)
    found = []
    for file in sorted(Path(__file__).with_name("queries").glob("*.rq")):
        template = Template(_PROLOGUE + file.read_text("utf-8"))
        texts = dict.fromkeys(template.substitute(_values(chance, things)) for _ in range(_TRIES * variants))
        found.append([Question(file.stem, text) for text in islice(texts, variants)])
    return found


def canonical(body: bytes) -> Counter[tuple[str, ...]]:
    """The rows of a result in JSON, whatever their order, and however the server spells numbers."""
    result = json.loads(body)
    names = result["head"]["vars"]
    return Counter(tuple(_value(row.get(name)) for name in names) for row in result["results"]["bindings"])


def _value(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    try:
        return f"{float(term['value']):g}"
    except ValueError:
        return term["value"]


def _values(chance: random.Random, things: dict[str, Sequence[str]]) -> dict[str, object]:
    year = chance.randint(2006, 2022)
    state, other = chance.sample(things["state"], 2)
    chosen = {name: chance.choice(found) for name, found in things.items()}
    return {**chosen, "state": state, "other": other, "year": year, "later": year + 2}


def _things(store_folder: Path) -> dict[str, Sequence[str]]:
    with open_store(store_folder, create=False) as store, store.snapshot() as snapshot:

        def of(kind: str, beginning: str) -> list[str]:
            quads = snapshot.rdf.quads_for_pattern(None, NamedNode(RDF["type"]), NamedNode(MC[kind]), DefaultGraph())
            subjects = {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
            return sorted(iri for iri in subjects if re.match(re.escape(beginning) + r"\d", iri))

        editions = snapshot.rdf.quads_for_pattern(None, NamedNode(MC["editionOf"]), None, DefaultGraph())
        series = sorted({quad.object.value for quad in editions if isinstance(quad.object, NamedNode)})
        return {
            "state": of("State", entity("state", "S")),
            "organization": of("InternationalOrganization", entity("organization", "O")),
            "mission": of("PeacekeepingMission", entity("mission", "M")),
            "exercise": of("Exercise", entity("exercise", "series")),
            "series": [iri for iri in series if iri.startswith(entity("series", "series"))],
        }
