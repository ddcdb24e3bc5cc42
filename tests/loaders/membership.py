"""Documents that say who is in the League, and who is in it according to a store."""

from pyoxigraph import Literal, NamedNode, Triple

from graph.store import Store
from loaders.load import LoadReport, Source, load
from ontology import MC
from tests.loaders.making import LEAGUE, TinyReader

KAZ, RUS, ITA = "Казахстан входит в Лигу.", "Россия входит в Лигу.", "Италия входит в Лигу."


def put(store: Store, *sources: Source, jobs: int = 1) -> LoadReport:
    return load(store, sources, reader=TinyReader(), jobs=jobs)


def members(store: Store, graph: str | None = None) -> list[str]:
    """Who is said to be in the League, in one graph or in any."""
    with store.snapshot() as snapshot:
        graphs = snapshot.graphs() if graph is None else [graph]
        return sorted({short(t) for g in graphs for t in snapshot.triples(g) if is_member(t)})


def is_member(triple: Triple) -> bool:
    league = isinstance(triple.object, NamedNode) and triple.object.value == LEAGUE.iri
    return league and triple.predicate.value == MC["memberOf"]


def short(triple: Triple) -> str:
    assert isinstance(triple.subject, NamedNode)
    return triple.subject.value.rsplit("/", 1)[-1]


def merged_members(store: Store) -> list[str]:
    """The same from the merged graph, each as often as it is there."""
    with store.snapshot() as snapshot:
        return sorted(short(t) for t in snapshot.triples() if is_member(t))


def literal(store: Store, document: str, name: str) -> str:
    with store.snapshot() as snapshot:
        (value,) = {t.object for t in snapshot.triples(document) if t.predicate.value == MC[name]}
    assert isinstance(value, Literal)
    return value.value
