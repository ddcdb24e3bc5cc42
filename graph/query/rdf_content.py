"""RDF as it was sent: which syntaxes are read, and the triples in it. The parser fetches nothing and reads no file."""

import codecs
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from graph.errors import BadInput
from graph.query.request import Representation
from graph.xml_entities import expanded_bytes

__all__ = ["DATASETS", "MAX_EXPANDED_BYTES", "READABLE", "NotRdf", "parsed", "parsed_dataset"]

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

DATASETS = frozenset({"application/trig", "application/n-quads"})
"""The media types of syntaxes in which several graphs are taken."""


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
    for quad in _quads(part, base_iri, named=False):
        yield quad.triple


def parsed_dataset(part: Representation, base_iri: str | None) -> dict[str | None, list[Triple]]:
    """The triples of each graph of the content, by its IRI; those of no graph under None.

    A graph whose name is a blank node gets an IRI that is new (RDF 1.1 Concepts §3.5), wherever it is spoken of.

    Arguments:
        part: the content, of a media type in `DATASETS`.
        base_iri: against which its relative IRIs resolve.

    Raises:
        NotRdf: it is not of its type.
    """
    quads = list(_quads(part, base_iri, named=True))
    names: dict[Any, NamedNode] = {
        quad.graph_name: NamedNode(uuid.uuid4().urn) for quad in quads if isinstance(quad.graph_name, BlankNode)
    }
    found: dict[str | None, list[Triple]] = {}
    for quad in quads:
        name = names.get(quad.graph_name, quad.graph_name)
        triple = _renamed(quad.triple, names) if names else quad.triple
        found.setdefault(name.value if isinstance(name, NamedNode) else None, []).append(triple)
    return found


def _renamed(triple: Triple, names: Mapping[Any, NamedNode]) -> Triple:
    value = triple.object
    value = _renamed(value, names) if isinstance(value, Triple) else names.get(value, value)
    return Triple(names.get(triple.subject, triple.subject), triple.predicate, value)


def _quads(part: Representation, base_iri: str | None, *, named: bool) -> Iterator[Quad]:
    if part.media_type == "application/rdf+xml" and expanded_bytes(part.data) > MAX_EXPANDED_BYTES:
        raise NotRdf(
            f"the entities that the content declares make more than {MAX_EXPANDED_BYTES >> 20} MiB of it",
            hint="write them out",
        )
    try:
        yield from parse(
            _without_version(part.data.removeprefix(codecs.BOM_UTF8), part.media_type),
            READABLE[part.media_type],
            base_iri=base_iri,
            without_named_graphs=not named,
            rename_blank_nodes=True,
        )
    except (SyntaxError, ValueError) as error:
        raise NotRdf(f"the content is not {part.media_type}: {error}") from error


def _without_version(data: bytes, media_type: str) -> bytes:
    """The content without lines that say of which version of RDF it is (RDF 1.2), which Oxigraph does not know yet."""
    if media_type not in _BY_LINES or b"VERSION" not in data:
        return data
    return _VERSION.sub(b"", data)
