"""One sentence for each rule whose conclusion is *false*."""

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from ontology import shortened

__all__ = ["message_of"]

_SENTENCES = {
    "eq-diff1": "Two things are the same and different",
    "eq-diff2": "Two things are the same and members of an AllDifferent",
    "eq-diff3": "Two things are the same and members of an AllDifferent",
    "prp-irp": "An irreflexive property holds of a thing and itself",
    "prp-asyp": "An asymmetric property holds in both directions",
    "prp-pdw": "Two disjoint properties hold of the same pair",
    "prp-adp": "Two of several disjoint properties hold of the same pair",
    "prp-npa1": "What a negative assertion denies holds",
    "prp-npa2": "What a negative assertion denies holds",
    "cls-nothing2": "A thing is an instance of owl:Nothing",
    "cls-com": "A thing is an instance of a class and of its complement",
    "cls-maxc1": "A thing has a value where none may be",
    "cls-maxqc1": "A thing has a value of a class where none may be",
    "cls-maxqc2": "A thing has a value where none may be",
    "cax-dw": "A thing is an instance of two disjoint classes",
    "cax-adc": "A thing is an instance of two of several disjoint classes",
    "dt-diff": "Two literals with different values are the same",
    "dt-not-type": "A literal does not belong to a datatype",
}


def message_of(rule: str, premises: Sequence[Sequence[object]]) -> str:
    """What is wrong, with the premises: `A thing is an instance of two disjoint classes: mc:a rdf:type mc:B, …`."""
    shown = ", ".join(" ".join(_short(term) for term in premise) for premise in premises)
    return f"{_SENTENCES.get(rule, rule)}: {shown}"


def _short(term: object) -> str:
    if isinstance(term, NamedNode):
        return shortened(term.value) if shortened(term.value) != term.value else str(term)
    if isinstance(term, Literal) and len(term.value) > 80:
        return str(Literal(term.value[:80] + "…"))
    return str(term)
