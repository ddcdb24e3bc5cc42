"""A reading as it would be if a reader made no mistake: made from an annotated document, for tests."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args

from loaders.reading.facts import (
    Agreement,
    BodyKind,
    Cooperation,
    Deployment,
    Entity,
    EntityKind,
    Exercise,
    Fact,
    Meeting,
    Membership,
    Mission,
    PartialDate,
    Position,
    Quantity,
    Reading,
    Span,
    Stated,
    Supply,
)
from ontology import entity

Value = TypeVar("Value")
ORGANIZATIONS = frozenset(
    {"CSTO", "SCO", "CIS", "UN", "NATO", "EU", "OSCE", "OTS", "CICA", "ASEAN", "AU", "AES", "SADC"}
)


def shared() -> Path:
    """The folder with the annotated corpus and its scorer, which lies beside the repository or is not there."""
    return Path(__file__).resolve().parents[3] / "shared"


def read_annotation(path: Path) -> dict[str, Any]:
    annotation = json.loads(path.read_text("utf-8"))
    assert isinstance(annotation, dict)
    return annotation


def date(value: str | int) -> PartialDate:
    return PartialDate(*(int(part) for part in str(value).split("-")))


class PerfectReader:
    """Turns an annotation into the reading that it describes; all evidence is the whole text."""

    def __init__(self, annotation: dict[str, Any], text: str) -> None:
        self.annotation = annotation
        self.span = Span(0, len(text))
        self.exercises = {fact["name"] for fact in annotation.get("exercises") or ()}

    def read(self) -> Reading:
        makers = {
            "exercises": self.exercise, "missions": self.mission, "agreements": self.agreement,
            "supplies": self.supply, "cooperation": self.cooperation, "memberships": self.membership,
            "positions": self.position, "meetings": self.meeting, "quantities": self.quantity,
        }  # fmt: skip
        facts: list[Fact] = [make(fact) for kind, make in makers.items() for fact in self.annotation.get(kind) or ()]
        issued = self.annotation.get("published")
        return Reading(
            language=self.annotation["lang"],
            title=self.annotation.get("title"),
            issued=date(issued) if issued else None,
            facts=tuple(facts),
        )

    def said(self) -> dict[str, Any]:
        return {"evidence": (self.span,), "rule": "test/annotated"}

    def stated(self, value: Value) -> Stated[Value]:
        return Stated(value, (self.span,), "test/annotated")

    def stated_date(self, value: str | int | None) -> Stated[PartialDate] | None:
        return None if value is None else self.stated(date(value))

    def entity(self, key: str, otherwise: EntityKind = "organization") -> Entity:
        state, _, body = key.partition(":")
        for kind in get_args(BodyKind):
            if kind == body:
                return Entity("body", "", iri=entity("organization", f"{state}-{body}"), state=state, body=kind)
        if re.fullmatch("[A-Z]{3}", key) and key not in ORGANIZATIONS:
            return Entity("state", key, iri=entity("state", key), state=key)
        if key in ORGANIZATIONS:
            return Entity("organization", key, iri=entity("organization", key))
        if key in self.exercises:
            return Entity("exercise", key)
        if re.fullmatch("[A-Z]{4,}", key):
            return Entity("mission", key, iri=entity("mission", key))
        return Entity(otherwise, key)

    def entities(self, keys: Iterable[str] | None, otherwise: EntityKind = "organization") -> tuple[Any, ...]:
        return tuple(self.stated(self.entity(key, otherwise)) for key in keys or ())

    def exercise(self, fact: dict[str, Any]) -> Exercise:
        return Exercise(
            name=None if fact["name"] == "?" else fact["name"],
            kind=fact["kind"],
            start=self.stated_date(fact["start"]),
            end=self.stated_date(fact["end"]),
            locations=self.entities(fact["location"], "place"),
            frameworks=self.entities(fact["framework"]),
            participants=self.entities(fact["participants"]),
            observers=self.entities(fact["observers"]),
            headcount=None if fact["headcount"] is None else self.stated(fact["headcount"]),
            **self.said(),
        )

    def mission(self, fact: dict[str, Any]) -> Mission:
        known = re.fullmatch("[A-Z]{4,}", fact["name"])
        iri = entity("mission", fact["name"]) if known else None
        return Mission(
            entity=None if fact["name"] == "?" else Entity("mission", fact["name"], iri=iri),
            frameworks=self.entities(fact["framework"]),
            locations=self.entities(fact["location"], "place"),
            deployments=tuple(
                Deployment(
                    actor=self.entity(row["actor"]),
                    since=self.stated_date(row["since"]),
                    until=self.stated_date(row["until"]),
                    personnel=row["personnel"],
                    headcount=row["headcount"],
                    **self.said(),
                )
                for row in fact["deployments"]
            ),
            **self.said(),
        )

    def agreement(self, fact: dict[str, Any]) -> Agreement:
        return Agreement(
            type=fact["type"],
            title=fact["title"],
            parties=self.entities(fact["parties"]),
            signed=self.stated_date(fact["signed"]),
            place=self.stated(self.entity(fact["place"], "place")) if fact["place"] else None,
            status=self.stated(fact["status"]) if fact["status"] else None,
            **self.said(),
        )

    def supply(self, fact: dict[str, Any]) -> Supply:
        return Supply(
            supplier=self.entity(fact["supplier"], "company"),
            recipient=self.entity(fact["recipient"]),
            item=fact["what"],
            under=fact["under"],
            date=self.stated_date(fact["year"]),
            **self.said(),
        )

    def cooperation(self, fact: dict[str, Any]) -> Cooperation:
        actors = tuple(self.entity(key) for key in fact["actors"])
        return Cooperation(actors=actors, domains=tuple(fact["domain"] or ()), **self.said())

    def membership(self, fact: dict[str, Any]) -> Membership:
        member, organization = self.entity(fact["member"]), self.entity(fact["organization"])
        return Membership(member=member, organization=organization, **self.said())

    def position(self, fact: dict[str, Any]) -> Position:
        person = Entity("person", fact["person"])
        return Position(person=person, role=fact["role"], of=self.entity(fact["of"]), **self.said())

    def meeting(self, fact: dict[str, Any]) -> Meeting:
        return Meeting(
            kind=fact["kind"],
            actors=self.entities(fact["actors"]),
            persons=tuple(self.stated(Entity("person", name)) for name in fact["persons"] or ()),
            organizations=self.entities(fact["organization"]),
            place=self.stated(self.entity(fact["place"], "place")) if fact["place"] else None,
            date=self.stated_date(fact["date"]),
            **self.said(),
        )

    def quantity(self, fact: dict[str, Any]) -> Quantity:
        return Quantity(
            of=self.entity(fact["of"]),
            measure=fact["measure"],
            value=Decimal(str(fact["value"])),
            bound=fact["bound"],
            **self.said(),
        )
