"""What an answer must be equal to: results and graphs up to the names of blank nodes."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
)

from graph.store.canonical import as_stored

from .cases import iri_of

Term = NamedNode | BlankNode | Literal | Triple

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_ROW, _IN_CELL = NamedNode("urn:row"), "urn:variable:"
_RESULTS = {
    ".srx": QueryResultsFormat.XML,
    ".srj": QueryResultsFormat.JSON,
    ".tsv": QueryResultsFormat.TSV,
}
_RDF = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES}
_LINE = NamedNode("urn:line")


@dataclass(frozen=True)
class Rows:
    """The solutions of a SELECT."""

    variables: frozenset[str]
    rows: tuple[dict[str, Term], ...]

    def same_as(self, other: "Rows", *, ordered: bool) -> bool:
        return self.variables == other.variables and isomorphic(self._as_graph(ordered), other._as_graph(ordered))

    def _as_graph(self, ordered: bool) -> Iterable[Triple]:
        for number, row in enumerate(self.rows):
            node = BlankNode()
            yield Triple(node, NamedNode("urn:type"), _ROW)
            if ordered:
                yield Triple(node, _LINE, Literal(number))
            for variable, value in row.items():
                yield Triple(node, NamedNode(_IN_CELL + variable), value)


Result = Rows | bool | tuple[Triple, ...]


def isomorphic(one: Iterable[Triple], other: Iterable[Triple]) -> bool:
    """Whether two graphs are equal but for the names of blank nodes; numbers count by value and type."""
    return _canonical(one) == _canonical(other)


def graph_of(file: Path, base: str | None = None) -> tuple[Triple, ...]:
    """The triples in a file of the suites."""
    return graph_in(file.read_bytes(), _RDF[file.suffix], base or iri_of(file))


def graph_in(data: bytes, format: RdfFormat, base: str) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in pyoxigraph.parse(data, format, base_iri=base, rename_blank_nodes=True))


def media_type_for(file: Path, query: str) -> str:
    """The media type in which to ask for what the file expects."""
    named = {".srx": "application/sparql-results+xml", ".srj": "application/sparql-results+json",
             ".csv": "text/csv", ".tsv": "text/tab-separated-values"}  # fmt: skip
    if file.suffix in named:
        return named[file.suffix]
    return "text/turtle" if re.search(r"\b(construct|describe)\b", query, re.IGNORECASE) else named[".srj"]


def expected(file: Path) -> Result:
    """The result that a file describes."""
    if file.suffix not in _RDF:
        return result_in(file.read_bytes(), file.suffix)
    triples = graph_of(file)
    if not any(triple.predicate.value == RS + "resultVariable" for triple in triples):
        return triples
    return _described(triples)


def result_in(data: bytes, suffix: str) -> Result:
    """The result in the format of files with the suffix."""
    if suffix == ".csv":
        return _csv_rows(data.decode())
    if suffix == ".ttl":
        return graph_in(data, RdfFormat.TURTLE, "urn:no-base:")
    parsed = pyoxigraph.parse_query_results(data, format=_RESULTS[suffix])
    if isinstance(parsed, QueryBoolean):
        return bool(parsed)
    variables = [variable.value for variable in parsed.variables]
    rows = [{name: row[name] for name in variables if row[name] is not None} for row in parsed]
    return Rows(frozenset(variables), tuple(rows))


def _csv_rows(text: str) -> Rows:
    """Rows of CSV: all that it tells of a term is its text, and that a blank node is one."""
    head, *lines = csv.reader(io.StringIO(text))

    def term(cell: str) -> Term:
        return BlankNode(cell[2:]) if cell.startswith("_:") else Literal(cell)

    rows = [{name: term(cell) for name, cell in zip(head, line, strict=True) if cell} for line in lines]
    return Rows(frozenset(head), tuple(rows))


def _described(triples: Iterable[Triple]) -> Rows:
    """The rows of a result set that is written down as RDF."""
    by_subject: dict[Term, dict[str, list[Term]]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
    (top,) = (said for said in by_subject.values() if RS + "resultVariable" in said)
    rows = []
    for solution in top.get(RS + "solution", []):
        bindings = [by_subject[binding] for binding in by_subject[solution].get(RS + "binding", [])]
        rows.append({_text(said[RS + "variable"][0]): said[RS + "value"][0] for said in bindings})
    return Rows(frozenset(_text(name) for name in top[RS + "resultVariable"]), tuple(rows))


def _text(term: Term) -> str:
    assert isinstance(term, Literal)
    return term.value


def _canonical(triples: Iterable[Triple]) -> set[Quad]:
    dataset = pyoxigraph.Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in as_stored(triples))
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)
