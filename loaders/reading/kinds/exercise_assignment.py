"""Which of what a clause says belongs to which of the exercises that it speaks of, by their editions and years."""

from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.dates import DateMention, find_dates
from loaders.reading.facts import PartialDate
from loaders.reading.kinds.exercise_attributes import Attributes
from loaders.reading.kinds.exercise_circumstances import Circumstances
from loaders.reading.kinds.exercise_events import Event, Reference
from loaders.reading.kinds.exercise_naming import Naming
from loaders.reading.text import Token, fold


class Assignment:
    """Gives attributes to the exercises of one text.

    Arguments:
        context: the text.
        circumstances: what is around the references to exercises.
        naming: the exercises, and what is known of each.
    """

    def __init__(self, context: Context, circumstances: Circumstances, naming: Naming) -> None:
        self._context = context
        self._circumstances = circumstances
        self._naming = naming

    def give(self, events: list[Event], found: Attributes, refs: list[Reference]) -> None:
        """Give what a clause says to the events that it speaks of, by the references in it."""
        if any(self._naming.verdict(r) in {"denied", "cancelled"} for r in refs):
            found.dates, found.locations, found.participants = [], [], []
        for event in events:
            mine = [r for r in refs if r in event.references]
            if mine and not any(self._circumstances.is_core(r.noun) for r in mine):
                there = [p for p in found.locations if p.rule.endswith(("-arrives-at", "-beside-noun"))]
                self._naming.of(event).attributes.extend(replace(found, dates=[], locations=there))
                continue
            dates = [self._dated(event, role, date) for role, date in found.dates]
            own = replace(found, dates=[d for d in dates if self._fits(event, d[1].start or d[1].end)])
            self._naming.of(event).attributes.extend(own)
            years = {d.start.year for _, d in own.dates if d.start}
            if event.year is None and len(years) == 1:
                event.year = years.pop()

    def year_of_frame(self, event: Event, found: Attributes) -> None:
        """A contest of the games of a year was held in that year."""
        if event.year is None and not found.dates:
            frames = {f.value.iri or fold(f.value.name) for f in found.frameworks}
            event.year = next((e.year for e in self._naming.events.all if e.year and e.key in frames), None)

    def _dated(self, event: Event, role: str, date: DateMention) -> tuple[str, DateMention]:
        """A date whose year the text leaves open is in the year of the edition."""
        if date.start is not None or date.end is not None or event.year is None:
            return role, date
        said = date.span.of(self._context.text.text)
        for words, issued in ((f"{said} {event.year}", None), (said, PartialDate(event.year))):
            found = find_dates([Token(0, words, 0, len(words))], self._context.language, issued)
            if found and found[0].start is not None and found[0].start.month is not None:
                break
        if not found:
            return role, date
        dated = replace(found[0], span=date.span, phrase=date.phrase)
        return "range" if dated.end else role, dated

    @staticmethod
    def _fits(event: Event, date: PartialDate | None) -> bool:
        return date is None or event.year is None or date.year == event.year
