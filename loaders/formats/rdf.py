"""RDF in any syntax. Nothing that a file names is ever fetched."""

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from graph.xml_entities import expanded_bytes
from loaders.errors import Damaged
from loaders.formats.content import RdfContent
from loaders.formats.registry import Format

__all__ = ["read_rdf"]

_SYNTAX = {
    "Turtle": RdfFormat.TURTLE, "N-Triples": RdfFormat.N_TRIPLES, "N-Quads": RdfFormat.N_QUADS,
    "TriG": RdfFormat.TRIG, "RDF/XML": RdfFormat.RDF_XML, "JSON-LD": RdfFormat.JSON_LD, "N3": RdfFormat.N3,
}  # fmt: skip

_MAX_EXPANDED_BYTES = 256 << 20


def read_rdf(data: bytes, source: str, kind: Format, *, base_iri: str, blank_prefix: str) -> RdfContent:
    """The statements of an RDF file.

    Blank nodes are renamed by the order in which they come, so that the same bytes always give the same statements
    and the nodes of two files are never taken for one.

    Arguments:
        data: its bytes.
        source: where it is from, for messages.
        kind: its syntax.
        base_iri: what relative IRIs are relative to.
        blank_prefix: how the names of its blank nodes begin.

    Raises:
        Damaged: it does not follow its syntax; the message says where.
    """
    if kind.name == "RDF/XML" and expanded_bytes(data) > _MAX_EXPANDED_BYTES:
        raise Damaged(source, "declares entities that make it too large", hint="write them out")
    names: dict[str, BlankNode] = {}

    def renamed(term: object) -> object:
        if isinstance(term, BlankNode):
            return names.setdefault(term.value, BlankNode(f"{blank_prefix}{len(names)}"))
        if isinstance(term, Triple):
            return Triple(renamed(term.subject), term.predicate, renamed(term.object))  # type: ignore[arg-type]
        return term

    quads: dict[Quad, None] = {}
    try:
        for quad in parse(data, format=_SYNTAX[kind.name], base_iri=base_iri):
            subject, value, graph = renamed(quad.subject), renamed(quad.object), renamed(quad.graph_name)
            quads[Quad(subject, quad.predicate, value, graph)] = None  # type: ignore[arg-type]
    except SyntaxError as error:
        if "LoadDocumentCallback" in str(error):
            raise Damaged(source, "names a remote JSON-LD context, which is not fetched", hint="embed it") from None
        raise Damaged(source, f"is not valid {kind.name}: {_place(error)}") from None
    except (ValueError, OSError) as error:
        raise Damaged(source, f"is not valid {kind.name}: {error}") from None
    return RdfContent(tuple(quads), kind.media_types[0])


def _place(error: SyntaxError) -> str:
    where = f" (line {error.lineno}, column {error.offset})" if error.lineno else ""
    return f"{error.msg}".splitlines()[0] + where if error.msg else f"a syntax error{where}"


def named_graph(quad: Quad) -> str | None:
    """The IRI of the graph that a statement is in; None for the default graph and for one without a name."""
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else None
