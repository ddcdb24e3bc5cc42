"""Positions: a person holds an office."""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Fact, Position
from loaders.reading.offices import Office, find_offices

CONFIDENCE = {"office-before-name": 0.95, "office-doubled": 0.9, "office-after-name": 0.9, "office-led": 0.85,
              "office-appointed": 0.9, "office-alone": 0.85, "office-of-speaker": 0.7,
              "office-introduced": 0.85}  # fmt: skip


def find(context: Context) -> Iterator[Fact]:
    """One position a person and office, resting on every sentence that gives both."""
    gathered: dict[tuple[str, str, str], list[Office]] = {}
    for office in find_offices(context):
        key = (office.person.entity.name, office.role, office.of.iri or office.of.name)
        gathered.setdefault(key, []).append(office)
    names: dict[Entity, str] = {}
    for mention in context.mentions.all:
        names[mention.entity] = max(names.get(mention.entity, ""), mention.full_name, key=len)
    for offices in gathered.values():
        best = max(offices, key=lambda o: CONFIDENCE[o.rule] - (0 if o.certain else 0.2))
        named = [o for o in offices if o.rule != "office-alone"] or offices
        full = names[best.person.entity]
        yield Position(
            evidence=context.evidence(*(i for o in named for i in (o.first, o.person.first))),
            rule=context.rule(best.rule),
            confidence=CONFIDENCE[best.rule] if best.certain else CONFIDENCE[best.rule] - 0.2,
            person=best.person.entity,
            role=best.role,
            of=best.of,
            full_name=full or None,
        )
