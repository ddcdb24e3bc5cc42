"""The order of joins, chosen by how much of the graph each pattern matches, before a query is evaluated.

The engine knows of a pattern only which of its places are bound. Among those that look alike to it, it takes them in
the order of the text; what stands in `EXISTS` it joins without any plan, and an `OPTIONAL` of several patterns it
evaluates over the whole graph. So the text is put in an order here:

- Patterns of one basic graph pattern: the one with the fewest triples first (Selinger et al., SIGMOD 1979). A join is
  commutative and associative (SPARQL 1.1 Query §18.5; Pérez, Arenas and Gutierrez, TODS 34(3), 2009).
- Patterns in `EXISTS`, and in `OPTIONAL` where less comes in than the patterns match: one after the other for each
  solution that comes in, `{ A } LATERAL { B }` (SEP 0006), which is the join of A and B.
- Of a star of patterns with a filter: the first pattern, those with the filter's variables, the filter, then the rest
  for each solution that is left. A filter and a join commute where the filter's variables are bound.
- Lists that are about as long are read side by side and joined: see `graph.query.list_joins`.
- `VALUES` of a few IRIs for a variable that a pattern beside it binds: a `FILTER … IN` where that pattern is not the
  place to begin. Each solution joins with at most one of different values.

The solutions stay the same, as a multiset. What this does not read with certainty, it leaves alone.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from graph.query.basic_patterns import (
    FewValues,
    TriplePattern,
    few_values,
    is_one_row,
    looked_up,
    one_after_the_other,
    triple_patterns,
)
from graph.query.group_patterns import Group, NotRead, Statement, Values, groups, separate
from graph.query.iris import declared_prefixes
from graph.query.list_joins import UpTo, lists_joined
from graph.query.nesting import (
    IN_LOOPS,
    Run,
    closing_brace,
    is_narrow,
    is_within,
    optional_of,
    runs_of,
    stands_in,
    variables_beside,
)
from graph.query.sizes import MANY, Ends
from graph.query.tokens import Token, tokens

__all__ = ["Count", "in_good_order"]

Count = Callable[[Sequence[Ends]], list[int]]
"""Counts the triples that match each pattern."""

_BETWEEN = frozenset(".;,/^|[(")
_OPENS = frozenset({"VALUES", "OPTIONAL", "EXISTS"})
"""Without one of these words or marks a group has but one pattern, and stands alone."""

_FAN = 64
"""How many times fewer a pattern must match to come before one of another subject: many may lead to each of it."""

_LONGEST = 1 << 16
"""A text with more characters is left as it is: it would take longer to read than it may save."""


def in_good_order(text: str, prefixes: Mapping[str, str], count: Count, up_to: UpTo | None = None) -> str:
    """The query with its patterns in the order in which they are best evaluated.

    Arguments:
        text: the query, without a dataset of its own where `count` counts in the default graph.
        prefixes: those that it need not declare.
        count: counts the triples that match patterns.
        up_to: counts solutions of several; without it no lists are joined.
    """
    if len(text) > _LONGEST:
        return text
    words = separate(tokens(text))
    if not _has_an_order(words) or not _may_be_put_in_order(words):
        return text
    try:
        found = groups(words)
    except (NotRead, RecursionError):
        return text
    runs = [run for group in found if not is_within(group, "graph") for run in runs_of(group)]
    reader = _Rewriter(
        text, words, declared_prefixes(words, prefixes), runs, count, up_to if _wants_all(words) else None
    )
    for run in runs:
        reader.put_in_order(run)
    return reader.rewritten()


def _has_an_order(words: Sequence[Token]) -> bool:
    """Whether it may have more than one pattern."""
    return any((token.kind == "mark" and token.text in _BETWEEN) or token.text.upper() in _OPENS for token in words)


def _may_be_put_in_order(words: Sequence[Token]) -> bool:
    """Whether it asks the default graph, and by patterns alone."""
    return not any(
        token.is_word("FROM") or (token.kind in ("name", "iri") and token.text.rstrip(">").endswith("matches"))
        for token in words
    )


def _wants_all(words: Sequence[Token]) -> bool:
    """Whether it takes all solutions to answer it."""
    said = {token.text.upper() for token in words if token.kind == "word"}
    return "ASK" not in said and ("LIMIT" not in said or not said.isdisjoint({"ORDER", "GROUP"}))


class _Rewriter:
    """Gathers what is to stand in the places of statements."""

    def __init__(
        self, text: str, words: Sequence[Token], declared: Mapping[str, str], runs: Sequence[Run], count: Count,
        up_to: UpTo | None,
    ) -> None:  # fmt: skip
        self._text = text
        self._runs = runs
        self._words = words
        self._declared = declared
        self._count = count
        self._up_to = up_to
        self._shows_all = any(after.text == "*" and before.kind == "word" for before, after in pairwise(words))
        self._instead: list[tuple[int, int, str]] = []
        self._read: dict[int, list[TriplePattern] | None] = {}

    def rewritten(self) -> str:
        """The query."""
        parts, end = [], 0
        for begin, behind, instead in sorted(self._instead):
            parts += [self._text[end:begin], instead]
            end = behind
        return "".join([*parts, self._text[end:]])

    def put_in_order(self, run: Run) -> None:
        """Put a basic graph pattern in order."""
        patterns = self._patterns(run)
        if patterns is None:
            return
        steps = self._with_steps(run, patterns)
        if len(steps) + len(run.values) > 1 and all(pattern.is_plain for pattern in steps):
            if (optional := optional_of(run.group)) is not None:
                around = self._comes_in(optional, run, steps)
                if around and all(map(is_one_row, run.values)) and run.stands_with_nothing_but(*IN_LOOPS):
                    self._one_after_the_other(run, steps, around)
                    return
            elif not run.values and is_within(run.group, "exists") and run.stands_with_nothing_but("FILTER"):
                self._one_after_the_other(run, steps, self._variables_around(run.group))
                return
        ordered, filters = self._smallest_first(run, patterns)
        is_alone = not (filters or run.values or run.group.parent)
        joined = lists_joined(ordered, self._up_to) if is_alone and self._up_to else None
        if is_alone and self._filtered_early(run, ordered, joined):
            return
        if joined is not None and run.stands_with_nothing_but("FILTER", "BIND"):
            self._replace(run, f"{{ {joined[0]}{one_after_the_other(ordered, joined[1])} }}", {})
            return
        if ordered != patterns or filters:
            self._replace(run, " . ".join(pattern.text for pattern in ordered), filters)

    def _filtered_early(
        self, run: Run, ordered: Sequence[TriplePattern], joined: tuple[str, list[TriplePattern]] | None
    ) -> bool:
        """Whether patterns of one subject have been put so that a filter comes before what it need not know."""
        first, close = ordered[0], closing_brace(self._words, run.begin)
        if close is None or not run.stands_with_nothing_but("FILTER"):
            return False
        is_star = all(p.is_plain and p.subject_variable == first.subject_variable for p in ordered)
        begins = first.ends.object is not None and first.is_place_to_begin
        if not (is_star and begins and is_narrow(self._words, run.begin, close)):
            return False
        asked = variables_beside(self._words, run.statements, close)
        # Of what has many values, as what comes in by the same property, each would be looked at: few must be left.
        if any(p.object_variable in asked and p.ends.predicate == first.ends.predicate for p in ordered):
            return False
        begun, others = joined or (first.text, ordered[1:])
        carriers = [p for p in others if p.object_variable in asked]
        rest = [p for p in others if p not in carriers]
        if not carriers or not (rest or joined) or not asked <= first.variables.union(*(p.variables for p in carriers)):
            return False
        rest.sort(key=lambda pattern: pattern.ends.is_class)  # to look up a class takes longer
        told = looked_up(carriers) if joined else "".join(f" . {p.text}" for p in carriers)
        self._replace(run, f"{{ {begun}{told}", {})
        self._instead.append((close, close, f"}}{looked_up(rest)} "))
        return True

    def _with_steps(self, run: Run, patterns: Sequence[TriplePattern]) -> list[TriplePattern]:
        """The patterns, with paths as their steps where nobody sees the variables between these."""
        if self._shows_all and run.group.kind != "exists":
            return list(patterns)
        return [step for pattern in patterns for step in pattern.steps or (pattern,)]

    def _smallest_first(self, run: Run, patterns: list[TriplePattern]) -> tuple[list[TriplePattern], dict[Values, str]]:
        """The patterns in order, and the filters that stand for `VALUES`."""
        few = {values: one for values in run.values if (one := few_values(values, self._declared)) is not None}
        placed = [(n, pattern) for n, pattern in enumerate(patterns) if pattern.is_place_to_begin]
        if run.values or any(pattern.ends.object for _, pattern in placed):  # else the rarest predicate
            placed = [(n, pattern) for n, pattern in placed if pattern.ends.object is not None]
        asked = [pattern.ends for _, pattern in placed]
        begins = {values: begin for values, one in few.items() if (begin := self._begins_of(one, patterns))}
        if not asked or (len(asked) < 2 and not begins):
            return patterns, {}
        sizes = self._count(asked)
        size_of = {n: size for (n, _), size in zip(placed, sizes, strict=True)}
        first = placed[0][0]
        for n, pattern in placed[1:]:
            is_beside = pattern.subject_variable == patterns[first].subject_variable
            if size_of[n] * (1 if is_beside else _FAN) < size_of[first]:
                first = n
        least, subject = size_of[first], patterns[first].subject_variable
        filters = {
            values: few[values].filter
            for values, (of, ends) in begins.items()
            # One by one, or the count would end with the least.
            if of == subject and least < MANY and least < sum(self._count([one])[0] for one in ends)
        }
        beside = [n for n in size_of if n != first and patterns[n].subject_variable == subject]
        order = [first, *sorted(beside, key=lambda n: size_of[n])]
        if order == sorted(order) and first == placed[0][0]:
            return patterns, filters
        order += [n for n in range(len(patterns)) if n not in order]
        return [patterns[n] for n in order], filters

    @staticmethod
    def _begins_of(few: FewValues, patterns: Sequence[TriplePattern]) -> tuple[str | None, list[Ends]] | None:
        """What the engine begins with if it begins with these values: a variable, and what leads to it."""
        for pattern in patterns:
            if pattern.is_place_to_begin and pattern.object_variable == few.variable:
                return pattern.subject_variable, [Ends(None, pattern.ends.predicate, iri) for iri in few.iris]
        return None

    def _comes_in(self, optional: Group, run: Run, patterns: Sequence[TriplePattern]) -> frozenset[str]:
        """The variables of the patterns before an OPTIONAL if these match fewer triples; none otherwise."""
        parent = optional.parent
        if parent is None:
            return frozenset()
        beside = [one for one in self._runs if one.begin < run.begin and stands_in(one.group, parent)]
        before = [pattern for one in beside for pattern in self._patterns(one) or ()]
        around = frozenset(variable for pattern in before for variable in pattern.variables)
        shared = around & {variable for pattern in patterns for variable in pattern.variables}
        bound = {values.variable: values.iris[0] for one in beside for v in one.values
                 if (values := few_values(v, self._declared)) is not None and len(values.iris) == 1}  # fmt: skip
        outside = [ends for pattern in before if _is_known(ends := pattern.with_bound(bound))]
        inside = [pattern.ends for pattern in patterns if _is_known(pattern.ends)]
        if not shared or not outside or not inside:
            return frozenset()
        sizes = [min(size, MANY) for size in self._count([*outside, *inside])]
        return around if min(sizes[: len(outside)]) <= min(sizes[len(outside) :]) else frozenset()

    def _variables_around(self, group: Group) -> frozenset[str]:
        """The variables of the patterns of the groups around a group."""
        found: set[str] = set()
        while group.parent is not None:
            group = group.parent
            for run in runs_of(group):
                for pattern in self._patterns(run) or ():
                    found |= pattern.variables
        return frozenset(found)

    def _one_after_the_other(self, run: Run, patterns: Sequence[TriplePattern], around: frozenset[str]) -> None:
        """Let each pattern be looked up for each solution of those before it."""
        sizes = dict(zip(patterns, self._count([pattern.ends for pattern in patterns]), strict=True))
        bound, left = set(around), list(patterns)
        chain = [f"{{ {self._text[values.begin : values.end]} }}" for values in run.values]
        while left:
            best = min(left, key=lambda p: (p.cost(bound, sizes[p]), p.ends.is_class))
            left.remove(best)
            bound |= best.variables
            chain.append(f"{{ {best.text} }}")
        self._replace(run, f" {' LATERAL '.join(chain)} ", dict.fromkeys(run.values, ""))

    def _replace(self, run: Run, patterns: str, instead: Mapping[Values, str]) -> None:
        """Put patterns in the place of those of a run, and something else in the place of some of its `VALUES`."""
        first = run.statements[0]
        others: list[Statement | Values] = [*run.statements[1:], *instead]
        told = " ".join([patterns, *instead.values()])
        self._instead.append((first.begin, first.end, told))
        for element in others:
            self._instead.append((element.begin, self._behind(element), ""))

    def _behind(self, element: Statement | Values) -> int:
        """Where an element ends with the full stop behind it."""
        following = next((token for token in self._words if token.begin >= element.end), None)
        return following.begin + 1 if following is not None and following.text == "." else element.end

    def _patterns(self, run: Run) -> list[TriplePattern] | None:
        """The patterns of a run; None where they cannot be taken apart."""
        place = run.begin
        if place not in self._read:
            self._read[place] = triple_patterns(self._text, run.statements, self._declared)
        return self._read[place]


def _is_known(ends: Ends) -> bool:
    return ends.predicate is not None
