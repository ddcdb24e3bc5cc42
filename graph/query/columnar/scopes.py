"""Which variables the parts of a query have, and what a group can see of those around it."""

from collections.abc import Set

from graph.query.columnar.algebra import (
    Bind,
    Call,
    Constant,
    Exists,
    Expression,
    Group,
    Minus,
    Named,
    Operation,
    Optional,
    Part,
    Paths,
    Selection,
    Triples,
    Union,
    Values,
    Variable,
)

__all__ = ["all_mentioned", "has_exists", "mentioned", "sees_from_outside", "variables_of"]

_NONE: frozenset[str] = frozenset()


def mentioned(expression: Expression) -> frozenset[str]:
    """The variables of an expression, with those of the groups in it."""
    match expression:
        case Variable(name):
            return frozenset({name})
        case Constant():
            return _NONE
        case Exists(group):
            return all_mentioned(group)
        case Call(_, arguments) | Operation(_, arguments):
            return _NONE.union(*map(mentioned, arguments))


def has_exists(expression: Expression) -> bool:
    """Whether a group stands in an expression."""
    if isinstance(expression, (Call, Operation)):
        return any(map(has_exists, expression.arguments))
    return isinstance(expression, Exists)


def variables_of(part: Part) -> frozenset[str]:
    """The variables that a part may bind, but for a part that is an expression's value."""
    match part:
        case Triples(patterns):
            return _NONE.union(*(pattern.variables for pattern in patterns))
        case Named(graph, patterns):
            found = _NONE.union(*(pattern.variables for pattern in patterns))
            return found | {graph.name} if isinstance(graph, Variable) else found
        case Values(variables):
            return frozenset(variables)
        case Paths(subject, _, object):
            return frozenset(place.name for place in (subject, object) if isinstance(place, Variable))
        case Union(groups):
            return _NONE.union(*map(_of_group, groups))
        case Optional(group):
            return _of_group(group)
        case Bind(variable):
            return frozenset({variable})
        case Minus():
            return _NONE


def all_mentioned(group: Group) -> frozenset[str]:
    """All variables of a group, with those of its conditions."""
    found = _NONE.union(*map(mentioned, group.filters))
    for part in group.parts:
        found |= variables_of(part)
        match part:
            case Bind(_, expression):
                found |= mentioned(expression)
            case Optional(inner) | Minus(inner):
                found |= all_mentioned(inner)
            case Union(groups):
                found = found.union(*(all_mentioned(one) for one in groups if isinstance(one, Group)))
    return found


def sees_from_outside(group: Group, names: Set[str]) -> bool:
    """Whether the solutions of a group depend on what variables are bound to around it, other than in a join.

    Arguments:
        group: it.
        names: the variables that may be bound around it.
    """
    certain: frozenset[str] = _NONE
    for part in group.parts:
        match part:
            case Bind(variable, expression):
                if variable in names or (mentioned(expression) & names) - certain:
                    return True
            case Optional(inner) | Minus(inner):
                if (all_mentioned(inner) & names) - certain:
                    return True
            case Union(groups):
                inside = [one for one in groups if isinstance(one, Group)]
                if any(sees_from_outside(one, names | certain) for one in inside):
                    return True
                if len(inside) == len(groups):
                    certain |= frozenset.intersection(*map(_certain, inside))
            case _:
                certain |= _certain(Group((part,)))
    return any((mentioned(one) & names) - certain for one in group.filters)


def _of_group(group: Group | Selection) -> frozenset[str]:
    if isinstance(group, Selection):
        if group.projected is None:
            return _of_group(group.group)
        return frozenset(one.variable for one in group.projected)
    return _NONE.union(*map(variables_of, group.parts))


def _certain(group: Group) -> frozenset[str]:
    """The variables that each solution of a group binds."""
    found: frozenset[str] = _NONE
    for part in group.parts:
        match part:
            case Triples() | Paths() | Named():
                found |= variables_of(part)
            case Values(variables, rows):
                found |= {name for place, name in enumerate(variables) if all(row[place] is not None for row in rows)}
            case Union(groups) if all(isinstance(one, Group) for one in groups):
                found |= frozenset.intersection(*(_certain(one) for one in groups if isinstance(one, Group)))
    return found
