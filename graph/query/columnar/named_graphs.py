"""Triple patterns in GRAPH (SPARQL 1.1 Query §13.3): columns are of the merged graph, so the engine looks them up."""

from collections.abc import Iterator
from itertools import islice

import numpy as np
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from graph.columns.terms import Codes
from graph.query.columnar.algebra import Constant, Named, Place, TriplePattern, Variable
from graph.query.columnar.codes import Codebook, NotHere
from graph.query.columnar.patterns import Step
from graph.query.columnar.tables import Table, grouped, spread
from graph.query.columnar.values import parts_of

__all__ = ["NamedStep", "named_steps"]

_MOST_LOOKED_UP = 10_000
_MOST_FOUND = 50_000
"""With more the engine does better by itself."""

_OF_A_THING, _OF_A_GRAPH = 8, 100
"""About how many triples of a predicate a thing has, and a graph."""

_Term = NamedNode | BlankNode | Literal


class NamedStep(Step):
    """A triple pattern in named graphs.

    Arguments:
        graph: the graph that it is in.
        pattern: it, with a predicate that is told.
        codebook: the codes of terms.
        rdf: the named graphs.
    """

    def __init__(self, graph: Place, pattern: TriplePattern, codebook: Codebook, rdf: Store) -> None:
        self._places = graph, pattern.subject, pattern.object
        assert isinstance(pattern.predicate, Constant)
        self._predicate = NamedNode(pattern.predicate.notation[1:-1])
        self._codebook = codebook
        self._rdf = rdf
        self.variables = frozenset(place.name for place in self._places if isinstance(place, Variable))

    def size(self, table: Table) -> float:
        """About how many rows the join with a table has."""
        graph, subject, object = (
            isinstance(place, Constant) or place.name in table.columns for place in self._places
        )  # fmt: skip
        if subject or object:
            return float(table.size * _OF_A_THING)
        return float(table.size * _OF_A_GRAPH) if graph else float("inf")

    def join(self, table: Table) -> Table:
        """The join with a table."""
        names = [place.name for place in self._places if isinstance(place, Variable)]
        bound = [name for name in dict.fromkeys(names) if name in table.columns]
        free = [name for name in dict.fromkeys(names) if name not in table.columns]
        groups, firsts = grouped([table.columns[name] for name in bound], table.size)
        if len(firsts) > _MOST_LOOKED_UP:
            raise NotHere
        told = [self._codebook.notations(table.columns[name][firsts]) for name in bound]
        numbers: list[int] = []
        found: dict[str, list[int]] = {name: [] for name in free}
        for number in range(len(firsts)):
            terms = {name: column[number] for name, column in zip(bound, told, strict=True)}
            for row in self._looked_up(terms):
                numbers.append(number)
                for name in free:
                    found[name].append(row[name])
            if len(numbers) > _MOST_FOUND:
                raise NotHere
        of_each = np.array(numbers, dtype=np.int64)
        begins, ends = (np.searchsorted(of_each, groups, side) for side in ("left", "right"))
        rows, places = spread(begins, ends)
        columns: dict[str, Codes] = {name: np.array(codes, dtype=np.int32)[places] for name, codes in found.items()}
        return table.repeated(rows, columns)

    def _looked_up(self, terms: dict[str, str]) -> Iterator[dict[str, int]]:
        """The codes of the variables in each triple that matches where some have a value."""
        given = [
            _term(place.notation if isinstance(place, Constant) else terms[place.name])
            if isinstance(place, Constant) or place.name in terms
            else None
            for place in self._places
        ]
        graph, subject, object = given
        if isinstance(graph, Literal) or isinstance(subject, Literal):
            return
        quads = self._rdf.quads_for_pattern(subject, self._predicate, object, graph)
        for quad in islice(quads, _MOST_FOUND + 1):
            if not isinstance(quad.graph_name, DefaultGraph) and (row := self._row(quad, terms)) is not None:
                yield row

    def _row(self, quad: Quad, terms: dict[str, str]) -> dict[str, int] | None:
        row: dict[str, int] = {}
        for place, term in zip(self._places, (quad.graph_name, quad.subject, quad.object), strict=True):
            if isinstance(place, Variable) and place.name not in terms:
                code = self._codebook.code(str(term))
                if row.setdefault(place.name, code) != code:
                    return None
        return row


def named_steps(part: Named, codebook: Codebook) -> Iterator[Step]:
    """The patterns of a GRAPH as what tables can be joined with.

    Raises:
        NotHere: there is no engine to look them up.
    """
    if codebook.rdf is None:
        raise NotHere
    for pattern in part.patterns:
        yield NamedStep(part.graph, pattern, codebook, codebook.rdf)


def _term(notation: str) -> _Term:
    text, language, datatype = parts_of(notation)
    if notation[0] == "_":
        return BlankNode(text)
    if notation[0] == "<":
        return NamedNode(text)
    if language:
        return Literal(text, language=language)
    return Literal(text, datatype=NamedNode(datatype)) if datatype else Literal(text)
