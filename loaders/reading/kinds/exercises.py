"""Exercises and competitions: what they are called, when, where, under whom, who takes part, who watches.

References to an exercise are joined into events (`exercise_events`); each clause that speaks of one is searched for
its attributes (`exercise_attributes`); what is purely national, or too vague to be one event, is left out.
"""

from collections.abc import Iterator
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.dates import DateMention, find_dates
from loaders.reading.facts import Entity, Fact, Modality, PartialDate, Stated
from loaders.reading.kinds.exercise_attributes import UNREAL, Attributes
from loaders.reading.kinds.exercise_clauses import Clauses
from loaders.reading.kinds.exercise_events import NOUNS, Event, Events, Reference, references
from loaders.reading.kinds.exercise_facts import Gathered, compatible, facts, renamed
from loaders.reading.kinds.exercise_lists import Lists
from loaders.reading.tables import Row, Table
from loaders.reading.text import Sentence, Token, fold

LINE = 160
"""Up to this length a line without a verb can be an item of a list without bullets."""

BEFORE_TABLE = 5
"""A table goes on about the exercise that was spoken of up to so many sentences before it."""

COURSE = ("hold", "occur", "host", "cancellation", "finish")


class Exercises:
    """Reads the exercises of one text, sentence by sentence."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.clauses = Clauses(context)
        self.lists = Lists(context)
        self.events = Events(context)
        self.gathered: dict[int, Gathered] = {}
        self.heading: Attributes | None = None
        self.title_frameworks: tuple[Stated[Entity], ...] = ()
        self.references: dict[int, list[Reference]] = {}
        for reference in references(context):
            self.references.setdefault(context.text.tokens[reference.noun].sentence, []).append(reference)

    def read(self) -> Iterator[Fact]:
        """All exercises of the text."""
        for sentence in self.context.text.sentences:
            here = self.references.get(sentence.index, [])
            placed = self.lists.table_of(sentence)
            if placed:
                self._row(sentence, *placed)
            elif here:
                self._sentence(sentence, here)
            else:
                self._carried(sentence)
        names = self.events.names()
        for event in self.events.all:
            gathered = self.gathered.get(id(event))
            if gathered:
                self._year_of_frame(event, gathered.attributes)
                event.name = names.get(event.key, event.name)
                gathered.attributes.frameworks = [renamed(f, names) for f in gathered.attributes.frameworks]
                yield from facts(self.context, event, gathered)

    # ------------------------------------------------------------------ sentences

    def _row(self, sentence: Sentence, table: Table, row: Row) -> None:
        """A row of a table of exercises is an event; of another table, what it says is of the events before it."""
        if row.sentence != sentence.index:
            return
        if row.number == 0:
            if sentence.index - self.events.focus_sentence <= BEFORE_TABLE:
                self.events.keep(sentence.index)
            return
        found = self.lists.row(table, row)
        if self.lists.lists_exercises(table):
            reference = self.lists.reference(table, row)
            if reference and reference.name:
                years = {d.start.year for _, d in found.dates if d.start}
                event = self.events.edition(reference, reference.year or (years.pop() if len(years) == 1 else None))
                self._note(event, reference, found)
                self._of(event).attributes.frameworks.extend(self._frameworks_of_list(sentence))
            return
        events = self._focus(sentence)
        for event in events:
            self._of(event).attributes.participants.extend(found.participants)
        if events:
            self.events.keep(sentence.index)

    def _sentence(self, sentence: Sentence, here: list[Reference]) -> None:
        """A sentence with references: each clause is read for the events that it speaks of."""
        heading = self._list_heading(sentence)
        by_clause: dict[int, list[Reference]] = {}
        for reference in here:
            by_clause.setdefault(self._clause(reference), []).append(reference)
        spoken: list[Event] = [] if any(r.name for r in here) else self._focus(sentence)
        for head, tokens in self._clauses(sentence):
            refs = by_clause.get(head, [])
            parts = self.clauses.groups(tokens, refs)
            if len(parts) > 1:
                spoken = self._named_apart(parts, refs) or spoken
                continue
            parts = self.clauses.parallel(tokens, refs) if refs else [tokens]
            if refs:
                spoken = self._events(refs, parts[0], spoken) or spoken
            if not spoken:
                continue
            self._give(spoken, self.clauses.read(parts[0], refs, carried=not refs), refs)
            if refs and refs[0].name and self._is_verbless_item(sentence, parts[0]):
                self._give(spoken, self.lists.item(parts[0], refs[0]), refs)
            if heading is not None or self._is_line_of_names(sentence):
                for event in spoken:
                    self._of(event).attributes.extend(heading or Attributes())
                    self._of(event).attributes.frameworks.extend(self._frameworks_of_list(sentence))
            for part in parts[1:]:
                self._further_edition(spoken, part)
        if not self._title_only(here):
            self.heading = None

    def _named_apart(self, parts: list[tuple[int, ...]], refs: list[Reference]) -> list[Event]:
        """A clause that names several exercises, each with words of its own; who acts before the first acts in all."""
        whole = tuple(i for part in parts for i in part)
        named = [r for r in refs if r.name]
        shared = self.clauses.actors.shared(whole, refs, named[0].first)
        all_events: list[Event] = []
        for n, part in enumerate(parts):
            share = [r for r in refs if r.noun in part or r.last - 1 in part]
            events = self._events(share, part, [])
            found = self.clauses.part(part, share)
            if n:
                found.extend(self.clauses.actors.elliptic(part, whole))
            found.participants = [*shared.participants, *found.participants]
            self._give(events, found, share)
            all_events += events
        return all_events

    def _frameworks_of_list(self, sentence: Sentence) -> list[Stated[Entity]]:
        """Under whom the exercises of a list or table are held, by the line above it or by the heading of the text."""
        return self.lists.owners(sentence) or list(self.title_frameworks)

    def _is_verbless_item(self, sentence: Sentence, tokens: tuple[int, ...]) -> bool:
        """Whether a clause is an item of a list, or a line, without a verb."""
        verbs = (self.context.text.tokens[i].feats.get("VerbForm") for i in tokens)
        if any(v == "Fin" for v in verbs):
            return False
        return self.context.text.heading(sentence) is not None or self._is_line_of_names(sentence)

    def _title_only(self, here: list[Reference]) -> bool:
        """Whether what a sentence says is to be kept for the first event that is named after it."""
        return self.heading is not None and not self.events.focus_at(self.context.text.tokens[here[0].noun].sentence)

    def _is_line_of_names(self, sentence: Sentence) -> bool:
        """Whether a short line stands beside another that names an exercise too: a list without bullets."""
        if sentence.end - sentence.begin > LINE:
            return False
        for other in self.context.text.sentences:
            near = abs(other.paragraph - sentence.paragraph) == 1 and other.end - other.begin <= LINE
            if near and any(r.name for r in self.references.get(other.index, [])):
                verbs = (t.feats.get("VerbForm") for t in self.context.text.of(other))
                if not any(v == "Fin" for v in verbs):
                    return True
        return False

    def _further_edition(self, events: list[Event], tokens: tuple[int, ...]) -> None:
        """«… в 2011 году в Барановичах, годом позже в провинции Хубэй»: each further date and place is an event."""
        found = self.clauses.read(tokens, [], carried=False)
        for event in events:
            before = self._of(event)
            following = Event(event.name, None, event.kind, event.series, list(event.references))
            self.events.all.append(following)
            mine = self._of(following)
            mine.attributes.participants = list(before.attributes.participants)
            mine.attributes.frameworks = list(before.attributes.frameworks)
            mine.attributes.joint = before.attributes.joint
            mine.attributes.extend(found)
            mine.verdicts.extend(before.verdicts)
            mine.passages.extend(before.passages)

    def _clause(self, reference: Reference) -> int:
        return self.context.text.clauses[reference.noun]

    def _clauses(self, sentence: Sentence) -> list[tuple[int, tuple[int, ...]]]:
        """The clauses of a sentence in the order of their beginnings."""
        found: dict[int, list[int]] = {}
        for token in self.context.text.of(sentence):
            found.setdefault(self.context.text.clauses[token.index], []).append(token.index)
        return [(head, tuple(tokens)) for head, tokens in found.items()]

    def _events(self, refs: list[Reference], tokens: tuple[int, ...], spoken: list[Event]) -> list[Event]:
        """The events that the references of a clause mean."""
        named = [r for r in refs if r.name]
        events: list[Event] = []
        for reference in named:
            year = reference.year or (self._year(reference, tokens) if len(named) == 1 else None)
            known, spoken_of = len(self.events.all), list(self.events.focus)
            event = self.events.edition(reference, year)
            if len(self.events.all) > known:
                self._absorb(reference, spoken_of)
            self._note(event, reference, self.clauses.phrases.phrase(reference))
            self._of(event).attributes.extend(self.lists.bracket(self.clauses.phrases.bracket(reference)))
            events.append(event)
        for frame in self.clauses.phrases.frames(named):
            for event in events:
                if frame.value.iri != event.key:
                    self._of(event).attributes.frameworks.append(frame)
        for reference in refs if not named else []:
            events += [e for e in self._bare(reference, tokens, spoken) if e not in events]
        if events and self.heading is not None and not self.context.in_title(refs[0].noun):
            for event in events:
                self._of(event).attributes.extend(self.heading)
        return self._without_frames(events)

    def _focus(self, sentence: Sentence) -> list[Event]:
        return self._without_frames(self.events.focus_at(sentence.index))

    def _without_frames(self, events: list[Event]) -> list[Event]:
        """Of a contest and the games that it is part of, what the clause says is said of the contest."""
        frames = {f.value.iri or fold(f.value.name) for e in events for f in self._of(e).attributes.frameworks}
        return [e for e in events if e.key not in frames] or events

    def _note(self, event: Event, reference: Reference, phrase: Attributes) -> None:
        gathered = self._of(event)
        gathered.attributes.extend(phrase)
        gathered.verdicts.append(self._verdict(reference))
        gathered.passages.extend(self.context.evidence(reference.noun))

    def _bare(self, reference: Reference, tokens: tuple[int, ...], spoken: list[Event]) -> list[Event]:
        """A noun without a name: what was spoken of before, or an exercise that may be named later, or has no name."""
        phrase = self.clauses.phrases.phrase(reference)
        found = Attributes(joint=phrase.joint)
        self.clauses.actors.participants(tokens, [reference], found, carried=False)
        found.extend(phrase)
        found.extend(self.clauses.read(tokens, [reference], carried=False))
        if self._verdict(reference) in UNREAL and not self.events.all:
            found = Attributes(frameworks=found.frameworks)
        if self.context.in_title(reference.noun):
            self.title_frameworks = tuple(found.frameworks)
            self._await_name(found)
            return []
        if self._is_new(found):
            return [self._unnamed(reference, found)]
        if phrase.participants and not self._known(phrase):
            return []
        events = self._of_that_noun(reference) or spoken or self.events.again(reference)
        if not events:
            return [self._unnamed(reference, found)]
        self.events.keep(self.context.text.tokens[reference.noun].sentence)
        events = [self._of_year(event, reference, found) for event in events]
        for event in events:
            self._of(event).attributes.extend(phrase)
            self._of(event).verdicts.append(self._verdict(reference))
        return events

    def _unnamed(self, reference: Reference, found: Attributes) -> Event:
        event = self.events.unnamed(reference)
        self._note(event, reference, found)
        return event

    def _await_name(self, found: Attributes) -> None:
        """Keep what is said of an exercise for the name that follows."""
        if self.heading is None:
            self.heading = Attributes()
        self.heading.extend(found)

    def _absorb(self, reference: Reference, spoken_of: list[Event]) -> None:
        """An exercise spoken of just before without a name is the one that is named now."""
        sentence = self.context.sentence(reference.noun)
        for event in spoken_of:
            if event.name is not None or event not in self.events.all:
                continue
            noun = event.references[0].noun
            before = self.context.sentence(noun)
            if before.paragraph != sentence.paragraph and sentence.index - before.index > 1:
                continue
            gathered = self._of(event)
            if len({s.value.state for s in gathered.attributes.participants}) > 1 and not self._is_naming(sentence):
                continue
            if self._is_counted(noun):
                gathered.attributes.dates = []
            self._await_name(gathered.attributes)
            self.events.forget(event)

    def _is_naming(self, sentence: Sentence) -> bool:
        return any(self.context.senses.has(t.index, "naming", "name_verb") for t in self.context.text.of(sentence))

    def _is_counted(self, noun: int) -> bool:
        """«в 12 учениях»: several, of which only some may be named."""
        below = (self.context.text.tokens[i] for i in self.context.text.children[noun])
        return any(t.rel.startswith("nummod") or self.context.senses.has(t.index, "several") for t in below)

    def _of_year(self, event: Event, reference: Reference, found: Attributes) -> Event:
        """The event, or another edition of it if the clause has a date of another year («в 2020 году его отменили»)."""
        years = {d.start.year for _, d in found.dates if d.start}
        unreal = event.year is None and self._verdict(reference) in UNREAL
        if event.name is None or len(years) != 1 or event.year in years or not (event.year or unreal):
            return event
        if unreal:
            event.year = -1  # So that the edition that was not held is another one.
        named = replace(reference, name=event.name, series=event.series, kind=event.kind)
        edition = self.events.edition(named, years.pop())
        event.year = None if unreal else event.year
        return edition

    def _of_that_noun(self, reference: Reference) -> list[Event]:
        """«в играх» after «Армейские международные игры»: the event whose name ends in the noun."""
        lemmas = set(self.context.text.tokens[reference.noun].lemmas)
        for event in reversed(self.events.all):
            words = self.context.grammar.words(event.name or "")
            if len(words) > 1 and lemmas & set(self.context.grammar.lemmas(words[-1])):
                return [event]
        return []

    def _known(self, phrase: Attributes) -> bool:
        focus = [s.value.state for e in self.events.focus for s in self._of(e).attributes.participants]
        return all(s.value.state in focus for s in phrase.participants)

    def _is_new(self, found: Attributes) -> bool:
        """Whether a noun without a name means an exercise not spoken of before: one of two states or more."""
        states = {s.value.state for s in found.participants}
        if len(states) < 2:
            return False
        for event in self.events.focus:
            mine = {s.value.state for s in self._of(event).attributes.participants}
            same_states = states <= mine or not mine
            if same_states and not self._other_time(event, found):
                return False
        return True

    def _other_time(self, event: Event, found: Attributes) -> bool:
        theirs = [d.start for _, d in self._of(event).attributes.dates if d.start]
        mine = [d.start for _, d in found.dates if d.start]
        return bool(mine and theirs) and not any(compatible(a, b) for a in mine for b in theirs)

    def _carried(self, sentence: Sentence) -> None:
        """A sentence without a reference still speaks of the events before it if its verbs say so."""
        events = self._focus(sentence)
        if not events or not self._goes_on(sentence):
            return
        labelled = self.lists.labelled(sentence)
        if labelled is not None:
            self._give(events[-1:], labelled, [])
            self.events.keep(sentence.index)
            return
        for head, tokens in self._clauses(sentence):
            if self._is_verbless_item(sentence, tokens):
                self._give(events[-1:], self.lists.item(tokens, None), [])
                self.events.keep(sentence.index)
                continue
            found = self.clauses.read(tokens, [], carried=True)
            if self.context.modality(head) in UNREAL:
                found.dates, found.locations = [], []
            single = any(self.context.senses.has(i, "it") for i in tokens)
            self._give(events[-1:] if single else events, found, [])
            if found.participants or found.observers or found.dates:
                self.events.keep(sentence.index)

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence can go on about the exercise: in its paragraph, or at the beginning of the next."""
        last = self.context.text.sentences[self.events.focus_sentence]
        if last.paragraph == sentence.paragraph or self.lists.is_labelled(sentence):
            return True
        return sentence.index <= last.index + 2 and not self.context.text.is_item(sentence)

    def _list_heading(self, sentence: Sentence) -> Attributes | None:
        """What the line above a list says holds for its items."""
        above = self.context.text.heading(sentence)
        if above is None:
            return None
        found = Attributes()
        refs = self.references.get(above.index, [])
        for _, tokens in self._clauses(above):
            found.extend(self.clauses.read(tokens, refs, carried=False))
        for reference in refs:
            found.extend(self.clauses.phrases.phrase(reference))
        found.frameworks += self.clauses.phrases.frames([r for r in refs if r.name], alone=True)
        return found

    # ------------------------------------------------------------------ giving attributes to events

    def _give(self, events: list[Event], found: Attributes, refs: list[Reference]) -> None:
        if any(self._verdict(r) in {"denied", "cancelled"} for r in refs):
            found.dates, found.locations, found.participants = [], [], []
        for event in events:
            mine = [r for r in refs if r in event.references]
            if mine and not any(self.clauses.circumstances.is_core(r.noun) for r in mine):
                self._of(event).attributes.extend(replace(found, dates=[], locations=[]))
                continue
            dates = [self._dated(event, role, date) for role, date in found.dates]
            own = replace(found, dates=[d for d in dates if self._fits(event, d[1].start or d[1].end)])
            self._of(event).attributes.extend(own)
            years = {d.start.year for _, d in own.dates if d.start}
            if event.year is None and len(years) == 1:
                event.year = years.pop()

    def _dated(self, event: Event, role: str, date: DateMention) -> tuple[str, DateMention]:
        """A date whose year the text leaves open is in the year of the edition."""
        if date.start is not None or date.end is not None or event.year is None:
            return role, date
        words = f"{date.span.of(self.context.text.text)} {event.year}"
        found = find_dates([Token(0, words, 0, len(words))], self.context.language)
        if not found:
            return role, date
        dated = replace(found[0], span=date.span, phrase=date.phrase)
        return "range" if dated.end else role, dated

    @staticmethod
    def _fits(event: Event, date: PartialDate | None) -> bool:
        return date is None or event.year is None or date.year == event.year

    def _year_of_frame(self, event: Event, found: Attributes) -> None:
        """A contest of the games of a year was held in that year."""
        if event.year is None and not found.dates:
            frames = {f.value.iri or fold(f.value.name) for f in found.frameworks}
            event.year = next((e.year for e in self.events.all if e.year and e.key in frames), None)

    def _of(self, event: Event) -> Gathered:
        return self.gathered.setdefault(id(event), Gathered())

    def _year(self, reference: Reference, tokens: tuple[int, ...]) -> int | None:
        """The year of the edition, from the only dates of its clause."""
        found = Attributes()
        self.clauses.circumstances.dates(tokens, [reference], found)
        years = {(d.start or d.end).year for _, d in found.dates if d.start or d.end}  # type: ignore[union-attr]
        return years.pop() if len(years) == 1 else None

    def _verdict(self, reference: Reference) -> Modality:
        """Whether the exercise is held, planned, cancelled …, where the clause tells of its course."""
        senses = self.context.senses
        at = self.context.text.tokens[reference.noun]
        for _ in range(5):
            if at.head is None:
                break
            above = self.context.text.tokens[at.head]
            if above.pos in {"NOUN", "PROPN"} and at.rel in {"appos", "nmod", "conj", "amod", "flat", "nsubj"}:
                if senses.has(above.index, "cancellation"):
                    return "held" if self.context.is_negated(above.index) else "cancelled"
                if not senses.has(above.index, "opening", "plan", *NOUNS) or senses.has(above.index, "participation"):
                    return "held"
                at = above
                continue
            if at.index != reference.noun and senses.has(above.index, "denial", "cancellation"):
                return "cancelled"  # «от проведения учения отказались»
            core = at.rel in {"nsubj", "nsubj:pass", "obj", "csubj"}
            if not core or not senses.has(above.index, *COURSE):
                return "held"
            modality = self.context.modality(reference.noun)
            return "planned" if modality == "cancelled" and not senses.has(above.index, "cancellation") else modality
        return "held"


def find(context: Context) -> Iterator[Fact]:
    """The exercises and competitions of a text."""
    yield from Exercises(context).read()
