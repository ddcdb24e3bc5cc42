"""What one place of a text says of an agreement, and how statements about the same one are joined."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.reading.facts import (
    FACTUAL,
    AgreementStatus,
    AgreementType,
    Entity,
    Modality,
    PartialDate,
    Span,
    Stated,
    side,
)
from loaders.reading.kinds.agreement_documents import Document
from loaders.reading.kinds.meeting_occasion import agree

STATUS_STRENGTH: dict[AgreementStatus, int] = {
    "planned": 0, "signed": 1, "in force": 2, "ratified": 3, "extended": 4, "terminated": 5,
}  # fmt: skip


@dataclass(slots=True)
class Statement:
    """What one place of a text says of one document; joined with others as the text goes on."""

    document: Document
    title: str
    kind: AgreementType
    parties: tuple[Entity, ...]
    status: AgreementStatus
    modality: Modality
    rule: str
    at: int
    signed: Stated[PartialDate] | None = None
    place: Stated[Entity] | None = None
    evidence: list[Span] = field(default_factory=list)
    in_title: bool = False
    group: int = -1
    subject: tuple[Entity, ...] = ()


def distinct(found: Iterable[Statement]) -> list[Statement]:
    """Without repetitions: the same sort of document of the same parties and day, its subject not told apart."""
    kept: list[Statement] = []
    for statement in found:
        sides = {side(p) for p in statement.parties}
        same = any(
            k.kind == statement.kind
            and {side(p) for p in k.parties} == sides
            and k.title == statement.title
            and (k.signed and k.signed.value) == (statement.signed and statement.signed.value)
            for k in kept
        )
        if not same:
            kept.append(statement)
    return kept


def is_same(held: Statement, new: Statement) -> bool:
    """Whether two statements are about one document: nothing that both say differs."""
    if held.kind != new.kind:
        return False
    mine, others = {side(p) for p in held.parties}, {side(p) for p in new.parties}
    if len(mine) > 1 and len(others) > 1 and mine != others:
        return False
    if held.signed and new.signed and not agree(held.signed.value, new.signed.value):
        return False
    if {held.status, new.status} & {"planned"} and held.status != new.status and not held.in_title:
        return False
    if held.modality != new.modality and not {held.modality, new.modality} <= FACTUAL:
        return False
    if not held.document.topic or not new.document.topic or held.in_title:
        return True
    return bool(held.document.topic & new.document.topic)


def merge(held: Statement, new: Statement) -> None:
    """Add to a statement what another one says of the same document."""
    if len(new.parties) > 1 and (len(held.parties) < 2 or held.in_title):
        held.parties = new.parties
    if held.in_title or (new.document.topic and not held.document.topic):
        held.document, held.title = new.document, new.title
    if held.in_title:
        held.at, held.group, held.in_title = new.at, new.group, new.in_title
    if STATUS_STRENGTH[new.status] > STATUS_STRENGTH[held.status]:
        held.status, held.rule, held.modality = new.status, new.rule, new.modality
    if held.signed is None or (new.signed and len(str(new.signed.value)) > len(str(held.signed.value))):
        held.signed = new.signed or held.signed
    held.place = held.place or new.place
    held.evidence += [e for e in new.evidence if e not in held.evidence]
