"""Answering queries from the columns of the merged graph (`graph.columns`), many values at a time.

The engine follows one triple after the other; whole columns are joined here with numpy. Of SPARQL that part is known
whose answers are certain to be the engine's: the same solutions as often, the same terms, spelled alike. All else is
left to the engine, be it that the text has something unknown (`selection_of` gives None), or that values are met whose
meaning is not known here (`NotHere`).
"""

from collections.abc import Mapping

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store

from graph.columns.columns import Columns
from graph.query.columnar.algebra import Constant, Selection, TriplePattern, Triples
from graph.query.columnar.codes import Codebook, NotHere
from graph.query.columnar.reader import selection_of
from graph.query.columnar.selecting import selected
from graph.query.columnar.writing import Result, written
from graph.query.request import Limits

__all__ = ["Result", "answered"]


def answered(
    text: str,
    prefixes: Mapping[str, str],
    columns: Columns,
    format: QueryResultsFormat | RdfFormat,
    limits: Limits,
    rdf: Store | None = None,
) -> Result | None:
    """The result of a query as text; None if the engine is to answer it.

    Arguments:
        text: the query. It names no dataset, nor does its request.
        prefixes: those that it need not declare, with their namespaces.
        columns: the merged graph.
        format: the format of the result; one of graphs has no solutions in it.
        limits: after how many rows or bytes the result is cut.
        rdf: the state that the columns are of, for what stands in GRAPH; None leaves that to the engine as a whole.
    """
    selection = selection_of(text, prefixes)
    if selection is None or not isinstance(format, QueryResultsFormat) or _is_look_up(selection):
        return None
    try:
        # What is no query, the engine says of it: it reads the text for a graph that has nothing.
        nothing = Store().query(text, prefixes=dict(prefixes))
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return None
    if not isinstance(nothing, QuerySolutions):
        return None
    names = [variable.value for variable in nothing.variables]
    empty = _empty(names, format)
    try:
        codebook = Codebook(columns, rdf)
        return written(selected(selection, codebook), names, codebook, empty, format, limits)
    except (NotHere, MemoryError, RecursionError):
        return None


def _is_look_up(selection: Selection) -> bool:
    """Whether it asks for no more than what is said of things that it names: nothing finds that sooner."""
    parts = selection.group.parts
    return all(isinstance(part, Triples) and all(_is_of_named(one) for one in part.patterns) for part in parts)


def _is_of_named(pattern: TriplePattern) -> bool:
    return isinstance(pattern.subject, Constant)


def _empty(names: list[str], format: QueryResultsFormat) -> bytes:
    """A result with no solutions."""
    shown = " ".join(f"?{name}" for name in names)
    nothing = Store().query(f"SELECT {shown or '*'} {{ VALUES ({shown}) {{}} }}")
    assert isinstance(nothing, QuerySolutions)
    return nothing.serialize(format=format) or b""
