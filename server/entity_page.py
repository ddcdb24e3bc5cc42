"""The page of a thing: what it is, what it did and when, its relations, who is close to it, and where."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from werkzeug.wrappers import Response

from graph.claims import Passage, only_planned
from graph.store import Snapshot
from ontology import MC, RDF
from server.cooperation import dossier_path
from server.description import Description, FactGroup, describe
from server.doings import Doing, doings_of
from server.ends import ends_of
from server.relations import Relation, Term
from server.relatives import Relative, relatives_of, star
from server.rendering import addresses, name_of, page, schema
from server.whereabouts import spots, state_code

__all__ = ["entity_page"]

_STATES_DRAWN = 40
_CLOSEST = 14
"""Relatives in the drawing around the thing."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A relation as a row of a table: its values in the columns, and where it is from."""

    relation: Relation
    values: tuple[tuple[Term, ...], ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self.relation.claim.passages


@dataclass(frozen=True, slots=True)
class _RelationTable:
    """The relations of one class as a table; `total` counts also those that are not shown."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[_Row, ...]
    total: int


def entity_page(snapshot: Snapshot, iri: str) -> Response:
    """The page of the thing with this IRI."""
    node = NamedNode(iri)
    ends = ends_of(snapshot, node, schema())
    description = describe(snapshot, iri, schema(), ends)
    doings = doings_of(snapshot.rdf, ends, schema(), iri)
    relatives = relatives_of(snapshot.rdf, node, _STATES_DRAWN)
    things = [group for group in description.groups if not _has_values(group)]
    return page(
        "entity.html",
        iri=iri,
        description=description,
        planned=only_planned(snapshot.rdf, node),
        groups=things,
        values=[group for group in description.groups if _has_values(group)],
        inferred=any(fact.inferred for group in things for fact in group.facts),
        tables=_tables(description),
        timeline=[(year, list(of_year)) for year, of_year in groupby(doings.latest, key=lambda doing: doing.year)],
        doings=doings.count,
        earlier=doings.more,
        star=star(relatives[:_CLOSEST]),
        map=_map(snapshot, iri, doings.latest, relatives),
        dossier=dossier_path(iri) if _works_with_others(snapshot, node) else None,
    )


def _works_with_others(snapshot: Snapshot, node: NamedNode) -> bool:
    """Whether a dossier can be made of a thing."""
    kinds = (NamedNode(MC["State"]), NamedNode(MC["InternationalOrganization"]))
    return any(Quad(node, NamedNode(RDF["type"]), kind, DefaultGraph()) in snapshot.rdf for kind in kinds)


def _has_values(group: FactGroup) -> bool:
    """Whether the facts have texts, numbers or things of other graphs at their ends, rather than things of ours."""
    other = group.facts[0].other
    return not isinstance(other, NamedNode | Triple) or (
        isinstance(other, NamedNode) and not addresses().is_own(other.value)
    )


def _tables(description: Description) -> list[_RelationTable]:
    tables = []
    for kind, relations, total in description.relations:
        used = Counter(
            p for relation in relations for p, values in relation.attributes if values != (description.node,)
        )
        columns = tuple(predicate for predicate, _ in sorted(used.items(), key=lambda item: (-item[1], item[0])))
        rows = []
        for relation in relations:
            found = dict(relation.attributes)
            rows.append(_Row(relation, tuple(found.get(column, ()) for column in columns)))
        tables.append(_RelationTable(kind, columns, tuple(rows), total))
    return tables


def _map(snapshot: Snapshot, iri: str, doings: Sequence[Doing], relatives: list[Relative]) -> dict[str, object] | None:
    """What the map shows: states to be coloured, and places with names and links; None where there is nothing."""
    rdf = snapshot.rdf
    own = state_code(rdf, NamedNode(iri))
    marked = spots(rdf, [*([] if own else [iri]), *(doing.iri for doing in doings)])
    around = [relative for relative in relatives if relative.category == "actor"]
    codes = [
        (code, name_of(r.iri).text, addresses().page(r.iri))
        for r in around
        if (code := state_code(rdf, NamedNode(r.iri)))
    ]
    if not own and not marked and not codes:
        return None
    return {
        "own": own,
        "states": [{"code": code, "name": name, "page": address} for code, name, address in codes],
        "spots": [
            {
                "at": [spot.longitude, spot.latitude],
                "name": name_of(spot.place).text,
                "things": [{"name": name_of(t).text, "page": addresses().page(t)} for t in spot.things[:12]],
                "count": len(spot.things),
            }
            for spot in marked
        ],
    }
