"""Triples as an answer, in the syntax that the client asks for."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple
from werkzeug.wrappers import Response

from graph.export.serializing import serialized
from graph.query.formats import NotAcceptable
from ontology import PREFIXES

__all__ = ["RDF_FORMATS", "RDF_MEDIA_TYPES", "rdf_answer", "rdf_stream", "sent"]

_CHUNK = 1 << 16
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

    Raises:
        NotAcceptable: the syntax cannot hold them.
    """
    with _holding(media_type):
        body = serialized(list(triples), _BY_MEDIA_TYPE[media_type], prefixes)
    return Response(body, content_type=_content_type(media_type), headers={"Vary": "Accept"})


def rdf_stream(
    rdf: Store,
    graph: NamedNode | DefaultGraph,
    media_type: str,
    written: IO[bytes],
    prefixes: Mapping[str, str] = PREFIXES,
) -> Response:
    """The answer that holds a whole graph, written out before the first byte is sent.

    Arguments:
        rdf: the store that holds it.
        graph: its name.
        media_type: one of `RDF_MEDIA_TYPES`.
        written: an empty file to write to; closed when it has been sent.
        prefixes: namespaces to abbreviate, in the syntaxes that can.

    Raises:
        NotAcceptable: the syntax cannot hold them.
    """
    try:
        with _holding(media_type):
            rdf.dump(written, _BY_MEDIA_TYPE[media_type], from_graph=graph, prefixes=dict(prefixes))
        size = written.tell()
        written.seek(0)
    except BaseException:
        written.close()
        raise
    response = Response(sent(written), content_type=_content_type(media_type), headers={"Vary": "Accept"})
    response.headers["Content-Length"] = str(size)
    return response


@contextmanager
def _holding(media_type: str) -> Iterator[None]:
    """Tell what a syntax cannot hold: JSON-LD has no triple terms yet."""
    try:
        yield
    except OSError as error:
        if "RDF 1.2" not in str(error):
            raise
        raise NotAcceptable(
            f"The graph has terms of RDF 1.2, which {media_type} cannot hold", hint="ask for another syntax"
        ) from error


def sent(written: IO[bytes]) -> Iterator[bytes]:
    """The content of a file from where it stands, which is closed at the end."""
    with written:
        while chunk := written.read(_CHUNK):
            yield chunk


def _content_type(media_type: str) -> str:
    return media_type + ("; charset=utf-8" if media_type.startswith("text/") else "")
