"""Triples as an answer, in the syntax that the client asks for."""

from collections.abc import Iterable, Mapping

from pyoxigraph import RdfFormat, Triple, serialize
from werkzeug.wrappers import Response

from ontology import PREFIXES

__all__ = ["RDF_FORMATS", "RDF_MEDIA_TYPES", "rdf_answer"]

_SYNTAXES: dict[str, tuple[str, RdfFormat]] = {
    "turtle": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "rdfxml": ("application/rdf+xml", RdfFormat.RDF_XML),
    "ntriples": ("application/n-triples", RdfFormat.N_TRIPLES),
    "trig": ("application/trig", RdfFormat.TRIG),
    "nquads": ("application/n-quads", RdfFormat.N_QUADS),
}
RDF_FORMATS: dict[str, str] = {name: media_type for name, (media_type, _) in _SYNTAXES.items()}
"""The media type for each value of `?format=`."""

RDF_MEDIA_TYPES: tuple[str, ...] = tuple(RDF_FORMATS.values())
"""What is on offer, Turtle first."""

_BY_MEDIA_TYPE = dict(_SYNTAXES.values())


def rdf_answer(triples: Iterable[Triple], media_type: str, prefixes: Mapping[str, str] = PREFIXES) -> Response:
    """The answer that holds the triples.

    Arguments:
        triples: what to answer.
        media_type: one of `RDF_MEDIA_TYPES`.
        prefixes: namespaces to abbreviate, in the syntaxes that can.
    """
    body = serialize(triples, format=_BY_MEDIA_TYPE[media_type], prefixes=dict(prefixes))
    assert body is not None  # it is written to an output only if one is given
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(body, content_type=media_type + charset, headers={"Vary": "Accept"})
