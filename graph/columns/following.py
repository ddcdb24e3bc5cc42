"""Columns of a state made of those of a state before, by what was changed in between."""

from collections.abc import Iterable, Iterator

import numpy as np

from graph.columns.changes import Change
from graph.columns.columns import Columns
from graph.columns.relation import Pairs, Relation, packed
from graph.columns.terms import Codes, Terms

__all__ = ["NotFollowed", "followed"]

_NONE: Codes = np.empty(0, dtype=np.int32)
_END = " ."


class NotFollowed(Exception):
    """A change has lines that cannot be told apart."""


def followed(columns: Columns, changes: Iterable[Change]) -> Columns:
    """The columns after some changes. What none of them touches is shared.

    Arguments:
        columns: those before.
        changes: one after the other.

    Raises:
        TooManyTerms: there is no room for terms that come.
        NotFollowed: a change is not of triples of the engine.
    """
    gone: dict[int, set[int]] = {}
    come: dict[int, set[int]] = {}
    code = _Codes(columns.terms)
    for change in changes:
        for predicate, pair in _coded(code, change.removed):
            come.setdefault(predicate, set()).discard(pair)
            gone.setdefault(predicate, set()).add(pair)
        for predicate, pair in _coded(code, change.added):
            come.setdefault(predicate, set()).add(pair)
    relations = dict(columns.relations)
    for predicate in come:
        relation = relations.get(predicate)
        if relation is None:
            relation = Relation((_NONE, _NONE), (_NONE, _NONE))
        relations[predicate] = relation.followed(_sorted(come[predicate]), _sorted(gone.get(predicate, set())))
    return Columns(columns.terms, relations)


class _Codes(dict[str, int]):
    """The codes of terms; those that have none get one."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def __missing__(self, notation: str) -> int:
        code = self[notation] = self._terms.code_or_new(notation)
        return code


def _coded(codes: _Codes, lines: list[str]) -> Iterator[tuple[int, int]]:
    """The predicate, and subject and object packed, of each line."""
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        # No IRI of a store has a space in it; but an endpoint elsewhere may have given one.
        if not (subject[-1] == ">" or subject[0] == "_") or predicate[-1] != ">" or not value.endswith(_END):
            raise NotFollowed
        yield codes[predicate], packed(codes[subject], codes[value[: -len(_END)]])


def _sorted(pairs: set[int]) -> Pairs:
    return np.array(sorted(pairs), dtype=np.int64)
