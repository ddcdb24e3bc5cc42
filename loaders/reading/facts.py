"""What a reader finds in a text: the nine kinds of facts, as typed values that each point to their words.

The kinds and their fields are those of the annotation guide. Every value that a document states is wrapped in
`Stated`, which carries the words it rests on; `text[span.begin:span.end]` is the test of each span. Offsets count
code points of the document's normalised text.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, Literal, TypeVar

Value = TypeVar("Value")

EntityKind = Literal[
    "state",
    "organization",
    "body",
    "mission",
    "series",
    "exercise",
    "person",
    "place",
    "company",
    "institution",
]
BodyKind = Literal["MoD", "MFA", "AF", "GS", "PARL", "GOV", "MIA", "SEC", "UNIT"]
ExerciseKind = Literal["exercise", "competition"]
AgreementType = Literal["treaty", "agreement", "memorandum", "plan", "protocol", "contract", "declaration", "other"]
AgreementStatus = Literal["signed", "ratified", "in force", "planned", "extended", "terminated"]
Personnel = Literal["contingent", "observers", "staff officers", "medical", "police", "engineers", "other"]
Domain = Literal[
    "training", "education", "science", "technical", "peacekeeping", "medical", "intelligence", "border", "cyber",
    "air defence", "naval", "logistics", "counter-terrorism", "history", "general",
]  # fmt: skip
Role = Literal[
    "head of state", "prime minister", "minister", "deputy minister", "chief of general staff", "commander",
    "secretary general", "ambassador", "military attaché", "spokesperson", "other",
]  # fmt: skip
MeetingKind = Literal["talks", "visit", "briefing", "session", "conference", "call", "ceremony"]
Bound = Literal["exact", "at least", "at most", "about"]
Modality = Literal["held", "planned", "proposed", "denied", "cancelled", "recalled"]

FACTUAL: frozenset[Modality] = frozenset({"held", "planned", "recalled"})
"""The modalities under which a claim is a fact; under the others it is a claim and no more."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, in code points: from `begin` up to, not including, `end`."""

    begin: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.begin : self.end]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as the source gives it; prints as ISO 8601 (`2020`, `2020-10`, `2020-10-12`)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        if self.month is not None:
            parts.append(f"{self.month:02}")
            if self.day is not None:
                parts.append(f"{self.day:02}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Entity:
    """Whom or what a mention means.

    Arguments:
        kind: what sort of thing it is.
        name: its name in the text's language, in the nominative, without quotes; `""` if it has none.
        iri: the entity of the reference graph, or None for what the reference graph does not know.
        state: ISO 3166-1 alpha-3 of the state that a body belongs to, or that a state is.
        body: which body of its state it is.
        year: of an exercise, the year of the edition, where known.
    """

    kind: EntityKind
    name: str
    iri: str | None = None
    state: str | None = None
    body: BodyKind | None = None
    year: int | None = None


def side(actor: Entity) -> str:
    """What an actor counts as: its state, or itself."""
    return actor.state if actor.kind in {"state", "body"} and actor.state else actor.iri or actor.name


@dataclass(frozen=True, slots=True)
class Stated(Generic[Value]):
    """A value with the words that state it and the rule that found it."""

    value: Value
    evidence: tuple[Span, ...]
    rule: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts share.

    Arguments:
        evidence: the passages (sentences or clauses) that the fact rests on; at least one.
        rule: the name of the rule that found it (`ru/supply-active`).
        confidence: 0–1.
        modality: whether it is so (`FACTUAL`) or only talked of.
        stated_by: the speaker to whom the text ascribes it.
    """

    evidence: tuple[Span, ...]
    rule: str
    confidence: float = 0.9
    modality: Modality = "held"
    stated_by: Entity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(Fact):
    """A joint exercise or a competition, held or scheduled. `name` is None when the text gives none."""

    name: str | None
    kind: ExerciseKind = "exercise"
    series: Entity | None = None
    start: Stated[PartialDate] | None = None
    end: Stated[PartialDate] | None = None
    locations: tuple[Stated[Entity], ...] = ()
    frameworks: tuple[Stated[Entity], ...] = ()
    participants: tuple[Stated[Entity], ...] = ()
    observers: tuple[Stated[Entity], ...] = ()
    headcount: Stated[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Fact):
    """One actor's contribution to a mission."""

    actor: Entity
    since: Stated[PartialDate] | None = None
    until: Stated[PartialDate] | None = None
    personnel: Personnel | None = None
    headcount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission(Fact):
    """A mission abroad; `entity` is None when the text neither names nor describes it recognisably."""

    entity: Entity | None
    frameworks: tuple[Stated[Entity], ...] = ()
    locations: tuple[Stated[Entity], ...] = ()
    deployments: tuple[Deployment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Fact):
    """An agreement of any type between two or more parties (one where it is only planned)."""

    type: AgreementType
    title: str
    parties: tuple[Stated[Entity], ...]
    signed: Stated[PartialDate] | None = None
    place: Stated[Entity] | None = None
    status: Stated[AgreementStatus] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply(Fact):
    """A delivery, sale, transfer or donation. `under` is the title of an `Agreement` of the same reading."""

    supplier: Entity
    recipient: Entity
    item: str | None = None
    under: str | None = None
    date: Stated[PartialDate] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation(Fact):
    """Two or more actors cooperate in the given fields."""

    actors: tuple[Entity, ...]
    domains: tuple[Domain, ...] = ("general",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Fact):
    """An actor is a member of an organization."""

    member: Entity
    organization: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Fact):
    """A person holds an office. `person.name` is the surname, `full_name` the name as the text gives it."""

    person: Entity
    role: Role
    of: Entity
    full_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Fact):
    """Talks, a visit, a briefing, a session, a conference, a call or a ceremony."""

    kind: MeetingKind
    actors: tuple[Stated[Entity], ...] = ()
    persons: tuple[Stated[Entity], ...] = ()
    organizations: tuple[Stated[Entity], ...] = ()
    place: Stated[Entity] | None = None
    date: Stated[PartialDate] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Fact):
    """A number that describes cooperation; money in whole units of its currency."""

    of: Entity
    measure: str
    value: Decimal
    bound: Bound = "exact"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the text that mean an entity."""

    span: Span
    entity: Entity


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader learned from one text.

    Arguments:
        refused: how many facts and values the reader was offered that the text does not bear out.
        note: what the user should know of how the text was read.
    """

    language: str
    title: str | None = None
    issued: PartialDate | None = None
    facts: tuple[Fact, ...] = ()
    mentions: tuple[Mention, ...] = field(default=())
    refused: int = 0
    note: str | None = None
