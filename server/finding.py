"""Things of the graph by what people type, with what they are and when they were."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad

from graph.search.names import names_of
from graph.store import Snapshot
from ontology import MC, RDF
from server.description import date_of, main_classes
from server.keeping import kept
from server.rendering import schema

__all__ = ["Found", "find", "index_names"]

if TYPE_CHECKING:
    from graph.search.index import NameIndex

_OUR_OWN = "/id/"
_MUCH_LINKED = 40
_LOOKED_AT = 200
_TYPE = NamedNode(RDF["type"])


@dataclass(frozen=True, slots=True)
class Found:
    """A thing found.

    Arguments:
        iri: the thing.
        text: its name that fits.
        kind: IRI of its class.
        date: when it began or was signed; blank if it is no event, or that is not known.
    """

    iri: str
    text: str
    kind: str | None
    date: str


def find(snapshot: Snapshot, text: str, limit: int, classes: Collection[str] = ()) -> list[Found]:
    """The things whose names fit, the best first; of equals those first that more is said of.

    Arguments:
        snapshot: where to look.
        text: what was typed.
        limit: how many at most.
        classes: only things of one of these classes, by IRI; empty for all.
    """
    index = kept("names to search", snapshot, index_names)
    rdf = snapshot.rdf

    def weight(iri: str) -> float:
        links = sum(1 for _ in islice(rdf.quads_for_pattern(None, None, NamedNode(iri), None), _MUCH_LINKED))
        return links / _MUCH_LINKED

    found = index.search(text, _LOOKED_AT if classes else limit, weight)
    if classes:
        kinds = [NamedNode(kind) for kind in classes]
        found = [h for h in found if any(Quad(NamedNode(h.iri), _TYPE, k, DefaultGraph()) in rdf for k in kinds)]
    return [
        Found(hit.iri, hit.text, _kind(snapshot, hit.iri), date_of(rdf, NamedNode(hit.iri))) for hit in found[:limit]
    ]


def index_names(snapshot: Snapshot) -> "NameIndex":
    """The names of a snapshot, to be searched."""
    from graph.search.index import NameIndex  # here: it needs numpy, which takes a while to import

    return NameIndex(names_of(snapshot.rdf, _OUR_OWN))


def _kind(snapshot: Snapshot, iri: str) -> str | None:
    classes = main_classes(snapshot.rdf, NamedNode(iri), schema())
    return next((kind for kind in classes if kind.startswith(MC)), None)
