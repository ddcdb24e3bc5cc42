"""RDF terms in parameters of addresses."""

from pyoxigraph import Literal, NamedNode

from graph.errors import BadInput, BadUsage
from graph.terms import term

__all__ = ["parse_term"]


def parse_term(text: str, parameter: str) -> NamedNode | Literal:
    """The term that a parameter means.

    Arguments:
        text: as `graph.terms.term` takes it.
        parameter: its name, for the message.

    Raises:
        BadInput: it is no term.
    """
    try:
        return term(text)
    except BadUsage as error:
        raise BadInput(
            f"The parameter {parameter!r} is {text!r}, which is no RDF term",
            hint='write an IRI, a prefixed name such as mc:memberOf, or a literal such as "2021"^^xsd:gYear',
        ) from error
