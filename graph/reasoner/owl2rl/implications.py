"""Implications: conclusions from one triple of data, put together along the schema.

`x p y` may say `x q y`, `y q x`, `x a C` or `y a C`; `x a C` may say `x a D`. What follows from what follows is found
here once for a property, so that the data is passed once, and the conclusions need not be looked at again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from graph.reasoner.owl2rl.clauses import Clause, Pattern, code_of
from graph.reasoner.owl2rl.vectors import Codes
from ontology import RDF

__all__ = ["Implications", "put_together"]

_TYPE = code_of(RDF["type"])

_FOLLOWED_BY_SCHEMA = {"cax-sco", "cax-eqc1", "cax-eqc2", "cls-int2", "cls-uni"}
"""Implications between classes of these are closed already: rdfs:subClassOf follows from each, and is transitive."""

_Columns = Mapping[str, Codes]
_Pairs = tuple[Codes, Codes]


@dataclass(frozen=True, slots=True)
class Implications:
    """What a triple says beside itself; each a pair of vectors.

    Arguments:
        straight: properties p, q: `x p y` says `x q y`.
        turned: properties p, q: `x p y` says `y q x`.
        of_subject: a property p and a class C: `x p y` says `x a C`.
        of_object: a property p and a class C: `x p y` says `y a C`.
        above: classes C, D: `x a C` says `x a D`.
    """

    straight: _Pairs
    turned: _Pairs
    of_subject: _Pairs
    of_object: _Pairs
    above: _Pairs


def put_together(
    grounded: Iterable[tuple[Clause, _Columns]],
) -> tuple[Implications, list[tuple[Clause, _Columns]]]:
    """The implications of clauses with one premise about data.

    Arguments:
        grounded: clauses with the tables of their schema parts.

    Returns:
        the implications, and the clauses (with what is left of their tables) that are not of their forms, or speak of
        rdf:type as a property like others.
    """
    apart: list[tuple[Clause, _Columns]] = []
    properties: dict[int, set[tuple[int, bool]]] = {}
    classes: dict[int, set[tuple[int, bool]]] = {}
    above: set[tuple[int, int]] = set()
    for clause, columns in grounded:
        form = _form(clause, columns)
        if form is None:
            apart.append((clause, columns))
            continue
        source, target, turned, of_class = form
        if not of_class[0]:
            rows = columns[source] != _TYPE
            if not of_class[1]:
                rows = rows & (columns[target] != _TYPE)
            if not rows.all():
                apart.append((clause, {name: codes[~rows] for name, codes in columns.items()}))
            columns = {name: codes[rows] for name, codes in columns.items()}
        pairs = zip(columns[source].tolist(), columns[target].tolist(), strict=True)
        if of_class[0]:
            above.update((c, d) for c, d in pairs if c != d)
        else:
            edges = classes if of_class[1] else properties
            for p, target_code in pairs:
                edges.setdefault(p, set()).add((target_code, turned))
    return _closed(properties, classes, above), apart


def _form(clause: Clause, columns: _Columns) -> tuple[str, str, bool, tuple[bool, bool]] | None:
    """The variables of the property or class that implies, of the implied one; if it is turned; which are classes."""
    [premise], [conclusion, *more] = clause.data, clause.head
    if more:
        return None
    one, other = _parts(premise, columns), _parts(conclusion, columns)
    if one is None or other is None or (one[1] and (not other[1] or clause.name not in _FOLLOWED_BY_SCHEMA)):
        return None
    ends = [slot for slot in (premise[0], premise[2]) if slot not in columns]
    if one[1]:
        turned = False
        fits = conclusion[0] == premise[0]
    elif other[1]:
        turned = conclusion[0] == premise[2]
        fits = conclusion[0] in ends
    else:
        turned = conclusion[0] == premise[2]
        fits = {conclusion[0], conclusion[2]} == set(ends)
    return (one[0], other[0], turned, (one[1], other[1])) if fits else None


def _parts(pattern: Pattern, columns: _Columns) -> tuple[str, bool] | None:
    """The variable for the property, or for the class of an instance, and which of them it is."""
    subject, predicate, value = pattern
    if not isinstance(subject, str) or subject in columns:
        return None
    if predicate == _TYPE:
        return (value, True) if isinstance(value, str) and value in columns else None
    if not isinstance(predicate, str) or predicate not in columns:
        return None
    return (predicate, False) if isinstance(value, str) and value not in columns and value != subject else None


def _closed(
    properties: Mapping[int, set[tuple[int, bool]]],
    classes: Mapping[int, set[tuple[int, bool]]],
    above: set[tuple[int, int]],
) -> Implications:
    """Follow the implications."""
    superclasses: dict[int, set[int]] = {}
    for c, d in above:
        superclasses.setdefault(c, set()).add(d)
    between: tuple[set[tuple[int, int]], set[tuple[int, int]]] = (set(), set())
    typed: tuple[set[tuple[int, int]], set[tuple[int, int]]] = (set(), set())
    for p in {*properties, *classes}:
        reached = {(p, False)}
        waiting = [(p, False)]
        while waiting:
            q, turned = waiting.pop()
            for further, again in properties.get(q, ()):
                step = (further, turned != again)
                if step not in reached:
                    reached.add(step)
                    waiting.append(step)
        for q, turned in reached:
            if (q, turned) != (p, False):
                between[turned].add((p, q))
            for c, of_object in classes.get(q, ()):
                typed[of_object != turned].update((p, d) for d in (c, *superclasses.get(c, ())))
    return Implications(*(_vectors(pairs) for pairs in (*between, *typed, above)))


def _vectors(pairs: set[tuple[int, int]]) -> _Pairs:
    rows = np.array(sorted(pairs), dtype=np.int64).reshape(len(pairs), 2)
    return rows[:, 0].copy(), rows[:, 1].copy()
