"""Reading a query into the algebra of the columns, or not at all."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from graph.query.columnar.algebra import (
    Aggregate,
    Bind,
    Call,
    Expression,
    Group,
    Operation,
    OrderKey,
    Projected,
    Selection,
    Union,
    Variable,
)
from graph.query.columnar.groups import GroupReader
from graph.query.columnar.words import NotKnown, Words
from graph.query.group_patterns import separate
from graph.query.tokens import tokens

__all__ = ["selection_of"]

_LONGEST = 1 << 16


def selection_of(text: str, prefixes: Mapping[str, str]) -> Selection | None:
    """What a query selects; None if it is no SELECT, or has any part that is not known exactly here.

    Whether the text is a query the engine must say: this takes more than the grammar does.

    Arguments:
        text: a query.
        prefixes: those that it need not declare, with their namespaces.
    """
    return _read(text, tuple(prefixes.items())) if len(text) <= _LONGEST else None


@lru_cache(maxsize=64)
def _read(text: str, prefixes: tuple[tuple[str, str], ...]) -> Selection | None:
    """The same of a text that may be asked of one state after the other."""
    reader = _Reader(Words(separate(tokens(text)), dict(prefixes)))
    try:
        return reader.query()
    except (NotKnown, RecursionError):
        return None


class _Reader:
    """Reads a SELECT and those in it."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._groups = GroupReader(words, self.selection)

    def query(self) -> Selection:
        """The whole text."""
        while self._words.takes_word("PREFIX"):
            self._words.declare()
        found = self.selection()
        if not self._words.is_at_end:
            raise NotKnown
        return found

    def selection(self) -> Selection:
        """A SELECT with what follows its group."""
        words, expressions = self._words, self._groups.expressions
        around, expressions.aggregates = expressions.aggregates, []
        alternatives_around, words.has_alternatives = words.has_alternatives, False
        words.expect_word("SELECT")
        is_distinct = words.takes_word("DISTINCT")
        projected = self._projected()
        words.takes_word("WHERE")
        group = self._groups.group()
        binds, keys = self._keys()
        having = self._having()
        order = self._order()
        offset, limit = self._slice()
        if words.is_word("VALUES"):
            raise NotKnown
        aggregates, expressions.aggregates = tuple(expressions.aggregates or ()), around
        if keys is None and (aggregates or having):
            keys = ()
        if words.has_alternatives and not (_counts_once(aggregates) if keys is not None else is_distinct):
            raise NotKnown
        words.has_alternatives = alternatives_around
        if keys is not None:
            known = {*keys, *(one.variable for one in aggregates)}
            _check_grouped(projected, having, order, known)
            group = Group((*group.parts, *binds), group.filters) if not binds else _bound(group, binds)
        return Selection(group, projected, is_distinct, keys, aggregates, having, order, offset, limit)

    def _projected(self) -> tuple[Projected, ...] | None:
        words = self._words
        if words.takes_mark("*"):
            return None
        found = []
        while words.peek().kind == "variable" or words.is_mark("("):
            if words.is_mark("("):
                expression, variable = self._groups.expressions.aliased()
                found.append(Projected(variable, expression))
            else:
                found.append(Projected(words.variable()))
        if not found:
            raise NotKnown
        return tuple(found)

    def _keys(self) -> tuple[list[Bind], tuple[str, ...] | None]:
        words = self._words
        if not words.takes_word("GROUP"):
            return [], None
        words.expect_word("BY")
        around, self._groups.expressions.aggregates = self._groups.expressions.aggregates, None
        binds, keys = [], []
        while not words.is_at_end and (words.peek().kind == "variable" or words.is_mark("(")):
            if words.is_mark("("):
                expression, variable = self._groups.expressions.aliased()
                binds.append(Bind(variable, expression))
                keys.append(variable)
            else:
                keys.append(words.variable())
        if not keys:
            raise NotKnown
        self._groups.expressions.aggregates = around
        return binds, tuple(keys)

    def _having(self) -> tuple[Expression, ...]:
        if not self._words.takes_word("HAVING"):
            return ()
        found = [self._groups.expressions.constraint()]
        while self._words.is_mark("("):
            found.append(self._groups.expressions.constraint())
        return tuple(found)

    def _order(self) -> tuple[OrderKey, ...]:
        words = self._words
        if not words.takes_word("ORDER"):
            return ()
        words.expect_word("BY")
        found: list[OrderKey] = []
        while not words.is_at_end:
            if words.is_word("ASC", "DESC"):
                is_descending = words.next().is_word("DESC")
                if not words.is_mark("("):
                    raise NotKnown
                found.append(OrderKey(self._groups.expressions.constraint(), is_descending))
            elif words.peek().kind == "variable":
                found.append(OrderKey(Variable(words.variable())))
            elif words.is_mark("("):
                found.append(OrderKey(self._groups.expressions.constraint()))
            else:
                break
        if not found:
            raise NotKnown
        return tuple(found)

    def _slice(self) -> tuple[int, int | None]:
        offset, limit = None, None
        while self._words.is_word("LIMIT", "OFFSET"):
            if self._words.next().is_word("LIMIT"):
                if limit is not None:
                    raise NotKnown
                limit = self._words.number()
            else:
                if offset is not None:
                    raise NotKnown
                offset = self._words.number()
        return offset or 0, limit


def _counts_once(aggregates: tuple[Aggregate, ...]) -> bool:
    """Whether it makes no difference how often a solution is there."""
    return all(one.is_distinct or one.function in ("MIN", "MAX") for one in aggregates)


def _bound(group: Group, binds: list[Bind]) -> Group:
    """A group with values for more variables, behind its conditions."""
    inner = Union((group,)) if group.filters else None
    return Group((inner, *binds) if inner else (*group.parts, *binds))


def _check_grouped(
    projected: tuple[Projected, ...] | None,
    having: tuple[Expression, ...],
    order: tuple[OrderKey, ...],
    known: set[str],
) -> None:
    """Refuse what asks of a group for something that differs within it."""
    if projected is None:
        raise NotKnown
    for one in having:
        _check_known(one, known)
    for part in projected:
        _check_known(Variable(part.variable) if part.expression is None else part.expression, known)
        known.add(part.variable)
    for key in order:
        _check_known(key.expression, known)


def _check_known(expression: Expression, known: set[str]) -> None:
    if any(name not in known for name in _variables(expression)):
        raise NotKnown


def _variables(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Variable):
        yield expression.name
    elif isinstance(expression, (Call, Operation)):
        for argument in expression.arguments:
            yield from _variables(argument)
    elif not hasattr(expression, "notation"):
        raise NotKnown
