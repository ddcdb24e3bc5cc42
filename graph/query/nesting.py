"""How the groups of a query stand in one another, as far as it matters for what the engine does with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.query.group_patterns import Group, GroupKind, Statement, Values
from graph.query.tokens import Token

__all__ = [
    "IN_LOOPS",
    "Run",
    "closing_brace",
    "is_narrow",
    "is_within",
    "optional_of",
    "runs_of",
    "stands_in",
    "variables_beside",
]

IN_LOOPS = ("FILTER", "OPTIONAL", "BIND")
"""What the engine evaluates for each solution that comes in, if patterns before it are."""

_BESIDE_UNIONS = ("{", "UNION", *IN_LOOPS)


@dataclass(frozen=True, slots=True)
class Run:
    """A basic graph pattern with the `VALUES` beside it, in its group."""

    group: Group
    statements: tuple[Statement, ...]
    values: tuple[Values, ...]

    @property
    def begin(self) -> int:
        """Where its first statement begins in the text."""
        return self.statements[0].begin

    def stands_with_nothing_but(self, *others: str) -> bool:
        """Whether its group has no other patterns, and of all else only this.

        Arguments:
            others: what elements may begin with.
        """
        if any(isinstance(element, str) and element not in others for element in self.group.elements):
            return False
        return len(self.statements) + len(self.values) == sum(not isinstance(e, str) for e in self.group.elements)


def runs_of(group: Group) -> list[Run]:
    """The basic graph patterns of a group."""
    found: list[Run] = []
    statements: list[Statement] = []
    values: list[Values] = []
    for element in [*group.elements, "}"]:
        if isinstance(element, Statement):
            statements.append(element)
        elif isinstance(element, Values):
            values.append(element)
        elif element != "FILTER":
            if statements and not statements[0].is_template:
                found.append(Run(group, tuple(statements), tuple(values)))
            statements, values = [], []
    return found


def is_within(group: Group | None, kind: GroupKind) -> bool:
    """Whether it is a group of a kind, or stands in one."""
    while group is not None:
        if group.kind == kind:
            return True
        group = group.parent
    return False


def optional_of(group: Group) -> Group | None:
    """The OPTIONAL that a group is, or of whose UNION, with nothing that binds beside it, it is a part."""
    around = None if group.kind != "plain" else group.parent
    if around is not None and around.kind == "optional" and all(one in _BESIDE_UNIONS for one in around.elements):
        return around
    return group if group.kind == "optional" else None


def stands_in(group: Group | None, outer: Group) -> bool:
    """Whether it is the outer group, or one in it without a word before it that makes it something else."""
    while group is not None and group is not outer and group.kind == "plain":
        group = group.parent
    return group is outer


def closing_brace(words: Sequence[Token], begin: int) -> int | None:
    """Where the group ends in which a statement begins; None where it has groups in it, or does not end.

    Arguments:
        words: the words of the query.
        begin: the place of the statement in the text.
    """
    for token in words:
        if token.begin >= begin and token.kind == "mark" and token.text in "{}":
            return token.begin if token.text == "}" else None
    return None


def variables_beside(words: Sequence[Token], statements: Sequence[Statement], close: int) -> frozenset[str]:
    """The variables between the first of some statements and a place in the text, without those of the statements."""
    return frozenset(
        token.text[1:]
        for token in words
        if token.kind == "variable"
        and statements[0].begin <= token.begin < close
        and not any(one.begin <= token.begin < one.end for one in statements)
    )


def is_narrow(words: Sequence[Token], begin: int, close: int) -> bool:
    """Whether the conditions in a part of the text ask for a value or a range of them, and for no value but one."""
    marks = "".join(token.text for token in words if token.kind == "mark" and begin <= token.begin < close)
    return "!" not in marks and any(mark in marks for mark in "<>=")
