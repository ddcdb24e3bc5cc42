"""Supplies whose verb is left out: «Индия поставляет Армении ракеты, Франция – радары»."""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.kinds.clause_limits import DASHES
from loaders.reading.kinds.supply_items import is_arms
from loaders.reading.kinds.supply_sides import SOURCES, Sides

BREAKS = frozenset({",", ";", ".", ":"})


def gapped(context: Context, verb: int, sides: Sides) -> Iterator[Sides]:
    """«Индия поставляет Армении ракеты, Франция – радары», «истребители покупает у России, дроны – у Турции»."""
    sentence = context.sentence(verb)
    tokens = context.text.tokens
    for dash in range(verb + 1, sentence.last):
        if tokens[dash].text not in DASHES:
            continue
        left = _segment(context, dash, -1, sentence.first)
        right = _segment(context, dash, 1, sentence.last)
        if any(tokens[i].pos == "VERB" and tokens[i].feats.get("VerbForm") == "Fin" for i in (*left, *right)):
            continue
        if is_arms(context, right) and sides.recipients:
            named = [
                m
                for m in context.actor_mentions(left)
                if m.form == "metonym" or context.relation_of(m) in {"subject", ""}
            ]
            suppliers = tuple(e for m in named if (e := context.mentions.actor(m)) is not None)
            if suppliers:
                yield Sides(suppliers, sides.recipients, context.nominative(right[0], right[-1] + 1))
        elif is_arms(context, left) and sides.recipients:
            from_whom = [m for m in context.actor_mentions(right) if context.relation_of(m) in SOURCES]
            suppliers = tuple(e for m in from_whom if (e := context.mentions.actor(m)) is not None)
            yield Sides(suppliers, sides.recipients, context.nominative(left[0], left[-1] + 1))


def _segment(context: Context, dash: int, step: int, limit: int) -> list[int]:
    """The tokens on one side of a dash, up to the next comma."""
    found: list[int] = []
    at = dash + step
    while (at >= limit if step < 0 else at < limit) and context.text.tokens[at].text not in BREAKS:
        found.append(at)
        at += step
    return sorted(found)
