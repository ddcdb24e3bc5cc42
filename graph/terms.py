"""RDF terms as people write them: on a command line, in the parameters of an address."""

import re

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.errors import BadUsage
from ontology import PREFIXES, XSD

__all__ = ["node", "term", "triple"]

_ABSOLUTE = re.compile(r"(?:urn|mailto|file):|[a-z][a-z0-9+.\-]*://", re.IGNORECASE)
_LITERAL = re.compile(r"[\"'+\-.\d]|(?:true|false)$")
_PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def node(text: str) -> NamedNode:
    """The IRI that `text` means: `https://…`, `urn:…`, `<…>`, `mc:hasParticipant`, `id:state/KAZ` or `a`.

    Raises:
        BadUsage: it means none.
    """
    given = text.strip()
    if given == "a":
        return NamedNode(PREFIXES["rdf"] + "type")
    try:
        if given.startswith("<") and given.endswith(">"):
            return NamedNode(given[1:-1])
        if _ABSOLUTE.match(given):
            return NamedNode(given)
        prefix, colon, local = given.partition(":")  # slashes are no part of Turtle's prefixed names, and of ours
        return NamedNode(PREFIXES[prefix] + local)
    except KeyError:
        if not colon:
            hint = "write state:KAZ, mc:memberOf, https://… or, of a text, '\"Kazakhstan\"@en'"
            raise BadUsage(f"{text!r} has no prefix", hint=hint) from None
        raise BadUsage(
            f"{text!r} begins with the unknown prefix {prefix!r}", hint="known are " + ", ".join(PREFIXES)
        ) from None
    except ValueError as error:
        raise BadUsage(f"{text!r} is no IRI: {error}") from None


def term(text: str) -> NamedNode | Literal:
    """The term that `text` means: an IRI as in `node`, or a literal in Turtle's notation (`"2020"^^xsd:gYear`, `5`).

    Raises:
        BadUsage: it means none.
    """
    given = text.strip()
    if not _LITERAL.match(given):
        return node(given)
    try:
        (quad,) = parse(f"{_PREFIXES}<{XSD}> <{XSD}> {given} .", RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise BadUsage(f"{text!r} is no literal in Turtle's notation: {error}") from None
    if not isinstance(quad.object, Literal):
        raise BadUsage(f"{text!r} is neither an IRI nor a literal")
    return quad.object


def triple(subject: str, predicate: str, object_: str) -> Triple:
    """The triple of three terms as people write them.

    Raises:
        BadUsage: one of them is no term.
    """
    return Triple(node(subject), node(predicate), term(object_))
