"""A query as the columns are asked it: the algebra of SPARQL (SPARQL 1.1 Query §18.2), as far as it is known here."""

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Aggregate",
    "Bind",
    "Call",
    "Constant",
    "Exists",
    "Expression",
    "Group",
    "Minus",
    "Named",
    "Operation",
    "Optional",
    "OrderKey",
    "Part",
    "Paths",
    "Place",
    "Projected",
    "Selection",
    "TriplePattern",
    "Triples",
    "Union",
    "Values",
    "Variable",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable by its name, without `?`."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A term in the notation of N-Triples, as the engine writes it."""

    notation: str


Place = Variable | Constant
"""What stands in a triple pattern as subject, predicate or object."""


@dataclass(frozen=True, slots=True)
class TriplePattern:
    """A triple pattern (§18.1.5)."""

    subject: Place
    predicate: Place
    object: Place

    @property
    def variables(self) -> frozenset[str]:
        """Their names."""
        places = (self.subject, self.predicate, self.object)
        return frozenset(place.name for place in places if isinstance(place, Variable))


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator other than a logical one, by its name in capitals or its sign, with its arguments."""

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """A logical connection: `&&` and `||` of two or more, `!` of one."""

    sign: Literal["&&", "||", "!"]
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether a group has a solution that agrees with the one at hand (§18.6)."""

    group: "Group"


Expression = Variable | Constant | Call | Operation | Exists


@dataclass(frozen=True, slots=True)
class Triples:
    """A basic graph pattern."""

    patterns: tuple[TriplePattern, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """A path of any number of steps over one predicate (§18.4, ZeroOrMorePath and OneOrMorePath).

    Arguments:
        subject: where it begins.
        predicate: the one of each step, as a notation.
        object: where it ends.
        least: with how many steps it is content, 0 or 1.
        most: with how many it has enough: 1, or None for any number.
    """

    subject: Place
    predicate: str
    object: Place
    least: Literal[0, 1]
    most: Literal[1] | None


@dataclass(frozen=True, slots=True)
class Named:
    """A basic graph pattern in a named graph, with predicates that are told."""

    graph: Place
    patterns: tuple[TriplePattern, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """Solutions that the query gives itself; None where a variable is left unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Optional:
    """What is joined where it can be (§18.2.2.6). The filters of the group are the condition of the join."""

    group: "Group"


@dataclass(frozen=True, slots=True)
class Minus:
    """What takes the solutions away that agree with one of its own in a variable at least."""

    group: "Group"


@dataclass(frozen=True, slots=True)
class Bind:
    """A value for a variable that had none."""

    variable: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Union:
    """Groups whose solutions are taken together; of one group alone, that group."""

    groups: "tuple[Group | Selection, ...]"


Part = Triples | Paths | Named | Values | Optional | Minus | Bind | Union


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two braces: parts in their order, and the conditions on all of it."""

    parts: tuple[Part, ...]
    filters: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregate (§18.5.1) under the name of a variable that no query can write.

    Arguments:
        variable: that name.
        function: in capitals.
        argument: what it is of; None for all of a solution (`COUNT(*)`).
        is_distinct: whether equal values count once.
        separator: what `GROUP_CONCAT` puts between texts.
    """

    variable: str
    function: str
    argument: Expression | None
    is_distinct: bool
    separator: str = " "


@dataclass(frozen=True, slots=True)
class Projected:
    """A variable of the result, and what it is to be; None for what the pattern gives it."""

    variable: str
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class OrderKey:
    """By what solutions are sorted."""

    expression: Expression
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """A SELECT.

    Arguments:
        group: its pattern.
        projected: the variables of its result; None for all that the pattern has.
        is_distinct: whether equal solutions are one.
        keys: the variables by which solutions are grouped; None where they are not.
        aggregates: what is counted of each group.
        having: the conditions on groups.
        order: by what solutions are sorted.
        offset: how many are left out.
        limit: how many there are at most; None for any number.
    """

    group: Group
    projected: tuple[Projected, ...] | None
    is_distinct: bool = False
    keys: tuple[str, ...] | None = None
    aggregates: tuple[Aggregate, ...] = ()
    having: tuple[Expression, ...] = ()
    order: tuple[OrderKey, ...] = ()
    offset: int = 0
    limit: int | None = None
