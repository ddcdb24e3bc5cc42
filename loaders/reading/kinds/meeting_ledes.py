"""What the dateline of a report says of the occasion that it opens with."""

from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import side
from loaders.reading.kinds.meeting_circumstances import Circumstances
from loaders.reading.kinds.meeting_occasion import Occasion
from loaders.reading.kinds.meeting_parties import PartyFinder

SHORTEST_LEDE = 20
"""Characters of a sentence after the dateline, which can be part of it."""


def where_written(context: Context, people: PartyFinder, where: Circumstances, found: Occasion) -> Occasion:
    """«Минск, 3 мая 2025 года. Министр сегодня принял …»: today's talks are in the dateline's town, one's own."""
    city = where.dateline_place()
    if found.place is not None or city is None or found.date is None or found.date.value != context.issued:
        return found
    placed = people.stated(city, found.trigger.index)
    host = where.host(placed)
    return replace(found, place=placed) if host is not None and side(host) in found.parties.sides else found


def of_the_day(context: Context, people: PartyFinder, found: Occasion) -> Occasion:
    """«ТАРАЗ, 3 октября 2022 года. Министр принял посла …»: what a report opens with, undated, is of its day."""
    issued, line = context.issued, context.dateline
    if found.date is not None or issued is None or issued.day is None or line is None:
        return found
    sentence = context.sentence(found.trigger.index)
    after = (s.index for s in context.text.sentences if s.end > line.end and s.end - line.end > SHORTEST_LEDE)
    words = range(sentence.first, sentence.last)
    past = any(context.text.tokens[i].feats.get("Tense") == "Past" for i in context.clause(found.trigger.index))
    undated = not any(
        context.tokens_of(d.span)[0] in words and d.span.begin >= line.end for d in context.dates_in(words)
    )
    if sentence.index != next(after, -1) or not past or not undated:
        return found
    return replace(found, date=people.dated(issued, found.trigger.index))
