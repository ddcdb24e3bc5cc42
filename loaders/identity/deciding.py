"""What people decide about which things are one, and taking it back."""

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime

import pyoxigraph

from graph.errors import BadInput, NotFound
from graph.store import Store, Transaction
from loaders.decisions.record import Decision, Verdict
from loaders.identity.naming import Naming
from loaders.identity.record import (
    DECISIONS,
    Identification,
    Judgement,
    claim_iri,
    judgements,
    recorded,
    recorded_claim,
    under,
)
from loaders.identity.settling import IdentityAcrossDocuments
from loaders.identity.things import Kind, kinds_in
from ontology import BASE, MC, entity

__all__ = ["decide_identification", "is_identification", "judge", "revoke_judgement", "revoke_judgements"]

_BY_PERSON = f"{BASE}rule/person/same"


def is_identification(store: Store, claim: str) -> bool:
    """Whether a claim is not a document's, but says that two things are one: it stands, or was decided on."""
    with store.snapshot() as snapshot:
        rdf = snapshot.rdf
        return recorded_claim(rdf, claim) is not None or any(j.decision.claim == claim for j in judgements(rdf))


def decide_identification(store: Store, claim: str, verdict: Verdict, author: str, note: str = "") -> Decision:
    """Confirm or reject that two things are one; what is rejected stays apart from all that go under the same name.

    Arguments:
        store: the store.
        claim: IRI of the identification.
        verdict: `confirmed` or `rejected`.
        author: who decides.
        note: why.

    Raises:
        NotFound: there is no such identification.
        BadInput: the verdict is another, or the author is missing.
    """
    if verdict == "amended":
        raise BadInput("that two things are one is not amended", hint="reject it, and say with which it is the same")
    with store.transaction() as transaction:
        found = recorded_claim(transaction.rdf, claim)
        if found is None:
            raise NotFound(f"<{claim}> is not what the graph says any more", hint="revoke the decision about it first")
        others = [found.common]
        if verdict == "rejected":
            others = [iri for iri in (found.common, *under(transaction.rdf, found.common)) if iri != found.own]
        return _judge(transaction, claim, [found.own], others, verdict, author, note, found)


def judge(store: Store, one: str, another: str, same: bool, author: str, note: str = "") -> Decision:
    """Decide that two things are one, or that they are two.

    Arguments:
        store: the store.
        one, another: their IRIs, as a document's graph has them at present or as the document itself named them.
        same: whether they are one.
        author: who decides.
        note: why.

    Raises:
        NotFound: no document that is a text speaks of one of them.
        BadInput: they are of different kinds, or of one document, which tells them apart; or the author is missing.
    """
    with store.transaction() as transaction:
        rdf = transaction.rdf
        mine, theirs = _sides(rdf, one, another)
        if same:
            _refuse_of_one_document(rdf, one, another)
        verdict: Verdict = "confirmed" if same else "rejected"
        sides = ([one], [another]) if same else (mine, theirs)
        return _judge(transaction, claim_iri(one, another), *sides, verdict, author, note, None)


def revoke_judgement(store: Store, one: str, another: str) -> tuple[Decision, ...]:
    """Take back what was decided about two things; the rules decide again.

    Raises:
        NotFound: nothing was decided.
    """
    return revoke_judgements(store, claim_iri(one, another))


def revoke_judgements(store: Store, claim: str) -> tuple[Decision, ...]:
    """Take back what was decided about an identification; the rules decide again.

    Arguments:
        store: the store.
        claim: its IRI.

    Returns:
        the decisions that were taken back, the oldest first.

    Raises:
        NotFound: nothing was decided about it.
    """
    with store.transaction() as transaction:
        taken = [judgement for judgement in judgements(transaction.rdf) if judgement.decision.claim == claim]
        if not taken:
            raise NotFound(f"nothing was decided about <{claim}>")
        identity = IdentityAcrossDocuments(transaction)
        for judgement in taken:
            transaction.amend_graph(DECISIONS, judgement.triples(), ())
            identity.judged(judgement)
        identity.settle()
        return tuple(judgement.decision for judgement in taken)


def _judge(
    transaction: Transaction,
    claim: str,
    things: Collection[str],
    others: Collection[str],
    verdict: Verdict,
    author: str,
    note: str,
    found: Identification | None,
) -> Decision:
    if not author.strip():
        raise BadInput("a decision needs an author", hint="say who decides")
    time = datetime.now(UTC).replace(microsecond=0)
    mark = hashlib.sha256(f"{claim} {verdict} {time.isoformat()} {author}".encode()).hexdigest()[:12]
    decision = Decision(
        iri=f"{entity('identification', 'decision')}/{mark}",
        claim=claim,
        verdict=verdict,
        author=author.strip(),
        time=time,
        rules=(f"{BASE}rule/{found.rule}",) if found else (_BY_PERSON,),
        kind=MC["identifiedAs"],
        passages=found.evidence if found else (),
        note=note,
    )
    judgement = Judgement(decision, tuple(sorted(things)), tuple(sorted(others)))
    # The last word counts; what was decided about the pair before is not needed to take it back.
    for old in judgements(transaction.rdf):
        if old.decision.claim == claim:
            transaction.amend_graph(DECISIONS, old.triples(), ())
    transaction.amend_graph(DECISIONS, (), judgement.triples())
    identity = IdentityAcrossDocuments(transaction)
    identity.judged(judgement)
    identity.settle()
    return decision


def _sides(rdf: pyoxigraph.Store, one: str, another: str) -> tuple[list[str], list[str]]:
    """The things that go together with each of two, by their own IRIs; of two that are joined, the first is alone."""
    if one == another:
        raise BadInput("there is only one thing", hint="name two")
    kinds = {_kind(rdf, one), _kind(rdf, another)}
    if len(kinds) > 1:
        raise BadInput(f"an {min(kinds)} and {max(kinds)} are never one", hint="name two things of a kind")
    commons = [record.common if (record := recorded(rdf, iri)) else iri for iri in (one, another)]
    mine, theirs = ([common, *under(rdf, common)] for common in commons)
    if commons[0] == commons[1]:
        return [one], [iri for iri in theirs if iri != one]
    return mine, theirs


def _kind(rdf: pyoxigraph.Store, iri: str) -> Kind:
    for document, present in Naming(rdf).named(iri)[0].items():
        if kind := kinds_in(rdf, document).get(present):
            return kind
    raise NotFound(
        f"no text speaks of <{iri}>",
        hint="name an exercise, an agreement or a person as `milcoop query identifications` and the pages do",
    )


def _refuse_of_one_document(rdf: pyoxigraph.Store, one: str, another: str) -> None:
    naming = Naming(rdf)
    shared = naming.named(one)[0].keys() & naming.named(another)[0].keys()
    if shared:
        raise BadInput(
            f"the document <{min(shared)}> speaks of both, as of two",
            hint="reject in it what is not so (`milcoop decide`)",
        )
