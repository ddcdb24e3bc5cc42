"""RDF as it was sent: which syntaxes are read, and the triples in it. The parser fetches nothing and reads no file."""

import codecs
import re
from collections.abc import Iterator

from pyoxigraph import RdfFormat, Triple, parse

from graph.errors import BadInput
from graph.query.request import Representation
from graph.xml_entities import expanded_bytes

__all__ = ["MAX_EXPANDED_BYTES", "READABLE", "NotRdf", "parsed"]

READABLE: dict[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "text/n3": RdfFormat.N3,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
"""The syntaxes in which a graph is taken, by media type. The last two may name no graph inside."""


_BY_LINES = frozenset({"application/n-triples", "application/n-quads"})
_VERSION = re.compile(rb"""^[ \t]*VERSION[ \t]*(?:"[^"\r\n]*"|'[^'\r\n]*')[ \t]*(?=[#\r\n]|\Z)""", re.MULTILINE)

MAX_EXPANDED_BYTES = 256 << 20
"""How large RDF/XML may become by the entities that it declares."""


class NotRdf(BadInput):
    """The content is not what its media type says."""

    title = "Not RDF"


def parsed(part: Representation, base_iri: str | None) -> Iterator[Triple]:
    """The triples of the content; its blank nodes are none of another content's, whatever their labels.

    Arguments:
        part: the content, of a media type in `READABLE`.
        base_iri: against which its relative IRIs resolve.

    Raises:
        NotRdf: it is not of its type.
    """
    if part.media_type == "application/rdf+xml" and expanded_bytes(part.data) > MAX_EXPANDED_BYTES:
        raise NotRdf(
            f"the entities that the content declares make more than {MAX_EXPANDED_BYTES >> 20} MiB of it",
            hint="write them out",
        )
    try:
        for quad in parse(
            _without_version(part.data.removeprefix(codecs.BOM_UTF8), part.media_type),
            READABLE[part.media_type],
            base_iri=base_iri,
            without_named_graphs=True,
            rename_blank_nodes=True,
        ):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise NotRdf(f"the content is not {part.media_type}: {error}") from error


def _without_version(data: bytes, media_type: str) -> bytes:
    """The content without lines that say of which version of RDF it is (RDF 1.2), which Oxigraph does not know yet."""
    if media_type not in _BY_LINES or b"VERSION" not in data:
        return data
    return _VERSION.sub(b"", data)
