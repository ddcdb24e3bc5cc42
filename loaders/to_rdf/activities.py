"""Exercises, competitions, missions with their deployments, and meetings."""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from loaders.reading.facts import Deployment, Entity, Exercise, Meeting, Mission, Stated
from loaders.to_rdf.terms import RDF_TYPE, integer_literal, mc
from loaders.to_rdf.writer import GraphWriter, Source
from ontology import RDFS

__all__ = ["write_exercise", "write_meeting", "write_mission"]


def write_exercise(writer: GraphWriter, fact: Exercise) -> None:
    """An exercise or a competition: what it is, when and where, under what, who takes part and who observes."""
    iri = writer.identities.exercise(fact)
    node, source = NamedNode(iri), Source.of(fact)
    # That somebody stays away from an exercise, or that it was cancelled for one, does not deny the exercise.
    if source.is_fact or not writer.identities.is_told_as_fact(iri):
        writer.claim(node, RDF_TYPE, mc("Competition" if fact.kind == "competition" else "Exercise"), source)
    if fact.name:
        writer.say(node, NamedNode(RDFS["label"]), writer.name(fact.name))
    if fact.series is not None and fact.series.iri is not None:
        writer.claim(node, mc("editionOf"), NamedNode(fact.series.iri), source)
    if fact.start is not None:
        writer.claim_date(node, "startDate", fact.start.value, Source.of(fact, fact.start))
    if fact.end is not None:
        writer.claim_date(node, "endDate", fact.end.value, Source.of(fact, fact.end))
    _claim_all(writer, node, "locatedIn", fact.locations, fact)
    _claim_all(writer, node, "conductedUnder", fact.frameworks, fact)
    _claim_all(writer, node, "hasParticipant", fact.participants, fact)
    _claim_all(writer, node, "hasObserver", fact.observers, fact)
    if fact.headcount is not None:
        count = integer_literal(fact.headcount.value)
        writer.claim(node, mc("headcount"), count, Source.of(fact, fact.headcount))


def write_mission(writer: GraphWriter, fact: Mission) -> None:
    """A mission: under what, where, and who contributes to it."""
    source = Source.of(fact)
    node = writer.entity(fact.entity) if fact.entity else NamedNode(writer.identities.local("mission"))
    # That somebody does not go to a mission does not deny the mission.
    if source.is_fact or not fact.deployments:
        writer.claim(node, RDF_TYPE, mc("Mission"), source)
    _claim_all(writer, node, "conductedUnder", fact.frameworks, fact)
    _claim_all(writer, node, "locatedIn", fact.locations, fact)
    for deployment in fact.deployments:
        _write_deployment(writer, node, deployment, fact)


def _write_deployment(writer: GraphWriter, mission: NamedNode, fact: Deployment, of: Mission) -> None:
    modality = fact.modality if Source.of(of).is_fact else of.modality
    source = Source.of(fact, modality=modality)
    actor = writer.entity(fact.actor)
    if not source.is_fact:
        writer.claim(actor, mc("contributesTo"), mission, source)
        return
    since, until = (d.value if d else None for d in (fact.since, fact.until))
    key = (mission, actor, since, until, fact.personnel, fact.headcount)
    node = writer.relation("deployment", "Deployment", source, *key)
    # The contract's actor and activity, and their subproperties from which `contributesTo` is inferred.
    for name in ("actor", "contributor"):
        writer.say(node, mc(name), actor)
    for name in ("activity", "deployedTo"):
        writer.say(node, mc(name), mission)
    if since is not None:
        writer.dated(node, "startDate", since)
    if until is not None:
        writer.dated(node, "endDate", until)
    if fact.personnel is not None:
        writer.say(node, mc("personnel"), writer.concept("personnel", fact.personnel))
    if fact.headcount is not None:
        writer.say(node, mc("headcount"), integer_literal(fact.headcount))
    writer.support(node, (fact.since, fact.until), source)


def write_meeting(writer: GraphWriter, fact: Meeting) -> None:
    """A meeting: of what kind, who met, under whose roof, where and when."""
    source = Source.of(fact)
    content = (
        tuple(s.value for s in (*fact.actors, *fact.persons, *fact.organizations)),
        fact.place and fact.place.value,
        fact.date and fact.date.value,
    )
    node = NamedNode(writer.identities.local("meeting", fact.kind, fact.modality, *content))
    writer.claim(node, RDF_TYPE, mc("Meeting"), source)
    writer.claim(node, mc("meetingKind"), writer.concept("meeting-kind", fact.kind), source)
    _claim_all(writer, node, "hasParticipant", (*fact.actors, *fact.persons), fact)
    _claim_all(writer, node, "conductedUnder", fact.organizations, fact)
    if fact.place is not None:
        _claim_all(writer, node, "locatedIn", (fact.place,), fact)
    if fact.date is not None:
        writer.claim_date(node, "startDate", fact.date.value, Source.of(fact, fact.date))


def _claim_all(
    writer: GraphWriter,
    node: NamedNode,
    predicate: str,
    values: Iterable[Stated[Entity]],
    fact: Exercise | Mission | Meeting,
) -> None:
    for stated in values:
        writer.claim(node, mc(predicate), writer.entity(stated.value), Source.of(fact, stated))
