"""RDF terms in parameters of addresses: IRIs, prefixed names and literals, read by the engine's own parser."""

import re

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from graph.errors import BadInput
from ontology import PREFIXES

__all__ = ["parse_term"]

_PREFIXES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
_ABSOLUTE = re.compile(r"(?:https?|urn|mailto|file):[^\s<>\"{}|\\^`]+")


def parse_term(text: str, parameter: str) -> NamedNode | Literal:
    """The term that a parameter means.

    Arguments:
        text: an absolute IRI, bare or in `<…>`; a prefixed name (`mc:memberOf`, `id:state/KAZ`); a literal as Turtle
            writes it (`"2021"^^xsd:gYear`, `"Щит"@ru`, `25`).
        parameter: its name, for the message.

    Raises:
        BadInput: it is none of these.
    """
    given = text.strip()
    prefix, _, local = given.partition(":")
    if _ABSOLUTE.fullmatch(given):
        given = f"<{given}>"
    elif prefix in PREFIXES and not given.startswith(("<", '"')):  # slashes are no part of Turtle's prefixed names
        given = f"<{PREFIXES[prefix]}{local}>"
    try:
        triples = list(parse(f"{_PREFIXES}<urn:s> <urn:p> {given} .", format=RdfFormat.TURTLE))
    except (SyntaxError, ValueError):
        triples = []
    term = triples[0].object if len(triples) == 1 else None
    if not isinstance(term, (NamedNode, Literal)) or isinstance(term, BlankNode):
        raise BadInput(
            f"The parameter {parameter!r} is {text!r}, which is no RDF term",
            hint='write an IRI, a prefixed name such as mc:memberOf, or a literal such as "2021"^^xsd:gYear',
        )
    return term
