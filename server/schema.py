"""What the ontology says of classes and properties, as far as pages need it to arrange what they show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.store import Snapshot
from ontology import MC, OWL, RDFS

__all__ = ["Schema", "read_schema"]


@dataclass(frozen=True, slots=True)
class Schema:
    """Hierarchies and inverses; all by IRI.

    Arguments:
        superclasses: all classes above a class, itself left out.
        superproperties: all properties above a property, itself left out.
        inverses: the inverse of a property, where it has a name.
        symmetric: the properties that are their own inverse.
    """

    superclasses: Mapping[str, frozenset[str]]
    superproperties: Mapping[str, frozenset[str]]
    inverses: Mapping[str, str]
    symmetric: frozenset[str]

    def is_relation(self, classes: Iterable[str]) -> bool:
        """Whether something of these classes is a relation with attributes (`mc:Relation`)."""
        return any(c == MC["Relation"] or MC["Relation"] in self.superclasses.get(c, ()) for c in classes)

    def most_specific(self, classes: Iterable[str]) -> list[str]:
        """The classes that have none of the others below them, sorted."""
        given = set(classes)
        above = {upper for c in given for upper in self.superclasses.get(c, ()) if c not in self._above(upper)}
        return sorted(given - above)

    def _above(self, iri: str) -> frozenset[str]:
        return self.superclasses.get(iri, frozenset())

    def inverse(self, predicate: str) -> str | None:
        """The property that says the same with subject and object exchanged."""
        return predicate if predicate in self.symmetric else self.inverses.get(predicate)


def read_schema(snapshot: Snapshot) -> Schema:
    """The schema that a snapshot holds; an empty one if it holds no ontology."""
    rdf = snapshot.rdf

    def pairs(predicate: str) -> list[tuple[str, str]]:
        quads = rdf.quads_for_pattern(None, NamedNode(predicate), None, None)
        return [
            (quad.subject.value, quad.object.value)
            for quad in quads
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
        ]

    symmetric_class = NamedNode(OWL["SymmetricProperty"])
    inverses = {}
    for one, other in pairs(OWL["inverseOf"]):
        if one != other:
            inverses[one], inverses[other] = other, one
    return Schema(
        superclasses=_transitive(pairs(RDFS["subClassOf"])),
        superproperties=_transitive(pairs(RDFS["subPropertyOf"])),
        inverses=inverses,
        symmetric=frozenset(
            quad.subject.value
            for quad in rdf.quads_for_pattern(None, None, symmetric_class, None)
            if isinstance(quad.subject, NamedNode)
        ),
    )


def _transitive(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    direct: dict[str, set[str]] = defaultdict(set)
    for lower, upper in pairs:
        direct[lower].add(upper)

    def above(start: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(direct[start])
        while waiting:
            upper = waiting.pop()
            if upper not in found and upper != start:
                found.add(upper)
                waiting.extend(direct.get(upper, ()))
        return frozenset(found)

    return {lower: above(lower) for lower in list(direct)}
