"""Deciding about a claim, and taking a decision back."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.claims import Claim, claim_at
from graph.errors import BadInput, NotFound
from graph.store import Store, Transaction
from loaders.decisions.content import Content, without
from loaders.decisions.record import Decision, Verdict, decisions_graph, decisions_of
from loaders.reading.facts import FACTUAL, PartialDate
from loaders.to_rdf.terms import BOUNDS_OF, RDF_TYPE, bounds, day_literal
from ontology import BASE, MC, RDF, XSD, shortened

__all__ = ["decide", "revoke"]

Value = NamedNode | Literal

_AMENDED = NamedNode(f"{BASE}rule/person/amended")


@dataclass(frozen=True, slots=True)
class _Decided:
    """What the claim was, and the document's graph that it stood in."""

    claim: Claim
    document: str
    content: Content
    triples: frozenset[Triple]


def decide(
    store: Store,
    claim: str,
    verdict: Verdict,
    author: str,
    *,
    values: Mapping[str, Value] | None = None,
    note: str = "",
) -> Decision:
    """Confirm, reject or amend a claim.

    Arguments:
        store: the store.
        claim: the claim's IRI.
        verdict: what is decided.
        author: who decides.
        values: of an amendment, the new values by the IRI of their property; of a claim about a single triple, its
            `rdf:object`.
        note: why.

    Returns:
        the decision as it was written.

    Raises:
        NotFound: there is no such claim.
        BadInput: the author is missing, or the new values are not those of the claim's properties.
        StoreError: the store cannot be written.
    """
    from loaders.identity import deciding as identity  # which writes decisions itself

    if identity.is_identification(store, claim):
        return identity.decide_identification(store, claim, verdict, author, note)
    if not author.strip():
        raise BadInput("a decision needs an author", hint="say who decides")
    if (verdict == "amended") != bool(values):
        raise BadInput("only an amendment has new values, and it needs some")
    with store.transaction() as transaction:
        found = _found(transaction.rdf, claim)
        decision, stated = _decided(found, verdict, author.strip(), values or {}, note)
        graph = decisions_graph(found.document)
        _put(transaction, graph, add={*decision.triples(), *stated})
        if verdict != "confirmed":
            transaction.put_graph(found.document, without(found.triples, {claim}))
    return decision


def revoke(store: Store, claim: str) -> tuple[Decision, ...]:
    """Take all decisions about a claim back: what they removed is there again, what they stated is gone.

    Arguments:
        store: the store.
        claim: the IRI of the claim that was decided on.

    Returns:
        the decisions that were taken back, the oldest first.

    Raises:
        NotFound: nothing was decided about it.
        StoreError: the store cannot be written.
    """
    from loaders.identity import deciding as identity

    if identity.is_identification(store, claim):
        return identity.revoke_judgements(store, claim)
    with store.transaction() as transaction:
        rdf = transaction.rdf
        document = _document_of_decision(rdf, claim)
        decisions = decisions_of(rdf, document)
        taken = tuple(d for d in decisions if d.claim == claim)
        graph = decisions_graph(document)
        kept = [d for d in decisions if d.claim != claim]
        _put(transaction, graph, only=_restated(rdf, graph, kept))
        restored = {t for d in taken if d.removed for t in _parsed(d.removed)}
        if restored:
            _put(transaction, document, add=restored)
    return taken


def _decided(
    found: _Decided, verdict: Verdict, author: str, values: Mapping[str, Value], note: str
) -> tuple[Decision, set[Triple]]:
    """The decision, and what it states."""
    node = found.claim.node
    assert isinstance(node, NamedNode)
    time = datetime.now(UTC)
    mark = hashlib.sha256(f"{node.value} {time.isoformat()} {author}".encode()).hexdigest()[:12]
    removed = "" if verdict == "confirmed" else _text(found.triples - without(found.triples, {node.value}))
    decision = Decision(
        iri=f"{found.document}/decision/{mark}",
        claim=node.value,
        verdict=verdict,
        author=author,
        time=time,
        rules=tuple(sorted(_rules(found.content.about(node)))),
        kind=_kind(found),
        passages=tuple(passage.iri for passage in found.claim.passages),
        note=note,
        removed=removed,
    )
    match verdict:
        case "confirmed":
            return decision, found.content.with_claim(node)
        case "amended":
            return decision, _amended(found, node, values, f"{found.document}/claim/{mark}")
        case _:
            return decision, set()


def _rules(claim: Iterable[Triple]) -> Iterator[str]:
    for triple in claim:
        if triple.predicate.value == MC["origin"] and isinstance(triple.object, NamedNode):
            yield triple.object.value


def _kind(found: _Decided) -> str:
    """The property of a single triple, or the class of a relation."""
    if found.claim.statement is not None:
        return found.claim.statement[1].value
    types = (t.object for t in found.content.about(found.claim.node) if t.predicate == RDF_TYPE)
    named = sorted(t.value for t in types if isinstance(t, NamedNode) and t.value != MC["Claim"])
    return named[0] if named else MC["Claim"]


def _amended(found: _Decided, node: NamedNode, values: Mapping[str, Value], iri: str) -> set[Triple]:
    """The claim with its new values, under an IRI of its own, found by a person."""
    own = found.content.about(node)
    known = {t.predicate.value for t in own}
    for name in values:
        if name not in known:
            raise BadInput(
                f"the claim has no {shortened(name)}",
                hint="it has " + ", ".join(sorted(shortened(k) for k in known if k != RDF["type"])),
            )
    new = NamedNode(iri)
    fixed = {MC["origin"], MC["confidence"], *values}
    claim = {Triple(new, t.predicate, t.object) for t in own if t.predicate.value not in fixed and not _is_bound(t)}
    claim |= {Triple(new, NamedNode(name), value) for name, value in values.items()}
    claim |= {
        Triple(new, NamedNode(MC["origin"]), _AMENDED),
        Triple(new, NamedNode(MC["confidence"]), Literal("1.0", datatype=NamedNode(XSD["decimal"]))),
    }
    stated = set(claim)
    plain = Content(claim).statement(new)
    factual = _is_factual(claim)
    if plain is not None and factual:
        stated |= {plain, *_bounded(plain)}
    elif plain is None and not factual:
        raise BadInput("a relation that is no fact is not amended", hint="reject it")
    for triple in claim:
        stated |= set(_bounded(triple))
    context = found.content.with_claim(node) - found.content.of_claim(node)
    return stated | context


def _is_bound(triple: Triple) -> bool:
    return triple.predicate.value in {MC[name] for pair in BOUNDS_OF.values() for name in pair}


def _is_factual(claim: Iterable[Triple]) -> bool:
    modality = next((t.object for t in claim if t.predicate.value == MC["modality"]), None)
    name = modality.value.rsplit("/", 1)[-1] if isinstance(modality, NamedNode) else "held"
    return name in FACTUAL


def _bounded(triple: Triple) -> list[Triple]:
    """The bounds that stand beside a date."""
    names = next((pair for name, pair in BOUNDS_OF.items() if triple.predicate.value == MC[name]), None)
    if names is None or not isinstance(triple.object, Literal):
        return []
    try:
        date = PartialDate(*(int(part) for part in triple.object.value.split("-")))
        days = bounds(date)
    except (ValueError, TypeError) as error:
        raise BadInput(f"{triple.object.value!r} is no date", hint="write YYYY, YYYY-MM or YYYY-MM-DD") from error
    return [Triple(triple.subject, NamedNode(MC[n]), day_literal(day)) for n, day in zip(names, days, strict=True)]


# The store


def _found(rdf: pyoxigraph.Store, claim: str) -> _Decided:
    node = NamedNode(claim)
    here = claim_at(rdf, node)
    documents = sorted({passage.document for passage in here.passages})
    for document in documents:
        triples = frozenset(q.triple for q in rdf.quads_for_pattern(None, None, None, NamedNode(document)))
        content = Content(triples)
        if content.about(node):
            return _Decided(here, document, content, triples)
    if next(rdf.quads_for_pattern(None, NamedNode(MC["decides"]), node), None) is not None:
        raise NotFound(
            f"the claim <{claim}> was rejected or amended, and is no longer there",
            hint="take that back first (revoked), or decide on the claim that the amendment made",
        )
    raise NotFound(f"there is no claim <{claim}>", hint="the page of a document and its data name its claims")


def _document_of_decision(rdf: pyoxigraph.Store, claim: str) -> str:
    for quad in rdf.quads_for_pattern(None, NamedNode(MC["decides"]), NamedNode(claim)):
        if isinstance(quad.graph_name, NamedNode):
            return quad.graph_name.value.removesuffix(decisions_graph(""))
    raise NotFound(f"nothing was decided about <{claim}>")


def _put(
    transaction: Transaction, graph: str, *, add: Iterable[Triple] = (), only: Iterable[Triple] | None = None
) -> None:
    there = {q.triple for q in transaction.rdf.quads_for_pattern(None, None, None, NamedNode(graph))}
    left = set(only) if only is not None else there | set(add)
    if left:
        transaction.put_graph(graph, left)
    else:
        transaction.drop_graph(graph)


def _restated(rdf: pyoxigraph.Store, graph: str, decisions: Iterable[Decision]) -> set[Triple]:
    """What the graph of decisions holds when only these are left."""
    content = Content(q.triple for q in rdf.quads_for_pattern(None, None, None, NamedNode(graph)))
    left: set[Triple] = set()
    for decision in decisions:
        node = NamedNode(decision.iri)
        left |= set(content.about(node))
        own = decision.claim if decision.verdict == "confirmed" else decision.iri.replace("/decision/", "/claim/")
        left |= content.with_claim(NamedNode(own))
    return left


def _text(triples: Iterable[Triple]) -> str:
    return "\n".join(sorted(f"{triple} ." for triple in triples))


def _parsed(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(text, RdfFormat.N_TRIPLES)]
