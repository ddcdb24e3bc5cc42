"""The network in the DOT language, for Graphviz."""

from typing import BinaryIO

from graph.export.network import Edge, Network, Node

__all__ = ["write_dot"]


def write_dot(network: Network, stream: BinaryIO) -> None:
    """Write the network as DOT.

    Arguments:
        network: the network.
        stream: where to write, as UTF-8.
    """
    ids = {node.iri: f"n{number}" for number, node in enumerate(network.nodes)}
    stream.write(b"digraph milcoop {\n")
    stream.write(b'  graph [layout="sfdp", overlap="prism", charset="UTF-8"];\n')
    stream.write(b'  node [style="filled", fontname="sans-serif", fontcolor="white"];\n')
    stream.write(b'  edge [color="#9aa5ab", fontname="sans-serif", fontsize="9"];\n')
    for node in network.nodes:
        stream.write(f"  {ids[node.iri]} [{_node(node)}];\n".encode())
    for edge in network.edges:
        stream.write(f"  {ids[edge.source]} -> {ids[edge.target]} [{_edge(edge)}];\n".encode())
    stream.write(b"}\n")


def _node(node: Node) -> str:
    texts = {
        "label": node.label, "shape": node.kind.shape, "fillcolor": node.kind.color, "kind": node.kind.name,
        "label_ru": node.label_ru, "iri": node.iri, "iso3": node.iso3, "start": node.start, "end": node.end,
    }  # fmt: skip
    return _attributes(texts)


def _edge(edge: Edge) -> str:
    texts = {
        "label": edge.relation.label, "relation": edge.relation.name, "weight": str(edge.weight),
        "dir": "" if edge.relation.directed else "none", "first_day": edge.first_day, "last_day": edge.last_day,
    }  # fmt: skip
    return _attributes(texts)


def _attributes(texts: dict[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(text)}" for name, text in texts.items() if text)


def _quoted(text: str) -> str:
    """A quoted string of DOT, in which only the quotation mark is escaped; a backslash would begin an escape."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return '"' + printable.replace("\\", "\\\\").replace('"', '\\"') + '"'
