"""What is asked and what is answered, as values that can travel between processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Answer", "QueryRequest"]


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
class Answer:
    """A serialised result.

    Arguments:
        body: the result in the format of `media_type`.
        media_type: as negotiated, without parameters.
        rows: how many solutions or triples the body holds; None for the yes or no of an ASK.
        cut: whether there were more than the caller wanted.
        snapshot: number of the store's state that answered, where the store counts its states.
    """

    body: bytes
    media_type: str
    rows: int | None
    cut: bool = False
    snapshot: int | None = None
