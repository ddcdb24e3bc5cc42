"""The formats of results: SPARQL result formats for SELECT and ASK, RDF syntaxes for CONSTRUCT and DESCRIBE."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import BadUsage, MilcoopError
from graph.query.negotiation import negotiate
from graph.query.tokens import QueryForm

__all__ = [
    "GRAPH_FORMATS", "SOLUTION_FORMATS", "Format", "NotAcceptable", "UnknownFormat", "choose", "format_named",
    "formats_for",
]  # fmt: skip


class UnknownFormat(BadUsage):
    """No format has the name."""


class NotAcceptable(MilcoopError):
    """The result exists in none of the formats that the caller accepts."""

    http_status = 406
    title = "Not acceptable"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of results.

    Arguments:
        name: its name on the command line.
        media_types: the registered one first, then others that clients ask it by.
        extension: of files, without the dot.
        kind: what it can hold: the solutions of SELECT and the boolean of ASK, or a graph.
        engine: the engine's name for it.
    """

    name: str
    media_types: tuple[str, ...]
    extension: str
    kind: Literal["solutions", "graph"]
    engine: QueryResultsFormat | RdfFormat

    @property
    def media_type(self) -> str:
        """The registered media type."""
        return self.media_types[0]


SOLUTION_FORMATS: tuple[Format, ...] = (
    Format("json", ("application/sparql-results+json", "application/json"), "srj", "solutions",
           QueryResultsFormat.JSON),
    Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), "srx", "solutions",
           QueryResultsFormat.XML),
    Format("csv", ("text/csv",), "csv", "solutions", QueryResultsFormat.CSV),
    Format("tsv", ("text/tab-separated-values",), "tsv", "solutions", QueryResultsFormat.TSV),
)  # fmt: skip
"""Formats of SELECT and ASK; the first is given when the caller has no preference."""

GRAPH_FORMATS: tuple[Format, ...] = (
    Format("turtle", ("text/turtle", "application/x-turtle"), "ttl", "graph", RdfFormat.TURTLE),
    Format("ntriples", ("application/n-triples", "text/plain"), "nt", "graph", RdfFormat.N_TRIPLES),
    Format("rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), "rdf", "graph", RdfFormat.RDF_XML),
    Format("jsonld", ("application/ld+json", "application/json"), "jsonld", "graph", RdfFormat.JSON_LD),
    Format("trig", ("application/trig",), "trig", "graph", RdfFormat.TRIG),
    Format("nquads", ("application/n-quads",), "nq", "graph", RdfFormat.N_QUADS),
    Format("n3", ("text/n3",), "n3", "graph", RdfFormat.N3),
)  # fmt: skip
"""Formats of CONSTRUCT and DESCRIBE; the first is given when the caller has no preference."""


def formats_for(form: QueryForm) -> tuple[Format, ...]:
    """The formats in which a query of this form can be answered."""
    return SOLUTION_FORMATS if form in ("SELECT", "ASK") else GRAPH_FORMATS


def format_named(name: str, also: tuple[str, ...] = ()) -> Format:
    """The format with this name, media type or file extension.

    Arguments:
        name: what to look for.
        also: names of further formats, which are not for programs, for the message.

    Raises:
        UnknownFormat: there is none.
    """
    for known in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        if name in (known.name, known.extension, *known.media_types):
            return known
    names = ", ".join([*also, *(known.name for known in (*SOLUTION_FORMATS, *GRAPH_FORMATS))])
    raise UnknownFormat(f"there is no format {name!r}", hint=f"there are {names}")


@lru_cache(maxsize=256)
def choose(form: QueryForm, wanted: str = "") -> tuple[Format, str]:
    """The format for a query's result, and the media type to name it by.

    Arguments:
        form: the form of the query.
        wanted: the name of a format (`csv`), or the value of an Accept header; empty for no preference.

    Raises:
        UnknownFormat: `wanted` is a name, and no format has it.
        NotAcceptable: the wanted formats cannot hold this query's result.
    """
    offered = formats_for(form)
    if wanted and "/" not in wanted:
        if (named := format_named(wanted)) in offered:
            return named, named.media_type
    else:
        by_type = {media_type: known for rank in (0, 1) for known in offered
                   for media_type in (known.media_types[:1], known.media_types[1:])[rank]}  # fmt: skip
        media_type = negotiate(wanted, tuple(by_type))
        if media_type is not None:
            return by_type[media_type], media_type
    names = ", ".join(f"{known.name} ({known.media_type})" for known in offered)
    raise NotAcceptable(f"the result of {form} cannot be given as {wanted!r}", hint=f"it can be given as {names}")
