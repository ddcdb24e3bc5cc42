"""`milcoop explain`: a triple as people type it, explained as a tree, as JSON or as RDF."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from graph.explanation import MOST_PROOFS, Explanation, Proof, explain
from graph.store import GRAPH_UNNAMED, open_store
from graph.terms import triple
from ontology import BASE, GRAPH_ONTOLOGY, GRAPH_REFERENCE, PREFIXES, shortened

if TYPE_CHECKING:
    from rich.tree import Tree

    from graph.claims import Claim
    from graph.explanation import Missing

__all__ = ["FORMATS", "MOST_PROOFS", "explain_triple", "write_explanation", "write_tree"]

_RDF = {
    "turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS,
}  # fmt: skip
FORMATS = ("text", "json", *_RDF)
"""The forms in which an explanation can be written."""

_WIDTH_OF_A_PIPE = 1_000
_IRI = re.compile(rf"<?((?:{re.escape(BASE)}|http://www\.w3\.org/)[^\s<>\"]*[^\s<>\".,;])>?")
_GRAPHS = {
    GRAPH_ONTOLOGY: "the ontology",
    GRAPH_REFERENCE: "the reference data",
    GRAPH_UNNAMED: "the unnamed graph (additions of users)",
}


def explain_triple(store: str, subject: str, predicate: str, object_: str, *, limit: int = 1) -> Explanation:
    """Why the triple of three typed terms holds.

    Arguments:
        store: the folder that holds the graph.
        subject, predicate, object_: the terms, as people type them.
        limit: how many proofs are wanted.

    Raises:
        BadUsage: one of the terms is none.
        StoreError: there is no store.
    """
    wanted = triple(subject, predicate, object_)
    with open_store(store, create=False) as opened, opened.snapshot() as snapshot:
        return explain(snapshot.rdf, wanted, limit=min(limit, MOST_PROOFS))


def write_explanation(explanation: Explanation, form: str = "text") -> None:
    """Write an explanation to standard output.

    Arguments:
        explanation: what to write.
        form: one of `FORMATS`.
    """
    if form == "text":
        write_tree(explanation)
        return
    if form == "json":
        from graph.explanation import as_json

        sys.stdout.write(json.dumps(as_json(explanation), ensure_ascii=False, indent=2) + "\n")
        return
    from pyoxigraph import serialize

    from graph.explanation import as_prov

    sys.stdout.flush()
    serialize(as_prov(explanation), sys.stdout.buffer, _RDF[form], prefixes=PREFIXES)
    sys.stdout.buffer.flush()


def write_tree(explanation: Explanation) -> None:
    """Write an explanation for people to standard output."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _WIDTH_OF_A_PIPE, highlight=False)

    def line(text: str) -> None:
        console.print(Text(text), soft_wrap=True)

    line(_short(str(explanation.triple)))
    provenance = explanation.provenance
    for graph in provenance.stated_in:
        line(f"  stated by {_graph(graph)}")
    for words in _told_by(provenance.claims):
        line(f"  {words}")
    if not explanation.holds:
        line("  does not hold: no graph states it, and it does not follow")
    for name in explanation.unknown:
        line(f"  the graph says nothing of {_short(str(name))}")
    for claim in explanation.denied:
        line(f"  {(claim.modality or '').rsplit('/')[-1]} by a document:")
        for words in _told_by([claim]):
            line(f"  {words}")
    for place, missing in enumerate(explanation.missing):
        if place == 0:
            line("  it would follow if one of these held:")
        for words in _would_follow(missing):
            line(f"    {words}")
    follows = [proof for proof in explanation.proofs if proof.rule is not None]
    if explanation.inferred and not follows:
        line("  inferred from what is stated; no proof was found")
    for place, proof in enumerate(follows):
        also = "also " if explanation.provenance.stated_in or place else ""
        line(f"  {also}inferred in {proof.size} {'step' if proof.size == 1 else 'steps'}:")
        console.print(_tree(proof, explanation), soft_wrap=True)


def _tree(proof: Proof, explanation: Explanation) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    tree = Tree(Text(_conclusion(proof)), guide_style="dim")
    _grow(tree, proof, explanation)
    return tree


def _grow(tree: Tree, proof: Proof, explanation: Explanation) -> None:
    from rich.text import Text

    from graph.explanation import folded

    for name, term in proof.bindings:
        tree.add(Text(f"?{name} = {_short(str(term))}", "dim"))
    for premise in folded(proof):
        branch = tree.add(Text(_conclusion(premise.proof, premise.members)))
        source = explanation.sources.get(premise.proof.conclusion)
        if premise.proof.rule is not None:
            _grow(branch, premise.proof, explanation)
        elif source is not None:
            told = _told_by(source.claims)
            for words in told or [f"stated by {_graph(graph)}" for graph in source.stated_in]:
                branch.add(Text(words, "dim"))


def _conclusion(proof: Proof, members: Iterable[object] | None = None) -> str:
    subject, predicate, value = proof.conclusion
    shown = str(value) if members is None else f"( {' '.join(map(str, members))} )"
    rule = f"   [{proof.rule}]" if proof.rule else ""
    return _short(f"{subject} {predicate} {shown}") + rule


def _told_by(claims: Iterable[Claim]) -> list[str]:
    """Who says it, where, and in which words."""
    found = []
    for claim in claims:
        how = f" (rule {claim.rule.rsplit('/rule/')[-1]}, confidence {claim.confidence})" if claim.rule else ""
        for passage in claim.passages:
            place = f"{_short(passage.document)}, characters {passage.begin}-{passage.end}{how}:"
            found.append(f"{place}\n    «{passage.text}»")
    return found


def _would_follow(missing: Missing) -> list[str]:
    premise = " ".join(f"?{slot}" if isinstance(slot, str) else str(slot) for slot in missing.premise)
    held = " and ".join(_short(str(one)) for one in missing.held)
    return [f"{_short(premise)}   [{missing.rule}]", *([f"  since {held}"] if held else [])]


def _graph(iri: str) -> str:
    return _GRAPHS.get(iri) or _short(iri)


def _short(text: str) -> str:
    """The IRIs in a text with their prefixes."""
    return _IRI.sub(lambda found: shortened(found.group(1)), text)
