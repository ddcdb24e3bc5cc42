"""Which exercise words mean: one named before, another edition of it, one named later, or a new one."""

from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Modality, Stated
from loaders.reading.kinds.exercise_attributes import UNREAL, Attributes
from loaders.reading.kinds.exercise_clauses import Clauses
from loaders.reading.kinds.exercise_events import NOUNS, Event, Events, Reference
from loaders.reading.kinds.exercise_facts import Gathered, compatible, settle
from loaders.reading.kinds.exercise_lists import Lists
from loaders.reading.text import Sentence, fold

COURSE = ("hold", "occur", "host", "cancellation", "finish")

NAMED_AFTER = 3
"""«Учение называется …» so many sentences after an exercise in another paragraph names that one."""


class Naming:
    """The events of one text, as its references build them up.

    Arguments:
        context: the text.
        clauses, lists: what reads its clauses, and its tables and lists.

    `gathered` is what was found of each event, by the identity of the event; `heading` what was said of an exercise
    that is yet to be named; `title_frameworks` whose exercises the title says it speaks of.
    """

    def __init__(self, context: Context, clauses: Clauses, lists: Lists) -> None:
        self.context, self.clauses, self.lists = context, clauses, lists
        self.events = Events(context)
        self.gathered: dict[int, Gathered] = {}
        # Events that turned out to be others are kept as well: their identity must not become that of a new one.
        self._events: list[Event] = []
        self.heading: Attributes | None = None
        self.title_frameworks: tuple[Stated[Entity], ...] = ()

    def meant(self, refs: list[Reference], tokens: tuple[int, ...], spoken: list[Event]) -> list[Event]:
        """The events that the references of a clause mean."""
        named = [r for r in refs if r.name]
        events: list[Event] = []
        for reference in named:
            year = reference.year or (self._year(reference, tokens) if len(named) == 1 else None)
            known, spoken_of = len(self.events.all), list(self.events.focus)
            event = self.events.edition(reference, year)
            if len(self.events.all) > known:
                self._absorb(reference, spoken_of)
            self.note(event, reference, self.clauses.phrases.phrase(reference))
            self.of(event).attributes.extend(self.lists.bracket(self.clauses.phrases.bracket(reference)))
            if all(e is not event for e in events):
                events.append(event)
        for frame in self.clauses.phrases.frames(named):
            for event in events:
                if frame.value.iri != event.key:
                    self.of(event).attributes.frameworks.append(frame)
        for reference in refs if not named else []:
            events += [e for e in self._bare(reference, tokens, spoken) if e not in events]
        if events and self.heading is not None and not self.context.in_title(refs[0].noun):
            for event in events:
                self.of(event).attributes.extend(self.heading)
        return self.without_frames(events)

    def focus(self, sentence: Sentence) -> list[Event]:
        """The events that a sentence without a reference may go on about."""
        return self.without_frames(self.events.focus_at(sentence.index))

    def without_frames(self, events: list[Event]) -> list[Event]:
        """Of a contest and the games that it is part of, what the clause says is said of the contest."""
        frames = {f.value.iri or fold(f.value.name) for e in events for f in self.of(e).attributes.frameworks}
        return [e for e in events if e.key not in frames] or events

    def note(self, event: Event, reference: Reference, phrase: Attributes) -> None:
        """Keep what a noun phrase says of an event, and whether its clause says that it is held."""
        gathered = self.of(event)
        gathered.attributes.extend(phrase)
        gathered.verdicts.append(self.verdict(reference))
        gathered.passages.extend(self.context.evidence(reference.noun))

    def _bare(self, reference: Reference, tokens: tuple[int, ...], spoken: list[Event]) -> list[Event]:
        """A noun without a name: what was spoken of before, or an exercise that may be named later, or has no name."""
        phrase = self.clauses.phrases.phrase(reference)
        found = Attributes(joint=phrase.joint)
        self.clauses.actors.participants(tokens, [reference], found, carried=False)
        found.extend(phrase)
        found.extend(self.clauses.read(tokens, [reference], carried=False))
        if self.verdict(reference) in UNREAL and not self.events.all:
            found = Attributes(frameworks=found.frameworks)
        if self.context.in_title(reference.noun):
            self.title_frameworks = tuple(found.frameworks)
            self._await_name(found)
            return []
        if self._is_new(found, reference):
            return [self._unnamed(reference, found)]
        if phrase.participants and not self._known(phrase):
            return []
        if self._is_of_others(reference, tokens) or self._is_substitute(reference, tokens) or self._is_any(reference):
            return [self._unnamed(reference, Attributes())]
        events = self._of_that_noun(reference) or spoken or self.events.again(reference)
        if not events:
            return [self._unnamed(reference, found)]
        self.events.keep(self.context.text.tokens[reference.noun].sentence)
        if self.context.senses.has(reference.noun, "other_edition") and not any(d.start for _, d in found.dates):
            return []  # "Last year's edition took place in Riga": another one, of a year that is not told
        events = [self.of_year(event, reference, found) for event in events]
        for event in events:
            self.of(event).attributes.extend(phrase)
            self.of(event).verdicts.append(self.verdict(reference))
        return events

    def _unnamed(self, reference: Reference, found: Attributes) -> Event:
        event = self.events.unnamed(reference)
        self.note(event, reference, found)
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
            if self.of(event).verdicts and settle(self.of(event).verdicts) in UNREAL:
                continue  # what was called off is not what is named now
            noun = event.references[0].noun
            before = self.context.sentence(noun)
            reach = NAMED_AFTER if self._is_naming(sentence) else 1
            if before.paragraph != sentence.paragraph and sentence.index - before.index > reach:
                continue
            gathered = self.of(event)
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

    def of_year(self, event: Event, reference: Reference, found: Attributes) -> Event:
        """The event, or another edition of it if the clause has a date of another year («в 2020 году его отменили»)."""
        years = {d.start.year for _, d in found.dates if d.start}
        event.year = event.year or self._dated(event)
        unreal = event.year is None and self.verdict(reference) in UNREAL
        if event.name is None or len(years) != 1 or event.year in years or not (event.year or unreal):
            return event
        if unreal:
            event.year = -1  # So that the edition that was not held is another one.
        named = replace(reference, name=event.name, series=event.series, kind=event.kind)
        edition = self.events.edition(named, years.pop())
        event.year = None if unreal else event.year
        return edition

    def _dated(self, event: Event) -> int | None:
        """The year in which all that is said of a named event falls."""
        dates = [d.start or d.end for _, d in self.of(event).attributes.dates] if event.name else []
        years = {d.year for d in dates if d is not None}
        return years.pop() if len(years) == 1 else None

    def _of_that_noun(self, reference: Reference) -> list[Event]:
        """«в играх» after «Армейские международные игры»: the event whose name ends in the noun."""
        lemmas = set(self.context.text.tokens[reference.noun].lemmas)
        for event in reversed(self.events.all):
            words = self.context.grammar.words(event.name or "")
            if len(words) > 1 and lemmas & set(self.context.grammar.lemmas(words[-1])):
                return [event]
        return []

    def _known(self, phrase: Attributes) -> bool:
        focus = [s.value.state for e in self.events.focus for s in self.of(e).attributes.participants]
        return all(s.value.state in focus for s in phrase.participants)

    def _is_of_others(self, reference: Reference, tokens: tuple[int, ...]) -> bool:
        """«Азербайджан и Грузия не проведут учений» after an exercise of others: no word of that one."""
        if self.verdict(reference) not in UNREAL:
            return False
        acting = {a.state for a in self.context.actors(tokens) if a.kind in {"state", "body"} and a.state}
        known = {s.value.state for e in self.events.focus for s in self.of(e).attributes.participants}
        return bool(acting and known) and not acting & known

    def _is_any(self, reference: Reference) -> bool:
        """ "Plans for a naval exercise were shelved": an exercise that was not held, and none spoken of before."""
        indefinite = any(self.context.senses.has(c, "indefinite") for c in self.context.text.children[reference.noun])
        return indefinite and self.verdict(reference) in UNREAL

    def _is_substitute(self, reference: Reference, tokens: tuple[int, ...]) -> bool:
        """«Вместо него армии проведут тренировку»: another one than that which was spoken of."""
        return any(self.context.relation(i) == "instead" and i != reference.noun for i in tokens)

    def _is_new(self, found: Attributes, reference: Reference) -> bool:
        """Whether a noun without a name means an exercise not spoken of before: one of two states or more."""
        states = {s.value.state for s in found.participants}
        if len(states) < 2 or (self.events.focus and self._joins(reference)):
            return False
        if self._is_the_one(reference) and not self._other_time(self.events.focus[0], found):
            return False
        for event in self.events.focus:
            mine = {s.value.state for s in self.of(event).attributes.participants}
            verdicts = self.of(event).verdicts
            if verdicts and verdicts[-1] in UNREAL and self.verdict(reference) not in UNREAL:
                continue  # what is held is not what was called off
            same_states = states <= mine or not mine
            if same_states and not self._other_time(event, found):
                return False
        return True

    def _joins(self, reference: Reference) -> bool:
        """«В учении также участвуют …»: of a noun alone, in which one takes part, it is the one spoken of."""
        token = self.context.text.tokens[reference.noun]
        below = (self.context.text.tokens[c] for c in self.context.text.children[reference.noun])
        alone = all(t.rel in {"case", "det", "punct", "cc"} for t in below)
        joined = token.head is not None and self.context.senses.has(token.head, "participate")
        return alone and joined and self.context.relation(reference.noun) in {"in", "to"}

    def _is_the_one(self, reference: Reference) -> bool:
        """ "The two-week exercise, which began …, involved …": said of the only named exercise spoken of before, unless
        the words name sides of its own ("the exercise with Japan")."""
        if len(self.events.focus) != 1 or self.events.focus[0].name is None:
            return False
        below = self.context.text.children[reference.noun]
        definite = any(self.context.senses.has(c, "definite") for c in below)
        return definite and not self.clauses.phrases.phrase(reference).participants

    def _other_time(self, event: Event, found: Attributes) -> bool:
        theirs = [d.start for role, d in self.of(event).attributes.dates if d.start and role != "end"]
        mine = [d.start for role, d in found.dates if d.start and role != "end"]
        return bool(mine and theirs) and not any(compatible(a, b) for a in mine for b in theirs)

    def of(self, event: Event) -> Gathered:
        """What was found of an event so far."""
        if id(event) not in self.gathered:
            self._events.append(event)
            self.gathered[id(event)] = Gathered()
        return self.gathered[id(event)]

    def _year(self, reference: Reference, tokens: tuple[int, ...]) -> int | None:
        """The year of the edition, from the only dates of its clause, if the clause tells of the exercise itself."""
        if not self.clauses.circumstances.is_about([reference]):
            return None
        found = Attributes()
        self.clauses.circumstances.dates(tokens, [reference], found)
        years = {(d.start or d.end).year for _, d in found.dates if d.start or d.end}  # type: ignore[union-attr]
        return years.pop() if len(years) == 1 else None

    def verdict(self, reference: Reference) -> Modality:
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
