"""The network as Cytoscape JSON (`.cyjs`), for Cytoscape and Cytoscape.js: one element a line."""

import json
from typing import BinaryIO

from graph.export.network import Edge, Network, Node

__all__ = ["write_cytoscape"]


def write_cytoscape(network: Network, stream: BinaryIO) -> None:
    """Write the network as Cytoscape JSON.

    Arguments:
        network: the network.
        stream: where to write, as UTF-8.
    """
    stream.write(b'{"format_version": "1.0", "generated_by": "milcoop", "directed": true, "multigraph": true,\n')
    stream.write(b'"data": {"name": "milcoop"},\n"elements": {"nodes": [')
    _write_all(stream, [_node(node) for node in network.nodes])
    stream.write(b'],\n"edges": [')
    _write_all(stream, [_edge(edge, number) for number, edge in enumerate(network.edges)])
    stream.write(b"]}}\n")


def _write_all(stream: BinaryIO, elements: list[dict[str, object]]) -> None:
    for number, data in enumerate(elements):
        # U+2028 and U+2029 end a line of JavaScript, where such a file is often pasted.
        text = json.dumps({"data": data}, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        stream.write((",\n" if number else "\n").encode() + text.encode())


def _node(node: Node) -> dict[str, object]:
    # networkx names its nodes by `value`, and tells edges between the same nodes apart by `key`.
    texts = {
        "id": node.iri, "value": node.iri, "name": node.label, "label": node.label, "label_ru": node.label_ru,
        "kind": node.kind.name, "group": node.kind.group, "color": node.kind.color, "iso3": node.iso3,
        "start": node.start, "end": node.end,
    }  # fmt: skip
    return {name: text for name, text in texts.items() if text}


def _edge(edge: Edge, number: int) -> dict[str, object]:
    # Cytoscape takes `interaction` for the kind of an edge.
    texts = {
        "id": f"e{number}", "key": edge.relation.name, "source": edge.source, "target": edge.target,
        "interaction": edge.relation.name, "label": edge.relation.label, "first_day": edge.first_day,
        "last_day": edge.last_day,
    }  # fmt: skip
    kept: dict[str, object] = {name: text for name, text in texts.items() if text}
    return {**kept, "weight": edge.weight, "directed": edge.relation.directed}
