"""Agreements: their type, parties, date, place and status."""

from pyoxigraph import NamedNode

from loaders.reading.facts import Agreement, AgreementType
from loaders.to_rdf.terms import RDF_TYPE, mc
from loaders.to_rdf.writer import GraphWriter, Source
from ontology import RDFS

__all__ = ["write_agreement"]

_CLASS: dict[AgreementType, str] = {
    "treaty": "Treaty", "memorandum": "Memorandum", "plan": "CooperationPlan", "protocol": "Protocol",
    "contract": "Contract", "declaration": "Declaration",
}  # fmt: skip


def write_agreement(writer: GraphWriter, fact: Agreement) -> None:
    """An agreement."""
    node, source = NamedNode(writer.identities.agreement(fact)), Source.of(fact)
    writer.claim(node, RDF_TYPE, mc(_CLASS.get(fact.type, "Agreement")), source)
    if fact.type not in _CLASS:
        writer.claim(node, mc("agreementType"), writer.concept("agreement-type", fact.type), source)
    if fact.title:
        writer.say(node, NamedNode(RDFS["label"]), writer.name(fact.title))
    for party in fact.parties:
        writer.claim(node, mc("hasParty"), writer.entity(party.value), Source.of(fact, party))
    if fact.signed is not None:
        writer.claim_date(node, "signedOn", fact.signed.value, Source.of(fact, fact.signed))
    if fact.place is not None:
        writer.claim(node, mc("locatedIn"), writer.entity(fact.place.value), Source.of(fact, fact.place))
    if fact.status is not None:
        writer.claim(node, mc("status"), writer.concept("status", fact.status.value), Source.of(fact, fact.status))
