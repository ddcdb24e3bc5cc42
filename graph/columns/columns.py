"""The merged graph of a state of a store as sorted columns of integers.

A relation for each predicate, in two orders, is what a column store keeps of a graph (Abadi et al., Scalable Semantic
Web Data Management Using Vertical Partitioning, VLDB 2007; Neumann and Weikum, RDF-3X, VLDB Journal 19, 2010): whole
columns are joined at a time, where the engine follows one triple after the other.
"""

import numpy as np
from pyoxigraph import Store

from graph.columns.kinds import Kinds, Numbers
from graph.columns.relation import Relation
from graph.columns.terms import Codes, Terms

__all__ = ["Columns"]


class Columns:
    """The triples of a default graph. It never changes; its arrays are for reading only.

    A term is identified by its notation in N-Triples, as the engine writes it, and its code is below `count`.

    Arguments:
        terms: the terms.
        relations: the triples, by the code of the predicate; an empty one is as good as none.
    """

    def __init__(self, terms: Terms, relations: dict[int, Relation]) -> None:
        self.count = len(terms)
        """How many terms have codes; some may be in no triple any more."""
        self.terms = terms
        self.relations = relations

    @classmethod
    def of(cls, rdf: Store) -> "Columns":
        """The columns of the default graph of a store, made in memory.

        Raises:
            TooManyTerms: there are more than codes.
        """
        from graph.columns.making import made_of  # Arrow is only needed where columns are made

        return made_of(rdf).columns()

    @property
    def kinds(self) -> Kinds:
        """The `Kind` of each term, by code."""
        return self.terms.kinds(self.count)

    @property
    def values(self) -> Numbers:
        """By code, the integer (`Kind.INTEGER`) or the days since 1970-01-01 (`Kind.DATE`); 0 elsewhere."""
        return self.terms.numbers(self.count)

    @property
    def predicates(self) -> Codes:
        """The codes of the predicates that have triples, sorted."""
        return np.array(sorted(code for code, relation in self.relations.items() if relation), dtype=np.int32)

    def relation(self, predicate: int) -> Relation | None:
        """The triples of a predicate; None if there are none.

        Arguments:
            predicate: its code.
        """
        relation = self.relations.get(predicate)
        return relation or None

    def code(self, notation: str) -> int | None:
        """The code of a term, if it has one.

        Arguments:
            notation: the term in N-Triples.
        """
        code = self.terms.code(notation)
        return code if code is not None and code < self.count else None

    def notations(self, codes: Codes) -> list[str]:
        """The terms of codes, in N-Triples."""
        return self.terms.notations(codes)
