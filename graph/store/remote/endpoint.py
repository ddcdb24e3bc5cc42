"""A remote store by what is asked of it: what a graph holds, put this in, take that out.

Only ground triples travel (`graph.store.remote.skolem`), so that each request has the same effect twice as once, and
one of which nobody knows whether it arrived can be sent again.
"""

import io
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, serialize

from graph.errors import StoreError
from graph.store.remote.access import Addresses, RemoteAccess
from graph.store.remote.sending import Refused, Sender
from graph.store.remote.skolem import skolemized, unskolemized

__all__ = ["Endpoint", "Row", "exchange_text"]

Row = dict[str, str]

_TRIPLES = "application/n-triples, text/turtle;q=0.5"
_RESULTS = "application/sparql-results+json"
_TOO_MUCH = frozenset({400, 413, 414, 500})
"""What stores answer to more than they take at once; to one triple alone it means something else."""

_NO_PROTOCOL = frozenset({404, 405, 406, 415, 501})
_BATCH = 500
_FEW = 100
_BATCH_CHARACTERS = 200_000
_COUNTED = 20
_POSTED = 10_000
_POSTED_FROM = 50
"""From so many triples on, the Graph Store Protocol is worth its request: most stores load faster than they parse."""


class Endpoint:
    """A remote store. Safe to use from many threads.

    Arguments:
        access: where it is, and who we are.
        sender: what sends the requests; a new one unless given.
    """

    def __init__(self, access: RemoteAccess, sender: Sender | None = None) -> None:
        self._access = access
        self._sender = sender or Sender(access)
        self._writing = threading.Lock()
        self._addresses: Addresses | None = None
        self._batch = _BATCH
        self._posts = True

    # Reading

    def rows(self, query: str) -> list[Row]:
        """The solutions of a SELECT query, each term as text.

        Raises:
            StoreError: it cannot be reached, does not answer the query, or answers something else.
        """
        results = self.results(query)
        assert isinstance(results, QuerySolutions)
        names = [variable.value for variable in results.variables]
        return [{name: term.value for name in names if (term := row[name]) is not None} for row in results]

    def holds(self, pattern: str) -> bool:
        """Whether something fits a pattern; errors as above."""
        return bool(self.rows(f"SELECT * WHERE {{ {pattern} }} LIMIT 1"))  # Virtuoso answers ASK with a table

    def results(self, query: str, default_graph: str | None = None) -> QuerySolutions | QueryBoolean:
        """The result of a SELECT or ASK query.

        Arguments:
            query: the query.
            default_graph: the graph that it sees where it names none; that of the store unless given.
        """
        body = self._answer(query, _RESULTS, default_graph)[0]
        try:
            return pyoxigraph.parse_query_results(io.BytesIO(body), format=QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise StoreError(f"what {self._access.query} answers is no result of a query: {error}") from error

    def constructed(self, query: str, default_graph: str | None = None) -> list[Triple]:
        """The graph of a CONSTRUCT query, as the store gives it: it may cut it."""
        body, media_type = self._answer(query, _TRIPLES, default_graph)
        syntax = RdfFormat.from_media_type(media_type) or RdfFormat.N_TRIPLES
        try:
            quads = parse(body, RdfFormat.TURTLE if syntax == RdfFormat.N_TRIPLES else syntax, lenient=True)
            return list(unskolemized(quad.triple for quad in quads))
        except SyntaxError as error:
            raise StoreError(f"what {self._access.query} answers is no {media_type}: {error}") from error

    def count(self, graph: str | None) -> int:
        """How many triples a graph holds (None: the default graph)."""
        [row] = self.rows(f"SELECT (COUNT(*) AS ?n) WHERE {_block(graph, '?s ?p ?o')}")
        return int(row["n"])

    def counts(self, graphs: Sequence[str | None]) -> list[int]:
        """How many triples each of the graphs holds; errors as above."""
        found: list[int] = []
        for begin in range(0, len(graphs), _COUNTED):
            parts = [
                f"{{ SELECT ({place} AS ?at) (COUNT(*) AS ?n) WHERE {_block(graph, '?s ?p ?o')} }}"
                for place, graph in enumerate(graphs[begin : begin + _COUNTED])
            ]
            rows = self.rows(f"SELECT ?at ?n WHERE {{ {' UNION '.join(parts)} }}")
            by_place = {int(row["at"]): int(row["n"]) for row in rows}
            found += [by_place.get(place, 0) for place in range(len(parts))]
        return found

    def triples(self, graph: str | None) -> set[Triple]:
        """All that a graph holds, page by page: many stores cut what is longer than they like, and do not say so.

        Raises:
            StoreError: the store gives less than it counts.
        """
        count = self.count(graph)
        found = self._paged(graph, count, "")
        if len(found) != count:  # without an order, no store has promised that pages fit together
            found = self._paged(graph, count, " ORDER BY ?s ?p ?o")
        if len(found) != count and self.count(graph) != len(found):
            raise StoreError(
                f"the store at {self._access.query} counts {count} triples in {graph or 'its default graph'}, "
                f"and gives {len(found)} of them",
                hint="try a smaller MILCOOP_STORE_PAGE",
            )
        return found

    def _paged(self, graph: str | None, count: int, order: str) -> set[Triple]:
        found: set[Triple] = set()
        offset = 0
        while offset < count:
            part = f"{{ SELECT ?s ?p ?o WHERE {_block(graph, '?s ?p ?o')}{order} }}"
            page = self.constructed(
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {part} LIMIT {self._access.page_triples} OFFSET {offset}"
            )
            if not page:
                break
            found.update(page)
            offset += len(page)
        return found

    def _answer(self, query: str, accept: str, default_graph: str | None) -> tuple[bytes, str]:
        form = {"query": query}
        if default_graph is not None:
            form["default-graph-uri"] = default_graph
        response = self._sender.send("POST", self._access.query, form=form, headers={"Accept": accept})
        if self._addresses is None:
            self._addresses = self._access.addresses({k.lower(): v for k, v in response.headers.items()})
        return response.content, response.headers.get("content-type", "").partition(";")[0].strip()

    # Writing

    def update(self, text: str) -> None:
        """Execute an update that has the same effect twice as once.

        Raises:
            StoreError: it cannot be reached, or refuses.
        """
        with self._writing:
            self._sender.send(
                "POST",
                self._places().update,
                content=text.encode(),
                headers={"Content-Type": "application/sparql-update", "Accept": "*/*"},
            )

    def exchange(self, removed: Mapping[str | None, Set[Triple]], added: Mapping[str | None, Set[Triple]]) -> bool:
        """Take triples out of graphs and put others in with one request, if they are few enough.

        Returns:
            whether they were.
        """
        if sum(len(triples) for changes in (removed, added) for triples in changes.values()) > _FEW:
            return False
        text = exchange_text(removed, added)
        if len(text) > _BATCH_CHARACTERS:
            return False
        if text:
            self.update(text)
        return True

    def add(self, graph: str | None, triples: Iterable[Triple]) -> None:
        """Put triples into a graph; errors as above."""
        wanted = list(skolemized(triples))
        if len(wanted) >= _POSTED_FROM and self._posts and self._places().graphs:
            done = 0
            while done < len(wanted) and self._posted(graph, wanted[done : done + _POSTED]):
                done += _POSTED
            wanted = wanted[done:]
        self._in_batches("INSERT DATA", graph, wanted)

    def remove(self, graph: str | None, triples: Iterable[Triple]) -> None:
        """Take triples out of a graph; errors as above."""
        self._in_batches("DELETE DATA", graph, list(skolemized(triples)))

    def clear(self, graph: str | None) -> None:
        """Empty a graph; errors as above."""
        self.update(f"CLEAR SILENT {'DEFAULT' if graph is None else f'GRAPH {NamedNode(graph)}'}")

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()

    def _places(self) -> Addresses:
        if self._addresses is None:
            self.holds("?s ?p ?o")
        assert self._addresses is not None
        return self._addresses

    def _posted(self, graph: str | None, triples: Sequence[Triple]) -> bool:
        """Whether the Graph Store Protocol took the triples; where a store does not speak it, updates will do."""
        body = serialize(triples, format=RdfFormat.N_TRIPLES)
        assert body is not None
        with self._writing:
            try:
                self._sender.send(
                    "POST",
                    self._places().graphs,
                    params={"default": ""} if graph is None else {"graph": graph},
                    content=body,
                    headers={"Content-Type": "text/turtle"},  # of which N-Triples is a part
                )
            except Refused as error:
                self._posts = error.status not in _NO_PROTOCOL
                if error.status in _NO_PROTOCOL | _TOO_MUCH:
                    return False
                raise
        return True

    def _in_batches(self, operation: str, graph: str | None, triples: Sequence[Triple]) -> None:
        waiting = list(_batches(triples, self._batch))
        while waiting:
            batch = waiting.pop(0)
            lines = "".join(f"{triple} .\n" for triple in batch)
            try:
                self.update(f"{operation} {_block(graph, lines)}")
            except Refused as error:
                if error.status not in _TOO_MUCH or len(batch) == 1:
                    raise
                self._batch = max(1, min(self._batch, len(batch) // 2))
                rest = [triple for more in [batch, *waiting] for triple in more]
                waiting = list(_batches(rest, self._batch))


def exchange_text(removed: Mapping[str | None, Set[Triple]], added: Mapping[str | None, Set[Triple]]) -> str:
    """The update that takes triples out of graphs and puts others in."""
    return " ;\n".join(
        f"{operation} {_block(graph, ''.join(f'{triple} . ' for triple in skolemized(triples)))}"
        for operation, changes in (("DELETE DATA", removed), ("INSERT DATA", added))
        for graph, triples in changes.items()
        if triples
    )


def _block(graph: str | None, inside: str) -> str:
    return f"{{ {inside} }}" if graph is None else f"{{ GRAPH {NamedNode(graph)} {{ {inside} }} }}"


def _batches(triples: Iterable[Triple], size: int) -> Iterator[list[Triple]]:
    batch: list[Triple] = []
    characters = 0
    for triple in triples:
        batch.append(triple)
        characters += len(str(triple))
        if len(batch) >= size or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
