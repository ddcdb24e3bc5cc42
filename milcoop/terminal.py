"""What people see in a terminal: results on standard output, progress and messages on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ontology import BASE, shortened

if TYPE_CHECKING:
    from graph.query.canned import CannedQuery
    from graph.query.request import Answer
    from graph.validate import ValidationReport
    from loaders.load import LoadReport, Progress
    from loaders.withdraw import Withdrawal

__all__ = [
    "TABLE", "Table", "default_format", "progress", "say", "show_canned_queries",
    "show_load_report", "show_table", "show_validation", "show_withdrawal", "write",
]  # fmt: skip

TABLE = "table"
WIDTH_OF_A_PIPE = 200
_IRI = re.compile(rf"<?((?:{re.escape(BASE)}|http://www\.w3\.org/)[^\s<>\"]*[^\s<>\".,;])>?")


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions for people: the variables, and a row of texts for each solution (`""` where unbound)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def say(message: str) -> None:
    """A message on standard error."""
    print(message, file=sys.stderr)  # noqa: T201


def default_format() -> str:
    """A table for people; in a pipe what programs read, by the form of the query."""
    return TABLE if sys.stdout.isatty() else ""


def write(answer: Answer | Table) -> None:
    """An answer on standard output: its bytes, or a table."""
    if isinstance(answer, Table):
        show_table(answer.columns, answer.rows)
        say(f"{len(answer.rows)} {'row' if len(answer.rows) == 1 else 'rows'}")
        return
    sys.stdout.buffer.write(answer.body)
    if answer.body and not answer.body.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def show_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Rows of texts as a table on standard output."""
    from rich.console import Console  # rich takes longer to import than many a command takes
    from rich.markup import escape
    from rich.table import Table as RichTable

    table = RichTable(*(escape(column) for column in columns))
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_PIPE).print(table)


@contextmanager
def progress() -> Iterator[Progress | None]:
    """What a load tells its progress to: a bar where somebody watches, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as ProgressBar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ProgressBar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def advance(done: int, total: int, source: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(source[-40:]))

        yield advance


def show_load_report(report: LoadReport) -> None:
    """What a load did: documents, facts by kind, seconds; and a line for each source that failed."""
    for failure in report.failures:
        say(f"milcoop: {failure.message}")
    for document in report.documents:
        if document.same_as:
            say(f"milcoop: {document.source}: same as {document.same_as}, which is there already")
    for note, number in report.notes.items():
        say(f"milcoop: {number} {'document' if number == 1 else 'documents'}: {note}")
    changes = [
        f"{report.count(change)} {change}" for change in ("added", "replaced", "unchanged") if report.count(change)
    ]
    failed = [f"{len(report.failures)} failed"] if report.failures else []
    say(f"documents: {', '.join([*changes, *failed]) or 'none'}")
    if report.facts:
        say("facts:     " + ", ".join(f"{number} {kind}" for kind, number in report.facts.items()))
    if report.refused:
        say(f"refused:   {report.refused} whose words are not in the text")
    if report.statements:
        say(f"triples:   {report.statements} from RDF files")
    say(f"seconds:   {report.seconds:.1f}")


def show_withdrawal(withdrawal: Withdrawal) -> None:
    """What fell with a document: each fact on standard output, as N-Triples; the count as a message."""
    for triple in sorted(withdrawal.facts, key=str):
        print(f"{triple} .")  # noqa: T201
    say(f"withdrawn: {withdrawal.document} ({withdrawal.source}); {len(withdrawal.facts)} facts fell with it")


def show_canned_queries(queries: Iterable[CannedQuery]) -> None:
    """The canned queries: name, title, parameters with their defaults."""
    rows = [
        (query.name, query.title("en"), ", ".join(f"{p.name}={p.default or ''}" for p in query.parameters))
        for query in queries
    ]
    show_table(("name", "title", "parameters"), rows)


def _short(text: str) -> str:
    """The IRIs in a text with their prefixes."""
    return _IRI.sub(lambda found: shortened(found.group(1)), text)


def show_validation(report: ValidationReport, form: str) -> None:
    """The findings: `text` for people, `json`, or the SHACL report as `turtle`."""
    if form == "turtle":
        print(report.turtle)  # noqa: T201
        return
    if form == "json":
        from graph.validate import as_json

        print(json.dumps(as_json(report), ensure_ascii=False, indent=2))  # noqa: T201
        return
    for result in report.results:
        print(_short(f"{result.severity}: {result.focus} {result.path or ''} {result.message('en')}"))  # noqa: T201
        for document in result.documents:
            print(_short(f"  stated in {document}"))  # noqa: T201
    from milcoop.explaining import write_tree

    for clash in report.clashes:
        print(f"What clashes by {clash.inconsistency.rule}:", flush=True)  # noqa: T201
        for premise in clash.premises:
            write_tree(premise.explanation)
    counts = ", ".join(f"{report.count(s)} {s.lower()}s" for s in ("Violation", "Warning", "Info") if report.count(s))
    say(f"the graph {'conforms' if report.conforms else 'does not conform'}{': ' if counts else ''}{counts}")
