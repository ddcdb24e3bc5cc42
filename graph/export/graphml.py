"""The network as GraphML, for Gephi, yEd, igraph, networkx and others.

GraphML says nothing about labels. yEd shows its own element (`y:NodeLabel`, `y:EdgeLabel`), which stands beside the
plain attributes that all others read. Edges without a direction are marked as `symmetric` instead of undirected,
since networkx and igraph refuse or misread graphs that mix both.
"""

from collections.abc import Iterator
from typing import BinaryIO

from graph.export.network import Edge, Network, Node
from graph.export.xml_text import attribute, content

__all__ = ["write_graphml"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_NODE_KEYS = ("label", "label_ru", "kind", "group", "iri", "iso3", "start", "end")
_EDGE_KEYS = ("relation", "label", "weight", "symmetric", "first_day", "last_day")
_TYPES = {"weight": "int", "symmetric": "boolean"}


def write_graphml(network: Network, stream: BinaryIO) -> None:
    """Write the network as GraphML.

    Arguments:
        network: the network.
        stream: where to write, as UTF-8.
    """
    ids = {node.iri: f"n{number}" for number, node in enumerate(network.nodes)}
    stream.write(_HEAD.encode())
    for line in _keys():
        stream.write(line.encode())
    stream.write(b'<graph id="milcoop" edgedefault="directed">\n')
    for node in network.nodes:
        stream.write("".join(_node(node, ids)).encode())
    for number, edge in enumerate(network.edges):
        stream.write("".join(_edge(edge, number, ids)).encode())
    stream.write(b"</graph>\n</graphml>\n")


def _keys() -> Iterator[str]:
    for of, names in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name in names:
            kind = _TYPES.get(name, "string")
            yield f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
        yield f'<key id="{of}-graphics" for="{of}" yfiles.type="{of}graphics"/>\n'


def _node(node: Node, ids: dict[str, str]) -> Iterator[str]:
    values = (node.label, node.label_ru, node.kind.name, node.kind.group, node.iri, node.iso3, node.start, node.end)
    shape = "ellipse" if node.kind.group == "actor" else "roundrectangle"
    yield f'<node id="{ids[node.iri]}">'
    yield from _data("node", _NODE_KEYS, values)
    yield f'<data key="node-graphics"><y:ShapeNode><y:Fill color="{node.kind.color}" transparent="false"/>'
    yield f'<y:NodeLabel>{content(node.label)}</y:NodeLabel><y:Shape type="{shape}"/></y:ShapeNode></data></node>\n'


def _edge(edge: Edge, number: int, ids: dict[str, str]) -> Iterator[str]:
    relation, symmetric = edge.relation, "" if edge.relation.directed else "true"
    values = (relation.name, relation.label, str(edge.weight), symmetric, edge.first_day, edge.last_day)
    arrow = "standard" if edge.relation.directed else "none"
    yield f'<edge id="e{number}" source="{ids[edge.source]}" target="{ids[edge.target]}">'
    yield from _data("edge", _EDGE_KEYS, values)
    yield f'<data key="edge-graphics"><y:PolyLineEdge><y:Arrows source="none" target="{arrow}"/>'
    yield f"<y:EdgeLabel>{content(edge.relation.label)}</y:EdgeLabel></y:PolyLineEdge></data></edge>\n"


def _data(of: str, names: tuple[str, ...], values: tuple[str, ...]) -> Iterator[str]:
    for name, value in zip(names, values, strict=True):
        if value:
            yield f"<data key={attribute(f'{of}-{name}')}>{content(value)}</data>"
