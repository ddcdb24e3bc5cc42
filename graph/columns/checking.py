"""Holding columns against the store that they were made of."""

import numpy as np
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse

from graph.columns.changes import lines_of
from graph.columns.columns import Columns

__all__ = ["agree"]

_SUBJECTS = 200


def agree(columns: Columns, rdf: Store, chance: np.random.Generator) -> bool:
    """Whether what columns say of some subjects is what the store says of them.

    Arguments:
        columns: the columns.
        rdf: the store.
        chance: picks the subjects, those of many triples more often.
    """
    relations = {code: columns.relations[code] for code in columns.predicates.tolist()}
    lengths = np.array([len(relation) for relation in relations.values()])
    if not lengths.sum():
        return next(rdf.quads_for_pattern(None, None, None, DefaultGraph()), None) is None
    picked = chance.choice(list(relations), size=_SUBJECTS, p=lengths / lengths.sum())
    subjects = {int(chance.choice(relations[code].by_subject[0])) for code in picked.tolist()}
    return all(_of_columns(columns, subject) == _of_store(columns, rdf, subject) for subject in subjects)


def _of_columns(columns: Columns, subject: int) -> set[str]:
    [name] = columns.notations(np.array([subject], dtype=np.int32))
    found = set()
    for code, predicate in zip(columns.predicates.tolist(), columns.notations(columns.predicates), strict=True):
        subjects, values = columns.relations[code].by_subject
        begin, end = np.searchsorted(subjects, np.array([subject, subject + 1], dtype=np.int32)).tolist()
        found |= {f"{name} {predicate} {value} ." for value in columns.notations(values[begin:end])}
    return found


def _of_store(columns: Columns, rdf: Store, subject: int) -> set[str]:
    [name] = columns.notations(np.array([subject], dtype=np.int32))
    [quad] = parse(f"{name} <x:p> <x:o> .", RdfFormat.N_TRIPLES)
    triples = (quad.triple for quad in rdf.quads_for_pattern(quad.subject, None, None, DefaultGraph()))
    return set(lines_of(triples).decode().split("\n")[:-1])
