"""Which exercises and competitions a text speaks of, and by which words: references, joined into events.

A name in quotation marks (or a known series) is a reference to the event of that name and edition; the bare noun
(«манёвры», «тренировка») is a reference to what was spoken of last, or to a joint exercise without a name.
"""

from dataclasses import dataclass, field

from loaders.reading.context import Context
from loaders.reading.facts import Entity, ExerciseKind
from loaders.reading.text import fold

NOUNS = ("exercise_noun", "competition_noun")
FOCUS_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that speak of an exercise: the tokens from `first` up to, not including, `last`.

    Arguments:
        noun: the token of the noun, or of the name where there is no noun.
        name: the name in the nominative without the year, or None.
        year: the year that stands in the name.
    """

    first: int
    last: int
    noun: int
    name: str | None
    year: int | None
    kind: ExerciseKind
    series: Entity | None = None


@dataclass(slots=True)
class Event:
    """An exercise or competition, with the references to it. A working value of this package only."""

    name: str | None
    year: int | None
    kind: ExerciseKind
    series: Entity | None
    references: list[Reference] = field(default_factory=list)

    @property
    def key(self) -> str:
        """By what two references are to the same series of events."""
        return self.series.iri or "" if self.series else fold(self.name or "")


class Events:
    """The events of a text, built up reference by reference; `focus` are those spoken of last."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.all: list[Event] = []
        self.focus: list[Event] = []
        self.focus_sentence = -1

    def edition(self, reference: Reference, year: int | None) -> Event:
        """The event that a name means; a different year is a different edition."""
        event = Event(reference.name, year, reference.kind, reference.series)
        same = [e for e in self.all if e.name and (e.key == event.key or fold(e.name) == fold(event.name or ""))]
        fitting = [e for e in same if year is None or e.year in {None, year}]
        found = next((e for e in reversed(fitting) if e.year == year), None) or (fitting[-1] if fitting else None)
        if found is None:
            self.all.append(event)
            found = event
        found.year = found.year or year
        found.series = found.series or reference.series
        if reference.kind == "competition":
            found.kind = "competition"
        found.references.append(reference)
        self.attend(found, reference)
        return found

    def unnamed(self, reference: Reference) -> Event:
        """A new event without a name."""
        event = Event(None, None, reference.kind, None, [reference])
        self.all.append(event)
        self.attend(event, reference)
        return event

    def again(self, reference: Reference) -> list[Event]:
        """The events spoken of last, if that is not too long ago, now spoken of by a bare noun."""
        sentence = self.context.text.tokens[reference.noun].sentence
        if not self.focus or sentence - self.focus_sentence > FOCUS_SENTENCES:
            return []
        for event in self.focus:
            event.references.append(reference)
        self.focus_sentence = sentence
        return self.focus

    def attend(self, event: Event, reference: Reference) -> None:
        """Put an event into focus: beside those of the same sentence, in place of earlier ones."""
        sentence = self.context.text.tokens[reference.noun].sentence
        if sentence != self.focus_sentence:
            self.focus = []
        if event not in self.focus:
            self.focus.append(event)
        self.focus_sentence = sentence

    def forget(self, event: Event) -> None:
        """Take out an event that turned out to be another one."""
        self.all.remove(event)
        self.focus = [e for e in self.focus if e is not event]

    def names(self) -> dict[str, str]:
        """For each series, by its IRI, the longest of the names by which the text calls it."""
        found: dict[str, str] = {}
        for event in self.all:
            for reference in event.references:
                if event.series and reference.name and len(reference.name) > len(found.get(event.key, "")):
                    found[event.key] = reference.name
        return found

    def keep(self, sentence: int) -> None:
        """Keep the focus over a sentence that goes on with it without naming it (a row of a table)."""
        self.focus_sentence = sentence

    def focus_at(self, sentence: int) -> list[Event]:
        """The events in focus when a sentence without a reference is read."""
        return self.focus if 0 <= sentence - self.focus_sentence <= FOCUS_SENTENCES else []
