"""Columns as the plain arrays that they are kept as."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from graph.columns.columns import Columns
from graph.columns.kinds import Kinds, Numbers
from graph.columns.relation import Relation
from graph.columns.terms import SPARE, Codes, Terms

__all__ = ["Arrays", "with_room"]


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

    def fits(self) -> bool:
        """Whether the arrays are of one graph, as far as their lengths and borders tell."""
        terms, triples = len(self.offsets) - 1, len(self.subjects)
        return (
            len(self.kinds) == len(self.numbers) >= terms >= 0
            and self.offsets[-1] == len(self.text)
            and len(self.begins) == len(self.predicates) + 1
            and self.begins[-1] == triples
            and len(self.subjects_objects) == len(self.objects) == len(self.objects_subjects) == triples
        )

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


def with_room(kinds: Kinds, numbers: Numbers) -> tuple[Kinds, Numbers]:
    """Kinds and numbers of terms, with room for those of terms that come later."""
    more = np.zeros(len(kinds) + SPARE, dtype=np.uint8), np.zeros(len(kinds) + SPARE, dtype=np.int64)
    more[0][: len(kinds)], more[1][: len(kinds)] = kinds, numbers
    return more
