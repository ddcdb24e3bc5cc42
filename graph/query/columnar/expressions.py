"""Reading the expressions of a query (SPARQL 1.1 Query §19.8, rules 110–128)."""

from collections.abc import Callable
from dataclasses import replace

from graph.query.columnar.algebra import (
    Aggregate,
    Call,
    Constant,
    Exists,
    Expression,
    Group,
    Operation,
    Variable,
)
from graph.query.columnar.functions import ARITY
from graph.query.columnar.words import NotKnown, Words

__all__ = ["ExpressionReader"]

_COMPARISONS = ("!=", "<=", ">=", "=", "<", ">")

_MOST_ARGUMENTS = 256
_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "GROUP_CONCAT")


class ExpressionReader:
    """Reads expressions.

    Arguments:
        words: where it reads.
        group: reads a group, for EXISTS.
    """

    def __init__(self, words: Words, group: Callable[[], Group]) -> None:
        self._words = words
        self._group = group
        self.aggregates: list[Aggregate] | None = None
        """Where aggregates are put; None where none may stand."""

    def expression(self) -> Expression:
        """The whole of one."""
        return self._joined("||", lambda: self._joined("&&", self._relation))

    def constraint(self) -> Expression:
        """What may stand behind FILTER and in HAVING: a parenthesis, or a call."""
        if self._words.is_mark("("):
            return self._parenthesis()
        if self._words.peek().kind == "word":
            return self._primary()
        raise NotKnown

    def aliased(self) -> tuple[Expression, str]:
        """An expression and the variable it is to be, in parentheses."""
        self._words.expect("(")
        found = self.expression()
        self._words.expect_word("AS")
        variable = self._words.variable()
        self._words.expect(")")
        return found, variable

    def _joined(self, sign: str, inner: Callable[[], Expression]) -> Expression:
        found = [inner()]
        while self._words.takes_mark(sign):
            found.append(inner())
        if len(found) == 1:
            return found[0]
        return Operation("&&" if sign == "&&" else "||", tuple(found))

    def _relation(self) -> Expression:
        left = self._sum()
        for sign in _COMPARISONS:
            if self._words.takes_mark(sign):
                return Call(sign, (left, self._sum()))
        if self._words.is_word("IN", "NOT"):
            is_negated = self._words.takes_word("NOT")
            self._words.expect_word("IN")
            wanted = self._list()
            if not wanted:
                raise NotKnown  # the engine takes it for an error in some places
            found = Call("IN", (left, *wanted))
            return Operation("!", (found,)) if is_negated else found
        return left

    def _sum(self) -> Expression:
        return self._counted("+-", lambda: self._counted("*/", self._unary))

    def _counted(self, signs: str, inner: Callable[[], Expression]) -> Expression:
        """Operations of arithmetic from the left to the right."""
        found = inner()
        while not self._words.is_at_end:
            sign = self._words.peek().text
            if sign not in signs or not self._words.takes_mark(sign):
                break
            found = Call(sign, (found, inner()))
        return found

    def _unary(self) -> Expression:
        if self._words.takes_mark("!"):
            return Operation("!", (self._unary(),))
        return self._primary()

    def _parenthesis(self) -> Expression:
        self._words.expect("(")
        found = self.expression()
        self._words.expect(")")
        return found

    def _list(self) -> list[Expression]:
        self._words.expect("(")
        found: list[Expression] = []
        if self._words.takes_mark(")"):
            return found
        while True:
            found.append(self.expression())
            if self._words.takes_mark(")"):
                if len(found) > _MOST_ARGUMENTS:
                    raise NotKnown
                return found
            self._words.expect(",")

    def _primary(self) -> Expression:
        words = self._words
        token = words.peek()
        if words.is_mark("("):
            return self._parenthesis()
        if token.kind == "variable":
            return Variable(words.variable())
        if token.kind == "word" and token.text not in ("true", "false"):
            return self._called(words.next().text.upper())
        constant = words.term()
        if isinstance(constant, Constant) and constant.notation.startswith("<") and words.is_mark("("):
            raise NotKnown  # the call of an extension function
        return constant

    def _called(self, name: str) -> Expression:
        if name == "EXISTS":
            return self._exists()
        if name == "NOT":
            self._words.expect_word("EXISTS")
            return Operation("!", (self._exists(),))
        if name in _AGGREGATES:
            return self._aggregate(name)
        if name not in ARITY:
            raise NotKnown
        arguments = self._list()
        least, most = ARITY[name]
        if not least <= len(arguments) <= most or (name == "BOUND" and not isinstance(arguments[0], Variable)):
            raise NotKnown
        return Call("ISIRI" if name == "ISURI" else name, tuple(arguments))

    def _exists(self) -> Exists:
        around, minus_around = self._words.has_alternatives, self._words.has_minus
        self._words.has_minus = False
        found = Exists(self._group())
        if self._words.has_minus:
            raise NotKnown  # the engine lets it see what is bound outside
        self._words.has_minus = minus_around
        self._words.has_alternatives = around  # how many solutions the group has, does not matter
        return found

    def _aggregate(self, name: str) -> Variable:
        if self.aggregates is None:
            raise NotKnown
        found, self.aggregates = self.aggregates, None  # none stands in another
        self._words.expect("(")
        is_distinct = self._words.takes_word("DISTINCT")
        is_whole = name == "COUNT" and self._words.takes_mark("*")
        argument = None if is_whole else self.expression()
        separator = self._separator() if name == "GROUP_CONCAT" else " "
        self._words.expect(")")
        if is_whole and is_distinct:
            raise NotKnown
        wanted = Aggregate("", name, argument, is_distinct, separator)
        same = [one for one in found if replace(one, variable="") == wanted]
        if not same:
            same = [replace(wanted, variable=self._words.made_variable().name)]
            found.extend(same)
        self.aggregates = found
        return Variable(same[0].variable)

    def _separator(self) -> str:
        if not self._words.takes_mark(";"):
            return " "
        self._words.expect_word("SEPARATOR")
        self._words.expect("=")
        return self._words.plain_string()
