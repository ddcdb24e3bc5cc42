"""A proposal → the fact that the text bears out, or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypedDict, TypeVar, get_args

from loaders.model.grounding import Grounding
from loaders.reading.context import Context
from loaders.reading.editions import split_edition
from loaders.reading.facts import (
    Agreement,
    AgreementStatus,
    AgreementType,
    Cooperation,
    Deployment,
    Domain,
    Entity,
    EntityKind,
    Exercise,
    Fact,
    Meeting,
    MeetingKind,
    Membership,
    Mission,
    Modality,
    PartialDate,
    Personnel,
    Position,
    Quantity,
    Role,
    Span,
    Stated,
    Supply,
)

__all__ = ["Proposal"]

ACTORS: tuple[EntityKind, ...] = ("state", "body", "organization", "company", "institution")
PLACES: tuple[EntityKind, ...] = ("place",)
ORGANIZATIONS: tuple[EntityKind, ...] = ("organization",)

Value = TypeVar("Value")
Row = Mapping[str, Any]


class _Shared(TypedDict):
    """What all facts of one proposal share."""

    evidence: tuple[Span, ...]
    rule: str
    confidence: float
    modality: Modality
    stated_by: Entity | None


class Proposal:
    """One proposed fact, held against the text.

    Arguments:
        context: the analysed text.
        row: the proposal, which fits the schema.
        rule: the name under which the model's facts go.
        confidence: what a fact of this model is trusted with, 0–1.

    `dropped` counts the values that the text does not bear out.
    """

    def __init__(self, context: Context, row: Row, rule: str, confidence: float) -> None:
        self._context = context
        self._row = row
        self._rule = rule
        self._confidence = confidence
        self._ground = Grounding(context, row["quotes"])
        self.dropped = 0

    def fact(self) -> Fact | None:
        """The fact; None if no quotation stands in the text, or a value that it needs is not borne out."""
        if not self._ground.evidence:
            return None
        return _BUILDERS[self._row["kind"]](self)

    # Values: each that is given and not found in the text is counted

    def _shared(self) -> _Shared:
        speaker = self._ground.entity(self._row["speaker"], *ACTORS, "person")
        return {
            "evidence": self._ground.evidence,
            "rule": self._rule,
            "confidence": self._confidence,
            "modality": self._row["modality"],
            "stated_by": speaker,
        }

    def _found(self, given: object, found: Value | None) -> Value | None:
        self.dropped += given is not None and found is None
        return found

    def _name(self, key: str) -> str | None:
        return self._found(self._row[key], self._ground.name(self._row[key]))

    def _entity(self, key: str, *kinds: EntityKind) -> Entity | None:
        return self._found(self._row[key], self._ground.entity(self._row[key], *kinds))

    def _entities(self, key: str, *kinds: EntityKind) -> tuple[Entity, ...]:
        return tuple(dict.fromkeys(self._each(self._row[key], kinds)))

    def _each(self, values: Iterable[dict[str, Any]], kinds: tuple[EntityKind, ...]) -> Iterator[Entity]:
        for value in values:
            found = self._ground.entities(value, *kinds)
            self.dropped += not found
            yield from found

    def _number(self, key: str) -> int | None:
        found = self._found(self._row[key], self._ground.number(self._row[key]))
        return found.value if found else None

    def _date(self, key: str) -> Stated[PartialDate] | None:
        found = self._found(self._row[key], self._ground.date(self._row[key]))
        return self._stated(found[0]) if found else None

    def _stated(self, value: Value) -> Stated[Value]:
        return Stated(value, self._ground.evidence, self._rule, self._confidence)

    def _all_stated(self, values: Iterable[Value]) -> tuple[Stated[Value], ...]:
        return tuple(self._stated(value) for value in values)

    def _maybe_stated(self, value: Value | None) -> Stated[Value] | None:
        return None if value is None else self._stated(value)

    # Kinds

    def exercise(self) -> Exercise | None:
        """An exercise or a competition."""
        name = self._name("name")
        if self._row["name"] is not None and name is None:
            return None
        name = split_edition(name)[0] if name else None
        series = self._context.names.series(name) if name else None
        return Exercise(
            name=name,
            kind="competition" if self._row["kind"] == "competition" else "exercise",
            series=Entity("series", name or "", series.iri) if series else None,
            start=self._date("start"),
            end=self._date("end"),
            locations=self._all_stated(self._entities("locations", *PLACES)),
            frameworks=self._all_stated(self._entities("frameworks", *ORGANIZATIONS)),
            participants=self._all_stated(self._entities("participants", *ACTORS)),
            observers=self._all_stated(self._entities("observers", *ACTORS)),
            headcount=self._maybe_stated(self._number("headcount")),
            **self._shared(),
        )

    def mission(self) -> Mission | None:
        """A mission, where it is and under what."""
        mission = self._entity("mission", "mission")
        if mission is None:
            return None
        return Mission(
            entity=mission,
            locations=self._all_stated(self._entities("locations", *PLACES)),
            frameworks=self._all_stated(self._entities("frameworks", *ORGANIZATIONS)),
            **self._shared(),
        )

    def deployment(self) -> Mission | None:
        """A contribution to a mission."""
        mission, contributor = self._entity("mission", "mission"), self._entity("contributor", *ACTORS)
        if mission is None or contributor is None:
            return None
        deployment = Deployment(
            actor=contributor,
            since=self._date("since"),
            until=self._date("until"),
            personnel=_concept(self._row["personnel"], Personnel),
            headcount=self._number("headcount"),
            **self._shared(),
        )
        return Mission(entity=mission, deployments=(deployment,), **self._shared())

    def agreement(self) -> Agreement | None:
        """An agreement."""
        title, parties = self._name("title"), self._entities("parties", *ACTORS)
        if title is None or not parties:
            return None
        return Agreement(
            type=_concept(self._row["type"], AgreementType),
            title=title,
            parties=self._all_stated(parties),
            signed=self._date("signed"),
            place=self._maybe_stated(self._entity("place", *PLACES)),
            status=self._maybe_stated(_concept(self._row["status"], AgreementStatus)),
            **self._shared(),
        )

    def supply(self) -> Supply | None:
        """A delivery of arms."""
        supplier, recipient = self._entity("supplier", *ACTORS), self._entity("recipient", *ACTORS)
        if supplier is None or recipient is None or supplier == recipient:
            return None
        return Supply(
            supplier=supplier, recipient=recipient, item=self._name("item"), date=self._date("date"), **self._shared()
        )

    def cooperation(self) -> Cooperation | None:
        """A cooperation of two or more."""
        actors = self._entities("actors", *ACTORS)
        if len(actors) < 2 or not self._row["domains"]:
            return None
        domains = tuple(_concept(domain, Domain) for domain in self._row["domains"])
        return Cooperation(actors=actors, domains=domains, **self._shared())

    def membership(self) -> Membership | None:
        """A membership in an organization."""
        member, organization = self._entity("member", *ACTORS), self._entity("organization", *ORGANIZATIONS)
        if member is None or organization is None:
            return None
        return Membership(member=member, organization=organization, **self._shared())

    def position(self) -> Position | None:
        """An office that a person holds."""
        person, of = self._entity("person", "person"), self._entity("of", *ACTORS)
        if person is None or of is None:
            return None
        return Position(
            person=person,
            role=_concept(self._row["role"], Role),
            of=of,
            full_name=self._ground.full_name(self._row["person"], person),
            **self._shared(),
        )

    def meeting(self) -> Meeting | None:
        """A meeting of any kind."""
        actors = self._entities("actors", *ACTORS)
        persons = self._entities("persons", "person")
        organizations = self._entities("organizations", *ORGANIZATIONS)
        if not (actors or persons or organizations):
            return None
        return Meeting(
            kind=_concept(self._row["kind_of_meeting"], MeetingKind),
            actors=self._all_stated(actors),
            persons=self._all_stated(persons),
            organizations=self._all_stated(organizations),
            place=self._maybe_stated(self._entity("place", *PLACES)),
            date=self._date("date"),
            **self._shared(),
        )

    def quantity(self) -> Quantity | None:
        """A number about an actor, an exercise or a mission."""
        of = self._entity("of", *ACTORS) or self._ground.entity(self._row["of"], "mission", "series", "exercise")
        measure, number = self._name("measure"), self._ground.number(self._row["number"])
        if of is None or measure is None or number is None:
            return None
        return Quantity(of=of, measure=measure, value=Decimal(number.value), bound=number.bound, **self._shared())


_BUILDERS: Mapping[str, Callable[[Proposal], Fact | None]] = {
    "exercise": Proposal.exercise,
    "competition": Proposal.exercise,
    "mission": Proposal.mission,
    "deployment": Proposal.deployment,
    "agreement": Proposal.agreement,
    "supply": Proposal.supply,
    "cooperation": Proposal.cooperation,
    "membership": Proposal.membership,
    "position": Proposal.position,
    "meeting": Proposal.meeting,
    "quantity": Proposal.quantity,
}


def _concept(name: str | None, values: Any) -> Any:
    """The value of a fact that a concept stands for: their names differ in blanks and hyphens only."""
    return next((value for value in get_args(values) if "-".join(value.split()) == name), None)
