"""Columns as the plain arrays that they are kept as."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from graph.columns.columns import Columns
from graph.columns.kinds import Kinds, Numbers
from graph.columns.relation import Relation
from graph.columns.terms import Codes, Terms

__all__ = ["Arrays"]


@dataclass(frozen=True, slots=True)
class Arrays:
    """A graph as arrays, whose terms are numbered in the order of the bytes of their notations.

    Arguments:
        text: the notations in N-Triples, one after the other, in UTF-8.
        offsets: where each begins, and where the last ends.
        kinds, numbers: of each term, and room for terms that come later.
        predicates: sorted.
        begins: where the triples of each predicate begin in the columns below, and where the last ones end.
        subjects, subjects_objects: the triples of each predicate, sorted by subject and then by object.
        objects, objects_subjects: the same, sorted by object and then by subject.
    """

    text: npt.NDArray[np.uint8]
    offsets: Numbers
    kinds: Kinds
    numbers: Numbers
    predicates: Codes
    begins: Numbers
    subjects: Codes
    subjects_objects: Codes
    objects: Codes
    objects_subjects: Codes

    def columns(self) -> Columns:
        """The columns of these arrays. Kinds and numbers of terms that come are written beyond those of its own."""
        for field in fields(self):
            if field.name not in ("kinds", "numbers"):
                getattr(self, field.name).flags.writeable = False
        relations = {}
        borders = self.begins.tolist()
        for predicate, begin, end in zip(self.predicates.tolist(), borders[:-1], borders[1:], strict=True):
            relations[predicate] = Relation(
                (self.subjects[begin:end], self.subjects_objects[begin:end]),
                (self.objects[begin:end], self.objects_subjects[begin:end]),
            )
        return Columns(Terms(self.text, self.offsets, self.kinds, self.numbers), relations)
