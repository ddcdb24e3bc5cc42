"""What readers may want to watch, as findings: new documents, contradictions between documents, gaps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

from graph.cooperation import gaps
from graph.query.canned import find
from graph.query.evaluate import evaluate
from graph.query.naming import NameResolver
from graph.query.request import QueryRequest
from graph.store import Snapshot
from ontology import PREFIXES
from server.cooperation import doing_name, joint_doings
from server.document_rows import DocumentRow, read_documents
from server.keeping import kept
from server.localization import texts
from server.rendering import interface, name_of, page_of
from server.resources import current_snapshot, resources

__all__ = ["Finding", "contradictions", "missing", "new_documents", "rows_of", "watched", "watched_query"]

Term = NamedNode | BlankNode | Literal | Triple

_NAMES = 8
"""Doings that are named for a document."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at.

    Arguments:
        id: an IRI that stays the same as long as the finding does.
        title: in the reader's language.
        page: the address of what it is about.
        text: what there is to say, or `""`.
        says: documents with what each of them says.
        updated: since when it is so (ISO 8601), or `""`.
    """

    id: str
    title: str
    page: str
    text: str
    says: tuple[tuple[str, str], ...]
    updated: str


def new_documents(since: str, limit: int) -> list[Finding]:
    """The documents that were read last, and what they tell of.

    Arguments:
        since: the first day (ISO 8601), or `""`.
        limit: how many at most.
    """
    wanted = (row for row in _documents().values() if not since or row.read[:10] >= since)
    latest = sorted(wanted, key=lambda row: (row.read, row.issued, row.iri), reverse=True)[:limit]
    told: dict[str, list[str]] = defaultdict(list)
    kept_iris = {row.iri for row in latest}
    for doing in joint_doings():
        for document in kept_iris.intersection(doing.documents):
            if len(told[document]) < _NAMES:
                told[document].append(doing_name(doing))
    say = interface().text
    return [
        Finding(
            id=row.iri,
            title=row.title or name_of(row.iri).text,
            page=page_of(row.iri),
            text=say("watch.tells", names="; ".join(told[row.iri])) if told[row.iri] else say("watch.tells_nothing"),
            says=(),
            updated=row.read or row.issued,
        )
        for row in latest
    ]


def contradictions(limit: int) -> tuple[list[Finding], int]:
    """Claims of different documents that cannot both be so, as the canned query of that name finds them.

    Arguments:
        limit: how many at most.

    Returns:
        the findings, and how many more there are.
    """
    found = []
    words = texts(interface().language)
    rows = sorted(
        watched("contradictions"),
        key=lambda row: _read_last((_iri(row.get("one")), _iri(row.get("another")))),
        reverse=True,
    )
    for row in rows[:limit]:
        kind = _plain(row["contradiction"])
        what = words.get(f"values.contradiction.{kind}", kind)
        one, another = _iri(row["one"]), _iri(row["another"])
        parts = [_iri(row["about"]), kind, one, another, _plain(row["oneSays"]), _plain(row["anotherSays"])]
        found.append(
            Finding(
                id=_urn("contradiction", *parts),
                title=interface().text("watch.disagree", name=_text(row["about"]), what=what),
                page=page_of(_iri(row["about"])),
                text="",
                says=((one, _text(row["oneSays"])), (another, _in_words("anotherSays", row["anotherSays"]))),
                updated=_read_last((one, another)),
            )
        )
    return found, max(0, len(rows) - limit)


def missing(year: int | None, limit: int) -> tuple[list[Finding], int]:
    """Who was always named and is not any more, and what was announced and never reported.

    Arguments:
        year: in which somebody is missing; the latest of each series and organization, if None.
        limit: how many at most.

    Returns:
        the findings, and how many more there are.
    """
    say = interface().text
    absences = list(gaps(joint_doings(), year=year))
    rows = [
        row
        for row in watched("announced-and-not-reported")
        if year is None or _plain(row.get("planned"))[:4] == f"{year:04}"
    ]
    rows.sort(key=lambda row: _plain(row.get("lastAnnounced")) or _plain(row.get("planned")), reverse=True)
    absent = [
        Finding(
            id=_urn("gap", gap.actor, gap.group, str(gap.missing)),
            title=say("watch.missing", actor=name_of(gap.actor).text, year=gap.missing),
            page=page_of(gap.group),
            text=say(
                "watch.missing_text", group=name_of(gap.group).text, years=", ".join(map(str, gap.years)),
                year=gap.missing,
            ),
            says=(),
            updated=_read_last(gap.documents),
        )
        for gap in absences[:limit]
    ]  # fmt: skip
    announced = [
        Finding(
            id=_urn("unreported", _iri(row["activity"])),
            title=say("watch.announced", name=_text(row["activity"])),
            page=page_of(_iri(row["activity"])),
            text=say("watch.announced_text", date=_plain(row.get("planned"))),
            says=(),
            updated=_plain(row.get("lastAnnounced")) or _plain(row.get("planned")),
        )
        for row in rows[: limit - len(absent)]
    ]
    found = [*absent, *announced]
    return found, len(absences) + len(rows) - len(found)


def _documents() -> dict[str, DocumentRow]:
    return {row.iri: row for row in kept("documents", current_snapshot(), read_documents)}


def _read_last(documents: Iterable[str]) -> str:
    rows = _documents()
    return max((rows[iri].read or rows[iri].issued for iri in documents if iri in rows), default="")


def watched(name: str) -> list[dict[str, Term]]:
    """The answer of a canned query that goes through the whole graph; it is made beside the requests.

    Arguments:
        name: of the query.
    """
    return kept(f"{name} {_today()}", current_snapshot(), rows_of, *watched_query(name))


def watched_query(name: str) -> tuple[str, str]:
    """The text of a canned query and the day, as `rows_of` takes them.

    Arguments:
        name: of the query.
    """
    return find(resources().canned, name).bind({}, NameResolver(current_snapshot().rdf)), _today().isoformat()


def rows_of(snapshot: Snapshot, text: str, _: str) -> list[dict[str, Term]]:
    """The rows of a query on a day: what is announced for one is missing from the next on.

    Asked as a client's query is: from columns, where the state has them.

    Arguments:
        snapshot: the state to ask.
        text: the query.
        _: the day (ISO 8601), which tells one making from another; the query asks the clock.
    """
    from graph.columns import columns_of_snapshot  # here: it needs numpy, which takes a while to import

    request = QueryRequest(text, prefixes=PREFIXES)
    answer = evaluate(snapshot.rdf, request, "json", columns=columns_of_snapshot(snapshot))
    rows = parse_query_results(answer.body, format=QueryResultsFormat.JSON)
    assert isinstance(rows, QuerySolutions)
    names = [variable.value for variable in rows.variables]
    return [{name: value for name in names if (value := row[name]) is not None} for row in rows]


def _today() -> date:
    return datetime.now(UTC).date()


def _in_words(variable: str, cell: Term | None) -> str:
    return texts(interface().language).get(f"values.{variable}.{_plain(cell)}") or _text(cell)


def _iri(cell: Term | None) -> str:
    return cell.value if isinstance(cell, NamedNode) else ""


def _plain(cell: Term | None) -> str:
    return cell.value if isinstance(cell, NamedNode | Literal) else ""


def _text(cell: Term | None) -> str:
    return name_of(cell.value).text if isinstance(cell, NamedNode) else _plain(cell)


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "\n".join(parts)).urn
