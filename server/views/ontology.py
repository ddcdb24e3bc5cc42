"""`/ontology`: the vocabulary, as a page in three languages or as RDF."""

from flask import Blueprint, send_file
from pyoxigraph import Triple
from werkzeug.wrappers import Response

from graph.errors import NotFound
from graph.store import Snapshot
from ontology import LANGUAGES, MC, path
from server.keeping import kept
from server.rdf_answers import RDF_FORMATS, RDF_MEDIA_TYPES, rdf_answer
from server.rendering import chosen_media_type, page
from server.resources import current_snapshot, resources
from server.views.queries import questions, questions_by_group
from server.vocabulary import KINDS, Vocabulary, examples_of, ontology_triples, questions_by_term, read_vocabulary

__all__ = ["ontology"]

ontology = Blueprint("ontology", __name__)

_FILES = {
    "shapes.ttl": "text/turtle",
    "alignments.ttl": "text/turtle",
    "context.jsonld": "application/ld+json",
}


@ontology.get("/ontology")
def vocabulary() -> Response:
    """The ontology that is in force, or the one that ships if the store holds none."""
    formats = {"html": "text/html", **RDF_FORMATS}
    media_type = chosen_media_type((*RDF_MEDIA_TYPES, "text/html"), formats)
    snapshot = current_snapshot()
    if media_type != "text/html":
        return rdf_answer(ontology_triples(snapshot), media_type)
    read, examples = kept("ontology", snapshot, _read)
    return page(
        "ontology.html",
        iri=MC.rstrip("#"),
        about=read.about,
        diagram=read.diagram,
        by_kind={kind: [term for term in read.terms if term.kind == kind] for kind in KINDS.values()},
        examples=examples,
        questions={question.name: question for question in questions()},
        asked_by=questions_by_term(resources().canned.values()),
        groups=questions_by_group(),
        files=list(_FILES),
        all_languages=LANGUAGES,
    )


@ontology.get("/ontology/<name>")
def further_file(name: str) -> Response:
    """The shapes, the alignments and the JSON-LD context, as they ship."""
    if name not in _FILES:
        raise NotFound(f"There is no {name!r} beside the ontology", hint=f"there are {', '.join(_FILES)}")
    return send_file(path(name), mimetype=_FILES[name])


def _read(snapshot: Snapshot) -> tuple[Vocabulary, dict[str, tuple[Triple, ...]]]:
    read = read_vocabulary(snapshot)
    return read, examples_of(snapshot, read.terms)
