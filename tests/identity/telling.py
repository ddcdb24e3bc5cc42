"""Documents that tell what a test wants them to tell, read without a mistake; and what a store then has for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from graph.store import Store, open_store
from graph.store.shipped import ShippedGraphs
from loaders.load import Given, load
from loaders.reading.facts import (
    Agreement,
    AgreementType,
    BodyKind,
    Entity,
    Exercise,
    Fact,
    Modality,
    PartialDate,
    Position,
    Reading,
    Role,
    Span,
    Stated,
)
from ontology import entity
from tests.loaders.making import NoReasoner

Value = TypeVar("Value")
EVIDENCE = (Span(0, 4),)


def stated(value: Value) -> Stated[Value]:
    return Stated(value, EVIDENCE, "test/told")


def day(text: str | None) -> Stated[PartialDate] | None:
    return None if text is None else stated(PartialDate(*(int(part) for part in text.split("-"))))


def state(code: str) -> Entity:
    return Entity("state", code, iri=entity("state", code), state=code)


def person(
    surname: str, full_name: str | None = None, role: Role = "minister", of: str = "KAZ", body: BodyKind | None = "MoD"
) -> Position:
    whose = Entity("body", "", state=of, body=body) if body else state(of)
    return Position(
        person=Entity("person", surname), role=role, of=whose, full_name=full_name, evidence=EVIDENCE, rule="test/told"
    )


def exercise(
    name: str | None,
    start: str | None = None,
    end: str | None = None,
    places: Iterable[str] = (),
    by: Iterable[str] = (),
    series: str | None = None,
    modality: Modality = "held",
    headcount: int | None = None,
    observers: Iterable[str] = (),
) -> Exercise:
    return Exercise(
        name=name,
        start=day(start),
        end=day(end),
        series=Entity("series", name or "", iri=entity("series", series)) if series else None,
        locations=tuple(stated(state(p) if p.isupper() else Entity("place", p)) for p in places),
        participants=tuple(stated(state(code)) for code in by),
        observers=tuple(stated(state(code)) for code in observers),
        headcount=None if headcount is None else stated(headcount),
        modality=modality,
        evidence=EVIDENCE,
        rule="test/told",
    )


def agreement(
    type: AgreementType, title: str, parties: Iterable[str], signed: str | None = None, modality: Modality = "held"
) -> Agreement:
    return Agreement(
        type=type,
        title=title,
        parties=tuple(stated(state(code)) for code in parties),
        signed=day(signed),
        modality=modality,
        evidence=EVIDENCE,
        rule="test/told",
    )


@dataclass(frozen=True)
class Told:
    """A document.

    Arguments:
        name: of its file, without ending; the last step of its IRI.
        facts: what it tells.
        language: of its names.
        issued: when it appeared.
    """

    name: str
    facts: tuple[Fact, ...]
    language: str = "ru"
    issued: str | None = None

    @property
    def iri(self) -> str:
        return entity("document", self.name)


def empty_store() -> Store:
    """A store with a merged graph and nothing in it: what is tested does not depend on reference data or inference."""
    return open_store("memory:", reasoner=NoReasoner(), shipped=ShippedGraphs("", ()))


def told(name: str, *facts: Fact, language: str = "ru", issued: str | None = None) -> Told:
    return Told(name, facts, language, issued)


class _Reader:
    def __init__(self, documents: Iterable[Told]) -> None:
        self._by_text = {_text(document): document for document in documents}

    def read(self, text: str, language: str | None = None) -> Reading:
        del language
        document = self._by_text[text]
        issued = day(document.issued)
        return Reading(document.language, issued=issued.value if issued else None, facts=document.facts)


def _text(document: Told) -> str:
    return f"text of {document.name}: {document.facts!r}"


def load_all(store: Store, *documents: Told) -> None:
    """Load documents in one go, in this order."""
    given = [Given(f"{document.name}.txt", _text(document).encode()) for document in documents]
    report = load(store, given, reader=_Reader(documents))
    assert not report.failures


def things(store: Store) -> dict[str, list[str]]:
    """Which documents speak of each exercise, agreement or person, by the thing's IRI."""
    query = """SELECT DISTINCT ?thing ?document {
      GRAPH ?document {
        ?document a mc:Document . { ?thing a ?class } UNION { ?c rdf:subject ?thing ; rdf:object ?class }
      }
      FILTER(?class IN (mc:Exercise, mc:Competition, mc:Person, mc:Agreement, mc:Memorandum, mc:CooperationPlan,
                        mc:Treaty, mc:Protocol, mc:Contract, mc:Declaration))
    } ORDER BY ?document"""
    found: dict[str, list[str]] = {}
    with store.snapshot() as snapshot:
        for row in snapshot.select(query):
            thing, document = (getattr(row[name], "value") for name in ("thing", "document"))  # noqa: B009
            found.setdefault(thing, []).append(document.rsplit("/", 1)[-1])
    return found


def groups(store: Store) -> set[tuple[str, ...]]:
    """The documents of which each says something of one thing, thing by thing."""
    return {tuple(documents) for documents in things(store).values()}
