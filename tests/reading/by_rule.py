"""What each rule has found in a text, in words: the lines of `loaders/<language>/examples.toml`."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from loaders.reading.annotation import key
from loaders.reading.facts import (
    Agreement,
    Cooperation,
    Entity,
    Exercise,
    Fact,
    Meeting,
    Membership,
    Mission,
    Position,
    Quantity,
    Reading,
    Stated,
    Supply,
)


def by_rule(reading: Reading) -> dict[str, set[str]]:
    """For each rule, without its language, the facts and values that rest on it."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in reading.facts:
        for rule, line in _lines(fact):
            found[rule.partition("/")[2]].add(line)
    return dict(found)


def _lines(fact: Fact) -> Iterator[tuple[str, str]]:
    subject = _subject(fact)
    yield fact.rule, subject + ("" if fact.modality == "held" else f" [{fact.modality}]")
    for each in fields(fact):
        value = getattr(fact, each.name)
        for stated in value if isinstance(value, tuple) else (value,):
            if isinstance(stated, Stated):
                yield stated.rule, f"{subject}: {each.name} {_said(stated.value)}"
    for deployment in fact.deployments if isinstance(fact, Mission) else ():
        words = [key(deployment.actor), deployment.personnel, deployment.headcount]
        since = deployment.since
        yield deployment.rule, f"{subject}: {' '.join(str(w) for w in words if w)}"
        if since is not None:
            yield since.rule, f"{subject}: {key(deployment.actor)} since {since.value}"


def _said(value: Any) -> str:
    return key(value) if isinstance(value, Entity) else str(value)


def _subject(fact: Fact) -> str:
    """The fact itself in a few words."""
    match fact:
        case Exercise():
            return f"{fact.kind} {fact.name or '?'}"
        case Mission():
            return f"mission {key(fact.entity) if fact.entity else '?'}"
        case Agreement():
            return f"{fact.type} of {', '.join(sorted(key(p.value) for p in fact.parties))}"
        case Supply():
            return f"{key(fact.supplier)} supplies {key(fact.recipient)}"
        case Cooperation():
            return f"{', '.join(sorted(map(key, fact.actors)))} cooperate: {', '.join(fact.domains)}"
        case Membership():
            return f"{key(fact.member)} in {key(fact.organization)}"
        case Position():
            return f"{fact.person.name}: {fact.role} {key(fact.of)}"
        case Meeting():
            return f"{fact.kind} of {', '.join(sorted(key(a.value) for a in fact.actors))}"
        case Quantity():
            return f"{key(fact.of)}: {fact.bound} {fact.value}"
    raise AssertionError(f"no words for {type(fact).__name__}")
