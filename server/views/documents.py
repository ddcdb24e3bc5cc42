"""`/documents`: which documents the graph was read from; POST loads one more, with a token."""

from dataclasses import dataclass

from flask import Blueprint, jsonify, redirect
from werkzeug.wrappers import Response

from graph.store import Snapshot
from ontology import DC, DCTERMS, MC, PROV
from server.access import require_scope
from server.keeping import kept
from server.loading import load_uploads
from server.rendering import addresses, chosen_media_type, page
from server.resources import current_snapshot, resources
from server.things import known_thing, steps_of
from server.uploading import uploads_of_request

__all__ = ["document_rows", "documents", "read_documents"]

documents = Blueprint("documents", __name__, url_prefix="/documents")

_MEDIA_TYPES = {"json": "application/json", "html": "text/html"}
_ALL = f"""
SELECT ?document (SAMPLE(?t) AS ?title) (SAMPLE(?l) AS ?language) (SAMPLE(?i) AS ?issued) (SAMPLE(?s) AS ?source)
       (MAX(?r) AS ?read)
       (COUNT(DISTINCT ?claim) AS ?claims)
WHERE {{
  GRAPH ?document {{
    ?document a <{MC["Document"]}> .
    OPTIONAL {{ ?document <{DCTERMS["title"]}> ?t }}
    OPTIONAL {{ ?document <{DC["language"]}> ?l }}
    OPTIONAL {{ ?document <{DCTERMS["issued"]}> ?i }}
    OPTIONAL {{ ?document <{MC["source"]}> ?s }}
    OPTIONAL {{ ?document <{PROV["wasGeneratedBy"]}> ?reading . ?reading <{PROV["startedAtTime"]}> ?r }}
    OPTIONAL {{ ?claim <{MC["evidence"]}> ?passage }}
  }}
}}
GROUP BY ?document
ORDER BY DESC(?issued) ?document
"""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list; what is not known is blank."""

    iri: str
    title: str
    language: str
    issued: str
    source: str
    claims: int
    read: str


def document_rows() -> list[DocumentRow]:
    """The documents of the current snapshot, the latest first."""
    return kept("documents", current_snapshot(), read_documents)


def read_documents(snapshot: Snapshot) -> list[DocumentRow]:
    """The documents of a snapshot, the latest first."""
    found = []
    for row in snapshot.select(_ALL):
        values = {name: getattr(term, "value", "") for name, term in row.items()}
        found.append(
            DocumentRow(
                iri=values["document"],
                title=values.get("title", ""),
                language=values.get("language", ""),
                issued=values.get("issued", ""),
                source=values.get("source", ""),
                claims=int(values["claims"]),
                read=values.get("read", ""),
            )
        )
    return found


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
    report = load_uploads(resources().settings, uploads_of_request())
    response = jsonify(report)
    loaded = report["documents"]
    response.status_code = 201 if any(document["change"] != "unchanged" for document in loaded) else 200
    if len(loaded) == 1:
        response.headers["Location"] = addresses().page(loaded[0]["iri"])
    return response
