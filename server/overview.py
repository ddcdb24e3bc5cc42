"""What the graph holds, in figures: for the start page, once a snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph.store import Snapshot
from ontology import MC

__all__ = ["Overview", "YearCount", "read_overview"]

# Counted are things that documents speak of, each once, however many documents do.
_COUNTS = {
    "states": f"?document a <{MC['Document']}> . GRAPH ?document {{ ?x a <{MC['State']}> }}",
    "organizations": f"?document a <{MC['Document']}> . GRAPH ?document {{ ?x a ?c }} ?x a <{MC['Organization']}>",
    "activities": f"?document a <{MC['Document']}> . GRAPH ?document {{ ?x a ?c }} ?x a <{MC['Activity']}>",
    "agreements": f"?document a <{MC['Document']}> . GRAPH ?document {{ ?x a ?c }} ?x a <{MC['Agreement']}>",
}
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
    counts = {
        key: _number(snapshot, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
        for key, pattern in _COUNTS.items()
    }
    counts["claims"] = len(
        {quad.subject for quad in snapshot.rdf.quads_for_pattern(None, NamedNode(MC["evidence"]), None, None)}
    )
    counts["triples"] = _number(snapshot, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    return Overview(counts, {kind: _by_year(snapshot, kind) for kind in _CHARTED})


def _by_year(snapshot: Snapshot, kind: str) -> tuple[YearCount, ...]:
    rows = snapshot.select(_BY_YEAR.format(kind=MC[kind], date=MC["earliestStart"]))
    found = {_value(row["year"]): _value(row["n"]) for row in rows if "year" in row}
    return tuple(YearCount(year, found.get(year, 0)) for year in range(min(found), max(found) + 1)) if found else ()


def _number(snapshot: Snapshot, query: str) -> int:
    return _value(snapshot.select(query)[0]["n"])


def _value(term: object) -> int:
    return int(term.value) if isinstance(term, Literal) else 0
