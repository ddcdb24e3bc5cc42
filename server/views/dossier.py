"""`/dossier/…`: all between two actors, or of one, as a page, as Markdown and as a Word document."""

from collections import Counter
from dataclasses import asdict
from typing import cast

from flask import Blueprint, jsonify, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response

from graph.cooperation import KINDS, Choice, JointDoing, chosen
from graph.errors import BadInput
from server.cooperation import dossier_path, joint_doings
from server.dossier import OTHERS_BEGAN, Dossier, as_markdown, compose
from server.rendering import addresses, chosen_media_type, name_of, page
from server.resources import current_snapshot
from server.things import asked_thing, known_thing, steps_of
from server.whereabouts import state_code
from server.year_bars import year_bars

__all__ = ["dossier"]

dossier = Blueprint("dossier", __name__)

_MEDIA_TYPES = {
    "html": "text/html",
    "json": "application/json",
    "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_PARTNERS = 12


@dossier.get("/dossier")
def asked() -> Response:
    """The dossier of the actor in `?iri=`, with that in `?with=` if there is one."""
    return _answer(asked_thing())


@dossier.get("/dossier/<path:steps>")
def shown(steps: str) -> Response:
    """The dossier of an actor, with that in `?with=` if there is one."""
    return _answer(known_thing(steps_of("/dossier/", steps)))


def _answer(actor: str) -> Response:
    media_type = chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES)
    other = _other(actor)
    doings = chosen(joint_doings(), Choice(actors=(actor, other) if other else (actor,)))
    made = compose(current_snapshot(), doings, actor, other)
    if media_type == _MEDIA_TYPES["html"]:
        return _page(made, doings, actor, other)
    if media_type == _MEDIA_TYPES["json"]:
        response = cast(Response, jsonify({"actor": actor, "other": other or None, **asdict(made)}))
    elif media_type == _MEDIA_TYPES["md"]:
        response = Response(as_markdown(made, request.base_url), content_type="text/markdown; charset=utf-8")
    else:
        from server.dossier.word import as_docx  # here: python-docx takes a while to import

        response = Response(as_docx(made, request.base_url), content_type=media_type)
        response.headers["Content-Disposition"] = 'attachment; filename="milcoop-dossier.docx"'
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _other(actor: str) -> str:
    wanted = request.args.get("with", "")
    if not wanted:
        return ""
    other = known_thing(wanted) if ":" not in wanted else wanted
    if other == actor:
        raise BadInput("?with= must name another actor than the one that the dossier is of")
    return other


def _page(made: Dossier, doings: list[JointDoing], actor: str, other: str) -> Response:
    partners = Counter(iri for doing in doings for iri in doing.actors if iri != actor)
    counts = Counter((int(d.first_day[:4]), d.kind) for d in doings if d.first_day and d.kind not in OTHERS_BEGAN)
    return page(
        "dossier.html",
        dossier=made,
        actor=actor,
        other=other,
        kinds=KINDS,
        bars=year_bars(counts, KINDS),
        map=_map(doings, actor, other),
        partners=[]
        if other
        else [(name_of(iri).text, n, dossier_path(actor, iri)) for iri, n in partners.most_common(_PARTNERS)],
    )


def _map(doings: list[JointDoing], actor: str, other: str) -> dict[str, object] | None:
    """The places of the doings, and the states that have part in them, for the script that draws them."""
    rdf = current_snapshot().rdf
    there: dict[str, tuple[tuple[float, float], list[JointDoing]]] = {}
    for doing in doings:
        if doing.place is not None:
            at = (doing.place.longitude, doing.place.latitude)
            there.setdefault(doing.place.iri, (at, []))[1].append(doing)
    partners = Counter(iri for doing in doings for iri in doing.actors if iri != actor)
    shown = [other] if other else [iri for iri, _ in partners.most_common(40)]
    states = [
        {"code": code, "name": name_of(iri).text, "page": addresses().page(iri)}
        for iri in shown
        if (code := state_code(rdf, NamedNode(iri)))
    ]
    own = state_code(rdf, NamedNode(actor))
    if not there and not states and not own:
        return None
    return {
        "own": own,
        "states": states,
        "spots": [
            {
                "at": list(at),
                "name": name_of(place).text,
                "things": [{"name": name_of(d.iri).text, "page": addresses().page(d.iri)} for d in found[:12]],
                "count": len(found),
            }
            for place, (at, found) in there.items()
        ],
    }
