"""`/watch/…`: what is new, where sources disagree, who and what is missing; each also as an Atom feed."""

from dataclasses import asdict
from datetime import date
from typing import cast

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from graph.errors import BadInput
from server.atom import atom_feed
from server.findings import Finding, contradictions, missing, new_documents
from server.rendering import chosen_media_type, interface, page
from server.resources import current_snapshot

__all__ = ["feeds"]

feeds = Blueprint("feeds", __name__, url_prefix="/watch")

_ATOM = "application/atom+xml"
_MEDIA_TYPES = {"html": "text/html", "json": "application/json", "atom": _ATOM}
_MOST = 200
"""Findings of one kind that are told."""


@feeds.get("/new")
def new() -> Response:
    """The documents that were read last, and what they tell of."""
    since = request.args.get("since", "")
    if since:
        try:
            date.fromisoformat(since)
        except ValueError as error:
            raise BadInput(f"?since= must be a day like 2026-01-31, not {since!r}") from error
    return _answer("new", new_documents(since, _MOST), 0)


@feeds.get("/contradictions")
def disagreements() -> Response:
    """Claims of different documents that cannot both be so."""
    return _answer("contradictions", *contradictions(_MOST))


@feeds.get("/gaps")
def absences() -> Response:
    """Who was always named and is not any more, and what was announced and never reported."""
    year = request.args.get("year", "")
    if year and not (year.isascii() and year.isdigit() and len(year) <= 4 and int(year) > 0):
        raise BadInput(f"?year= must be a year from 1 to 9999, not {year!r}")
    return _answer("gaps", *missing(int(year) if year else None, _MOST))


def _answer(kind: str, shown: list[Finding], more: int) -> Response:
    media_type = chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES)
    if media_type == "text/html":
        return page("watch.html", kind=kind, findings=shown, more=more)
    if media_type == _ATOM:
        title = f"milcoop: {interface().text(f'watch.title_{kind}')}"
        written = current_snapshot().record.committed
        feed = atom_feed(shown, title=title, language=interface().language, address=request.url, written=written)
        response = Response(feed, content_type=_ATOM)
    else:
        told = [{**asdict(f), "says": [{"document": d, "text": text} for d, text in f.says]} for f in shown]
        response = cast(Response, jsonify({"findings": told, "more": more}))
    response.headers["Vary"] = "Accept, Accept-Language"
    return response
