"""The entities that a document speaks of: which node each is, typed and named in the document's graph."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from loaders.reading.facts import BodyKind, Entity, EntityKind
from loaders.to_rdf.terms import RDF_TYPE, mc, name_slug
from ontology import RDFS, SKOS, entity

if TYPE_CHECKING:
    from loaders.to_rdf.writer import GraphWriter

__all__ = ["EntityWriter"]

BODY_CLASS: dict[BodyKind, str] = {
    "MoD": "DefenceMinistry", "MFA": "ForeignMinistry", "MIA": "InteriorMinistry", "AF": "ArmedForces",
    "GS": "GeneralStaff", "PARL": "Parliament", "GOV": "Government", "SEC": "SecurityService", "UNIT": "MilitaryUnit",
}  # fmt: skip

# A mission that is spoken of in passing is typed as a mission by the reference graph, or by the fact about it.
KIND_CLASS: dict[EntityKind, str] = {
    "state": "State", "organization": "Organization", "mission": "Activity", "series": "Series", "person": "Person",
    "place": "Place", "company": "Company", "institution": "Organization",
}  # fmt: skip

# Where the IRIs of entities lie that no reference graph knows.
_STEP: dict[EntityKind, str] = {
    "organization": "organization", "company": "organization", "institution": "organization", "place": "place",
    "series": "series",
}  # fmt: skip

# The kinds whose name in this text matters even where the reference graph has names for them: a reader of the
# document meets «Нур-Султан», not «Астана».
_NAMED_AS_IN_TEXT: frozenset[EntityKind] = frozenset({"place", "series", "mission"})


class EntityWriter:
    """Writes types and names of entities, each once.

    Arguments:
        writer: where to.
        known: the IRIs that the reference graph names; None if everything with an IRI is to be taken for known.
    """

    def __init__(self, writer: "GraphWriter", known: Collection[str] | None) -> None:
        self._writer = writer
        self._known = known

    def node(self, of: Entity) -> NamedNode:
        """The node of an entity, typed and named."""
        if of.kind == "person":
            return self.person(of)
        if of.kind == "body":
            return self._body(of)
        if of.kind in ("exercise", "series"):
            return self._activity(of)
        if of.kind == "mission":
            node = NamedNode(self._writer.identities.mission_named(of))
        else:
            node = NamedNode(of.iri or self._new_iri(of))
        self._writer.say(node, RDF_TYPE, mc(KIND_CLASS[of.kind]))
        self._name(node, of)
        return node

    def _new_iri(self, of: Entity) -> str:
        if of.kind == "state" and of.state is not None:
            return entity("state", of.state)
        if not of.name:
            return self._writer.identities.local(of.kind)
        return entity(_STEP.get(of.kind, of.kind), name_slug(of.name))

    def _is_known(self, node: NamedNode, of: Entity) -> bool:
        return of.iri is not None if self._known is None else node.value in self._known

    def _name(self, node: NamedNode, of: Entity) -> None:
        if not of.name:
            return
        if not self._is_known(node, of):
            self._writer.say(node, NamedNode(RDFS["label"]), self._writer.name(of.name))
        elif of.kind in _NAMED_AS_IN_TEXT:
            self._writer.say(node, NamedNode(SKOS["altLabel"]), self._writer.name(of.name))

    def person(self, of: Entity, full_name: str | None = None) -> NamedNode:
        """The node of a person; `full_name` is the name as the text gives it, where it gives more than a surname."""
        writer = self._writer
        node = NamedNode(of.iri or writer.identities.person(of.name, full_name))
        full_name = full_name or writer.identities.full_name(of.name)
        writer.say(node, RDF_TYPE, mc("Person"))
        writer.say(node, mc("familyName"), writer.name(of.name))
        writer.say(node, NamedNode(RDFS["label"]), writer.name(full_name or of.name))
        return node

    def _body(self, of: Entity) -> NamedNode:
        """A body of a state. A unit is known by its name; the other bodies are one a state."""
        writer, kind = self._writer, of.body or "UNIT"
        if of.iri is not None:
            node = NamedNode(of.iri)
        elif kind == "UNIT" or of.state is None:
            node = NamedNode(writer.identities.local("organization", kind, of.state, name_slug(of.name)))
        else:
            node = NamedNode(entity("organization", f"{of.state}-{kind}"))
        writer.say(node, RDF_TYPE, mc(BODY_CLASS[kind]))
        if of.state is not None:
            state = self.node(Entity("state", "", iri=entity("state", of.state), state=of.state))
            writer.say(node, mc("ofState"), state)
        if of.name:
            self._name(node, of)
        elif not self._is_known(node, of):
            label = writer.name(f"{of.state or ''} {kind}".strip(), "en")
            writer.say(node, NamedNode(RDFS["label"]), label)
        return node

    def _activity(self, of: Entity) -> NamedNode:
        """An exercise that is spoken of elsewhere in the text; one that is only mentioned is some activity."""
        writer = self._writer
        found = writer.identities.exercise_named(of)
        if found is not None:
            return NamedNode(found)
        node = NamedNode(writer.identities.local("activity", name_slug(of.name), of.year))
        writer.say(node, RDF_TYPE, mc("Activity"))
        if of.name:
            writer.say(node, NamedNode(RDFS["label"]), writer.name(of.name))
        if of.iri is not None and "/series/" in of.iri:
            writer.say(node, mc("editionOf"), NamedNode(of.iri))
        return node
