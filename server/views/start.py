"""`/` and `/search`: what the graph holds, where to begin, and things by their names."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, request
from pyoxigraph import Literal, NamedNode
from werkzeug.wrappers import Response

from graph.store import Snapshot
from ontology import DCTERMS, MC, RDFS, SKOS
from server.description import date_of, main_classes
from server.questions import Question
from server.rendering import page, schema
from server.resources import current_snapshot, resources
from server.views.documents import document_rows
from server.views.queries import questions

__all__ = ["start"]

start = Blueprint("start", __name__)

_SHOWN = 10
_HITS = 60
_NAMING = tuple(
    NamedNode(iri)
    for iri in (RDFS["label"], SKOS["altLabel"], SKOS["prefLabel"], MC["abbreviation"], MC["iso3"], DCTERMS["title"])
)
_OUR_OWN = "/id/"

# Counted are things that documents speak of, each once, however many documents do.
_COUNTS = {
    "states": f"?document a <{MC['Document']}> . GRAPH ?document {{ ?x a <{MC['State']}> }}",
    "organizations": f"?document a <{MC['Document']}> . GRAPH ?document {{ ?x a ?c }} ?x a <{MC['Organization']}>",
    "activities": f"?document a <{MC['Document']}> . GRAPH ?document {{ ?x a ?c }} ?x a <{MC['Activity']}>",
    "agreements": f"?document a <{MC['Document']}> . GRAPH ?document {{ ?x a ?c }} ?x a <{MC['Agreement']}>",
    "claims": f"?x <{MC['evidence']}> ?passage",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: the thing, the name that fits, the thing's class, and when it began or was signed."""

    iri: str
    text: str
    kind: str | None
    date: str


@start.get("/")
def home() -> Response:
    """The start page."""
    snapshot = current_snapshot()
    documents = document_rows()
    counts = resources().derived("counts", snapshot, _count)
    figures = [("documents", len(documents), "documents.listed"), *((key, counts[key], None) for key in counts)]
    return page(
        "start.html",
        figures=figures,
        questions=_varied(questions())[:_SHOWN],
        latest=documents[:_SHOWN],
    )


@start.get("/search")
def search() -> Response:
    """Things whose name holds the words of `?q=`; those that begin with them first."""
    searched = " ".join(request.args.get("q", "").split())[:200]
    found = _found(searched) if searched else []
    return page("search.html", searched=searched, found=found[:_HITS], cut=len(found) > _HITS)


def _varied(all_of_them: list[Question]) -> list[Question]:
    """The questions so that those of one group do not stand together: the first of each group, then the second …"""
    seen: Counter[str] = Counter()
    ranked = []
    for question in all_of_them:
        ranked.append((seen[question.group], question))
        seen[question.group] += 1
    return [question for _, question in sorted(ranked, key=lambda item: item[0])]


def _count(snapshot: Snapshot) -> dict[str, int]:
    found = {}
    for key, pattern in _COUNTS.items():
        term = snapshot.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")[0]["n"]
        found[key] = int(term.value) if isinstance(term, Literal) else 0
    found["triples"] = _number_of_triples(snapshot)
    return found


def _number_of_triples(snapshot: Snapshot) -> int:
    term = snapshot.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"]
    return int(term.value) if isinstance(term, Literal) else 0


def _all_names(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """Folded name, name, IRI, of all things of our own that have names."""
    return sorted(set(_names(snapshot)))


def _names(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    for predicate in _NAMING:
        for quad in snapshot.rdf.quads_for_pattern(None, predicate, None, None):
            thing, name = quad.subject, quad.object
            if isinstance(thing, NamedNode) and isinstance(name, Literal) and _OUR_OWN in thing.value:
                yield _folded(name.value), name.value, thing.value


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _found(searched: str) -> list[Hit]:
    snapshot = current_snapshot()
    words = _folded(searched).split()
    best: dict[str, tuple[int, int, str]] = {}
    for folded, name, iri in resources().derived("all names", snapshot, _all_names):
        if all(word in folded for word in words):
            rank = (0 if folded.startswith(words[0]) else 1, len(name), name)
            best[iri] = min(rank, best.get(iri, rank))
    ranked = sorted(best.items(), key=lambda item: item[1])
    return [
        Hit(iri, name, _kind(snapshot, iri), date_of(snapshot.rdf, NamedNode(iri)))
        for iri, (_, _, name) in ranked[: _HITS + 1]
    ]


def _kind(snapshot: Snapshot, iri: str) -> str | None:
    classes = main_classes(snapshot.rdf, NamedNode(iri), schema())
    return next((kind for kind in classes if kind.startswith(MC)), None)
