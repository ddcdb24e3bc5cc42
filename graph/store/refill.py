"""A store from an export of all graphs: TriG, N-Quads, or another syntax that holds named graphs.

What milcoop brings itself is not taken from the file: the ontology and the reference data are those of this version,
and what follows is inferred anew. The documents' bytes are in no export; a backup has them.
"""

from collections import defaultdict
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from graph.errors import BadInput, StoreError
from graph.store.interface import Store
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE

__all__ = ["refill", "syntax_of"]

_BROUGHT = frozenset({GRAPH_ONTOLOGY, GRAPH_REFERENCE, GRAPH_INFERRED})


def syntax_of(file: Path) -> RdfFormat | None:
    """The syntax of an export by the name of its file; None where it is none that holds named graphs."""
    syntax = RdfFormat.from_extension(file.suffix.removeprefix("."))
    return syntax if syntax is not None and syntax.supports_datasets else None


def refill(store: Store, file: Path, syntax: RdfFormat) -> int:
    """Put the graphs of an export into a store that has none yet, and infer.

    Arguments:
        store: a store that holds nothing, or nothing but what milcoop brings.
        file: the export.
        syntax: its syntax.

    Result: how many statements were put in.

    Raises:
        StoreError: the store holds graphs already, or cannot be written.
        BadInput: the file cannot be read, does not follow its syntax, or has graphs without an IRI.
    """
    graphs: defaultdict[str | None, set[Triple]] = defaultdict(set)
    try:
        for quad in parse(path=file, format=syntax):
            if isinstance(quad.graph_name, BlankNode):
                raise BadInput(f"{file} has a graph without an IRI", hint="name it")
            graphs[quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else None].add(quad.triple)
    except SyntaxError as error:
        place = f" at line {error.lineno}, column {error.offset}" if error.lineno else ""
        raise BadInput(f"{file} is not valid {syntax.name}{place}: {str(error.msg).splitlines()[0]}") from error
    except (OSError, ValueError) as error:
        raise BadInput(f"{file} cannot be read: {error}") from error
    with store.transaction() as transaction:
        named = {str(getattr(graph, "value", graph)) for graph in transaction.rdf.named_graphs()}
        if named - _BROUGHT or (store.bare and len(transaction.rdf)):
            raise StoreError(f"the store at {store.location} is not empty", hint="name a new one with --store")
        wanted = {graph: triples for graph, triples in graphs.items() if store.bare or graph not in _BROUGHT}
        for graph, triples in wanted.items():
            transaction.put_graph(graph, triples)
    return sum(map(len, wanted.values()))
