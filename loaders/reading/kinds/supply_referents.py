"""Whom a pronoun or a common noun receives arms for: «поставляет соседу», "France supplied it with radars"."""

from collections.abc import Iterable, Sequence

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.kinds.supply_sides import actors_of
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument

BODY = "body_"


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
    return _spoken_of(context, range(first, referring[0]))


def giver(context: Context, arguments: Sequence[Argument]) -> tuple[Entity, ...]:
    """«Первой пришла Россия. Она поставила …»: the only state or company that is a subject in the sentence before."""
    pronouns = [
        a.head for a in arguments
        if a.role == "subject" and context.text.tokens[a.head].pos == "PRON"
        and context.senses.has(a.head, "receiver_pronoun", "these")
    ]  # fmt: skip
    here = context.sentence(pronouns[0]) if pronouns else None
    if here is None or here.index == 0 or context.text.sentences[here.index - 1].paragraph != here.paragraph:
        return ()
    before = context.text.sentences[here.index - 1]
    named = context.mentions.within(range(before.first, before.last), "state", "company", "body")
    acting = [m for m in named if m.form != "adjective" and context.relation_of(m) == "subject"]
    actors = dict.fromkeys(e for m in acting if (e := context.mentions.actor(m)) is not None)
    return tuple(actors) if len(actors) == 1 else ()


def _spoken_of(context: Context, words: Iterable[int]) -> tuple[Entity, ...]:
    """ "The mission lives on gifts. France has given radios to it": a mission that the words before are about."""
    missions = [m for m in context.mentions.within(words, "mission") if context.relation_of(m) in {"subject", ""}]
    return tuple(m.entity for m in missions[-1:])


def own_forces(context: Context, arguments: Sequence[Argument], suppliers: Sequence[Entity]) -> tuple[Entity, ...]:
    """«Вашингтон передал пограничникам …», «нашей армии»: forces without a name are those of the state spoken of."""
    givers = {s.state for s in suppliers if s.kind in {"state", "body"}}
    if suppliers and not givers and any(a.relation == "recipient" and _is_country(context, a.head) for a in arguments):
        return (context.home,) if context.home is not None else ()  # «компания поставила республике …»
    forces = [a.head for a in arguments if a.relation == "recipient" and _is_force(context, a.head)]
    if not givers or None in givers or not forces:
        return ()
    home = context.home
    if home is None or home.state in givers:
        home = context.topic(forces[0], givers)
    return (home,) if home is not None else ()


def _is_country(context: Context, index: int) -> bool:
    """«Республика», where nothing near tells which."""
    plain = not context.mentions.at(index) and context.text.tokens[index].number == "Sing"
    return plain and context.senses.has(index, "state_anaphor")


def _is_force(context: Context, index: int) -> bool:
    named = any(m.entity.state for m in context.mentions.at(index))
    body = any(s.name.startswith(BODY) for s in context.senses.at(index))
    return not named and (body or context.senses.has(index, "force"))


def _states(context: Context, tokens: Iterable[int]) -> list[EntityMention]:
    """The states named among the tokens as actors."""
    return [
        m
        for m in context.actor_mentions(tokens)
        if m.form in {"name", "metonym", "anaphor"} and m.entity.kind in {"state", "place"}
    ]


def bought_at_home(context: Context, suppliers: Sequence[Entity]) -> tuple[Entity, ...]:
    """«В 2022 году у белорусских оборонщиков закуплены комплексы»: by the state that the text is about."""
    home = context.home
    return (home,) if home is not None and home.state not in {s.state for s in suppliers} else ()


def bought_in(
    context: Context, arguments: Sequence[Argument], verb: int, recipients: Sequence[Entity]
) -> tuple[Entity, ...]:
    """«Закупила в ОАЭ бронеавтомобили»: another state in which something is bought."""
    if not context.senses.has(verb, "buy_verb"):
        return ()
    states = actors_of(context, arguments, lambda a: a.relation == "in" and a.role != "subject")
    own = {r.state for r in recipients}
    return tuple(s for s in states if s.kind == "state" and s.state not in own)[:1]
