"""The network as GEXF 1.3, for Gephi: with colours, and with dates that its timeline understands.

Edges without a direction have the attribute `symmetric`, since networkx refuses graphs that mix both.
"""

from collections.abc import Iterator
from typing import BinaryIO

from graph.export.network import Edge, Network, Node
from graph.export.xml_text import attribute

__all__ = ["write_gexf"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>milcoop</creator><description>Actors, activities and agreements of military cooperation</description>
</meta>
<graph mode="dynamic" timeformat="date" defaultedgetype="directed">
"""
_NODE_ATTRIBUTES = ("kind", "group", "label_ru", "iri", "iso3", "start_date", "end_date")
_EDGE_ATTRIBUTES = ("relation", "symmetric", "first_day", "last_day")


def write_gexf(network: Network, stream: BinaryIO) -> None:
    """Write the network as GEXF.

    Arguments:
        network: the network.
        stream: where to write, as UTF-8.
    """
    ids = {node.iri: f"n{number}" for number, node in enumerate(network.nodes)}
    stream.write(_HEAD.encode())
    for of, names in (("node", _NODE_ATTRIBUTES), ("edge", _EDGE_ATTRIBUTES)):
        stream.write(f'<attributes class="{of}" mode="static">\n'.encode())
        for number, name in enumerate(names):
            stream.write(f'<attribute id="{of}-{number}" title="{name}" type="string"/>\n'.encode())
        stream.write(b"</attributes>\n")
    stream.write(b"<nodes>\n")
    for node in network.nodes:
        stream.write("".join(_node(node, ids)).encode())
    stream.write(b"</nodes>\n<edges>\n")
    for number, edge in enumerate(network.edges):
        stream.write("".join(_edge(edge, number, ids)).encode())
    stream.write(b"</edges>\n</graph>\n</gexf>\n")


def _node(node: Node, ids: dict[str, str]) -> Iterator[str]:
    values = (node.kind.name, node.kind.group, node.label_ru, node.iri, node.iso3, node.start, node.end)
    # Actors are there all the time; the timeline is about what they do.
    dates = _spell(node.first_day, node.last_day) if node.kind.group == "activity" else ""
    yield f'<node id="{ids[node.iri]}" label={attribute(node.label)}{dates}>'
    yield from _values("node", values)
    red, green, blue = (int(node.kind.color[at : at + 2], 16) for at in (1, 3, 5))
    yield f'<viz:color r="{red}" g="{green}" b="{blue}"/></node>\n'


def _edge(edge: Edge, number: int, ids: dict[str, str]) -> Iterator[str]:
    symmetric = "" if edge.relation.directed else "true"
    yield f'<edge id="e{number}" source="{ids[edge.source]}" target="{ids[edge.target]}"'
    yield f' weight="{edge.weight}" label={attribute(edge.relation.label)}'
    yield f"{_spell(edge.first_day, edge.last_day)}>"
    yield from _values("edge", (edge.relation.name, symmetric, edge.first_day, edge.last_day))
    yield "</edge>\n"


def _spell(first_day: str, last_day: str) -> str:
    start = f' start="{first_day}"' if first_day else ""
    return start + (f' end="{last_day}"' if last_day else "")


def _values(of: str, values: tuple[str, ...]) -> Iterator[str]:
    yield "<attvalues>"
    for number, value in enumerate(values):
        if value:
            yield f'<attvalue for="{of}-{number}" value={attribute(value)}/>'
    yield "</attvalues>"
