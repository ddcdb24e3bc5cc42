"""What is said of all doings, read in one go: far less work than asking for each of them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from graph.claims import FACTUAL, PLANNED
from graph.store import Term
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE, MC, RDF

__all__ = ["Told", "Values", "documents_of", "told_of", "values_of"]

Values = dict[Term, list[Term]]

_NO_DOCUMENTS = frozenset(NamedNode(iri) for iri in (GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE))
_DAY = len("2022-05-12")
_DOCUMENTS = "SELECT ?thing ?graph WHERE {{ {{ ?thing a <{kind}> }} LATERAL {{ GRAPH ?graph {{ ?thing a ?any }} }} }}"
_WHAT_IT_IS = f"""
SELECT ?claim ?thing ?modality ?document WHERE {{
  {{ ?claim <{RDF["predicate"]}> <{RDF["type"]}> }}
  LATERAL {{ ?claim <{RDF["subject"]}> ?thing }} LATERAL {{ ?claim <{MC["modality"]}> ?modality }}
  LATERAL {{ OPTIONAL {{ ?claim <{MC["evidence"]}>/<{MC["inDocument"]}> ?document }} }}
}}"""
"""What claims say of the classes of things; the rows of a claim follow each other."""


@dataclass(frozen=True, slots=True)
class Told:
    """How documents speak of things, by the claims that tell their classes.

    Arguments:
        stated: what some claim says to be so.
        reported: of these, what some such claim does not only announce: it does not call it planned, and its document
            is not older.
    """

    stated: frozenset[Term]
    reported: frozenset[Term]


def values_of(rdf: Store, predicate: NamedNode, most: int) -> Values:
    """The values of a property in the merged graph, by their subjects.

    Arguments:
        rdf: the graph.
        predicate: the property.
        most: values of one subject that are read.
    """
    found: Values = {}
    same: dict[Term, Term] = {}  # many subjects have the same values
    for quad in rdf.quads_for_pattern(None, predicate, None, DefaultGraph()):
        value, values = quad.object, found.setdefault(quad.subject, [])
        if len(values) < most:
            values.append(same.setdefault(value, value))
    return found


def documents_of(rdf: Store, kind: str) -> dict[NamedNode, tuple[str, ...]]:
    """The things of a class, each with the IRIs of the documents that say of what class it is, sorted.

    Arguments:
        rdf: the graph.
        kind: IRI of the class.
    """
    found: dict[NamedNode, set[str]] = {}
    for row in _rows(rdf, _DOCUMENTS.format(kind=kind)):
        thing, graph = row["thing"], row["graph"]
        if isinstance(thing, NamedNode) and isinstance(graph, NamedNode) and graph not in _NO_DOCUMENTS:
            found.setdefault(thing, set()).add(graph.value.removesuffix("/decisions"))
    return {thing: tuple(sorted(documents)) for thing, documents in found.items()}


def told_of(rdf: Store, issued: Callable[[str], str], begins: Values) -> Told:
    """How documents speak of things: what `graph.claims.only_planned` tells of one.

    Arguments:
        rdf: the graph.
        issued: the date of a document (ISO 8601), or `""`.
        begins: the first days on which things may have begun.
    """
    stated: set[Term] = set()
    reported: set[Term] = set()
    for _, rows in groupby(_rows(rdf, _WHAT_IT_IS), key=lambda row: row["claim"]):
        said = [(row["thing"], row["modality"], row["document"]) for row in rows]
        modalities = {getattr(modality, "value", "") for _, modality, _ in said}
        if not modalities & FACTUAL:
            continue
        things = {thing for thing, _, _ in said}
        stated |= things
        if PLANNED not in modalities:
            dates = {issued(document.value) for *_, document in said if isinstance(document, NamedNode)}
            reported |= {thing for thing in things if not _are_before(dates, begins.get(thing, ()))}
    return Told(frozenset(stated), frozenset(reported))


def _are_before(dates: Collection[str], days: Collection[Term]) -> bool:
    """Whether documents of these dates are older than what begins on these days; one without a date is not."""
    first = min((day.value for day in days if isinstance(day, Literal)), default="")
    return bool(dates) and all(len(date) >= _DAY and date[:_DAY] < first for date in dates)


def _rows(rdf: Store, query: str) -> QuerySolutions:
    rows = rdf.query(query)
    assert isinstance(rows, QuerySolutions)
    return rows
