"""What of a claim a person can amend: its parts, what they are now, and what there is to choose from."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal as OneOf

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from graph.claims import claim_at
from graph.errors import NotFound
from graph.store import Snapshot
from ontology import CONCEPT, MC, OWL, RDF, RDFS
from server.localization import Interface, texts
from server.names import Names, compact

__all__ = ["Part", "parts_of"]

_MODALITY = MC["modality"]
_FIXED = frozenset(
    {RDF["type"], RDFS["label"]}
    | {MC[name] for name in ("evidence", "origin", "confidence", "statedBy", "reification")}
    | {MC[name] for name in ("earliestStart", "latestStart", "earliestEnd", "latestEnd")}
)
"""What is said of the claim rather than by it, and what follows from its dates."""

_ORDER = (RDF["subject"], RDF["predicate"], RDF["object"])
_CLASSES = ("Actor", "Place", "Person", "Activity", "Agreement")
_TYPE = NamedNode(RDF["type"])


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a claim.

    Arguments:
        property: IRI of the property that the new value is given by.
        label: what to call it.
        value: what it is now: an IRI, or the text of a literal.
        shown: the same in words.
        kind: how another value is given: chosen from `choices`, searched by name among `classes`, or written.
        choices: IRIs with their names.
        classes: IRIs of the classes that it is one of; empty for any.
        datatype: of a literal, the IRI of its datatype; blank where its text has a language.
        language: of a literal, the language of its text.
    """

    property: str
    label: str
    value: str
    shown: str
    kind: OneOf["choice", "thing", "text"]
    choices: tuple[tuple[str, str], ...] = ()
    classes: tuple[str, ...] = ()
    datatype: str = ""
    language: str = ""


def parts_of(snapshot: Snapshot, claim: str, interface: Interface, names: Names) -> tuple[Part, ...]:
    """The parts of a claim that have one value each; its modality is the last.

    Arguments:
        snapshot: where it is.
        claim: its IRI.
        interface: the reader's language.
        names: the names of the snapshot.

    Raises:
        NotFound: no document makes such a claim.
    """
    node = NamedNode(claim)
    documents = {NamedNode(passage.document) for passage in claim_at(snapshot.rdf, node).passages}
    values: dict[str, set[NamedNode | BlankNode | Literal]] = defaultdict(set)
    for document in documents:
        for quad in snapshot.rdf.quads_for_pattern(node, None, None, document):
            if quad.predicate.value not in _FIXED and isinstance(quad.object, NamedNode | BlankNode | Literal):
                values[quad.predicate.value].add(quad.object)
    if not values:
        raise NotFound(f"there is no claim <{claim}>", hint="the page of a document and its data name its claims")
    order = {iri: place for place, iri in enumerate(_ORDER)} | {_MODALITY: len(values) + len(_ORDER)}
    named = sorted(values, key=lambda iri: (order.get(iri, len(_ORDER)), iri))
    return tuple(
        _part(snapshot, iri, next(iter(values[iri])), interface, names) for iri in named if len(values[iri]) == 1
    )


def _part(
    snapshot: Snapshot, iri: str, value: NamedNode | BlankNode | Literal, interface: Interface, names: Names
) -> Part:
    def name(term: NamedNode | BlankNode | str) -> str:
        iri = term.value if isinstance(term, NamedNode) else term
        foreign = texts(interface.language).get(f"terms.{compact(iri)}") if isinstance(iri, str) else None
        if foreign is not None:
            return foreign
        return names.of(term, interface.preference).text

    label = name(iri)
    if isinstance(value, Literal):
        return Part(
            iri, label, value.value, value.value, "text", datatype="" if value.language else value.datatype.value,
            language=value.language or "",
        )  # fmt: skip
    offered: set[str] = set()
    if iri == RDF["predicate"]:
        offered = _properties(snapshot, value.value)
    elif value.value.startswith(CONCEPT):
        offered = _concepts(snapshot, value.value)
    if offered:
        choices = sorted(((one, name(one)) for one in offered), key=lambda choice: choice[1].casefold())
        return Part(iri, label, value.value, name(value), "choice", tuple(choices))
    return Part(iri, label, value.value, name(value), "thing", classes=_classes(snapshot, value))


def _properties(snapshot: Snapshot, like: str) -> set[str]:
    """The properties of the ontology of the same kind."""
    kinds = (NamedNode(OWL["ObjectProperty"]), NamedNode(OWL["DatatypeProperty"]))
    for kind in kinds:
        found = {
            quad.subject.value
            for quad in snapshot.rdf.quads_for_pattern(None, _TYPE, kind, None)
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(MC)
        }
        if like in found:
            return found - _FIXED
    return set()


def _concepts(snapshot: Snapshot, like: str) -> set[str]:
    """The concepts of the same scheme, which the beginning of their IRIs tells."""
    scheme = like.rpartition("/")[0]
    quads = snapshot.rdf.quads_for_pattern(None, None, NamedNode(scheme), None)
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return {iri for iri in subjects if iri.startswith(f"{scheme}/")}


def _classes(snapshot: Snapshot, thing: NamedNode | BlankNode) -> tuple[str, ...]:
    """What it is in the first place, among what can be searched for."""
    kinds = (MC[name] for name in _CLASSES)
    return tuple(kind for kind in kinds if Quad(thing, _TYPE, NamedNode(kind), DefaultGraph()) in snapshot.rdf)[:1]
