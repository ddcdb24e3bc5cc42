"""The functions of expressions that may be called, each with the least and most arguments that it takes."""

from collections.abc import Mapping

__all__ = ["ARITY", "OF_THE_ENGINE"]

OF_THE_ENGINE: Mapping[str, tuple[int, int]] = {
    "+": (2, 2), "-": (2, 2), "*": (2, 2), "/": (2, 2), "ABS": (1, 1), "CEIL": (1, 1), "CONCAT": (1, 99),
    "CONTAINS": (2, 2), "DATATYPE": (1, 1), "FLOOR": (1, 1), "HOURS": (1, 1), "ISNUMERIC": (1, 1),
    "LANGMATCHES": (2, 2), "LCASE": (1, 1), "MINUTES": (1, 1), "REGEX": (2, 3), "REPLACE": (3, 4), "ROUND": (1, 1),
    "SECONDS": (1, 1), "STRAFTER": (2, 2), "STRBEFORE": (2, 2), "STRDT": (2, 2), "STRENDS": (2, 2),
    "STRLANG": (2, 2), "STRLEN": (1, 1), "STRSTARTS": (2, 2), "SUBSTR": (2, 3), "UCASE": (1, 1),
}  # fmt: skip
"""Functions and operators of which the engine tells the values: always the same, and errors where an argument is."""

ARITY: Mapping[str, tuple[int, int]] = {
    **{name: number for name, number in OF_THE_ENGINE.items() if name.isupper()},
    "BOUND": (1, 1), "COALESCE": (1, 99), "DAY": (1, 1), "IF": (3, 3), "ISBLANK": (1, 1), "ISIRI": (1, 1),
    "ISLITERAL": (1, 1), "ISURI": (1, 1), "LANG": (1, 1), "MONTH": (1, 1), "NOW": (0, 0), "SAMETERM": (2, 2),
    "STR": (1, 1), "YEAR": (1, 1),
}  # fmt: skip
"""All functions, by their names in capitals."""
