"""Exercises in tables and lists: a line is an exercise, and its cells or parts are its date, place, participants.

Of a table the heading says what a column holds; without one, and in the items of a list, the content does: a list of
states takes part, a single state beside a place is where it is, an organization is the framework.
"""

from collections.abc import Iterator, Sequence

from loaders.reading.context import Context
from loaders.reading.facts import Entity, ExerciseKind, Stated
from loaders.reading.kinds.exercise_attributes import PARTICIPANTS, Attributes, place_of
from loaders.reading.kinds.exercise_events import Reference
from loaders.reading.linking import split_edition
from loaders.reading.mentions import EntityMention
from loaders.reading.tables import Cell, Row, Table
from loaders.reading.text import Sentence

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
            if sense == "column_place":
                found.locations += [self._place(m) for m in self._places(tokens)]
            elif sense == "column_participants":
                found.participants += self._actors(tokens, "exercise-column", PARTICIPANTS)
            elif sense == "column_observers":
                found.observers += self._actors(tokens, "exercise-column-observers")
            elif sense == "column_framework":
                found.frameworks += self._actors(tokens, "exercise-column-framework", {"organization"})
            elif sense == "" and cell.column != name:
                self.loose(tokens, found)
            self._dates(tokens, found)
        return found

    def item(self, tokens: Sequence[int], reference: Reference) -> Attributes:
        """What an item of a list says that has no verb: «– «Щит-2022» (Беларусь и Россия), 5–9 мая, полигон «Отар»»."""
        found = Attributes()
        name = set(range(reference.first, reference.last))
        self.loose([i for i in tokens if i not in name], found)
        self._dates(tokens, found)
        return found

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
            if date.start is not None:
                found.dates.append(("range" if date.end else "start", date))

    def _place(self, mention: EntityMention) -> Stated[Entity]:
        place = place_of(mention, self.context)
        return Stated(place, self.context.evidence(mention.head), self.context.rule("exercise-listed-place"))

    def _stated(self, mention: EntityMention, rule: str) -> Stated[Entity]:
        actor = self.context.mentions.actor(mention) or mention.entity
        return Stated(actor, self.context.evidence(mention.head), self.context.rule(rule))


def _tokens(cells: Sequence[Cell]) -> Iterator[int]:
    for cell in cells:
        yield from range(cell.first, cell.last)
