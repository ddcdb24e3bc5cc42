"""What is asked, written and answered, as values that can travel between processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["NO_LIMITS", "Answer", "GraphChange", "Limits", "QueryRequest", "Representation", "UpdateRequest", "Written"]


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A SPARQL query and the dataset it is asked of (SPARQL 1.1 Protocol §2.1).

    Arguments:
        text: the query.
        base_iri: against which relative IRIs of the query resolve.
        default_graphs: IRIs of the graphs that make up the default graph, instead of `FROM`; None leaves it to the
            query and the store.
        named_graphs: IRIs of the graphs that `GRAPH` sees, instead of `FROM NAMED`. As soon as one of the two lists
            is given, the other counts as given too, and empty.
        prefixes: prefixes that the query may use without declaring them.
    """

    text: str
    base_iri: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a result may become before it is cut.

    Arguments:
        rows: how many solutions or triples it may hold; None for any number.
        bytes: how many bytes its text may have; None for any number.
    """

    rows: int | None = None
    bytes: int | None = None


NO_LIMITS = Limits()
"""Whatever the result, it is wanted whole."""


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """A SPARQL update and the dataset of its WHERE clauses (SPARQL 1.1 Protocol §2.2).

    Arguments:
        text: the update.
        base_iri: against which relative IRIs of the update resolve.
        default_graphs: the `using-graph-uri` of the request; None leaves the dataset to the update and the store.
        named_graphs: its `using-named-graph-uri`. As soon as one of the two lists is given, the other counts as given
            too, and empty.
        prefixes: prefixes that the update may use without declaring them.
        state: the number of the state that it must be the next after; None for any.
    """

    text: str
    base_iri: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)
    state: int | None = None


@dataclass(frozen=True, slots=True)
class Representation:
    """RDF as it was sent: its bytes and their media type, without parameters."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class GraphChange:
    """A change of one graph (SPARQL 1.1 Graph Store HTTP Protocol §5).

    Arguments:
        kind: whether the graph is to hold exactly the content, the content too, or is to be gone; or the content is a
            dataset, of which each graph is to hold its part too.
        graph: its IRI; None for the default graph, and for a dataset.
        content: what to put into it.
        base_iri: against which relative IRIs of the content resolve.
        state: the number of the state that the change must be the next after; None for any.
        exists: whether the graph must be there, or must not be; None for either.
    """

    kind: Literal["replace", "add", "drop", "add dataset"]
    graph: str | None
    content: tuple[Representation, ...] = ()
    base_iri: str | None = None
    state: int | None = None
    exists: bool | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An acknowledged write.

    Arguments:
        snapshot: number of a state of the store that holds it.
        existed: whether the graph that was changed was there before.
    """

    snapshot: int
    existed: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised result.

    Arguments:
        body: the result in the format of `media_type`.
        media_type: as negotiated, without parameters.
        rows: how many solutions or triples the body holds; None for the yes or no of an ASK.
        cut: whether there were more than the caller wanted.
        snapshot: number of the store's state that answered, where the store counts its states.
        coding: the content coding of the body (RFC 9110 §8.4.1); None where it is as it is.
    """

    body: bytes
    media_type: str
    rows: int | None
    cut: bool = False
    snapshot: int | None = None
    coding: str | None = None
