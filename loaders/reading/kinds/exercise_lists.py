"""Exercises in tables and lists: a line is an exercise, and its cells or parts are its date, place, participants.

Of a table the heading says what a column holds; without one, and in the items of a list, the content does: a list of
states takes part, a single state beside a place is where it is, an organization is the framework.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.date_words import date_words
from loaders.reading.dates import DateMention, find_dates
from loaders.reading.editions import split_edition
from loaders.reading.facts import Entity, ExerciseKind, PartialDate, Stated
from loaders.reading.kinds.exercise_attributes import PARTICIPANTS, Attributes
from loaders.reading.kinds.exercise_events import Reference
from loaders.reading.mentions import EntityMention
from loaders.reading.tables import Cell, Row, Table
from loaders.reading.text import Sentence, Token

LABEL = 5
COLUMNS = ("column_date", "column_place", "column_participants", "column_observers", "column_framework", "column_count")


class Lists:
    """Reads the tables and lists of exercises of a text."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.tables = context.tables

    def table_of(self, sentence: Sentence) -> tuple[Table, Row] | None:
        """The table and the row in which a sentence stands."""
        paragraph = sentence.paragraph
        for table in self.tables:
            for row in table.rows:
                if self.context.text.sentences[row.sentence].paragraph == paragraph:
                    return table, row
        return None

    def lists_exercises(self, table: Table) -> bool:
        """Whether each row of a table is an exercise."""
        return any(
            self.context.senses.has(i, "column_exercise", "exercise_noun", "competition_noun")
            for i in _tokens(table.heading.cells[:3])
        )

    def reference(self, table: Table, row: Row) -> Reference | None:
        """The exercise of a row: the name in quotation marks, or else the words of the column of names."""
        if row.number == 0:
            return None
        column = self._column(table, "column_exercise", "exercise_noun", "competition_noun") or 0
        cell = next((c for c in row.cells if c.column == column), None)
        if cell is None or cell.last <= cell.first:
            return None
        for mention in self.context.mentions.within(range(cell.first, cell.last), "exercise", "series"):
            series = Entity("series", mention.entity.name, mention.entity.iri) if mention.entity.iri else None
            kind: ExerciseKind = "competition" if mention.sense == "competition_noun" else "exercise"
            return Reference(
                mention.first, mention.last, mention.head, mention.entity.name, mention.entity.year, kind, series
            )  # fmt: skip
        name, year = split_edition(self.context.words(cell.first, cell.last).strip('«»"“”„ '))
        known = self.context.names.series(name)
        series = Entity("series", name, known.iri) if known else None
        competition = bool(known and "CompetitionSeries" in known.types)
        return Reference(
            cell.first, cell.last, cell.first, name, year, "competition" if competition else "exercise", series
        )

    def row(self, table: Table, row: Row) -> Attributes:
        """What the cells of a row say."""
        found = Attributes()
        name = self._column(table, "column_exercise", "exercise_noun", "competition_noun") or 0
        for cell in row.cells:
            tokens = range(cell.first, cell.last)
            sense = self._sense(table, cell.column)
            if sense:
                self._cell(sense, tokens, found)
            elif cell.column != name:
                self.loose(tokens, found)
                self._dates(tokens, found)
        return found

    def _cell(self, sense: str, tokens: Sequence[int], found: Attributes) -> None:
        """What a cell says under a heading of that sense."""
        if sense == "column_place":
            found.locations += [self._place(m) for m in self._places(tokens)]
        elif sense == "column_participants":
            found.participants += self._actors(tokens, "exercise-column", PARTICIPANTS)
        elif sense == "column_observers":
            found.observers += self._actors(tokens, "exercise-column-observers")
        elif sense == "column_framework":
            found.frameworks += self._actors(tokens, "exercise-column-framework", {"organization"})
        before = len(found.dates)
        self._dates(tokens, found)
        if sense == "column_date" and len(found.dates) == before:
            found.dates += self._bare_date(tokens)

    def _bare_date(self, tokens: Sequence[int]) -> list[tuple[str, DateMention]]:
        """«июнь», «2024»: in a column of dates a month or a year stands alone; a month is in the year that the text,
        its heading or its title names last before."""
        if not tokens:
            return []
        first, last = tokens[0], tokens[-1]
        span = self.context.text.span_of([first, last])
        words = span.of(self.context.text.text)
        year = self._year_before(first)
        for text in (words, f"{words} {year}" if year else words):
            found = find_dates([Token(0, text, 0, len(text))], self.context.language)
            if found and found[0].start is not None:
                return [("range" if found[0].end else "start", replace(found[0], span=span, phrase=span))]
        if words.isdigit() and len(words) == 4:
            return [("start", DateMention(span, span, "point", PartialDate(int(words)), None))]
        return []

    def _year_before(self, index: int) -> int | None:
        begin = self.context.text.tokens[index].begin
        years = [d.start.year for d in self.context.dates if d.start and d.span.begin < begin]
        return years[-1] if years else (self.context.issued.year if self.context.issued else None)

    def is_labelled(self, sentence: Sentence) -> bool:
        """Whether a line begins with a label: «Место: …», «Участники: …»."""
        return self._label(sentence)[0] != ""

    def labelled(self, sentence: Sentence) -> Attributes | None:
        """What a line with a label says; None for another line."""
        sense, first = self._label(sentence)
        if not sense:
            return None
        found = Attributes()
        self._cell(sense, range(first, sentence.last), found)
        return found

    def _label(self, sentence: Sentence) -> tuple[str, int]:
        """The column sense of the words before a colon at the head of a line, and the token after the colon."""
        tokens = self.context.text.tokens
        for index in range(sentence.first, min(sentence.first + LABEL, sentence.last)):
            if tokens[index].text == ":":
                label = range(sentence.first, index)
                sense = next((s for s in COLUMNS if any(self.context.senses.has(i, s) for i in label)), "")
                return sense, index + 1
        return "", sentence.first

    def item(self, tokens: Sequence[int], reference: Reference | None) -> Attributes:
        """What an item of a list says that has no verb: «– «Щит-2022» (Беларусь и Россия), 5–9 мая, полигон «Отар»»."""
        found = Attributes()
        name = set(range(reference.first, reference.last)) if reference else set()
        self.loose([i for i in tokens if i not in name], found)
        self._dates(tokens, found)
        found.dates = found.dates or self._bare_month([i for i in tokens if i not in name], reference)
        above = self.context.text.heading(self.context.sentence(tokens[0])) if tokens else None
        if above is not None and not found.dates:
            found.dates = self._bare_month(range(above.first, above.last), reference)
        return found

    def bracket(self, tokens: Sequence[int]) -> Attributes:
        """What the brackets after a name say: «(полигон «Спасск», Карагандинская область)», «(Россия и Индия)»."""
        found = Attributes()
        self.loose(tokens, found)
        self._dates(tokens, found)
        return found

    def _bare_month(self, tokens: Sequence[int], reference: Reference | None) -> list[tuple[str, DateMention]]:
        """«– «Рубеж-2025» – сентябрь, Кыргызстан»: the month of an item, in the year of the edition or of the list."""
        months = date_words(self.context.language).months
        named = [i for i in tokens if self.context.text.tokens[i].lower in months]
        if not named:
            return []
        year = (reference.year if reference else None) or self._year_before(named[0])
        span = self.context.text.tokens[named[0]].span
        text = f"{self.context.text.tokens[named[0]].text} {year or ''}"
        found = find_dates([Token(0, text, 0, len(text))], self.context.language)
        if not found or found[0].start is None:
            return []
        return [("start", replace(found[0], span=span, phrase=span))]

    def above(self, sentence: Sentence) -> Sentence | None:
        """The line above the list or the table in which a sentence stands."""
        placed = self.table_of(sentence)
        if placed is None:
            return self.context.text.heading(sentence)
        first = self.context.text.sentences[placed[0].heading.sentence]
        return self.context.text.sentences[first.index - 1] if first.index else None

    def owners(self, sentence: Sentence) -> list[Stated[Entity]]:
        """The one organization that the line above a list names («По линии ОДКБ:»), or else the text before it."""
        above = self.above(sentence)
        if above is None:
            return []
        for words in (range(above.first, above.last), range(above.first)):
            found = [m for m in self.context.mentions.within(words, "organization") if m.entity.iri]
            if found:
                one = len({m.entity.iri for m in found}) == 1
                return [self._stated(found[0], "exercise-list-of")] if one else []
        return []

    def loose(self, tokens: Sequence[int], found: Attributes) -> None:
        """Parts of which no heading says what they are."""
        inside = set(tokens)
        mentions = [m for m in self.context.mentions.within(inside) if m.form != "quoted" or m.entity.kind == "place"]
        states = [m for m in mentions if m.entity.kind in PARTICIPANTS and m.form in {"name", "body", "demonym"}]
        observing = next((i for i in sorted(inside) if self.context.senses.has(i, "observer_noun")), None)
        groups = self._groups(states)
        for group in groups:
            if observing is not None and observing < group[0].first:
                found.observers += [self._stated(m, "exercise-listed-observer") for m in group]
            elif len(group) > 1 or self._follows_participants(group[0]):
                found.participants += [self._stated(m, "exercise-listed") for m in group]
            elif group[0].entity.kind == "state":
                found.locations.append(self._place(group[0]))
        found.locations += [self._place(m) for m in mentions if m.entity.kind == "place"]
        found.frameworks += [
            self._stated(m, "exercise-listed-framework") for m in mentions if m.entity.kind == "organization"
        ]

    def _groups(self, states: list[EntityMention]) -> list[list[EntityMention]]:
        """States that stand in one enumeration."""
        groups: list[list[EntityMention]] = []
        for mention in states:
            if groups and mention in self.context.coordinated(groups[-1][-1]):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        return groups

    def _follows_participants(self, mention: EntityMention) -> bool:
        begin = self.context.sentence(mention.first).first
        near = range(max(begin, mention.first - 4), mention.first)
        return any(self.context.senses.has(i, "column_participants", "participation", "participate") for i in near)

    # ------------------------------------------------------------------ cells

    def _column(self, table: Table, *senses: str) -> int | None:
        for cell in table.heading.cells:
            if any(self.context.senses.has(i, *senses) for i in range(cell.first, cell.last)):
                return cell.column
        return None

    def _sense(self, table: Table, column: int) -> str:
        cell = next((c for c in table.heading.cells if c.column == column), None)
        if cell is None:
            return ""
        for sense in COLUMNS:
            if any(self.context.senses.has(i, sense) for i in range(cell.first, cell.last)):
                return sense
        return ""

    def _places(self, tokens: Sequence[int]) -> Iterator[EntityMention]:
        for mention in self.context.mentions.within(tokens):
            if mention.entity.kind == "place" or (mention.entity.kind == "state" and mention.form != "demonym"):
                yield mention

    def _actors(
        self, tokens: Sequence[int], rule: str, kinds: set[str] | frozenset[str] | None = None
    ) -> list[Stated[Entity]]:
        return [
            self._stated(m, rule)
            for m in self.context.actor_mentions(tokens)
            if kinds is None or m.entity.kind in kinds or (m.form == "metonym" and "state" in kinds)
        ]

    def _dates(self, tokens: Sequence[int], found: Attributes) -> None:
        for date in self.context.dates_in(tokens):
            if date.start is not None or date.kind == "relative":
                found.dates.append(("range" if date.end else "start", date))

    def _place(self, mention: EntityMention) -> Stated[Entity]:
        place = self.context.place(mention)
        return Stated(place, self.context.evidence(mention.head), self.context.rule("exercise-listed-place"))

    def _stated(self, mention: EntityMention, rule: str) -> Stated[Entity]:
        actor = self.context.mentions.actor(mention) or mention.entity
        return Stated(actor, self.context.evidence(mention.head), self.context.rule(rule))


def _tokens(cells: Sequence[Cell]) -> Iterator[int]:
    for cell in cells:
        yield from range(cell.first, cell.last)
