"""What a SPARQL update would do, worked out operation by operation and without doing it.

The engine executes updates, but does not tell what they changed, and comparing the states before and after takes time
that depends on the store. So each operation is turned into queries (SPARQL 1.1 Update §4): the data of INSERT DATA and
DELETE DATA is read by the engine in an empty store; a template is evaluated as the CONSTRUCT query of the same WHERE
clause, graph by graph; what CLEAR, DROP, ADD, MOVE and COPY touch is read from the graphs.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolutions, QueryTriples, Triple

from graph.errors import BadInput
from graph.query.tokens import Token, tokens
from graph.store.net_change import GraphName
from graph.store.update_operations import (
    NotWorkedOut,
    Operation,
    closing_brace,
    operations_of,
    refuse_unforeseeable,
    refuse_unreadable,
)

__all__ = ["Effects", "NotWorkedOut", "effects_of", "refuse_unless_update"]


@dataclass(frozen=True, slots=True)
class Effects:
    """What one operation does: first it removes, then it adds.

    Arguments:
        removed, added: quads; some may not, or already, be there.
        made: graphs that it makes, even if they stay empty.
        dropped: graphs that it removes as such.
        emptied: graphs all of whose triples it removes, besides `removed`.
    """

    removed: frozenset[Quad] = frozenset()
    added: frozenset[Quad] = frozenset()
    made: tuple[NamedNode, ...] = ()
    dropped: tuple[NamedNode | BlankNode, ...] = ()
    emptied: tuple[GraphName, ...] = ()


def refuse_unless_update(text: str, base_iri: str | None) -> None:
    """Let the engine read an update, where nothing is to be found or fetched: who holds a store need not do so.

    Raises:
        SyntaxError: from the engine, with the place.
    """
    if not any(token.is_word("LOAD", "SERVICE") for token in tokens(text)):
        _read(text, base_iri)


@lru_cache(maxsize=1)  # before the store is held, and again by whoever holds it
def _read(text: str, base_iri: str | None) -> None:
    with suppress(RuntimeError):  # that it finds nothing in an empty store does not matter
        pyoxigraph.Store().update(text, base_iri=base_iri)


def effects_of(rdf: pyoxigraph.Store, text: str, base_iri: str | None) -> Iterator[Effects]:
    """The effects of the operations of an update, each in the state that the ones before have left.

    Arguments:
        rdf: the state; the caller brings it up to date between two operations.
        text: the update.
        base_iri: what relative IRIs are resolved against.

    Raises:
        SyntaxError: from the engine, with the place.
        BadInput: an operation is about a graph that is not there, or already is.
        NotWorkedOut: before the first effect: it can only be seen from doing it.
    """
    words = [token for token in tokens(text) if token.kind != "comment"]
    if any(token.is_word("LOAD", "SERVICE") for token in words):
        raise NotWorkedOut
    _read(text, base_iri)
    refuse_unreadable(words)
    operations = list(operations_of(text, words))
    for operation in operations:
        refuse_unforeseeable(operation)
    for operation in operations:
        yield from _Reader(rdf, text, operation, base_iri).effects()


class _Reader:
    """One operation."""

    def __init__(self, rdf: pyoxigraph.Store, text: str, operation: Operation, base_iri: str | None) -> None:
        self._rdf = rdf
        self._text = text
        self._words = operation.words
        self._declared = operation.declared
        self._base_iri = base_iri
        self._place = 0

    def effects(self) -> Iterator[Effects]:
        first = self._words[0]
        if first.is_word("INSERT", "DELETE") and self._words[1].is_word("DATA"):
            self._place = 2
            quads = frozenset(self._data(self._block()))
            yield Effects(added=quads) if first.is_word("INSERT") else Effects(removed=quads)
        elif first.is_word("WITH", "INSERT", "DELETE"):
            yield self._modification()
        else:
            yield from self._management()

    # Data and templates

    def _data(self, block: str) -> Iterator[Quad]:
        scratch = pyoxigraph.Store()
        scratch.update(f"{self._declared}INSERT DATA {block}", base_iri=self._base_iri)
        return iter(scratch)

    def _modification(self) -> Effects:
        with_graph: GraphName | None = None
        if self._skip("WITH"):
            with_graph = self._iri()
        deleted = inserted = None
        if self._skip("DELETE"):
            if self._skip("WHERE"):
                where = self._block()
                return Effects(removed=frozenset(self._instances(where, where, with_graph, None, None)))
            deleted = self._block()
        if self._skip("INSERT"):
            inserted = self._block()
        default, named = self._using()
        if with_graph is not None and default is None and named is None:
            default = [with_graph]
        elif default is not None or named is not None:
            default, named = default or [], named or []
        self._skip("WHERE")
        where = self._block()
        removed = self._instances(deleted, where, with_graph, default, named) if deleted else ()
        added = self._instances(inserted, where, with_graph, default, named) if inserted else ()
        return Effects(frozenset(removed), frozenset(added))

    def _using(self) -> tuple[list[GraphName] | None, list[NamedNode | BlankNode] | None]:
        default: list[GraphName] = []
        named: list[NamedNode | BlankNode] = []
        found = False
        while self._skip("USING"):
            found = True
            if self._skip("NAMED"):
                named.append(self._iri())
            else:
                default.append(self._iri())
        return (default, named) if found else (None, None)

    def _instances(
        self,
        template: str,
        where: str,
        graph: GraphName | None,
        default: list[GraphName] | None,
        named: list[NamedNode | BlankNode] | None,
    ) -> Iterator[Quad]:
        """The quads that a template stands for under the solutions of the WHERE clause."""
        for name, triples in self._parts(template):
            if not triples.strip():
                continue
            if name is None or name[0] not in "?$":
                found = graph or DefaultGraph() if name is None else self._resolved(name)
                for triple in self._constructed(triples, where, default, named):
                    yield Quad(triple.subject, triple.predicate, triple.object, found)
                continue
            for value in self._values(name, where, default, named):
                if isinstance(value, NamedNode):
                    filtered = f"{{ {where} FILTER(sameTerm({name}, {value})) }}"
                    for triple in self._constructed(triples, filtered, default, named):
                        yield Quad(triple.subject, triple.predicate, triple.object, value)

    def _constructed(
        self,
        triples: str,
        where: str,
        default: list[GraphName] | None,
        named: list[NamedNode | BlankNode] | None,
    ) -> list[Triple]:
        query = f"{self._declared}CONSTRUCT {{ {triples} }} WHERE {where}"
        result = self._rdf.query(query, base_iri=self._base_iri, default_graph=default, named_graphs=named)
        assert isinstance(result, QueryTriples)
        return list(result)

    def _values(
        self,
        variable: str,
        where: str,
        default: list[GraphName] | None,
        named: list[NamedNode | BlankNode] | None,
    ) -> list[object]:
        query = f"{self._declared}SELECT DISTINCT {variable} WHERE {where}"
        result = self._rdf.query(query, base_iri=self._base_iri, default_graph=default, named_graphs=named)
        assert isinstance(result, QuerySolutions)
        return [row[0] for row in result]

    def _parts(self, block: str) -> Iterator[tuple[str | None, str]]:
        """The triples of a template outside of any GRAPH, and those of each GRAPH with its name."""
        words = [token for token in tokens(block[1:-1]) if token.kind != "comment"]
        inside = block[1:-1]
        outside: list[str] = []
        start = place = 0
        while place < len(words):
            if words[place].is_word("GRAPH"):
                outside.append(inside[start : words[place].begin])
                end = closing_brace(words, place + 2)
                name, opening, closing = words[place + 1], words[place + 2], words[end]
                yield name.text, inside[opening.begin + 1 : closing.begin]
                start, place = closing.begin + 1, end + 1
                if place < len(words) and words[place].text == ".":
                    start, place = words[place].begin + 1, place + 1
            else:
                place += 1
        outside.append(inside[start:])
        # A part may end without its full stop.
        yield (
            None,
            "".join(part if part.rstrip().endswith(".") or not part.strip() else f"{part} . " for part in outside),
        )

    # Whole graphs

    def _management(self) -> Iterator[Effects]:
        word = self._next().text.upper()
        silent = self._skip("SILENT")
        if word == "CREATE":
            self._skip("GRAPH")
            name = self._iri()
            if self._rdf.contains_named_graph(name) and not silent:
                raise BadInput(f"the update cannot be executed: the graph {name} is there already")
            yield Effects(made=(name,))
        elif word in ("CLEAR", "DROP"):
            yield self._cleared(drop=word == "DROP", silent=silent)
        else:
            source = self._graph()
            self._skip("TO")
            target = self._graph()
            if source == target:
                return
            if word != "ADD":
                yield _without(target)
            triples = frozenset(
                Quad(quad.subject, quad.predicate, quad.object, target)
                for quad in self._rdf.quads_for_pattern(None, None, None, source)
            )
            yield Effects(added=triples)
            if word == "MOVE":
                if isinstance(source, NamedNode) and not silent and not self._rdf.contains_named_graph(source):
                    raise BadInput(f"the update cannot be executed: there is no graph {source}")
                yield _without(source)

    def _cleared(self, *, drop: bool, silent: bool) -> Effects:
        named = tuple(self._rdf.named_graphs())
        if self._skip("ALL"):
            return Effects(emptied=(DefaultGraph(), *named), dropped=named if drop else ())
        if self._skip("NAMED"):
            return Effects(emptied=named, dropped=named if drop else ())
        graph = self._graph()
        if isinstance(graph, DefaultGraph):
            return Effects(emptied=(graph,))
        if not self._rdf.contains_named_graph(graph):
            if not silent:
                raise BadInput(f"the update cannot be executed: there is no graph {graph}")
            return Effects()
        return _without(graph) if drop else Effects(emptied=(graph,))

    def _graph(self) -> NamedNode | DefaultGraph:
        if self._skip("DEFAULT"):
            return DefaultGraph()
        self._skip("GRAPH")
        return self._iri()

    # Words

    def _next(self) -> Token:
        token = self._words[self._place]
        self._place += 1
        return token

    def _skip(self, word: str) -> bool:
        found = self._place < len(self._words) and self._words[self._place].is_word(word)
        self._place += found
        return found

    def _iri(self) -> NamedNode:
        return self._resolved(self._next().text)

    def _resolved(self, written: str) -> NamedNode:
        """The IRI that is written, relative or with a prefix."""
        [quad] = self._data(f"{{ GRAPH {written} {{ <x:s> <x:p> <x:o> }} }}")
        assert isinstance(quad.graph_name, NamedNode)
        return quad.graph_name

    def _block(self) -> str:
        """The text of a group in braces, braces included."""
        begin = self._place
        end = closing_brace(self._words, begin)
        self._place = end + 1
        return self._text[self._words[begin].begin : self._words[end].begin + 1]


def _without(graph: GraphName) -> Effects:
    return Effects(emptied=(graph,), dropped=() if isinstance(graph, DefaultGraph) else (graph,))
