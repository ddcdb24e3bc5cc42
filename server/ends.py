"""The triples that a thing takes part in, as far as a page shows them: of a busy thing the latest of each property."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from graph.claims import is_statement_term
from graph.store import Snapshot
from ontology import MC, RDF
from server.schema import Schema

__all__ = ["LATEST", "Ends", "ends_of"]

LATEST = 100
"""Triples of one property in one direction that are read of a thing with more than `_READ` in that direction or the
other: those whose other ends have the latest dates."""

_READ = 1_000
_TYPE = NamedNode(RDF["type"])
_EARLIEST = NamedNode(MC["earliestStart"])
_Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class Ends:
    """The triples that a thing takes part in.

    Arguments:
        outgoing: those that it is the subject of, each once.
        incoming: those that it is the object of, each once.
        counts: of a thing of which only a part was read: how many triples it has in the merged graph, by whether they
            are incoming and their property.
    """

    outgoing: tuple[Triple, ...]
    incoming: tuple[Triple, ...]
    counts: Mapping[tuple[bool, str], int] = field(default_factory=dict)

    @property
    def partial(self) -> bool:
        """Whether there are more."""
        return bool(self.counts)


def ends_of(snapshot: Snapshot, node: NamedNode, schema: Schema) -> Ends:
    """The triples of the merged graph that a thing takes part in; of all graphs where there is no merged one.

    What types a thing and what ties a claim to what it is about is left out of those of a busy thing.

    Arguments:
        snapshot: the state to read.
        node: the thing.
        schema: says which properties are inverses: these need to be read once only.
    """
    outgoing, more_outgoing = _first(snapshot.rdf, (node, None, None))
    incoming, more_incoming = _first(snapshot.rdf, (None, None, node))
    counts = _counts(snapshot, node) if more_outgoing or more_incoming else {}
    if not counts:
        return Ends(outgoing, incoming)
    latest_incoming: dict[str, list[_Node]] = {}
    found_incoming: list[Triple] = []
    for (is_incoming, predicate), count in counts.items():
        verb = NamedNode(predicate)
        if is_incoming and verb != _TYPE and not is_statement_term(verb):
            latest_incoming[predicate] = _latest(snapshot, verb, node, count)
            found_incoming += (Triple(thing, verb, node) for thing in latest_incoming[predicate])
    found_outgoing: list[Triple] = []
    for (is_incoming, predicate), count in counts.items():
        if not is_incoming:
            mirrored = latest_incoming.get(schema.inverse(predicate) or "", []) if count > LATEST else []
            found_outgoing += _outgoing(snapshot.rdf, node, NamedNode(predicate), mirrored)
    return Ends(tuple(found_outgoing), tuple(found_incoming), counts)


def _first(
    rdf: pyoxigraph.Store, pattern: tuple[NamedNode | None, None, NamedNode | None]
) -> tuple[tuple[Triple, ...], bool]:
    """The first triples that fit, each once, and whether there are more."""
    merged = [quad.triple for quad in islice(rdf.quads_for_pattern(*pattern, DefaultGraph()), _READ + 1)]
    quads = rdf.quads_for_pattern(*pattern, None)
    found = merged or list(dict.fromkeys(quad.triple for quad in islice(quads, _READ + 1)))
    return tuple(found[:_READ]), len(found) > _READ


def _counts(snapshot: Snapshot, node: NamedNode) -> dict[tuple[bool, str], int]:
    found: dict[tuple[bool, str], int] = {}
    for pattern, incoming in ((f"{node} ?p ?x", False), (f"?x ?p {node}", True)):
        for row in snapshot.select(f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?p"):
            predicate, count = row["p"], row["n"]
            if isinstance(predicate, NamedNode) and isinstance(count, Literal):
                found[incoming, predicate.value] = int(count.value)
    return found


def _latest(snapshot: Snapshot, verb: NamedNode, node: NamedNode, count: int) -> list[_Node]:
    """The things that point at another by a property: those with the latest dates, then any."""
    found: dict[_Node, None] = {}
    if count > LATEST:
        rows = snapshot.select(
            f"SELECT ?x ?date WHERE {{ ?x {verb} {node} ; {_EARLIEST} ?date }} ORDER BY DESC(?date) LIMIT {LATEST}"
        )
        found.update(dict.fromkeys(_nodes(row["x"] for row in rows)))
    if len(found) < LATEST:
        quads = snapshot.rdf.quads_for_pattern(None, verb, node, DefaultGraph())
        found.update(dict.fromkeys(_nodes(quad.subject for quad in islice(quads, LATEST))))
    return list(found)[:LATEST]


def _outgoing(rdf: pyoxigraph.Store, node: NamedNode, verb: NamedNode, mirrored: Iterable[_Node]) -> Iterable[Triple]:
    """What a thing points at: that which points back, where this is known, else any."""
    found = [Triple(node, verb, thing) for thing in mirrored if Quad(node, verb, thing, DefaultGraph()) in rdf]
    return found or [quad.triple for quad in islice(rdf.quads_for_pattern(node, verb, None, DefaultGraph()), LATEST)]


def _nodes(terms: Iterable[object]) -> Iterable[_Node]:
    return (term for term in terms if isinstance(term, NamedNode | BlankNode))
