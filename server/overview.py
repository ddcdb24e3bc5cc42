"""What the graph holds, in figures: for the start page, once a snapshot."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

from graph.store import Snapshot
from ontology import GRAPH_REFERENCE, MC, RDF

__all__ = ["Overview", "YearCount", "read_overview"]

_COUNTED = {"states": "State", "organizations": "Organization", "activities": "Activity", "agreements": "Agreement"}
_TYPE = NamedNode(RDF["type"])
_BY_YEAR = """
SELECT ?year (COUNT(DISTINCT ?x) AS ?n) WHERE {{
  {{ SELECT ?x (MIN(?date) AS ?begun) WHERE {{ ?x a <{kind}> ; <{date}> ?date }} GROUP BY ?x }}
  BIND (YEAR(?begun) AS ?year)
}}
GROUP BY ?year ORDER BY ?year
"""
_CHARTED = ("Agreement", "Exercise")


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many there are of a year."""

    year: int
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of a snapshot.

    Arguments:
        counts: how many there are, by what is counted (`states`, `claims`, `triples` …).
        by_year: agreements by the year of signing and exercises by that of their beginning, by the class's name;
            years in between without any are there with 0.
    """

    counts: Mapping[str, int]
    by_year: Mapping[str, tuple[YearCount, ...]]


def read_overview(snapshot: Snapshot) -> Overview:
    """Count what a snapshot holds."""
    documents = {q.subject for q in snapshot.rdf.quads_for_pattern(None, _TYPE, NamedNode(MC["Document"]), None)}
    counts = {key: _spoken_of(snapshot.rdf, NamedNode(MC[kind]), documents) for key, kind in _COUNTED.items()}
    counts["claims"] = _number(snapshot, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x <{MC['evidence']}> ?y }}")
    counts["triples"] = _number(snapshot, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    return Overview(counts, {kind: _by_year(snapshot, kind) for kind in _CHARTED})


def _spoken_of(rdf: pyoxigraph.Store, kind: NamedNode, documents: Container[object]) -> int:
    """How many things of a class documents speak of, each once, however many documents do.

    That is all of them but those that only the reference data knows: few are looked at one by one.
    """
    things = {quad.subject for quad in rdf.quads_for_pattern(None, _TYPE, kind, DefaultGraph())}
    known = {q.subject for q in rdf.quads_for_pattern(None, _TYPE, None, NamedNode(GRAPH_REFERENCE))} & things

    def is_spoken_of(thing: object) -> bool:
        assert isinstance(thing, NamedNode | BlankNode)
        return any(quad.graph_name in documents for quad in rdf.quads_for_pattern(thing, _TYPE, None, None))

    return len(things) - sum(not is_spoken_of(thing) for thing in known)


def _by_year(snapshot: Snapshot, kind: str) -> tuple[YearCount, ...]:
    rows = snapshot.select(_BY_YEAR.format(kind=MC[kind], date=MC["earliestStart"]))
    found = {_value(row["year"]): _value(row["n"]) for row in rows if "year" in row}
    return tuple(YearCount(year, found.get(year, 0)) for year in range(min(found), max(found) + 1)) if found else ()


def _number(snapshot: Snapshot, query: str) -> int:
    return _value(snapshot.select(query)[0]["n"])


def _value(term: object) -> int:
    return int(term.value) if isinstance(term, Literal) else 0
