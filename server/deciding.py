"""Deciding about claims, in a process of its own: it writes the store."""

from typing import Any

from pyoxigraph import NamedNode

from server.terms import parse_term

__all__ = ["decide_given", "judge_given", "revoke_given"]


def decide_given(argument: dict[str, Any]) -> dict[str, Any]:
    """Decide about a claim; the part that runs apart.

    Arguments:
        argument: `store`, `claim`, `verdict`, `author`, `note`, and `values`: terms in N-Triples' notation by IRI.
    """
    from graph.store import open_store
    from loaders.decisions import decide

    values = {name: parse_term(text, name) for name, text in argument["values"].items()}
    with open_store(argument["store"], create=False) as store:
        made = decide(
            store, argument["claim"], argument["verdict"], argument["author"], values=values, note=argument["note"]
        )
    return {"decision": made.iri, "claim": made.claim, "verdict": made.verdict, "time": made.time.isoformat()}


def judge_given(argument: dict[str, Any]) -> dict[str, Any]:
    """Decide whether two things are one; the part that runs apart.

    Arguments:
        argument: `store`, `thing`, `other`, `same`, `author` and `note`.
    """
    from graph.store import open_store
    from loaders.identity.deciding import judge

    with open_store(argument["store"], create=False) as store:
        made = judge(
            store, argument["thing"], argument["other"], argument["same"], argument["author"], argument["note"]
        )
    return {"decision": made.iri, "claim": made.claim, "verdict": made.verdict, "time": made.time.isoformat()}


def revoke_given(argument: dict[str, Any]) -> dict[str, Any]:
    """Take the decisions about a claim back; the part that runs apart.

    Arguments:
        argument: `store` and `claim`.
    """
    from graph.store import open_store
    from loaders.decisions import revoke

    with open_store(argument["store"], create=False) as store:
        taken = revoke(store, NamedNode(argument["claim"]).value)
    return {"claim": argument["claim"], "revoked": [decision.iri for decision in taken]}
