"""Supplies, cooperation, memberships, positions, quantities: relations between entities, most with attributes."""

from itertools import combinations

from pyoxigraph import Literal, NamedNode

from loaders.reading.facts import Cooperation, Membership, Position, Quantity, Supply
from loaders.to_rdf.terms import RDF_TYPE, decimal_literal, mc
from loaders.to_rdf.writer import GraphWriter, Source

__all__ = ["write_cooperation", "write_membership", "write_position", "write_quantity", "write_supply"]


def write_supply(writer: GraphWriter, fact: Supply) -> None:
    """A supply as `mc:ArmsTransfer`; one that is no fact as a claim about `mc:suppliesTo`."""
    source = Source.of(fact)
    supplier, recipient = writer.entity(fact.supplier), writer.entity(fact.recipient)
    if not source.is_fact:
        writer.claim(supplier, mc("suppliesTo"), recipient, source)
        return
    day = fact.date.value if fact.date else None
    node = writer.relation("transfer", "ArmsTransfer", source, supplier, recipient, fact.item, fact.under, day)
    writer.say(node, mc("supplier"), supplier)
    writer.say(node, mc("recipient"), recipient)
    if fact.item:
        writer.say(node, mc("item"), writer.name(fact.item))
    agreement = writer.identities.agreement_titled(fact.under) if fact.under else None
    if agreement is not None:
        writer.say(node, mc("under"), NamedNode(agreement))
    if day is not None:
        writer.dated(node, "startDate", day)
    writer.support(node, (fact.date,), source)


def write_cooperation(writer: GraphWriter, fact: Cooperation) -> None:
    """A cooperation; one that is no fact as claims about `mc:cooperatesWith`, one for each pair."""
    source = Source.of(fact)
    partners = list(dict.fromkeys(writer.entity(actor) for actor in fact.actors))
    if not source.is_fact:
        for one, other in combinations(partners, 2):
            writer.claim(one, mc("cooperatesWith"), other, source)
        return
    node = writer.relation("cooperation", "Cooperation", source, frozenset(partners), frozenset(fact.domains))
    for partner in partners:
        writer.say(node, mc("partner"), partner)
    for domain in fact.domains:
        writer.say(node, mc("domain"), writer.concept("domain", domain))


def write_membership(writer: GraphWriter, fact: Membership) -> None:
    """A membership, as the plain property: a document seldom says more of it."""
    member, organization = writer.entity(fact.member), writer.entity(fact.organization)
    writer.claim(member, mc("memberOf"), organization, Source.of(fact))


def write_position(writer: GraphWriter, fact: Position) -> None:
    """An office that a person holds, as `mc:Tenure`.

    One that is no fact has no property of its own to deny: the claims are about the parts of a tenure that is not
    there.
    """
    source = Source.of(fact)
    holder, organization = writer.person(fact.person, fact.full_name), writer.entity(fact.of)
    position = writer.concept("role", fact.role)
    parts = ((mc("holder"), holder), (mc("position"), position), (mc("organization"), organization))
    if source.is_fact:
        node = writer.relation("tenure", "Tenure", source, *(part for _, part in parts))
        for predicate, part in parts:
            writer.say(node, predicate, part)
        return
    node = NamedNode(writer.identities.local("tenure", fact.modality, *(part for _, part in parts)))
    for predicate, part in ((RDF_TYPE, mc("Tenure")), *parts):
        writer.claim(node, predicate, part, source)


def write_quantity(writer: GraphWriter, fact: Quantity) -> None:
    """A number, as `mc:Indicator`; one that is no fact as claims about the parts of an indicator that is not there."""
    source = Source.of(fact)
    # Measures are named in English by rules, and in the text's language where they are taken from the text.
    measure = Literal(fact.measure, language="en" if fact.measure.isascii() else writer.language)
    parts = (
        (mc("subject"), writer.entity(fact.of)),
        (mc("measure"), measure),
        (mc("value"), decimal_literal(fact.value)),
        (mc("bound"), writer.concept("bound", fact.bound)),
    )
    if source.is_fact:
        node = writer.relation("indicator", "Indicator", source, *(part for _, part in parts))
        for predicate, part in parts:
            writer.say(node, predicate, part)
        return
    node = NamedNode(writer.identities.local("indicator", fact.modality, *(part for _, part in parts)))
    for predicate, part in ((RDF_TYPE, mc("Indicator")), *parts):
        writer.claim(node, predicate, part, source)
