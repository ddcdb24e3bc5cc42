"""A reading in the format of the annotation guide, for scoring it against annotated texts.

Only facts are written: claims that are denied, cancelled or proposed are left out.
"""

from collections.abc import Sequence
from typing import Any

from loaders.reading.facts import (
    FACTUAL,
    Agreement,
    Cooperation,
    Entity,
    Exercise,
    Meeting,
    Membership,
    Mission,
    Position,
    Quantity,
    Reading,
    Stated,
    Supply,
)

Row = dict[str, Any]


def key(entity: Entity) -> str:
    """How an entity is written in an annotation: its code where it has one, else its name."""
    if entity.kind == "state" and entity.state:
        return entity.state
    if entity.kind == "body":
        return f"{entity.state}:{entity.body}"
    return entity.name or "?"


def _keys(values: Sequence[Stated[Entity]]) -> list[str]:
    return list(dict.fromkeys(key(v.value) for v in values))


def _text(value: Stated[Any] | None) -> str | None:
    return None if value is None else str(value.value)


def to_annotation(reading: Reading) -> Row:
    """The annotation that a reading amounts to."""
    rows: dict[str, list[Row]] = {name: [] for name in (
        "exercises", "missions", "agreements", "supplies", "cooperation", "memberships", "positions", "meetings",
        "quantities",
    )}  # fmt: skip
    for fact in reading.facts:
        if fact.modality not in FACTUAL:
            continue
        match fact:
            case Exercise():
                rows["exercises"].append(_exercise(fact))
            case Mission():
                rows["missions"].append(_mission(fact))
            case Agreement():
                rows["agreements"].append(_agreement(fact))
            case Supply():
                rows["supplies"].append({
                    "supplier": key(fact.supplier), "recipient": key(fact.recipient), "what": fact.item,
                    "under": fact.under, "year": _text(fact.date),
                })  # fmt: skip
            case Cooperation():
                rows["cooperation"].append({"actors": [key(a) for a in fact.actors], "domain": list(fact.domains)})
            case Membership():
                rows["memberships"].append({"member": key(fact.member), "organization": key(fact.organization)})
            case Position():
                rows["positions"].append({"person": fact.person.name, "role": fact.role, "of": key(fact.of)})
            case Meeting():
                rows["meetings"].append(_meeting(fact))
            case Quantity():
                value = int(fact.value) if fact.value == fact.value.to_integral_value() else float(fact.value)
                rows["quantities"].append(
                    {"of": key(fact.of), "measure": fact.measure, "value": value, "bound": fact.bound}
                )
    return {
        "lang": reading.language, "published": str(reading.issued) if reading.issued else None,
        "title": reading.title, **rows,
    }  # fmt: skip


def _exercise(fact: Exercise) -> Row:
    return {
        "name": fact.name or "?", "kind": fact.kind, "start": _text(fact.start), "end": _text(fact.end),
        "location": _keys(fact.locations), "framework": _keys(fact.frameworks),
        "participants": _keys(fact.participants), "observers": _keys(fact.observers),
        "headcount": fact.headcount.value if fact.headcount else None,
    }  # fmt: skip


def _mission(fact: Mission) -> Row:
    rows = [
        {
            "actor": key(d.actor), "since": _text(d.since), "until": _text(d.until), "personnel": d.personnel,
            "headcount": d.headcount,
        }
        for d in fact.deployments
        if d.modality in FACTUAL
    ]  # fmt: skip
    return {
        "name": key(fact.entity) if fact.entity else "?", "framework": _keys(fact.frameworks),
        "location": _keys(fact.locations), "deployments": rows,
    }  # fmt: skip


def _agreement(fact: Agreement) -> Row:
    return {
        "type": fact.type, "title": fact.title, "parties": _keys(fact.parties), "signed": _text(fact.signed),
        "place": key(fact.place.value) if fact.place else None, "status": _text(fact.status),
    }  # fmt: skip


def _meeting(fact: Meeting) -> Row:
    return {
        "kind": fact.kind, "actors": _keys(fact.actors), "persons": [p.value.name for p in fact.persons],
        "organization": _keys(fact.organizations), "place": key(fact.place.value) if fact.place else None,
        "date": _text(fact.date),
    }  # fmt: skip
