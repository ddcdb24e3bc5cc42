"""Which of the derived triples leave the engine: RDF triples that are, unless asked for, not trivial."""

import numpy as np
import numpy.typing as npt

from graph.reasoner.owl2rl.clauses import code_of
from graph.reasoner.owl2rl.coding import Coding
from graph.reasoner.owl2rl.vectors import Codes
from ontology import OWL, RDF, RDFS

__all__ = ["told"]

_REFLEXIVE = np.array(
    [
        code_of(OWL["sameAs"]), code_of(RDFS["subClassOf"]), code_of(RDFS["subPropertyOf"]),
        code_of(OWL["equivalentClass"]), code_of(OWL["equivalentProperty"]),
    ]
)  # fmt: skip
_PLACES_OF_CLASSES = np.array(
    [code_of(RDF["type"]), code_of(RDFS["subClassOf"]), code_of(RDFS["domain"]), code_of(RDFS["range"])]
)
_EVERYTHING = np.array([code_of(OWL["Thing"]), code_of(RDFS["Resource"])])
_NOTHING, _SUB_CLASS = code_of(OWL["Nothing"]), code_of(RDFS["subClassOf"])


def told(subject: Codes, predicate: Codes, value: Codes, coding: Coding, *, full: bool) -> npt.NDArray[np.bool_]:
    """Which triples are to be told: `graph.reasoner.trivial`, for vectors of codes.

    Arguments:
        subject, predicate, value: the triples.
        full: tell the trivial ones too.
    """
    first_literal = coding.literals_from
    keep = (subject < first_literal) & (predicate < first_literal)
    iris, terms = coding.iris(), len(coding.terms)
    keep &= iris[np.minimum(predicate, terms - 1)] & coding.nodes()[np.minimum(subject, terms - 1)]
    if full:
        return keep
    built_in = coding.built_in()
    keep &= ~((subject == value) & np.isin(predicate, _REFLEXIVE))
    keep &= ~(np.isin(value, _EVERYTHING) & np.isin(predicate, _PLACES_OF_CLASSES))
    about_built_in = (value >= first_literal) | built_in[np.minimum(value, terms - 1)]
    about_built_in |= (subject == _NOTHING) & (predicate == _SUB_CLASS)
    keep &= ~(built_in[np.minimum(subject, terms - 1)] & about_built_in)
    return keep
