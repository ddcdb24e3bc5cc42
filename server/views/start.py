"""`/`: what the graph holds, what came in last, and where to begin."""

from collections import Counter

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from graph.cooperation import ties
from server.charts import bar_chart
from server.cooperation import dossier_path, joint_doings
from server.document_rows import read_documents
from server.keeping import is_ready, kept
from server.overview import Overview, read_overview
from server.questions import Question
from server.rendering import chosen_media_type, page
from server.resources import current_snapshot
from server.ring import Ring, ring
from server.views.queries import questions

__all__ = ["start"]

start = Blueprint("start", __name__)

_MEDIA_TYPES = {"html": "text/html", "json": "application/json"}
_QUESTIONS = 10
_LATEST = 8
_FIGURE_PAGES = {
    "documents": ("documents.listed", {}),
    "states": ("network.shown", {}),
    "organizations": ("network.shown", {}),
    "activities": ("timeline.shown", {}),
    "agreements": ("timeline.shown", {"kind": "agreement"}),
    "triples": ("sparql.endpoint", {}),
}
"""Where what is counted can be looked at: endpoint and values of its path."""


@start.get("/")
def home() -> Response:
    """The start page, or its figures as JSON."""
    overview = kept("overview", current_snapshot(), read_overview)
    documents = kept("documents", current_snapshot(), read_documents)
    if chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES) == "application/json":
        return _as_json(overview, len(documents))
    counts = overview.counts
    figures = [("documents", len(documents)), *counts.items()]
    return page(
        "start.html",
        figures=figures,
        figure_pages=_FIGURE_PAGES,
        ring=_ring(),
        pair=dossier_path,
        charts=[(k, bar_chart([(str(y.year), y.count) for y in years])) for k, years in overview.by_year.items()],
        questions=_varied(questions())[:_QUESTIONS],
        latest=sorted(documents, key=lambda row: (row.read, row.issued), reverse=True)[:_LATEST],
    )


def _ring() -> Ring | None:
    """Who works most with whom; nothing as long as that is being found out of a large store."""
    return ring(ties(joint_doings())) if is_ready("cooperation", current_snapshot()) else None


def _as_json(overview: Overview, documents: int) -> Response:
    return jsonify(
        {
            "documents": documents,
            **overview.counts,
            "by_year": {kind: {str(y.year): y.count for y in years} for kind, years in overview.by_year.items()},
        }
    )


def _varied(all_of_them: list[Question]) -> list[Question]:
    """The questions so that those of one group do not stand together: the first of each group, then the second …"""
    seen: Counter[str] = Counter()
    ranked = []
    for question in all_of_them:
        ranked.append((seen[question.group], question))
        seen[question.group] += 1
    return [question for _, question in sorted(ranked, key=lambda item: item[0])]
