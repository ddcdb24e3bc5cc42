"""Since when and until when somebody contributes to a mission."""

from loaders.reading.context import Context
from loaders.reading.facts import PartialDate, Stated
from loaders.reading.kinds.mission_references import MissionReference
from loaders.reading.mentions import EntityMention


def dates(
    context: Context, tokens: tuple[int, ...], reference: MissionReference, references: list[MissionReference]
) -> tuple[Stated[PartialDate] | None, Stated[PartialDate] | None]:
    """Since when and until when; one date over several missions is of none of them."""
    share = _share(context, tokens, reference, references)
    if not share:
        return None, None
    tokens = share
    since = until = None
    returned = any(context.senses.has(i, "return_home") for i in tokens)
    begun = any(context.senses.has(i, "send", "begin_service") for i in tokens)
    for date in context.dates_in(tokens):
        evidence = context.evidence(context.tokens_of(date.span)[0])
        rule = context.rule("mission-date")
        if date.kind == "until" and date.end:
            until = Stated(date.end, evidence, rule)
        elif date.kind == "range" and date.start and date.end:
            since, until = Stated(date.start, evidence, rule), Stated(date.end, evidence, rule)
        elif returned and date.start and date.kind == "point":
            until = Stated(date.start, evidence, rule)
        elif date.start and (date.kind == "since" or (begun and date.kind == "point")):
            since = since or Stated(date.start, evidence, rule)
    return since, until


def _share(
    context: Context, tokens: tuple[int, ...], reference: MissionReference, references: list[MissionReference]
) -> tuple[int, ...]:
    """Of a clause with several missions, each after its own date, the part of one; none if one date is for all.

    «с 2014 года – в Ливане в силах ООН, а с 2004 года – в Косове в силах КФОР»
    """
    others = [r for r in references if r.head in tokens and not r.plural]
    if len({r.entity.iri if r.entity and r.entity.iri else r.head for r in others}) < 2:
        return tokens
    begins = sorted(context.tokens_of(d.phrase)[0] for d in context.dates_in(tokens))
    heads = sorted({r.head for r in others})
    if begins and heads[0] < begins[0]:
        return _up_to_next(tokens, reference, heads, begins)
    before = [b for b in begins if b < reference.head]
    if len(begins) < len(others) or not before:
        return ()
    first = before[-1]
    last = next((b for b in begins if b > first), max(tokens) + 1)
    if sum(first <= r.head < last for r in others) != 1:
        return ()
    return tuple(i for i in tokens if first <= i < last)


def own_dates(context: Context, tokens: tuple[int, ...], mention: EntityMention) -> tuple[int, ...]:
    """«2007 жылдан Уганда, 2008 жылдан Бурунди», «Үндістан батальон, ал Қазақстан 2018 жылдан рота жіберді»: where
    nouns stand last, the words of a clause without the dates of other contributors."""
    if not context.relations.head_final:
        return tokens
    begins = sorted(context.tokens_of(d.phrase)[0] for d in context.dates_in(tokens))
    named = [m for m in context.actor_mentions(tokens) if m.entity.kind in {"state", "body"}]
    groups = sorted({min(n.first for n in context.coordinated(m)) for m in named if not context.is_located(m)})
    mine = min(n.first for n in context.coordinated(mention))
    if not begins or len(groups) < 2 or mine not in groups or (begins[0] < groups[0] and len(begins) == 1):
        return tokens
    if begins[0] < groups[0]:
        before = [b for b in begins if b < mine]
        first, last = before[-1], next((b for b in begins if b > mine), max(tokens) + 1)
    else:
        first, last = mine, next((g for g in groups if g > mine), max(tokens) + 1)
    return tuple(i for i in tokens if first <= i < last)


def _up_to_next(
    tokens: tuple[int, ...], reference: MissionReference, heads: list[int], begins: list[int]
) -> tuple[int, ...]:
    """ "To the MFO since 1982 and to UNDOF since 2013": each date follows its mission; one date is for the last only
    where it stands before another mission."""
    if len(begins) < len(heads):
        return ()
    end = next((h for h in heads if h > reference.head), max(tokens) + 1)
    return tuple(i for i in tokens if reference.head <= i < end)


def point(context: Context, tokens: tuple[int, ...]) -> Stated[PartialDate] | None:
    """The only date of an item: since when."""
    dates = [d for d in context.dates_in(tokens) if d.start is not None]
    if len(dates) != 1 or dates[0].start is None:
        return None
    evidence = context.evidence(context.tokens_of(dates[0].span)[0])
    return Stated(dates[0].start, evidence, context.rule("mission-date"))
