"""The passages of decisions in a document whose text has changed."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from loaders.decisions.content import Content
from loaders.to_rdf.terms import integer_literal
from ontology import MC

__all__ = ["anchored"]

_EVIDENCE, _EXACT, _BEGIN, _END = (NamedNode(MC[name]) for name in ("evidence", "exactText", "begin", "end"))


def anchored(triples: Iterable[Triple], document: str, text: str) -> set[Triple]:
    """What the graph of decisions holds when the document reads `text`.

    A passage moves to where its words stand now. A claim of which no words are left is stated no more; the decision
    about it stays on record.

    Arguments:
        triples: of the graph of decisions.
        document: the document's IRI.
        text: its new text.
    """
    given = set(triples)
    content = Content(given)
    moved: dict[object, NamedNode | None] = {}
    passages: set[Triple] = set()
    for triple in given:
        node = triple.subject
        if triple.predicate == _EXACT and isinstance(node, NamedNode) and isinstance(triple.object, Literal):
            begin = text.find(triple.object.value)
            end = begin + len(triple.object.value)
            place = NamedNode(f"{document}/passage/{begin}-{end}") if begin >= 0 else None
            moved[node] = place
            if place is not None:
                passages |= {Triple(place, t.predicate, t.object) for t in content.about(node)}
                passages -= {t for t in passages if t.subject == place and t.predicate in {_BEGIN, _END}}
                passages |= {Triple(place, _BEGIN, integer_literal(begin)), Triple(place, _END, integer_literal(end))}
    lost = {
        claim
        for claim in {t.subject for t in given if t.predicate == _EVIDENCE}
        if all(moved.get(t.object) is None for t in content.about(claim) if t.predicate == _EVIDENCE)
    }
    gone = {t for claim in lost if isinstance(claim, NamedNode) for t in content.of_claim(claim)}
    left = {t for t in given - gone if t.subject not in moved}
    return passages | {_moved(t, moved) for t in left if t.object not in moved or moved[t.object] is not None}


def _moved(triple: Triple, moved: dict[object, NamedNode | None]) -> Triple:
    place = moved.get(triple.object) if isinstance(triple.object, NamedNode) else None
    return Triple(triple.subject, triple.predicate, place) if place is not None else triple
