"""What the pages of a thing and of a document show, as plain JSON: names and sentences, for programs without RDF."""

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.claims import Claim, Passage
from server.description import Description, Fact, FactGroup
from server.document_page import DocumentView, ListedFact
from server.relations import Relation, Term
from server.rendering import name_of

__all__ = ["document_data", "entity_data"]

Value = dict[str, object]


def entity_data(description: Description) -> Value:
    """What the graph says of a thing.

    Arguments:
        description: what the page shows.
    """
    return {
        **_node(description.node),
        "classes": [_named(iri) for iri in (*description.types, *description.further_types)],
        "names": [_literal(name) for name in description.names],
        "facts": [_group(group) for group in description.groups],
        "relations": [
            {"class": _named(kind), "total": total, "shown": [_relation(relation) for relation in relations]}
            for kind, relations, total in description.relations
        ],
        "notFacts": [_claim(claim) for claim in description.unheld],
        "partial": description.partial,
    }


def document_data(view: DocumentView, text: str | None) -> Value:
    """What a document says.

    Arguments:
        view: what the page shows.
        text: its text, in which the offsets of sentences count code points; None where it is not kept.
    """
    return {
        "iri": view.iri,
        "title": view.title,
        "language": view.language,
        "issued": view.issued,
        "source": view.source,
        "sha256": view.sha256,
        "text": text,
        "claims": [_listed(fact) for fact in view.facts],
    }


def _group(group: FactGroup) -> Value:
    return {
        "property": _named(group.predicate),
        "direction": "incoming" if group.incoming else "outgoing",
        "total": group.total,
        "shown": [_fact(fact) for fact in group.facts],
    }


def _fact(fact: Fact) -> Value:
    return {
        "value": _term(fact.other),
        "date": fact.date or None,
        "inferred": fact.inferred,
        "planned": fact.planned,
        "graphs": list(fact.graphs),
        "sentences": _sentences(fact.passages),
    }


def _relation(relation: Relation) -> Value:
    return {"attributes": _attributes(relation.attributes), **_claim(relation.claim)}


def _listed(fact: ListedFact) -> Value:
    decision = fact.decision
    return {
        "kind": _named(fact.kind),
        "attributes": _attributes(fact.attributes),
        **_claim(fact.claim),
        "decision": decision and {"verdict": decision.verdict, "by": decision.author, "note": decision.note},
    }


def _claim(claim: Claim) -> Value:
    statement = claim.statement and dict(
        zip(("subject", "predicate", "object"), map(_term, claim.statement), strict=True)
    )
    return {
        "claim": _term(claim.node),
        "statement": statement,
        "isFact": claim.is_fact,
        "modality": claim.modality and _named(claim.modality),
        "rule": claim.rule,
        "confidence": claim.confidence,
        "statedBy": claim.stated_by and _named(claim.stated_by),
        "sentences": _sentences(claim.passages),
    }


def _attributes(attributes: Iterable[tuple[str, tuple[Term, ...]]]) -> list[Value]:
    return [
        {"property": _named(predicate), "values": [_term(value) for value in values]}
        for predicate, values in attributes
    ]


def _sentences(passages: Iterable[Passage]) -> list[Value]:
    return [{"document": p.document, "begin": p.begin, "end": p.end, "text": p.text} for p in passages]


def _term(term: Term) -> Value:
    if isinstance(term, Literal):
        return _literal(term)
    if isinstance(term, Triple):
        return {"triple": str(term)}
    return _node(term)


def _node(node: NamedNode | BlankNode) -> Value:
    return _named(node.value) if isinstance(node, NamedNode) else {"blankNode": node.value}


def _named(iri: str) -> Value:
    return {"iri": iri, "name": name_of(iri).text}


def _literal(literal: Literal) -> Value:
    return {"text": literal.value, "language": literal.language} if literal.language else {
        "text": literal.value, "datatype": literal.datatype.value,
    }  # fmt: skip
