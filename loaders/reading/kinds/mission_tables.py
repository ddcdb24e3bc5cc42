"""Contributors to missions in tables: a row names the mission, or a table of states follows the words about one."""

from collections.abc import Iterator

from loaders.reading.context import Context
from loaders.reading.facts import PartialDate, Personnel, Stated
from loaders.reading.kinds.mission_actors import CONTRIBUTORS
from loaders.reading.kinds.mission_contributors import Contribution
from loaders.reading.kinds.mission_personnel import kinds_of
from loaders.reading.kinds.mission_references import MissionReference
from loaders.reading.tables import Cell, Row, Table


def from_tables(
    context: Context, references: list[MissionReference]
) -> Iterator[tuple[MissionReference, Contribution]]:
    """The contributions that the tables of a text state, each with the mission."""
    for table in context.tables:
        of_rows = [r for row in table.rows for r in references if _stands_in(r, row)]
        before = [r for r in references if r.head < table.heading.cells[0].first and r.entity is not None]
        for row in table.rows[1:]:
            mine = [r for r in of_rows if _stands_in(r, row)]
            if not of_rows and before and _lists_states(context, table):
                mine = before[-1:]
            for reference in mine[:1]:
                for contribution in _row(context, table, row, reference):
                    yield reference, contribution


def _stands_in(reference: MissionReference, row: Row) -> bool:
    return any(c.first <= reference.head < c.last for c in row.cells)


def _lists_states(context: Context, table: Table) -> bool:
    """Whether a column is headed as one of states and another as one of numbers of people."""
    senses = ("column_participants", "column_contributors"), ("column_count",)
    return all(any(_headed(context, table, c.column, *names) for c in table.heading.cells) for names in senses)


def _headed(context: Context, table: Table, column: int, *senses: str) -> bool:
    cell = next((c for c in table.heading.cells if c.column == column), None)
    return cell is not None and any(context.senses.has(i, *senses) for i in range(cell.first, cell.last))


def _row(context: Context, table: Table, row: Row, reference: MissionReference) -> Iterator[Contribution]:
    tokens = [i for c in row.cells for i in range(c.first, c.last)]
    places = {s.value.state for s in reference.locations}
    since = _since(context, table, row)
    headcount = _headcount(context, table, row)
    kinds: list[Personnel | None] = [personnel for personnel, _ in kinds_of(context, tokens)]
    for cell in row.cells:
        if _headed(context, table, cell.column, "column_place") or cell.first <= reference.head < cell.last:
            continue
        for mention in context.actor_mentions(range(cell.first, cell.last)):
            actor = context.mentions.actor(mention)
            if actor is None or actor.kind not in CONTRIBUTORS or actor.state in places:
                continue
            for personnel in kinds or [None]:
                yield Contribution(
                    actor, personnel, since, None, headcount, "held", "mission-row", (mention.head,)
                )  # fmt: skip


def _since(context: Context, table: Table, row: Row) -> Stated[PartialDate] | None:
    """A date in the row, or a bare year in a column of dates."""
    for cell in row.cells:
        evidence = context.evidence(cell.first) if cell.last > cell.first else ()
        rule = context.rule("mission-row-date")
        for date in context.dates_in(range(cell.first, cell.last)):
            if date.start is not None:
                return Stated(date.start, evidence, rule)
        text = context.words(cell.first, cell.last)
        if _headed(context, table, cell.column, "column_date") and text.isdigit() and len(text) == 4:
            return Stated(PartialDate(int(text)), evidence, rule)
    return None


def _headcount(context: Context, table: Table, row: Row) -> int | None:
    cell: Cell
    for cell in row.cells:
        if _headed(context, table, cell.column, "column_count"):
            for number in context.numbers_in(range(cell.first, cell.last)):
                return int(number.value)
    return None
