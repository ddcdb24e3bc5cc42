"""The network behind the graph: who does what with whom, as users of Gephi, yEd, Cytoscape and Graphviz want it.

Nodes are actors, activities, agreements and series that documents speak of; edges are the relations between them,
each with the number of documents that state it and its dates. Kinds and relations are declared in `network.toml`.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from graph.store import Snapshot
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE, MC, PREFIXES, RDF, RDFS, SKOS

__all__ = ["Edge", "Kind", "Network", "Node", "Relation", "network"]

_DECLARATIONS = Path(__file__).with_name("network.toml")
_NO_DOCUMENTS = " ".join(f"<{graph}>" for graph in (GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of nodes: its name, the class of its members, its group, and how to draw it."""

    name: str
    iri: str
    group: str
    color: str
    shape: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: its name, what to call it, whether it has a direction, and where it is found."""

    name: str
    label: str
    pattern: str
    directed: bool = True
    background: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, activity, agreement or series.

    Arguments:
        iri: what it is.
        kind: what sort of thing it is.
        label: its name in English, else in any language; with the year if it is an edition of many.
        label_ru: its name in Russian, or `""`.
        iso3: of a state, its ISO 3166-1 alpha-3 code, or `""`.
        start, end: when it began and ended, as precise as it is known (ISO 8601), or `""`.
        first_day, last_day: the bounds of these dates as days, or `""`.
    """

    iri: str
    kind: Kind
    label: str
    label_ru: str = ""
    iso3: str = ""
    start: str = ""
    end: str = ""
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes.

    Arguments:
        source, target: the nodes' IRIs.
        relation: which relation it is.
        weight: how many documents state it; 1 for what only the reference data says.
        first_day, last_day: from when to when it is dated, as days, or `""`.
    """

    source: str
    target: str
    relation: Relation
    weight: int = 1
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes in the order of their IRIs, and edges in the order of their ends."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(slots=True)
class _Gathered:
    """What supports an edge."""

    documents: set[str] = field(default_factory=set)
    first_days: set[str] = field(default_factory=set)
    last_days: set[str] = field(default_factory=set)


def network(snapshot: Snapshot) -> Network:
    """The network of a state of the store."""
    edges = [edge for relation in _relations() if not relation.background for edge in _edges(snapshot, relation)]
    ends = {iri for edge in edges for iri in (edge.source, edge.target)}
    for relation in _relations():
        if relation.background:
            edges += [edge for edge in _edges(snapshot, relation) if edge.source in ends and edge.target in ends]
    describe = _Descriptions(snapshot.rdf)
    nodes = {iri: node for iri in sorted(ends) if (node := describe.node(iri)) is not None}
    kept = (edge for edge in edges if edge.source in nodes and edge.target in nodes)
    return Network(tuple(nodes.values()), tuple(sorted(kept, key=lambda e: (e.source, e.target, e.relation.name))))


@cache
def _declarations() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(_DECLARATIONS.read_text(encoding="utf-8"))


@cache
def _relations() -> tuple[Relation, ...]:
    return tuple(Relation(**declared) for declared in _declarations()["relation"])


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(Kind(k["name"], MC[k["class"]], k["group"], k["color"], k["shape"]) for k in _declarations()["kind"])


def _edges(snapshot: Snapshot, relation: Relation) -> Iterator[Edge]:
    found: dict[tuple[str, str], _Gathered] = defaultdict(_Gathered)
    for row in snapshot.select(_query(relation)):
        source, target = row["source"], row["target"]
        if not (isinstance(source, NamedNode) and isinstance(target, NamedNode)) or source == target:
            continue
        gathered = found[source.value, target.value]
        for name, values in (
            ("document", gathered.documents), ("first", gathered.first_days), ("last", gathered.last_days),
        ):  # fmt: skip
            value = row.get(name)
            if isinstance(value, NamedNode | Literal):
                values.add(value.value)
    for (source_iri, target_iri), gathered in found.items():
        first, last = min(gathered.first_days, default=""), max(gathered.last_days, default="")
        weight = max(len(gathered.documents), 1)
        yield Edge(source_iri, target_iri, relation, weight, first, max(first, last) if last else "")


def _query(relation: Relation) -> str:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    documents = "FILTER NOT EXISTS { VALUES ?document { " + _NO_DOCUMENTS + " } }"
    stated = f"GRAPH ?document {{ {relation.pattern} }} {documents}"
    if relation.background:
        stated = f"{{ {stated} }} UNION {{ {relation.pattern} }}"
    return f"""{prefixes}
SELECT ?source ?target ?document ?first ?last WHERE {{
  {stated}
  OPTIONAL {{ ?dated mc:earliestStart ?first }}
  OPTIONAL {{ ?dated mc:latestEnd|mc:latestStart ?last }}
}}"""


class _Descriptions:
    """Looks up what a node is."""

    def __init__(self, rdf: Store) -> None:
        self._rdf = rdf

    def node(self, iri: str) -> Node | None:
        """The node of that IRI; None if it is none of the kinds."""
        types = set(self._texts(iri, RDF["type"]))
        kind = next((kind for kind in _kinds() if kind.iri in types), None)
        if kind is None:
            return None
        labels = self._labels(iri)
        node = Node(
            iri,
            kind,
            label=labels.get("en") or labels.get("ru") or next((labels[tag] for tag in sorted(labels)), ""),
            label_ru=labels.get("ru", ""),
            iso3=min(self._texts(iri, MC["iso3"]), default=""),
            # A longer date is the more precise one of two that agree.
            start=max(self._texts(iri, MC["startDate"]) + self._texts(iri, MC["signedOn"]), default=""),
            end=max(self._texts(iri, MC["endDate"]), default=""),
            first_day=min(self._texts(iri, MC["earliestStart"]), default=""),
            last_day=max(self._texts(iri, MC["latestEnd"]) or self._texts(iri, MC["latestStart"]), default=""),
        )
        return self._told_apart(node)

    def _labels(self, iri: str) -> dict[str, str]:
        """The names of a thing by language: its own, else those of the series that it is an edition of."""
        series = self._texts(iri, MC["editionOf"])
        concepts = self._texts(iri, MC["meetingKind"])
        found: dict[str, str] = {}
        for named, by in ((iri, RDFS["label"]), *((s, RDFS["label"]) for s in series),
                          *((c, SKOS["prefLabel"]) for c in concepts), (iri, MC["familyName"])):  # fmt: skip
            for quad in self._rdf.quads_for_pattern(NamedNode(named), NamedNode(by), None, DefaultGraph()):
                if isinstance(quad.object, Literal):
                    language = quad.object.language or ""
                    known = found.get(language)
                    if known is None or (named == iri and quad.object.value < known):
                        found[language] = quad.object.value
        return found

    def _told_apart(self, node: Node) -> Node:
        """The node with a label that tells it from others of the same name: a series has an edition each year."""
        label, label_ru = node.label or node.kind.name, node.label_ru
        if node.kind.name == "meeting":
            label, label_ru = f"{label} {node.start}".strip(), f"{label_ru} {node.start}".strip() if label_ru else ""
        elif node.kind.name in ("exercise", "competition") and node.start[:4] not in label:
            label, label_ru = f"{label} {node.start[:4]}", f"{label_ru} {node.start[:4]}" if label_ru else ""
        return replace(node, label=label, label_ru=label_ru)

    def _texts(self, iri: str, predicate: str) -> list[str]:
        quads = self._rdf.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None, DefaultGraph())
        return sorted(quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal))
