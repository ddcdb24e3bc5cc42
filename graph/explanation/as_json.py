"""An explanation as JSON."""

from collections.abc import Iterator
from typing import Any

from graph.claims import Claim, Passage
from graph.explanation.explain import Explanation
from graph.explanation.missing import Missing
from graph.explanation.proof import Proof, Term
from graph.explanation.rule_text import rule_text

__all__ = ["as_json", "proof_as_json"]

Json = dict[str, Any]


def as_json(explanation: Explanation) -> Json:
    """The explanation as what `json.dumps` takes; terms are written as in N-Triples.

    Returns:
        `triple`, `holds`, `inferred`, `planned` (documents speak of it only as planned); `stated_in` and `passages` of
        what is stated; `rule`, that of the last step of the shortest proof; `proofs`, each a tree of `triple`, `rule`
        and `premises`, with `stated_in` and `claims` where it is asserted; of what does not hold `denied`, the claims
        that deny, propose or cancel it, `unknown`, the terms of which nothing is said, and `missing`, each with `rule`,
        `premise` and `held`; `rules`: what each rule named says.
    """
    provenance = explanation.provenance
    inferred = [proof for proof in explanation.proofs if proof.rule is not None]
    return {
        "triple": str(explanation.triple),
        "holds": explanation.holds,
        "inferred": explanation.inferred,
        "planned": provenance.planned,
        "rule": inferred[0].rule if inferred and explanation.inferred else None,
        "stated_in": list(provenance.stated_in),
        "passages": [_passage(passage) for passage in provenance.passages],
        "proofs": [proof_as_json(proof, explanation) for proof in explanation.proofs],
        "denied": [_claim(claim) for claim in explanation.denied],
        "unknown": [str(name) for name in explanation.unknown],
        "missing": [_missing(one) for one in explanation.missing],
        "rules": {name: _rule(name) for name in sorted(set(_rule_names(explanation)))},
    }


def _rule_names(explanation: Explanation) -> Iterator[str]:
    for proof in explanation.proofs:
        yield from (part.rule for part in proof.parts() if part.rule is not None)
    yield from (missing.rule for missing in explanation.missing)


def proof_as_json(proof: Proof, explanation: Explanation) -> Json:
    """A proof of the explanation as a tree."""
    told: Json = {"triple": str(proof.conclusion), "rule": proof.rule, "size": proof.size}
    if proof.bindings:
        told["bindings"] = {name: str(term) for name, term in proof.bindings}
    source = explanation.sources.get(proof.conclusion)
    if proof.rule is None and source is not None:
        told["stated_in"] = list(source.stated_in)
        told["claims"] = [_claim(claim) for claim in source.claims]
    told["premises"] = [proof_as_json(premise, explanation) for premise in proof.premises]
    return told


def _claim(claim: Claim) -> Json:
    return {
        "node": str(claim.node),
        "rule": claim.rule,
        "confidence": claim.confidence,
        "modality": claim.modality,
        "passages": [_passage(passage) for passage in claim.passages],
    }


def _passage(passage: Passage) -> Json:
    return {
        "iri": passage.iri,
        "document": passage.document,
        "begin": passage.begin,
        "end": passage.end,
        "text": passage.text,
    }


def _missing(missing: Missing) -> Json:
    return {
        "rule": missing.rule,
        "premise": " ".join(_word(slot) for slot in missing.premise),
        "held": [str(held) for held in missing.held],
    }


def _word(slot: str | Term) -> str:
    return f"?{slot}" if isinstance(slot, str) else str(slot)


def _rule(name: str) -> Json:
    rule = rule_text(name)
    return {"iri": rule.iri, "text": rule.text, "table": rule.table, "see": rule.see, "titles": dict(rule.titles)}
