"""The graph of one document while it is being written: triples, passages, claims, and the entities spoken of."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from loaders.reading.facts import FACTUAL, Entity, Fact, Modality, PartialDate, Span, Stated
from loaders.to_rdf.entities import EntityWriter
from loaders.to_rdf.identity import Identities
from loaders.to_rdf.terms import (
    BOUNDS_OF,
    RDF_TYPE,
    bounds,
    date_literal,
    day_literal,
    decimal_literal,
    integer_literal,
    mc,
)
from ontology import BASE, RDF, concept

__all__ = ["GraphWriter", "Source"]

Term = NamedNode | Literal

_KINDS = {
    "Exercise": "exercises", "Mission": "missions", "Agreement": "agreements", "Supply": "supplies",
    "Cooperation": "cooperation", "Membership": "memberships", "Position": "positions", "Meeting": "meetings",
    "Quantity": "quantities",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What a claim rests on."""

    evidence: tuple[Span, ...]
    rule: str
    confidence: float
    modality: Modality = "held"
    stated_by: Entity | None = None

    @classmethod
    def of(cls, fact: Fact, value: Stated[Any] | None = None, modality: Modality | None = None) -> "Source":
        """The source of a fact, or of a value that a fact states in words of its own."""
        said = fact if value is None else value
        return cls(said.evidence, said.rule, said.confidence, modality or fact.modality, fact.stated_by)

    @property
    def is_fact(self) -> bool:
        """Whether the document says that it is so."""
        return self.modality in FACTUAL


@dataclass(slots=True)
class _Claim:
    """A claim, gathered from all that supports it."""

    modality: Modality
    about: Triple | None
    evidence: set[Span] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    confidence: float = 0.0
    speakers: set[NamedNode] = field(default_factory=set)


class GraphWriter:
    """Writes one document's graph.

    Arguments:
        document: the document's IRI.
        text: its normalised text.
        language: the language of the names that the reading gives; `""` if unknown.
        identities: which things are one.
        known: the IRIs that the reference graph names; None if everything with an IRI is to be taken for known.
    """

    def __init__(
        self, document: str, text: str, language: str, identities: Identities, known: Collection[str] | None = None
    ) -> None:
        self.document = NamedNode(document)
        self.language = language
        self.identities = identities
        self.facts: Counter[str] = Counter(dict.fromkeys(_KINDS.values(), 0))
        self._text = text
        self._triples: dict[Triple, None] = {}
        self._claims: dict[NamedNode, _Claim] = {}
        self._entities = EntityWriter(self, known)

    # Plain triples

    def say(self, subject: NamedNode, predicate: NamedNode, value: Term) -> None:
        """A triple that needs no claim: a type, a name, a part of a relation."""
        self._triples[Triple(subject, predicate, value)] = None

    def name(self, text: str, language: str | None = None) -> Literal:
        """A name in the document's language, or another."""
        tag = language or self.language
        return Literal(text, language=tag) if tag else Literal(text)

    def entity(self, entity: Entity) -> NamedNode:
        """The node of whom or what a mention means, typed and named."""
        return self._entities.node(entity)

    def person(self, person: Entity, full_name: str | None) -> NamedNode:
        """The node of a person whose full name the text gives."""
        return self._entities.person(person, full_name)

    def dated(self, subject: NamedNode, predicate: str, value: PartialDate) -> None:
        """A date as stated, with its bounds beside it."""
        self.say(subject, mc(predicate), date_literal(value))
        self.bounded(subject, predicate, value)

    def bounded(self, subject: NamedNode, predicate: str, value: PartialDate) -> None:
        """The bounds of a date."""
        for name, day in zip(BOUNDS_OF[predicate], bounds(value), strict=True):
            self.say(subject, mc(name), day_literal(day))

    def concept(self, scheme: str, name: str) -> NamedNode:
        """A concept of one of the schemes."""
        return NamedNode(concept(scheme, name))

    # Claims

    def claim(self, subject: NamedNode, predicate: NamedNode, value: Term, source: Source) -> bool:
        """A triple that the document states, with a claim about it; the triple itself only if it is a fact.

        Returns:
            whether it is a fact.
        """
        triple = Triple(subject, predicate, value)
        if source.is_fact:
            self._triples[triple] = None
        mark = hashlib.sha256(f"{triple} {source.modality}".encode()).hexdigest()[:12]
        self._support(NamedNode(f"{self.document.value}/claim/{mark}"), source, triple)
        return source.is_fact

    def claim_date(self, subject: NamedNode, predicate: str, value: PartialDate, source: Source) -> None:
        """A date that the document states, with a claim about it, and its bounds if it is a fact."""
        if self.claim(subject, mc(predicate), date_literal(value), source):
            self.bounded(subject, predicate, value)

    def relation(self, kind: str, class_name: str, source: Source, *key: object) -> NamedNode:
        """The node of a relation, itself a claim; named by its key, so that the next reading names it alike."""
        mark = hashlib.sha256(_spelled(key).encode()).hexdigest()[:12]
        node = NamedNode(f"{self.document.value}/{kind}/{mark}")
        self.say(node, RDF_TYPE, mc(class_name))
        self._support(node, source, None)
        return node

    def support(self, relation: NamedNode, values: Iterable[Stated[Any] | None], source: Source) -> None:
        """Further words that a relation rests on."""
        for value in values:
            if value is not None:
                spans = (*source.evidence, *value.evidence)
                self._support(
                    relation, Source(spans, source.rule, source.confidence, source.modality, source.stated_by), None
                )

    def count(self, fact: Fact) -> None:
        """Count a fact that has been written."""
        self.facts[_KINDS[type(fact).__name__]] += 1

    def _support(self, node: NamedNode, source: Source, about: Triple | None) -> None:
        claim = self._claims.setdefault(node, _Claim(source.modality, about))
        claim.evidence.update(source.evidence)
        claim.rules.add(source.rule)
        claim.confidence = max(claim.confidence, source.confidence)
        if source.stated_by is not None:
            claim.speakers.add(self.entity(source.stated_by))

    # The result

    def triples(self) -> tuple[Triple, ...]:
        """All triples of the graph, each once: what was said, then the claims, then their passages."""
        passages: set[Span] = set()
        for node, claim in self._claims.items():
            self._write_claim(node, claim)
            passages |= claim.evidence
        for span in sorted(passages):
            self._write_passage(span)
        return tuple(self._triples)

    def _write_claim(self, node: NamedNode, claim: _Claim) -> None:
        self.say(node, RDF_TYPE, mc("Claim"))
        if claim.about is not None:
            self.say(node, RDF_TYPE, NamedNode(RDF["Statement"]))
            for name in ("subject", "predicate", "object"):
                self._triples[Triple(node, NamedNode(RDF[name]), getattr(claim.about, name))] = None
        for span in sorted(claim.evidence):
            self.say(node, mc("evidence"), self._passage(span))
        for rule in sorted(claim.rules):
            self.say(node, mc("origin"), NamedNode(f"{BASE}rule/{rule}"))
        confidence = Decimal(str(round(min(max(claim.confidence, 0.0), 1.0), 3)))
        self.say(node, mc("confidence"), decimal_literal(confidence))
        self.say(node, mc("modality"), self.concept("modality", claim.modality))
        for speaker in sorted(claim.speakers, key=lambda s: s.value):
            self.say(node, mc("statedBy"), speaker)

    def _passage(self, span: Span) -> NamedNode:
        return NamedNode(f"{self.document.value}/passage/{span.begin}-{span.end}")

    def _write_passage(self, span: Span) -> None:
        node = self._passage(span)
        self.say(node, RDF_TYPE, mc("Passage"))
        self.say(node, mc("inDocument"), self.document)
        self.say(node, mc("exactText"), Literal(span.of(self._text)))
        self.say(node, mc("begin"), integer_literal(span.begin))
        self.say(node, mc("end"), integer_literal(span.end))


def _spelled(key: object) -> str:
    """A key as text, the same in every run."""
    if isinstance(key, frozenset):
        return f"{{{','.join(sorted(map(_spelled, key)))}}}"
    return f"({','.join(map(_spelled, key))})" if isinstance(key, tuple) else str(key)
