"""Under which names a store has the things of its documents: their own, and those that they go under."""

from collections.abc import Mapping

import pyoxigraph
from pyoxigraph import NamedNode

from loaders.decisions.record import decisions_graph
from loaders.identity.record import DECISIONS, Identification, recorded, renamed_in, under
from ontology import GRAPH_IDENTITY, GRAPH_INFERRED, MC

__all__ = ["Naming"]

_TEXT = NamedNode(MC["text"])
_APART = frozenset({GRAPH_IDENTITY, DECISIONS, GRAPH_INFERRED})


class Naming:
    """Answers which thing a name means in which document.

    Arguments:
        rdf: the state of a store; of what changes between two questions it must be told.
    """

    def __init__(self, rdf: pyoxigraph.Store) -> None:
        self._rdf = rdf
        self._texts: dict[str, bool] = {}
        self._records: dict[str, Identification | None] = {}

    def is_text(self, graph: str) -> bool:
        """Whether a graph is that of a document that is a text: only these are read, and only in them is renamed."""
        if graph not in self._texts:
            node = NamedNode(graph)
            self._texts[graph] = next(self._rdf.quads_for_pattern(node, _TEXT, None, node), None) is not None
        return self._texts[graph]

    def forget(self, graph: str) -> None:
        """A graph is about to change."""
        self._texts.pop(graph, None)

    def recorded(self, own: str) -> Identification | None:
        """The record of the thing that has this IRI from its document, if it goes under another."""
        if own not in self._records:
            self._records[own] = recorded(self._rdf, own)
        return self._records[own]

    def forget_record(self, own: str) -> None:
        """The record of a thing is about to change."""
        self._records.pop(own, None)

    def named(self, own: str) -> tuple[Mapping[str, str], bool]:
        """The name of a thing at present, by the graphs of the documents that name it; and whether it is fixed.

        Arguments:
            own: its own IRI.
        """
        record = self.recorded(own)
        named = dict.fromkeys(record.documents, record.common) if record else {}
        graphs = {quad.graph_name for quad in self._rdf.quads_for_pattern(NamedNode(own), None, None, None)}
        names = {graph.value for graph in graphs if isinstance(graph, NamedNode)} - _APART
        taken = {d for other in under(self._rdf, own) if (r := self.recorded(other)) for d in r.documents}
        fixed = False
        for name in names:
            if self.is_text(name):
                if name not in taken:
                    named.setdefault(name, own)
            elif not self.is_text(name.removesuffix(decisions_graph(""))):
                fixed = True
        return named, fixed

    def own_names(self, present: str) -> list[str]:
        """The own IRIs of the things that go under a name; that of the name itself first."""
        return [present, *under(self._rdf, present)]

    def is_settled(self, group: frozenset[str]) -> bool:
        """Whether these, by their own IRIs, and no others go under one name."""
        common, *others = {record.common if (record := self.recorded(iri)) else iri for iri in group}
        return not others and group == set(self.own_names(common))

    def own_in(self, document: str) -> Mapping[str, str]:
        """The own IRI of each thing of a document that goes under another, by that other."""
        return {common: own for own, common in renamed_in(self._rdf, document).items()}
