"""`/documents`: which documents the graph was read from; POST loads one more, with a token."""

from flask import Blueprint, jsonify, redirect
from werkzeug.wrappers import Response

from server.access import require_scope
from server.document_rows import document_rows
from server.loading import load_uploads
from server.rendering import addresses, chosen_media_type, page
from server.resources import resources
from server.things import known_thing, steps_of
from server.uploading import uploads_of_request

__all__ = ["documents"]

documents = Blueprint("documents", __name__, url_prefix="/documents")

_MEDIA_TYPES = {"json": "application/json", "html": "text/html"}


@documents.get("")
def listed() -> Response:
    """The documents, as a page or as JSON."""
    rows = document_rows()
    if chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES) == "text/html":
        return page("documents.html", rows=rows)
    return jsonify(
        [
            {
                "iri": r.iri,
                "title": r.title,
                "language": r.language,
                "issued": r.issued,
                "source": r.source,
                "claims": r.claims,
                "read": r.read,
            }
            for r in rows
        ]
    )


@documents.get("/<path:slug>")
def one(slug: str) -> Response:
    """303 to the page of a document."""
    return redirect(addresses().page(known_thing(steps_of("/documents/", slug), "document/")), code=303)


@documents.post("")
def load_one() -> Response:
    """Load what the body holds: a form's files or text, or the document itself with its name in `?name=`."""
    require_scope("load")
    report = load_uploads(resources(), uploads_of_request())
    response = jsonify(report)
    loaded = report["documents"]
    response.status_code = 201 if any(document["change"] != "unchanged" for document in loaded) else 200
    if len(loaded) == 1:
        response.headers["Location"] = addresses().page(loaded[0]["iri"])
    return response
