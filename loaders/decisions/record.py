"""Decisions as RDF: written, and read again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal as OneOf
from typing import get_args

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from ontology import MC, PROV, RDF, RDFS, XSD, concept

__all__ = ["Decision", "Verdict", "decisions_graph", "decisions_of", "rejected_claims"]

Verdict = OneOf["confirmed", "rejected", "amended"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a claim.

    Arguments:
        iri: its IRI.
        claim: the claim's IRI.
        verdict: what was decided.
        author: who decided.
        time: when, with a time zone.
        rules: the IRIs of the rules that had found the claim.
        kind: IRI of the class of the relation, or of the property that was stated.
        passages: IRIs of the passages that were judged.
        note: why, in the author's words.
        removed: what was taken out of the document's graph, as N-Triples.
    """

    iri: str
    claim: str
    verdict: Verdict
    author: str
    time: datetime
    rules: tuple[str, ...]
    kind: str
    passages: tuple[str, ...]
    note: str = ""
    removed: str = ""

    def triples(self) -> Iterator[Triple]:
        """The decision as it stands in the graph of decisions."""
        node = NamedNode(self.iri)

        def say(predicate: str, value: NamedNode | Literal) -> Triple:
            return Triple(node, NamedNode(predicate), value)

        yield say(RDF["type"], NamedNode(MC["Decision"]))
        yield say(MC["decides"], NamedNode(self.claim))
        yield say(MC["verdict"], NamedNode(concept("verdict", self.verdict)))
        yield say(MC["decidedBy"], Literal(self.author))
        time = Literal(self.time.isoformat(timespec="seconds"), datatype=NamedNode(XSD["dateTime"]))
        yield say(MC["decidedAt"], time)
        yield say(MC["kindOfFact"], NamedNode(self.kind))
        for rule in self.rules:
            yield say(MC["foundBy"], NamedNode(rule))
        for passage in self.passages:
            yield say(PROV["used"], NamedNode(passage))
        if self.note:
            yield say(RDFS["comment"], Literal(self.note))
        if self.removed:
            yield say(MC["removedStatements"], Literal(self.removed))


def decisions_graph(document: str) -> str:
    """The IRI of the graph with the decisions about a document's claims."""
    return f"{document}/decisions"


def decisions_of(rdf: pyoxigraph.Store, document: str) -> tuple[Decision, ...]:
    """The decisions about a document's claims, the oldest first."""
    graph = NamedNode(decisions_graph(document))
    nodes = [q.subject for q in rdf.quads_for_pattern(None, NamedNode(MC["decides"]), None, graph)]
    read = (_read(rdf, node, graph) for node in nodes if isinstance(node, NamedNode))
    return tuple(sorted(read, key=lambda decision: (decision.time, decision.iri)))


def _read(rdf: pyoxigraph.Store, node: NamedNode, graph: NamedNode) -> Decision:
    def values(predicate: str) -> list[str]:
        quads = rdf.quads_for_pattern(node, NamedNode(predicate), None, graph)
        return sorted(q.object.value for q in quads if isinstance(q.object, NamedNode | Literal))

    def one(predicate: str) -> str:
        return next(iter(values(predicate)), "")

    name = one(MC["verdict"]).rsplit("/", 1)[-1]
    verdict: Verdict = next((v for v in get_args(Verdict) if v == name), "rejected")
    return Decision(
        node.value,
        one(MC["decides"]),
        verdict,
        one(MC["decidedBy"]),
        datetime.fromisoformat(one(MC["decidedAt"])),
        tuple(values(MC["foundBy"])),
        one(MC["kindOfFact"]),
        tuple(values(PROV["used"])),
        one(RDFS["comment"]),
        one(MC["removedStatements"]),
    )


def rejected_claims(decisions: Iterable[Decision]) -> frozenset[str]:
    """The claims that the last decision about each has taken out: rejected ones, and those that were amended."""
    last = {decision.claim: decision.verdict for decision in decisions}
    return frozenset(claim for claim, verdict in last.items() if verdict != "confirmed")
