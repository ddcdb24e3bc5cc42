"""What the graph says of one thing, arranged for a reader: facts by property, relations by class, claims apart.

A fact that only follows from a more specific one between the same two things (an inverse, a superproperty) is left
out: the data has it, the page would only repeat itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from graph.claims import Claim, claim_at, is_statement_term, only_planned
from graph.explanation.provenance import Provenance, provenance
from graph.store import Snapshot
from ontology import CONCEPT, GRAPH_INFERRED, MC, OWL, RDF
from server.ends import Ends
from server.facts import Fact, FactGroup
from server.plans import with_plans_told
from server.relations import GROUP_SIZE, NAMES, NOT_SHOWN, Node, Relation, Term, relations_among
from server.schema import Schema

__all__ = [
    "Description",
    "Fact",
    "FactGroup",
    "date_of",
    "describe",
    "exists",
    "main_classes",
]

QUADS_READ = 20_000
"""Of a thing that takes part in more triples than these in one direction, the data shows some."""

_Key = tuple[bool, str]
"""Whether the facts point at the thing described, and their property."""

_DATES = tuple(NamedNode(MC[name]) for name in ("startDate", "signedOn"))
_EVENTS = tuple(NamedNode(MC[name]) for name in ("Activity", "Agreement"))
_TYPE = NamedNode(RDF["type"])
_INFERRED = NamedNode(GRAPH_INFERRED)
_NOT_FACTS = tuple(NamedNode(CONCEPT[f"modality/{name}"]) for name in ("denied", "cancelled", "proposed"))
_ENDS = (NamedNode(RDF["subject"]), NamedNode(RDF["object"]))
_MODALITY = NamedNode(MC["modality"])


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says of one thing.

    `partial` tells that there is so much of it that only a part was read; groups have their totals all the same.
    """

    node: Node
    types: tuple[str, ...]
    further_types: tuple[str, ...]
    names: tuple[Literal, ...]
    groups: tuple[FactGroup, ...]
    relations: tuple[tuple[str, tuple[Relation, ...], int], ...]
    own_claim: Claim | None
    unheld: tuple[Claim, ...]
    partial: bool


def exists(rdf: pyoxigraph.Store, iri: str) -> bool:
    """Whether the graph says anything of the thing, or names it as a graph."""
    node = NamedNode(iri)
    return (
        next(iter(rdf.quads_for_pattern(node, None, None, None)), None) is not None
        or next(iter(rdf.quads_for_pattern(None, None, node, None)), None) is not None
        or rdf.contains_named_graph(node)
    )


def describe(snapshot: Snapshot, iri: str, schema: Schema, ends: Ends) -> Description:
    """Describe one thing.

    Arguments:
        snapshot: the state to describe it from.
        iri: the thing.
        schema: what the ontology says of the snapshot's classes and properties.
        ends: the triples that it takes part in.
    """
    rdf, node = snapshot.rdf, NamedNode(iri)
    types = _classes(rdf.quads_for_pattern(node, _TYPE, None, None))
    main = main_classes(rdf, node, schema)
    relations, in_relations = relations_among(rdf, ends.incoming, schema)
    shown_out = [
        t
        for t in ends.outgoing
        if t.object not in in_relations
        and t.object != node
        and t.predicate.value not in NOT_SHOWN
        and not is_statement_term(t.predicate)
    ]
    shown_in = [
        t
        for t in ends.incoming
        if t.predicate != _TYPE
        and t.subject != node
        and t.subject not in in_relations
        and not t.predicate.value.startswith(OWL)
        and not is_statement_term(t.predicate)
    ]
    groups = _groups(rdf, _arranged(shown_out, shown_in, schema), _totals(ends, schema))
    is_claim = next(iter(rdf.quads_for_pattern(node, NamedNode(MC["evidence"]), None, None)), None) is not None
    return Description(
        node=node,
        types=main,
        further_types=tuple(sorted(types - set(main))),
        names=_names(ends.outgoing),
        groups=tuple(with_plans_told(rdf, _telling(groups), (one for _, found, _ in relations for one in found))),
        relations=relations,
        own_claim=claim_at(rdf, node) if is_claim else None,
        unheld=_unheld(snapshot, node, ends),
        partial=ends.partial,
    )


def main_classes(rdf: pyoxigraph.Store, node: NamedNode, schema: Schema) -> tuple[str, ...]:
    """What something is in the first place: the classes that documents or reference data give it, not what follows.

    Kazakhstan is a state; that it is a member of an organization, which is a class too, follows. Of classes above
    each other the lowest; of something that nothing gives a class, those that follow.
    """
    quads = list(rdf.quads_for_pattern(node, _TYPE, None, None))
    stated = _classes(quad for quad in quads if quad.graph_name not in (DefaultGraph(), _INFERRED))
    return tuple(schema.most_specific(stated or _classes(quads)))


def _classes(quads: Iterable[Quad]) -> set[str]:
    found = {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
    return {kind for kind in found if not kind.startswith(OWL)}


def _totals(ends: Ends, schema: Schema) -> dict[_Key, int]:
    """How many things each group has at its ends, where that was counted."""
    found: dict[_Key, int] = {}
    for (incoming, predicate), count in ends.counts.items():
        inverse = schema.inverse(predicate) if incoming else None
        key = (incoming, predicate) if inverse is None else (False, inverse)
        found[key] = max(found.get(key, 0), count)
    return found


def _names(outgoing: Iterable[Triple]) -> tuple[Literal, ...]:
    found = {(t.predicate.value, t.object) for t in outgoing if isinstance(t.object, Literal)}
    naming = [value for predicate, value in found if predicate in NAMES]
    return tuple(sorted(dict.fromkeys(naming), key=lambda v: (v.language or "", v.value)))


def _arranged(outgoing: list[Triple], incoming: list[Triple], schema: Schema) -> dict[_Key, dict[Term, list[Triple]]]:
    """The triples by property and by the thing at the other end, without what only follows from another one there.

    What an inverse says stands under the property that points away from the thing described.
    """

    def key_of_incoming(predicate: str) -> _Key:
        inverse = schema.inverse(predicate)
        return (True, predicate) if inverse is None else (False, inverse)

    def weaker(key: _Key) -> set[_Key]:
        is_incoming, predicate = key
        inverse = predicate if is_incoming else schema.inverse(predicate)
        found = {key_of_incoming(upper) for upper in schema.superproperties.get(inverse or "", ())}
        if not is_incoming:
            found |= {(False, upper) for upper in schema.superproperties.get(predicate, ())}
        return found - {key}

    arranged: dict[_Key, dict[Term, list[Triple]]] = defaultdict(lambda: defaultdict(list))
    keys_at: dict[Term, set[_Key]] = defaultdict(set)
    sides = [((False, t.predicate.value), t.object, t) for t in outgoing]
    sides += [(key_of_incoming(t.predicate.value), t.subject, t) for t in incoming]
    for key, other, triple in sides:
        arranged[key][other].append(triple)
        keys_at[other].add(key)
    for other, keys in keys_at.items():
        for key in {lower for upper in keys for lower in weaker(upper)} & keys:
            del arranged[key][other]
    return arranged


def _telling(groups: Iterable[FactGroup]) -> list[FactGroup]:
    """The groups in the order in which they tell something: what documents say first, plain values last.

    What is inferred of a thing that another group shows already, and points from there, is left out.
    """
    found = list(groups)
    shown = {fact.other for group in found if not group.incoming for fact in group.facts}
    kept = []
    for group in found:
        facts = tuple(f for f in group.facts if not (group.incoming and f.inferred and f.other in shown))
        if facts:
            kept.append(replace(group, facts=facts, total=group.total - len(group.facts) + len(facts)))

    def rank(group: FactGroup) -> tuple[bool, bool, bool, int, str]:
        values = all(isinstance(fact.other, Literal) for fact in group.facts)
        stated = any(fact.passages for fact in group.facts)
        return values, group.incoming, not stated, -group.total, group.predicate

    return sorted(kept, key=rank)


def _groups(
    rdf: pyoxigraph.Store, arranged: dict[_Key, dict[Term, list[Triple]]], totals: Mapping[_Key, int]
) -> Iterator[FactGroup]:
    dates = {other: date_of(rdf, other) for by_other in arranged.values() for other in by_other}
    for (incoming, predicate), by_other in sorted(arranged.items()):
        if by_other:
            first = sorted(by_other.items(), key=lambda item: _latest_first(item[0], dates[item[0]]))[:GROUP_SIZE]
            facts = tuple(_fact(rdf, other, dates[other], triples) for other, triples in first)
            yield FactGroup(predicate, incoming, facts, max(len(by_other), totals.get((incoming, predicate), 0)))


def _latest_first(term: Term, date: str) -> tuple[tuple[int, ...], str]:
    """A key that puts later things first, things without a date after them, by IRI."""
    return tuple(-ord(c) for c in date.ljust(10)), str(term)


def date_of(rdf: pyoxigraph.Store, term: Term) -> str:
    """When an activity began or an agreement was signed; blank if that is not known."""
    if not isinstance(term, (NamedNode, BlankNode)):
        return ""
    found = (quad.object for p in _DATES for quad in rdf.quads_for_pattern(term, p, None, None))
    date = max((value.value for value in found if isinstance(value, Literal)), default="")
    return date if date and _is_event(rdf, term) else ""


def _fact(rdf: pyoxigraph.Store, other: Term, date: str, triples: list[Triple]) -> Fact:
    """The fact that a triple and its inverse state together."""
    explanations = [provenance(rdf, triple) for triple in triples]
    stated = next((e.triple for e in explanations if not e.inferred), triples[0])
    return Fact(
        triple=stated,
        other=other,
        date=date,
        inferred=all(e.inferred for e in explanations),
        graphs=tuple(sorted({graph for e in explanations for graph in e.stated_in})),
        passages=tuple(sorted({passage for e in explanations for passage in e.passages})),
        planned=_is_planned(rdf, other, explanations),
    )


def _is_planned(rdf: pyoxigraph.Store, other: Term, explanations: list[Provenance]) -> bool:
    stated = [explanation for explanation in explanations if not explanation.inferred]
    if stated and all(explanation.planned for explanation in stated):
        return True
    return isinstance(other, NamedNode) and _is_event(rdf, other) and only_planned(rdf, other)


def _is_event(rdf: pyoxigraph.Store, node: NamedNode | BlankNode) -> bool:
    return any(next(rdf.quads_for_pattern(node, _TYPE, kind, None), None) for kind in _EVENTS)


def _unheld(snapshot: Snapshot, node: NamedNode, ends: Ends) -> tuple[Claim, ...]:
    """What documents say of the thing as denied, cancelled or only proposed."""
    rdf = snapshot.rdf
    about = sum(ends.counts.get((True, end.value), 0) for end in _ENDS)
    unheld = (quad.subject for m in _NOT_FACTS for quad in rdf.quads_for_pattern(None, _MODALITY, m, DefaultGraph()))
    few = list(islice(unheld, about // 2)) if about else []
    if len(few) < about // 2:  # there are fewer claims of that kind than claims about a busy thing: look at those
        found = [c for c in few if any(Quad(c, end, node, DefaultGraph()) in rdf for end in _ENDS)][:GROUP_SIZE]
        nodes: list[Term] = list(dict.fromkeys(found))
    else:
        rows = snapshot.select(
            f"SELECT DISTINCT ?claim WHERE {{ VALUES ?modality {{ {' '.join(map(str, _NOT_FACTS))} }} "
            f"VALUES ?end {{ {' '.join(map(str, _ENDS))} }} "
            f"?claim ?end {node} ; {_MODALITY} ?modality }} LIMIT {GROUP_SIZE}"
        )
        nodes = [row["claim"] for row in rows]
    claims = [claim_at(rdf, c) for c in nodes if isinstance(c, (NamedNode, BlankNode))]
    return tuple(sorted(claims, key=lambda claim: (claim.passages[:1], str(claim.node))))
