"""Where in a store to look for what may be the same: things by what a rule needs them to have in common."""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from loaders.identity.spelling import sounds, spelled
from loaders.identity.things import KIND_OF_CLASS, Kind, party
from loaders.to_rdf.terms import RDF_TYPE
from ontology import MC, RDF, RDFS, SKOS

__all__ = ["Candidates"]

_NAMES = (NamedNode(RDFS["label"]), NamedNode(SKOS["altLabel"]))
_SUBJECT, _OBJECT = NamedNode(RDF["subject"]), NamedNode(RDF["object"])
_TYPES = frozenset({RDF["type"], MC["agreementType"]})
Node = NamedNode | BlankNode
_STARTS = (NamedNode(MC["startDate"]), NamedNode(MC["endDate"]))


class Candidates:
    """Finds things of a kind by a key of `rules.keys`, under the names that they have at present.

    A kind is looked through once, when it is first asked for; a thing that is found and has not the key does no harm.

    Arguments:
        rdf: the state of a store.
    """

    def __init__(self, rdf: pyoxigraph.Store) -> None:
        self._rdf = rdf
        self._by_key: dict[Kind, dict[tuple[str, ...], set[str]]] = {}

    def having(self, kind: Kind, key: tuple[str, ...]) -> set[str]:
        """The things with a key."""
        if kind not in self._by_key:
            found: dict[tuple[str, ...], set[str]] = defaultdict(set)
            for each, iri in self._keyed(kind):
                found[each].add(iri)
            self._by_key[kind] = dict(found)
        return self._by_key[kind].get(key, set())

    def _keyed(self, kind: Kind) -> Iterator[tuple[tuple[str, ...], str]]:
        if kind == "person":
            for quad in self._rdf.quads_for_pattern(None, NamedNode(MC["familyName"]), None, None):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    yield ("person", sounds(quad.object.value)), quad.subject.value
            return
        for node in self._of_kind(kind):
            for key in self._exercise(node) if kind == "exercise" else self._agreement(node):
                yield key, node.value

    def _of_kind(self, kind: Kind) -> set[NamedNode]:
        found: set[NamedNode] = set()
        for class_, of in KIND_OF_CLASS.items():
            if of == kind:
                quads = self._rdf.quads_for_pattern(None, RDF_TYPE, class_, None)
                found |= {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
                for claim in self._rdf.quads_for_pattern(None, _OBJECT, class_, None):
                    about = next(self._rdf.quads_for_pattern(claim.subject, _SUBJECT, None, None), None)
                    if about is not None and isinstance(about.object, NamedNode):
                        found.add(about.object)
        return found

    def _exercise(self, node: NamedNode) -> Iterator[tuple[str, ...]]:
        for quad in self._rdf.quads_for_pattern(node, None, None, None):
            value = quad.object
            if quad.predicate in _NAMES and isinstance(value, Literal):
                yield "exercise", spelled(value.value)
            elif quad.predicate.value == MC["editionOf"] and isinstance(value, NamedNode):
                yield "exercise", value.value
            elif quad.predicate in _STARTS and isinstance(value, Literal):
                yield "exercise", value.value[:7]

    def _agreement(self, node: NamedNode) -> Iterator[tuple[str, ...]]:
        said = [(q.predicate.value, q.object) for q in self._rdf.quads_for_pattern(node, None, None, None)]
        if not any(predicate == MC["hasParty"] for predicate, _ in said):
            said += self._claimed(node)
        iris = [(predicate, value.value) for predicate, value in said if isinstance(value, NamedNode)]
        parties = sorted({party(self._rdf, value) for predicate, value in iris if predicate == MC["hasParty"]})
        days = [value.value for predicate, value in said if predicate == MC["signedOn"] and isinstance(value, Literal)]
        for predicate, value in iris:
            if predicate in _TYPES and parties:
                yield "agreement", value, *parties
                yield from (("agreement", value, day) for day in days)

    def _claimed(self, node: NamedNode) -> Iterator[tuple[str, Node | Literal | Triple]]:
        """What is claimed of a thing and is not so."""
        for claim in self._rdf.quads_for_pattern(None, _SUBJECT, node, None):
            parts = {q.predicate.value: q.object for q in self._rdf.quads_for_pattern(claim.subject, None, None, None)}
            predicate = parts.get(RDF["predicate"])
            if isinstance(predicate, NamedNode):
                yield predicate.value, parts[RDF["object"]]
