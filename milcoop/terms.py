"""RDF terms as people type them on a command line."""

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.errors import BadUsage
from ontology import PREFIXES, XSD

__all__ = ["node", "term", "triple"]


def node(text: str) -> NamedNode:
    """The IRI that `text` means: `https://…`, `<https://…>`, `mc:hasParticipant`, `id:state/KAZ` or `a`.

    Raises:
        BadUsage: it means none.
    """
    if text == "a":
        return NamedNode(PREFIXES["rdf"] + "type")
    bare = text.removeprefix("<").removesuffix(">")
    prefix, _, local = bare.partition(":")
    try:
        if local.startswith("//") or text != bare:
            return NamedNode(bare)
        return NamedNode(PREFIXES[prefix] + local)
    except KeyError:
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
    if text[:1] not in {'"', "'"} and not text[:1].isdigit():
        return node(text)
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    try:
        (quad,) = parse(f"{prefixes}<{XSD}> <{XSD}> {text} .", RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise BadUsage(f"{text!r} is no literal in Turtle's notation: {error}") from None
    if not isinstance(quad.object, NamedNode | Literal):
        raise BadUsage(f"{text!r} is neither an IRI nor a literal")
    return quad.object


def triple(subject: str, predicate: str, object_: str) -> Triple:
    """The triple of three terms as people type them.

    Raises:
        BadUsage: one of them is no term.
    """
    return Triple(node(subject), node(predicate), term(object_))
