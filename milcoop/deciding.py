"""`milcoop decide`: what a person types about a claim, decided."""

from collections.abc import Mapping
from typing import Literal, cast

from graph.store import open_store
from graph.terms import node, term
from loaders.decisions import decide, revoke

__all__ = ["decide_claim"]


def decide_claim(store: str, claim: str, verdict: str, author: str, values: Mapping[str, str], note: str) -> str:
    """Decide about a claim, and say in a line what became of it.

    Arguments:
        store: the store's folder.
        claim: the claim's IRI, as people type it.
        verdict: `confirmed`, `rejected`, `amended` or `revoked`.
        author: who decides.
        values: new values by property, as people type them.
        note: why.

    Raises:
        BadUsage: a term is none.
        BadInput: the values are not those of the claim.
        NotFound: there is no such claim, or no decision to take back.
    """
    iri = node(claim).value
    with open_store(store, create=False) as opened:
        if verdict == "revoked":
            taken = revoke(opened, iri)
            return f"revoked: {len(taken)} {'decision' if len(taken) == 1 else 'decisions'} about <{iri}>"
        terms = {node(name).value: term(value) for name, value in values.items()}
        kind = cast(Literal["confirmed", "rejected", "amended"], verdict)
        made = decide(opened, iri, kind, author, values=terms, note=note)
    return f"{made.verdict}: <{made.claim}>, as <{made.iri}>"
