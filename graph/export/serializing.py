"""Triples in an RDF syntax as people like to read it: no prefix that is not used, JSON-LD with a context."""

from collections.abc import Collection, Mapping

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from graph.export.jsonld import as_jsonld

__all__ = ["serialized", "without_unused_prefixes"]

_DECLARING = {RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N3}
_DECLARATION = b"@prefix "


def serialized(triples: Collection[Triple], format: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    """The triples in a syntax.

    Arguments:
        triples: what to write.
        format: the syntax.
        prefixes: namespaces to abbreviate, where the syntax can.

    Raises:
        RuntimeError, OSError: from the engine, where the syntax cannot hold them.
    """
    # The engine first, whatever the syntax: it says what cannot be held.
    body = serialize(triples, format=format, prefixes=dict(prefixes)) or b""
    if format == RdfFormat.JSON_LD and not any(isinstance(t.object, Literal) and t.object.direction for t in triples):
        return as_jsonld(triples)
    return without_unused_prefixes(body, format)


def without_unused_prefixes(body: bytes, format: RdfFormat) -> bytes:
    """The text of a graph as the engine writes it, without declarations of prefixes that it does not use."""
    if format not in _DECLARING:
        return body
    head = 0
    declared: list[tuple[bytes, bytes]] = []
    while body.startswith(_DECLARATION, head):
        end = body.index(b"\n", head) + 1
        declared.append((body[head:end].split(b" ", 2)[1], body[head:end]))
        head = end
    rest = body[head:]
    return b"".join(line for name, line in declared if name in rest) + rest
