"""Since when and until when somebody contributes to a mission."""

from loaders.reading.context import Context
from loaders.reading.facts import PartialDate, Stated
from loaders.reading.kinds.mission_references import MissionReference


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
