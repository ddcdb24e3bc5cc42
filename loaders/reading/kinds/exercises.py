"""Exercises and competitions: what they are called, when, where, under whom, who takes part, who watches.

References to an exercise are joined into events (`exercise_events`); each clause that speaks of one is searched for
its attributes (`exercise_attributes`); what is purely national, or too vague to be one event, is left out.
"""

from collections.abc import Iterator
from itertools import chain

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Fact, Stated
from loaders.reading.kinds.exercise_assignment import Assignment
from loaders.reading.kinds.exercise_attributes import UNREAL, Attributes
from loaders.reading.kinds.exercise_clauses import Clauses
from loaders.reading.kinds.exercise_events import Event, Reference
from loaders.reading.kinds.exercise_facts import facts, renamed
from loaders.reading.kinds.exercise_lists import Lists
from loaders.reading.kinds.exercise_naming import Naming
from loaders.reading.kinds.exercise_references import references
from loaders.reading.tables import Row, Table
from loaders.reading.text import Sentence

LINE = 160
"""Up to this length a line without a verb can be an item of a list without bullets."""

BEFORE_TABLE = 5
"""A table goes on about the exercise that was spoken of up to so many sentences before it."""


class Exercises:
    """Reads the exercises of one text, sentence by sentence."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.clauses = Clauses(context)
        self.lists = Lists(context)
        self.naming = Naming(context, self.clauses, self.lists)
        self.assignment = Assignment(context, self.clauses.circumstances, self.naming)
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
        names = self.naming.events.names()
        for event in self.naming.events.all:
            gathered = self.naming.gathered.get(id(event))
            if gathered:
                self.assignment.year_of_frame(event, gathered.attributes)
                event.name = names.get(event.key, event.name)
                gathered.attributes.frameworks = [renamed(f, names) for f in gathered.attributes.frameworks]
                yield from facts(self.context, event, gathered)

    def _row(self, sentence: Sentence, table: Table, row: Row) -> None:
        """A row of a table of exercises is an event; of another table, what it says is of the events before it."""
        if row.sentence != sentence.index:
            return
        if row.number == 0:
            if sentence.index - self.naming.events.focus_sentence <= BEFORE_TABLE:
                self.naming.events.keep(sentence.index)
            return
        found = self.lists.row(table, row)
        if self.lists.lists_exercises(table):
            reference = self.lists.reference(table, row)
            if reference and reference.name:
                years = {d.start.year for _, d in found.dates if d.start}
                event = self.naming.events.edition(
                    reference, reference.year or (years.pop() if len(years) == 1 else None)
                )
                self.naming.note(event, reference, found)
                self.naming.of(event).attributes.frameworks.extend(self._frameworks_of_list(sentence))
            return
        events = self.naming.focus(sentence)
        for event in events:
            self.naming.of(event).attributes.participants.extend(found.participants)
        if events:
            self.naming.events.keep(sentence.index)

    def _sentence(self, sentence: Sentence, here: list[Reference]) -> None:
        """A sentence with references: each clause is read for the events that it speaks of."""
        heading = self._list_heading(sentence)
        by_clause: dict[int, list[Reference]] = {}
        for reference in here:
            by_clause.setdefault(self._clause(reference), []).append(reference)
        spoken: list[Event] = [] if any(r.name for r in here) else self.naming.focus(sentence)
        before: list[tuple[int, ...]] = []
        for head, tokens in self._clauses(sentence):
            refs = by_clause.get(head, [])
            if spoken and self._is_framed(head, refs):
                self._under(spoken, tokens, refs)
                continue
            parts = self.clauses.groups(tokens, refs)
            if len(parts) > 1:
                spoken = self._named_apart(parts, refs) or spoken
                continue
            parts = self.clauses.parallel(tokens, refs) if refs else [tokens]
            if refs:
                meant = self.naming.meant(refs, parts[0], spoken)
                if not meant and all(self.context.senses.has(r.noun, "other_edition") for r in refs):
                    continue
                spoken = meant or spoken
            if not spoken:
                before.append(tokens)
                continue
            self.assignment.give(spoken, self.clauses.read(parts[0], refs, carried=not refs), refs)
            if refs and refs[0].name and self._is_verbless_item(sentence, parts[0]):
                self.assignment.give(spoken, self.lists.item(parts[0], refs[0]), refs)
            if heading is not None or self._is_line_of_names(sentence):
                for event in spoken:
                    self.naming.of(event).attributes.extend(heading or Attributes())
                    self.naming.of(event).attributes.frameworks.extend(self._frameworks_of_list(sentence))
            for part in parts[1:]:
                self._further_edition(spoken, part)
        for tokens in before if spoken else ():  # "Observers from India watched as troops from … trained in …"
            watched = Attributes()
            if self.clauses.observers.of(tokens, watched):
                self.assignment.give(spoken, watched, [])
        if not self._title_only(here):
            self.naming.heading = None

    def _is_framed(self, head: int, refs: list[Reference]) -> bool:
        """ "Exercise Dragon, held in Poland as part of Steadfast Defender": a clause that tells of what was named
        before, and names only what that is part of."""
        described = self.context.text.tokens[head].rel.startswith("acl")
        return described and bool(refs) and all(r.name and self.context.relation(r.noun) == "under" for r in refs)

    def _under(self, spoken: list[Event], tokens: tuple[int, ...], refs: list[Reference]) -> None:
        """Give what such a clause says to the exercise that it tells of; of the other it says only that it is."""
        self.naming.meant(refs, (), spoken)
        self.naming.events.focus = list(spoken)
        self.assignment.give(spoken, self.clauses.read(tokens, [], carried=False), [])

    def _named_apart(self, parts: list[tuple[int, ...]], refs: list[Reference]) -> list[Event]:
        """A clause that names several exercises, each with words of its own; who acts before the first acts in all."""
        whole = tuple(i for part in parts for i in part)
        named = [r for r in refs if r.name]
        shared = self.clauses.actors.shared(whole, refs, named[0].first)
        all_events: list[Event] = []
        for n, part in enumerate(parts):
            share = [r for r in refs if r.noun in part or r.last - 1 in part]
            events = self.naming.meant(share, part, [])
            found = self.clauses.part(part, share)
            if n:
                found.extend(self.clauses.actors.elliptic(part, whole))
            found.participants = [*shared.participants, *found.participants]
            self.assignment.give(events, found, share)
            all_events += events
        return all_events

    def _frameworks_of_list(self, sentence: Sentence) -> list[Stated[Entity]]:
        """Under whom the exercises of a list or table are held, by the line above it or by the heading of the text."""
        return self.lists.owners(sentence) or list(self.naming.title_frameworks)

    def _is_verbless_item(self, sentence: Sentence, tokens: tuple[int, ...]) -> bool:
        """Whether a clause is an item of a list, or a line, without a verb."""
        verbs = (self.context.text.tokens[i].feats.get("VerbForm") for i in tokens)
        if any(v == "Fin" for v in verbs):
            return False
        return self.context.text.heading(sentence) is not None or self._is_line_of_names(sentence)

    def _title_only(self, here: list[Reference]) -> bool:
        """Whether what a sentence says is to be kept for the first event that is named after it."""
        return self.naming.heading is not None and not self.naming.events.focus_at(
            self.context.text.tokens[here[0].noun].sentence
        )

    def _is_line_of_names(self, sentence: Sentence) -> bool:
        """Whether a short line stands beside another that names an exercise too: a list without bullets."""
        if sentence.end - sentence.begin > LINE:
            return False
        for other in self.context.text.paragraphs_beside(sentence):
            if other.end - other.begin <= LINE and any(r.name for r in self.references.get(other.index, [])):
                verbs = (t.feats.get("VerbForm") for t in self.context.text.of(other))
                if not any(v == "Fin" for v in verbs):
                    return True
        return False

    def _further_edition(self, events: list[Event], tokens: tuple[int, ...]) -> None:
        """«… в 2011 году в Барановичах, годом позже в провинции Хубэй»: each further date and place is an event."""
        found = self.clauses.read(tokens, [], carried=False)
        for event in events:
            before = self.naming.of(event)
            following = Event(event.name, None, event.kind, event.series, list(event.references))
            self.naming.events.all.append(following)
            mine = self.naming.of(following)
            mine.attributes.participants = list(before.attributes.participants)
            mine.attributes.frameworks = list(before.attributes.frameworks)
            mine.attributes.joint = before.attributes.joint
            mine.attributes.extend(found)
            mine.verdicts.extend(before.verdicts)
            mine.passages.extend(before.passages)

    def _clause(self, reference: Reference) -> int:
        return self.context.text.clauses[reference.noun]

    def _clauses(self, sentence: Sentence) -> list[tuple[int, tuple[int, ...]]]:
        """The clauses of a sentence in the order of their beginnings; one that describes an exercise which stands after
        it («Ташкентте өткен „Бірлестік“ жаттығуына») comes after the clause of that."""
        found: dict[int, list[int]] = {}
        for token in self.context.text.of(sentence):
            found.setdefault(self.context.text.clauses[token.index], []).append(token.index)
        clauses = [(head, tuple(tokens)) for head, tokens in found.items()]
        return self._described_after(clauses) if self.context.relations.head_final else clauses

    def _described_after(self, clauses: list[tuple[int, tuple[int, ...]]]) -> list[tuple[int, tuple[int, ...]]]:
        above: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        others = []
        for head, tokens in clauses:
            token = self.context.text.tokens[head]
            noun = token.head if token.rel == "acl" else None
            if noun is not None and noun > head and self.context.senses.has(noun, "exercise_noun", "competition_noun"):
                above.setdefault(self.context.text.clauses[noun], []).append((head, tokens))
            else:
                others.append((head, tokens))
        return [c for clause in others for c in (clause, *above.pop(clause[0], ()))] + [*chain(*above.values())]

    def _carried(self, sentence: Sentence) -> None:
        """A sentence without a reference still speaks of the events before it if its verbs say so."""
        events = self.naming.focus(sentence)
        if not events or not self._goes_on(sentence) or self._is_dateline(sentence):
            return
        if any(self.context.senses.has(t.index, "mission_sure") for t in self.context.text.of(sentence)):
            self.naming.events.focus = []  # from here on a mission is spoken of
            return
        labelled = self.lists.labelled(sentence)
        if labelled is not None:
            self.assignment.give(events[-1:], labelled, [])
            self.naming.events.keep(sentence.index)
            return
        for head, tokens in self._clauses(sentence):
            if self._is_verbless_item(sentence, tokens):
                self.assignment.give(events[-1:], self.lists.item(tokens, None), [])
                self.naming.events.keep(sentence.index)
                continue
            found = self.clauses.read(tokens, [], carried=True)
            self._take_back(events, head, found)
            if self.context.modality(head) in UNREAL:
                found.dates, found.locations = [], []
            # Where a name is plural («учения»), so is its pronoun.
            pointers = ("it", "they") if len(events) == 1 else ("it",)
            single = any(self.context.senses.has(i, *pointers) for i in tokens)
            meant = events[-1:] if single else events
            if single and found.dates:  # "It was held for the first time in 2022 in Latvia"
                meant = [self.naming.of_year(event, event.references[-1], found) for event in meant]
            self.assignment.give(meant, found, [])
            if found.participants or found.observers or found.watched_by or found.dates:
                self.naming.events.keep(sentence.index)

    def _take_back(self, events: list[Event], head: int, found: Attributes) -> None:
        """«Учение не состоится в июне. Оно пройдёт в сентябре»: what is put off will be."""
        below = [head, *(c for c in self.context.text.children[head] if self._is_auxiliary(c))]
        past = any(self.context.text.tokens[i].feats.get("Tense") == "Past" for i in below)
        if found.dates and not past and self.context.modality(head) == "planned":
            for event in events:
                verdicts = self.naming.of(event).verdicts
                if verdicts and verdicts[-1] in {"denied", "cancelled"}:
                    verdicts.append("planned")

    def _is_auxiliary(self, index: int) -> bool:
        return self.context.text.tokens[index].rel.split(":")[0] in {"aux", "cop"}

    def _is_dateline(self, sentence: Sentence) -> bool:
        """Whether a sentence only says where and when the text was written: «Ақтау, 2024 жылғы 12 шілде.»"""
        line = self.context.dateline
        return line is not None and sentence.begin <= line.begin and line.end + 1 >= sentence.end

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence can go on about the exercise: in its paragraph, or at the beginning of the next."""
        last = self.context.text.sentences[self.naming.events.focus_sentence]
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


def find(context: Context) -> Iterator[Fact]:
    """The exercises and competitions of a text."""
    yield from Exercises(context).read()
