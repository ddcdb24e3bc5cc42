"""What was taken for one, and what people decided about it, as RDF: written, and read again.

Each thing has an IRI of its own from the document that names it (`loaders/to_rdf/identity.py`). Where several documents
are found to speak of one thing, it goes under one of these IRIs in all their graphs, and a claim in the graph of
identity says so: `<own> mc:identifiedAs <common>`, with the rule, a confidence, passages of both sides, and the
documents in which it is so named. From that the documents' own names can be had back at any time.

By what a thing may be found to be another one stands there too (`mc:identityKey`): a thing finds by such keys
those that a rule can join it with.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from loaders.decisions.record import Decision, decisions_graph, decisions_of
from loaders.to_rdf.terms import RDF_TYPE
from ontology import BASE, GRAPH_IDENTITY, MC, RDF, XSD, concept, entity

__all__ = [
    "DECISIONS", "IDENTIFIED_AS", "IDENTIFIED_IN", "IDENTITY_KEY", "Identification", "Judgement", "claim_iri",
    "common_name", "judgements", "keeping", "key_triples", "recorded", "recorded_claim", "renamed_in",
    "things_with_keys", "under",
]  # fmt: skip

IDENTIFIED_AS, IDENTIFIED_IN = NamedNode(MC["identifiedAs"]), NamedNode(MC["identifiedIn"])
IDENTITY_KEY = NamedNode(MC["identityKey"])
DECISIONS = decisions_graph(GRAPH_IDENTITY)
_GRAPH, _DECISIONS = NamedNode(GRAPH_IDENTITY), NamedNode(DECISIONS)
_SUBJECT = NamedNode(RDF["subject"])
_JUDGED, _COMPARED = NamedNode(MC["judgedThing"]), NamedNode(MC["comparedWith"])


@dataclass(frozen=True, slots=True)
class Identification:
    """That a thing is another one.

    Arguments:
        own: the IRI that it has from its document.
        common: the IRI under which it goes.
        rule: name of the rule that says so (`identity/person-full-name`).
        confidence: 0–1.
        documents: IRIs of the documents that name it so.
        evidence: IRIs of passages, of these documents and of those that name the other.
    """

    own: str
    common: str
    rule: str
    confidence: float
    documents: tuple[str, ...]
    evidence: tuple[str, ...]

    def triples(self) -> Iterator[Triple]:
        """The claim as it stands in the graph of identity, and what it claims."""
        own, common, node = NamedNode(self.own), NamedNode(self.common), NamedNode(claim_iri(self.own, self.common))
        yield Triple(own, IDENTIFIED_AS, common)
        for name in (MC["Identification"], MC["Claim"], RDF["Statement"]):
            yield Triple(node, RDF_TYPE, NamedNode(name))
        yield Triple(node, _SUBJECT, own)
        yield Triple(node, NamedNode(RDF["predicate"]), IDENTIFIED_AS)
        yield Triple(node, NamedNode(RDF["object"]), common)
        yield Triple(node, NamedNode(MC["origin"]), NamedNode(_rule(self.rule)))
        confidence = Literal(f"{self.confidence:g}", datatype=NamedNode(XSD["decimal"]))
        yield Triple(node, NamedNode(MC["confidence"]), confidence)
        yield Triple(node, NamedNode(MC["modality"]), NamedNode(concept("modality", "held")))
        for document in self.documents:
            yield Triple(node, IDENTIFIED_IN, NamedNode(document))
        for passage in self.evidence:
            yield Triple(node, NamedNode(MC["evidence"]), NamedNode(passage))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about two things: whether they are one.

    Arguments:
        decision: who decided it, and when.
        things: own IRIs of the thing that was judged, one or more that are one.
        others: own IRIs of what it was compared with.
    """

    decision: Decision
    things: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether they are one."""
        return self.decision.verdict == "confirmed"

    def triples(self) -> Iterator[Triple]:
        """The judgement as it stands in the graph of decisions."""
        yield from self.decision.triples()
        node = NamedNode(self.decision.iri)
        for predicate, things in ((_JUDGED, self.things), (_COMPARED, self.others)):
            for thing in things:
                yield Triple(node, predicate, NamedNode(thing))


def claim_iri(one: str, another: str) -> str:
    """The IRI of the claim that two things are one: the same whichever is named first, and at each reading."""
    mark = hashlib.sha256(" ".join(sorted((one, another))).encode()).hexdigest()[:16]
    return entity("identification", mark)


def recorded(rdf: pyoxigraph.Store, own: str) -> Identification | None:
    """The record of the thing that has this IRI from its document, if it goes under another."""
    quad = next(rdf.quads_for_pattern(NamedNode(own), IDENTIFIED_AS, None, _GRAPH), None)
    if quad is None or not isinstance(quad.object, NamedNode):
        return None
    node = NamedNode(claim_iri(own, quad.object.value))
    said: dict[str, list[str]] = {}
    for each in rdf.quads_for_pattern(node, None, None, _GRAPH):
        said.setdefault(each.predicate.value, []).append(getattr(each.object, "value", ""))
    return Identification(
        own,
        quad.object.value,
        min(said.get(MC["origin"], [""])).removeprefix(_rule("")),
        float(min(said.get(MC["confidence"], ["0"]))),
        tuple(sorted(said.get(MC["identifiedIn"], ()))),
        tuple(sorted(said.get(MC["evidence"], ()))),
    )


def common_name(rdf: pyoxigraph.Store, own: str) -> str:
    """The IRI under which a thing goes: another, or its own."""
    quad = next(rdf.quads_for_pattern(NamedNode(own), IDENTIFIED_AS, None, _GRAPH), None)
    return quad.object.value if quad is not None and isinstance(quad.object, NamedNode) else own


def recorded_claim(rdf: pyoxigraph.Store, claim: str) -> Identification | None:
    """The identification with this IRI, if it stands."""
    quad = next(rdf.quads_for_pattern(NamedNode(claim), _SUBJECT, None, _GRAPH), None)
    return recorded(rdf, quad.object.value) if quad is not None and isinstance(quad.object, NamedNode) else None


def under(rdf: pyoxigraph.Store, common: str) -> list[str]:
    """The own IRIs of the things that go under this one, sorted."""
    quads = rdf.quads_for_pattern(None, IDENTIFIED_AS, NamedNode(common), _GRAPH)
    return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))


def key_triples(own: str, keys: Iterable[tuple[str, ...]]) -> Iterator[Triple]:
    """By what a thing can be found, as it stands in the graph of identity.

    Arguments:
        own: its own IRI.
        keys: its keys (`keys.kept`).
    """
    return (Triple(NamedNode(own), IDENTITY_KEY, _key(key)) for key in keys)


def keeping(rdf: pyoxigraph.Store, key: tuple[str, ...]) -> set[str]:
    """The own IRIs of the things that have a key."""
    quads = rdf.quads_for_pattern(None, IDENTITY_KEY, _key(key), _GRAPH)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def things_with_keys(rdf: pyoxigraph.Store) -> set[str]:
    """The own IRIs of all things by which another can be found."""
    quads = rdf.quads_for_pattern(None, IDENTITY_KEY, None, _GRAPH)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)} - {GRAPH_IDENTITY}


def renamed_in(rdf: pyoxigraph.Store, document: str) -> dict[str, str]:
    """What a document's things go under, by their own IRIs; only those that go under another."""
    found: dict[str, str] = {}
    for quad in rdf.quads_for_pattern(None, IDENTIFIED_IN, NamedNode(document), _GRAPH):
        claim = {q.predicate: q.object for q in rdf.quads_for_pattern(quad.subject, None, None, _GRAPH)}
        own, common = claim.get(_SUBJECT), claim.get(NamedNode(RDF["object"]))
        if isinstance(own, NamedNode) and isinstance(common, NamedNode):
            found[own.value] = common.value
    return found


def judgements(rdf: pyoxigraph.Store) -> tuple[Judgement, ...]:
    """What people decided, the oldest first."""
    return tuple(
        Judgement(decision, _things(rdf, decision.iri, _JUDGED), _things(rdf, decision.iri, _COMPARED))
        for decision in decisions_of(rdf, GRAPH_IDENTITY)
    )


def _things(rdf: pyoxigraph.Store, decision: str, predicate: NamedNode) -> tuple[str, ...]:
    quads: Iterable[pyoxigraph.Quad] = rdf.quads_for_pattern(NamedNode(decision), predicate, None, _DECISIONS)
    return tuple(sorted(quad.object.value for quad in quads if isinstance(quad.object, NamedNode)))


def _rule(name: str) -> str:
    return f"{BASE}rule/{name}"


def _key(key: tuple[str, ...]) -> Literal:
    return Literal(" | ".join(key))
