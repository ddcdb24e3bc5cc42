"""Expressions over all rows of a table at once (SPARQL 1.1 Query §17).

What has a value is a column of codes, what is true or false a column of truths; an error is a value of both. Terms of
kinds whose values are not known here end the whole attempt: `NotHere`.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from graph.columns.kinds import Kind
from graph.columns.terms import Codes
from graph.query.columnar.algebra import Call, Constant, Exists, Expression, Group, Operation, Variable
from graph.query.columnar.asking import told_by_engine
from graph.query.columnar.codes import UNBOUND, Codebook, Truths
from graph.query.columnar.functions import OF_THE_ENGINE
from graph.query.columnar.tables import Table
from graph.query.columnar.values import dates_part, is_of_unknown_order, languages, lexical_forms, ordering, substrings
from ontology import XSD

__all__ = ["Conditions"]

_ORDERINGS: dict[str, Callable[[npt.NDArray[np.int64]], npt.NDArray[np.bool_]]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}
_TRUE, _FALSE = (f'"{word}"^^<{XSD["boolean"]}>' for word in ("true", "false"))
_KINDS = {"ISIRI": (Kind.IRI,), "ISBLANK": (Kind.BLANK,)}


class Conditions:
    """Evaluates expressions.

    Arguments:
        codebook: the codes of terms.
        exists: tells for each row of a table whether a group has a solution that agrees with it.
    """

    def __init__(self, codebook: Codebook, exists: Callable[[Group, Table], npt.NDArray[np.bool_]]) -> None:
        self._codebook = codebook
        self._exists = exists

    def kept(self, table: Table, condition: Expression) -> Table:
        """The rows of which a condition is true."""
        if not table.size:
            return table
        truths = self.truths(table, condition)
        return table.taken(truths == 1)

    def truths(self, table: Table, expression: Expression) -> Truths:
        """The effective boolean values of an expression (§17.2.2)."""
        match expression:
            case Operation("!", (inner,)):
                truths = self.truths(table, inner)
                return np.where(truths < 0, truths, 1 - truths).astype(np.int8)
            case Operation(sign, arguments):
                return self._connected(sign, [self.truths(table, one) for one in arguments])
            case Exists(group):
                return self._exists(group, table).astype(np.int8)
            case Call(name, arguments) if (called := self._called(table, name, arguments)) is not None:
                return called
        return self._effective(self.codes(table, expression))

    def codes(self, table: Table, expression: Expression) -> Codes:
        """The values of an expression."""
        match expression:
            case Variable(name):
                found = table.columns.get(name)
                return np.full(table.size, UNBOUND, dtype=np.int32) if found is None else found
            case Constant(notation):
                return np.full(table.size, self._codebook.code(notation), dtype=np.int32)
            case Call("COALESCE", arguments):
                codes = np.full(table.size, UNBOUND, dtype=np.int32)
                for one in arguments:
                    codes = np.where(codes < 0, self.codes(table, one), codes)
                return codes
            case Call("IF", (condition, then, otherwise)):
                truths = self.truths(table, condition)
                found = np.where(truths == 1, self.codes(table, then), self.codes(table, otherwise))
                return np.where(truths < 0, UNBOUND, found).astype(np.int32)
            case Call("YEAR" | "MONTH" | "DAY" as name, (argument,)):
                return self._date_part(self.codes(table, argument), name)
            case Call("NOW", ()):
                return np.full(table.size, self._codebook.now, dtype=np.int32)
            case Call("STR", (argument,)):
                return lexical_forms(self._codebook, self.codes(table, argument))
            case Call("LANG", (argument,)):
                return languages(self._codebook, self.codes(table, argument))
            case Call(name, arguments) if name in OF_THE_ENGINE:
                values = [self.codes(table, one) for one in arguments]
                if name == "SUBSTR" and len(values) == 3 and (cut := substrings(self._codebook, *values)) is not None:
                    return cut
                return self._told(_written(name, len(values)), values)
        return self._codebook.of_truths(self.truths(table, expression))

    def _called(self, table: Table, name: str, arguments: tuple[Expression, ...]) -> Truths | None:
        """What a function or comparison says that is true or false; None for other functions."""
        if name == "BOUND":
            return (self.codes(table, arguments[0]) >= 0).astype(np.int8)
        if name == "IN":
            left = self.codes(table, arguments[0])
            equal = [self._equal(left, self.codes(table, one)) for one in arguments[1:]]
            return self._connected("||", equal) if equal else (left < 0).astype(np.int8) * np.int8(-1)
        if name in ("=", "!=", "SAMETERM", *_ORDERINGS):
            left, right = (self.codes(table, one) for one in arguments)
            if name == "SAMETERM":
                return _or_error((left == right).astype(np.int8), (left < 0) | (right < 0))
            if name in _ORDERINGS:
                return self._ordered(name, left, right)
            truths = self._equal(left, right)
            return truths if name == "=" else np.where(truths < 0, truths, 1 - truths).astype(np.int8)
        if name in ("ISIRI", "ISBLANK", "ISLITERAL"):
            codes = self.codes(table, arguments[0])
            kinds = self._codebook.kinds(codes)
            if bool(((kinds == Kind.OTHER) & (codes >= 0)).any()):  # literals, or triples
                return self._effective(self._told(f"{name}(?a0)", [codes]))
            found = kinds > Kind.BLANK if name == "ISLITERAL" else np.isin(kinds, _KINDS[name])
            return _or_error(found.astype(np.int8), codes < 0)
        return None

    def _connected(self, sign: str, truths: list[Truths]) -> Truths:
        """`&&` or `||` (§17.2): an error counts only where the others do not decide."""
        deciding = np.int8(0 if sign == "&&" else 1)
        every = np.stack(truths)
        found = np.where((every < 0).any(axis=0), np.int8(-1), np.int8(1) - deciding)
        return np.where((every == deciding).any(axis=0), deciding, found).astype(np.int8)

    def _equal(self, left: Codes, right: Codes) -> Truths:
        """`=` (§17.4.1.7): terms of known kinds are equal if they are the same."""
        same = left == right
        kinds, others = self._codebook.kinds(left), self._codebook.kinds(right)
        truths = _or_error(same.astype(np.int8), (left < 0) | (right < 0))
        is_unknown = ((kinds == Kind.OTHER) & (others > Kind.BLANK)) | ((others == Kind.OTHER) & (kinds > Kind.BLANK))
        is_unknown &= truths >= 0
        if is_unknown.any():
            truths[is_unknown] = self._effective(self._told("?a0 = ?a1", [left[is_unknown], right[is_unknown]]))
        return truths

    def _ordered(self, sign: str, left: Codes, right: Codes) -> Truths:
        """`<` and the like (§17.4.1): between terms of a known kind; between others the engine decides."""
        is_unknown = is_of_unknown_order(self._codebook, left, right)
        signs, is_error = ordering(self._codebook, left, right)
        truths = _or_error(_ORDERINGS[sign](signs).astype(np.int8), is_error)
        if is_unknown.any():
            truths[is_unknown] = self._effective(self._told(f"?a0 {sign} ?a1", [left[is_unknown], right[is_unknown]]))
        return truths

    def _date_part(self, codes: Codes, name: str) -> Codes:
        is_unknown = (self._codebook.kinds(codes) == Kind.OTHER) & (codes >= 0)
        found = dates_part(self._codebook, codes, name)
        if is_unknown.any():
            found[is_unknown] = self._told(f"{name}(?a0)", [codes[is_unknown]])
        return found

    def _told(self, expression: str, arguments: list[Codes]) -> Codes:
        return told_by_engine(self._codebook, expression, arguments)

    def _effective(self, codes: Codes) -> Truths:
        """The effective boolean values of terms."""
        kinds = self._codebook.kinds(codes)
        true, false = self._codebook.code(_TRUE), self._codebook.code(_FALSE)
        truths = np.full(len(codes), -1, dtype=np.int8)
        truths[codes == true] = 1
        truths[codes == false] = 0
        is_unknown = (kinds == Kind.OTHER) & (codes >= 0) & (truths < 0)
        if is_unknown.any():
            told = self._told("IF(?a0, 1, 0)", [codes[is_unknown]])
            truths[is_unknown] = np.where(told < 0, -1, self._codebook.values(told))
        is_integer = kinds == Kind.INTEGER
        truths[is_integer] = self._codebook.values(codes[is_integer]) != 0
        is_string = kinds == Kind.STRING
        truths[is_string] = codes[is_string] != self._codebook.code('""')
        return truths


def _or_error(truths: Truths, is_error: npt.NDArray[np.bool_]) -> Truths:
    truths[is_error] = -1
    return truths


def _written(name: str, number: int) -> str:
    """The call of a function or operator in SPARQL."""
    names = [f"?a{place}" for place in range(number)]
    return f"{name}({', '.join(names)})" if name.isupper() else f" {name} ".join(names)
