"""Whom a pronoun or a common noun receives arms for: «поставляет соседу», "France supplied it with radars"."""

from collections.abc import Iterable, Sequence

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention


def referred(context: Context, words: Iterable[int], suppliers: Sequence[Entity]) -> tuple[Entity, ...]:
    """«Поставляет соседу …, а Исламабад продал ему …»: the receiver before, else the state named last."""
    referring = [i for i in words if context.senses.has(i, "receiver_pronoun")]
    if not referring:
        return ()
    here = context.sentence(referring[0])
    first = context.text.sentences[max(0, here.index - 1)].first
    referred = [i for i in range(here.first, referring[0]) if context.senses.has(i, "receiver_pronoun")]
    for at in (*referred[:1], referring[0]):
        clause = set(context.clause(at))
        named = [m for m in _states(context, range(first, at)) if m.head not in clause]
        others = [e for m in reversed(named) if (e := context.mentions.actor(m)) is not None and e not in suppliers]
        if others:
            return tuple(others[:1])
    return ()


def _states(context: Context, tokens: Iterable[int]) -> list[EntityMention]:
    """The states named among the tokens as actors."""
    return [
        m
        for m in context.actor_mentions(tokens)
        if m.form in {"name", "metonym", "anaphor"} and m.entity.kind in {"state", "place"}
    ]
