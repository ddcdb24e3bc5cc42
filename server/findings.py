"""What readers may want to watch, as findings: new documents, contradictions between documents, gaps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from pyoxigraph import Literal, NamedNode

from graph.cooperation import gaps
from graph.query.canned import find
from graph.query.naming import NameResolver
from graph.query.request import QueryRequest
from ontology import BASE, PREFIXES
from server.cooperation import doing_name, joint_doings
from server.keeping import kept
from server.localization import texts
from server.querying import Cell, shown
from server.rendering import interface, name_of, page_of
from server.resources import current_snapshot, resources
from server.views.documents import DocumentRow, read_documents

__all__ = ["Finding", "contradictions", "missing", "new_documents"]

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


def contradictions() -> list[Finding]:
    """Claims of different documents that cannot both be so, as the canned query of that name finds them."""
    found = []
    words = texts(interface().language)
    for row in _answers("contradictions"):
        kind = _text(row["contradiction"])
        what = words.get(f"values.contradiction.{kind}", kind)
        one, another = _iri(row["one"]), _iri(row["another"])
        parts = [_iri(row["about"]), kind, one, another, _plain(row["oneSays"]), _plain(row["anotherSays"])]
        found.append(
            Finding(
                id=_urn("contradiction", *parts),
                title=interface().text("watch.disagree", name=_named(row, "name", "about"), what=what),
                page=page_of(_iri(row["about"])),
                text="",
                says=((one, _text(row["oneSays"])), (another, _in_words("anotherSays", row["anotherSays"]))),
                updated=_read_last((one, another)),
            )
        )
    return sorted(found, key=lambda finding: finding.updated, reverse=True)


def missing(year: int | None) -> list[Finding]:
    """Who was always named and is not any more, and what was announced and never reported.

    Arguments:
        year: in which somebody is missing; the latest of each series and organization, if None.
    """
    say = interface().text
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
        for gap in gaps(joint_doings(), year=year)
    ]  # fmt: skip
    announced = [
        Finding(
            id=_urn("unreported", _iri(row["activity"])),
            title=say("watch.announced", name=_named(row, "name", "activity")),
            page=page_of(_iri(row["activity"])),
            text=say("watch.announced_text", date=_text(row["planned"])),
            says=(),
            updated=_text(row["lastAnnounced"]) or _text(row["planned"]),
        )
        for row in _answers("announced-and-not-reported")
        if year is None or _text(row["planned"])[:4] == f"{year:04}"
    ]
    return [*absent, *sorted(announced, key=lambda finding: finding.updated, reverse=True)]


def _documents() -> dict[str, DocumentRow]:
    return {row.iri: row for row in kept("documents", current_snapshot(), read_documents)}


def _read_last(documents: Iterable[str]) -> str:
    rows = _documents()
    return max((rows[iri].read or rows[iri].issued for iri in documents if iri in rows), default="")


def _answers(name: str) -> list[Mapping[str, Cell]]:
    query = find(resources().canned, name)
    text = query.bind({"lang": interface().language}, NameResolver(current_snapshot().rdf))
    answer = shown(QueryRequest(text, base_iri=BASE, prefixes=PREFIXES))
    return [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]


def _named(row: Mapping[str, Cell], name: str, thing: str) -> str:
    return _plain(row[name]) or name_of(_iri(row[thing])).text


def _in_words(variable: str, cell: Cell) -> str:
    return texts(interface().language).get(f"values.{variable}.{_plain(cell)}") or _text(cell)


def _iri(cell: Cell) -> str:
    return cell.value if isinstance(cell, NamedNode) else ""


def _plain(cell: Cell) -> str:
    return cell.value if isinstance(cell, NamedNode | Literal) else ""


def _text(cell: Cell) -> str:
    return name_of(cell.value).text if isinstance(cell, NamedNode) else _plain(cell)


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "\n".join(parts)).urn
