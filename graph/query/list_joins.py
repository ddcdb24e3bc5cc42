"""Lists of things that two patterns lead to, joined by reading both instead of looking up each thing of one.

The engine joins the patterns of a group in loops: for each solution of those before, it looks a pattern up. To look up
takes as long as to read some ten entries one after the other. So of two lists that are about as long, such as what two
states took part in, each is read once and the engine joins them by a hash table (Bratbergsengen, VLDB 1984): it does
so with subqueries. One that projects all variables of its patterns is the same as these (SPARQL 1.1 Query §18.2.4.4).
"""

from collections.abc import Callable, Sequence

from graph.query.basic_patterns import TriplePattern

__all__ = ["UpTo", "lists_joined"]

UpTo = Callable[[str, int], int]
"""Counts the solutions of patterns, up to a number."""

_WORTH = 256
"""With fewer solutions there is nothing to gain."""

_COUNTED = 2048
_A_LOOK_UP = 10
"""As many entries are read in the time of a look-up."""


def lists_joined(patterns: Sequence[TriplePattern], up_to: UpTo) -> tuple[str, list[TriplePattern]] | None:
    """The groups to join in place of the first patterns, and the patterns that are left; None to leave all as it is.

    Arguments:
        patterns: of one basic graph pattern, in the order in which they are to be evaluated.
        up_to: counts solutions.
    """
    first = patterns[0]
    if not (all(pattern.is_plain for pattern in patterns) and _is_list(first)):
        return None
    for begin in ([first], *([first, one] for one in patterns[1:] if _leads_to(one, first))):
        lists = [
            one for one in patterns
            if one not in begin and _is_list(one) and one.subject_variable == begin[-1].subject_variable
        ]  # fmt: skip
        if not lists:
            continue
        number = up_to(_text(begin), _COUNTED)
        if number < _WORTH:
            return None
        most = number * _A_LOOK_UP
        joined = [one for one in lists if up_to(_text([one]), most) < most]
        if joined:
            groups = [_subquery([one]) for one in joined] + [_subquery(begin)]
            return " ".join(groups), [one for one in patterns if one not in begin and one not in joined]
    return None


def _is_list(pattern: TriplePattern) -> bool:
    """Whether it leads to things by what they have; not by their class, which most things may be of."""
    begins = pattern.is_place_to_begin and pattern.ends.object is not None
    return begins and pattern.subject_variable is not None and not pattern.ends.is_class


def _leads_to(pattern: TriplePattern, first: TriplePattern) -> bool:
    """Whether it leads to other things from those that the first pattern leads to."""
    goes_on = pattern.is_place_to_begin and pattern.object_variable == first.subject_variable
    return goes_on and pattern.subject_variable not in (None, first.subject_variable)


def _subquery(patterns: Sequence[TriplePattern]) -> str:
    variables = dict.fromkeys(name for one in patterns for name in (one.subject_variable, one.object_variable) if name)
    shown = " ".join(f"?{name}" for name in variables)
    return f"{{ SELECT {shown} {{ {' . '.join(one.text for one in patterns)} }} }}"


def _text(patterns: Sequence[TriplePattern]) -> str:
    """The patterns with their terms in full, and the same for all that differ in the names of variables alone."""
    names: dict[str | None, str] = {}

    def variable(name: str | None) -> str:
        return names.setdefault(name, f"?v{len(names)}")

    return " . ".join(
        f"{one.ends.subject or variable(one.subject_variable)} {one.ends.predicate} "
        f"{one.ends.object or variable(one.object_variable)}"
        for one in patterns
    )
