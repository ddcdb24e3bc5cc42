"""`/network`: who works with whom, as a page, as JSON, and for graph tools."""

import io

from flask import Blueprint
from pyoxigraph import DefaultGraph, NamedNode, Quad
from werkzeug.wrappers import Response

from graph.cooperation import Tie, Ties, as_network, chosen, ties
from graph.export import Kind
from graph.export.gexf import write_gexf
from graph.export.graphml import write_graphml
from ontology import MC, RDF
from server.cooperation import coded, cooperation_page, dossier_path, filters, joint_doings
from server.rendering import chosen_media_type, json_answer, name_of
from server.resources import current_snapshot

__all__ = ["network"]

network = Blueprint("network", __name__)

_MEDIA_TYPES = {
    "html": "text/html",
    "json": "application/json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
}
_WRITERS = {"application/graphml+xml": ("graphml", write_graphml), "application/gexf+xml": ("gexf", write_gexf)}
_STATE = NamedNode(MC["State"])
_KINDS = {
    True: Kind("state", MC["State"], "actor", "#17635f", "ellipse"),
    False: Kind("organization", MC["Organization"], "actor", "#3d5a99", "ellipse"),
}
_ROWS = 30
"""Ties in the table of the page."""


@network.get("/network")
def shown() -> Response:
    """Who works with whom: actors, tied by what they do together, as far as the filters let it pass."""
    wanted = filters()
    media_type = chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES)
    found = ties(chosen(joint_doings(), wanted.choice), minimum=wanted.minimum, around=wanted.around)
    if media_type == "application/json":
        return json_answer(_as_json(found))
    if media_type in _WRITERS:
        return _as_file(found, media_type)
    return cooperation_page(
        "network.html",
        wanted,
        found=found,
        rows=[(tie, dossier_path(tie.one, tie.another)) for tie in found.ties[:_ROWS]],
    )


def _as_json(found: Ties) -> dict[str, object]:
    return {
        "actors": [
            {**coded(iri), "doings": count, "kind": "state" if _is_state(iri) else "organization",
             "dossier": dossier_path(iri)}
            for iri, count in found.actors.items()
        ],
        "ties": [_tie(tie) for tie in found.ties],
        "more": {"actors": found.actors_cut, "ties": found.ties_cut},
    }  # fmt: skip


def _tie(tie: Tie) -> dict[str, object]:
    return {
        "one": tie.one,
        "another": tie.another,
        "weight": tie.weight,
        "kinds": dict(tie.kinds),
        "from": tie.first_day,
        "to": tie.last_day,
    }


def _as_file(found: Ties, media_type: str) -> Response:
    extension, write = _WRITERS[media_type]
    drawn = ((iri, _KINDS[_is_state(iri)], name_of(iri).text, coded(iri)["code"]) for iri in found.actors)
    written = io.BytesIO()
    write(as_network(found, drawn), written)
    response = Response(written.getvalue(), mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="milcoop-network.{extension}"'
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _is_state(iri: str) -> bool:
    return Quad(NamedNode(iri), NamedNode(RDF["type"]), _STATE, DefaultGraph()) in current_snapshot().rdf
