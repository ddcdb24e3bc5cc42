"""The values of literals, and the value spaces of the datatypes of OWL 2 RL (OWL 2 Profiles, section 4.2).

Two literals mean the same if their values are equal; values of decimal numbers, floats, doubles and strings are apart
from each other (OWL 2 Structural Specification, section 4; XML Schema Definition Language 1.1 Part 2).
"""

import base64
import binascii
import re
from collections.abc import Callable, Hashable
from ctypes import c_float
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from xml.etree.ElementTree import ParseError, canonicalize

from pyoxigraph import Literal

from ontology import RDF, RDFS, XSD

__all__ = ["IllTyped", "Value", "has_value_space", "in_value_space", "value_of"]

Value = tuple[Hashable, ...]
"""The name of a primitive value space, and what tells values in it apart."""


class IllTyped(ValueError):
    """The literal's text is not in the lexical space of its datatype."""


_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None), "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0), "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1), "int": (-(2**31), 2**31 - 1), "short": (-(2**15), 2**15 - 1), "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1), "unsignedInt": (0, 2**32 - 1), "unsignedShort": (0, 65535),
    "unsignedByte": (0, 255),
}  # fmt: skip

_NAME_START = r"[^\W\d]|[:_]"
_STRINGS: dict[str, re.Pattern[str]] = {
    "string": re.compile(r"(?s).*"),
    "normalizedString": re.compile(r"[^\t\n\r]*"),
    "token": re.compile(r"(?:[^\s]+(?: [^\s]+)*)?"),
    "language": re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "NMTOKEN": re.compile(r"[\w.:\-]+"),
    "Name": re.compile(rf"(?:{_NAME_START})[\w.:\-]*"),
    "NCName": re.compile(r"(?:[^\W\d]|_)[\w.\-]*"),
}
_DECIMAL = re.compile(r"(?a)[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_INTEGER = re.compile(r"(?a)[+-]?\d+")
_FLOAT = re.compile(r"(?a)[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN")
_DATE_TIME = re.compile(
    r"(?a)(-?(?:[1-9]\d{3,}|0\d{3}))-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?"
    r"(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?",
)
_LANGUAGE_TAG = re.compile(r"(?:[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*)?")
_CYCLE = timedelta(days=146_097)
"""After 400 years the calendar begins anew."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def value_of(literal: Literal) -> Value | None:
    """The value of a literal; None if its datatype is not one of OWL 2 RL.

    Raises:
        IllTyped: the text does not fit the datatype.
    """
    datatype = literal.datatype.value
    if literal.language:
        direction = getattr(literal, "direction", None)
        return ("string", literal.value, literal.language.lower(), str(direction) if direction else "")
    read = _READERS.get(datatype)
    return None if read is None else read(literal.value)


def has_value_space(datatype: str) -> bool:
    """Whether it can be told which values belong to the datatype."""
    return datatype in _READERS or datatype in (RDF["langString"], RDF["PlainLiteral"], RDFS["Literal"])


def in_value_space(value: Value, datatype: str) -> bool:
    """Whether a value belongs to a datatype for which `has_value_space` holds."""
    if datatype == RDFS["Literal"]:
        return True
    if datatype == RDF["PlainLiteral"]:
        return value[0] == "string"
    if datatype == RDF["langString"]:
        return value[0] == "string" and value[2] != ""
    name = datatype.removeprefix(XSD)
    space, content = value[0], value[1]
    if name in _INTEGERS:
        return space == "decimal" and isinstance(content, Fraction) and _is_integer(content, *_INTEGERS[name])
    if name in _STRINGS:
        return space == "string" and value[2] == "" and _STRINGS[name].fullmatch(str(content)) is not None
    if name == "dateTimeStamp":
        return space == "dateTime" and value[2] is True
    return space == name or datatype == space


def _is_integer(number: Fraction, least: int | None, most: int | None) -> bool:
    return number.denominator == 1 and (least is None or number >= least) and (most is None or number <= most)


def _collapsed(pattern: re.Pattern[str], text: str) -> str:
    """The text without surrounding white space, which these types ignore."""
    stripped = text.strip(" \t\n\r")
    if pattern.fullmatch(stripped) is None:
        raise IllTyped(text)
    return stripped


def _integer(least: int | None, most: int | None) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        number = Fraction(Decimal(_collapsed(_INTEGER, text)))  # which, other than int, takes any number of digits
        if not _is_integer(number, least, most):
            raise IllTyped(text)
        return ("decimal", number)

    return read


def _decimal(text: str) -> Value:
    return ("decimal", Fraction(Decimal(_collapsed(_DECIMAL, text))))


def _floating(space: str) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        number = float(_collapsed(_FLOAT, text).replace("INF", "inf"))
        if space == "float":
            number = c_float(number).value
        # Positive and negative zero are equal but not identical; NaN is identical with itself.
        return (space, repr(number))

    return read


def _string(name: str) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        if name == "normalizedString":
            text = re.sub(r"[\t\n\r]", " ", text)
        elif name != "string":
            text = re.sub(r"[ \t\n\r]+", " ", text).strip(" ")
        if _STRINGS[name].fullmatch(text) is None:
            raise IllTyped(text)
        return ("string", text, "")

    return read


def _boolean(text: str) -> Value:
    stripped = text.strip(" \t\n\r")
    if stripped not in ("true", "false", "1", "0"):
        raise IllTyped(text)
    return ("boolean", stripped in ("true", "1"))


def _any_uri(text: str) -> Value:
    return ("anyURI", text.strip(" \t\n\r"))


def _hex_binary(text: str) -> Value:
    try:
        return ("hexBinary", binascii.unhexlify(text.strip(" \t\n\r")))
    except (binascii.Error, ValueError) as error:
        raise IllTyped(text) from error


def _base64_binary(text: str) -> Value:
    try:
        return ("base64Binary", base64.b64decode(re.sub(r"\s", "", text), validate=True))
    except (binascii.Error, ValueError) as error:
        raise IllTyped(text) from error


def _date_time(*, stamp: bool) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        match = _DATE_TIME.fullmatch(text.strip(" \t\n\r"))
        if match is None or (stamp and match[8] is None):
            raise IllTyped(text)
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        fraction, zone = Fraction(match[7] or 0), match[8]
        midnight = hour == 24 and minute == second == fraction == 0
        # Years that `datetime` cannot hold are counted from one with the same calendar (year 0 is there, XSD 1.1).
        cycles, year = divmod(year - 2000, 400)
        try:
            moment = datetime(2000 + year, month, day, 0 if midnight else hour, minute, second, tzinfo=UTC)
        except ValueError as error:
            raise IllTyped(text) from error
        if zone and zone != "Z":
            offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:]))
            moment -= offset if zone[0] == "+" else -offset
        moment += timedelta(days=1) if midnight else timedelta()
        elapsed = moment - _EPOCH
        seconds = (cycles * _CYCLE.days + elapsed.days) * 86_400 + elapsed.seconds
        return ("dateTime", (seconds, fraction), zone is not None)

    return read


def _plain_literal(text: str) -> Value:
    """W3C rdf:PlainLiteral, section 3: the text, an at sign, and a language tag or nothing."""
    content, at, language = text.rpartition("@")
    if not at or _LANGUAGE_TAG.fullmatch(language) is None:
        raise IllTyped(text)
    return ("string", content, language.lower(), "") if language else ("string", content, "")


def _xml_literal(text: str) -> Value:
    """RDF 1.1 Concepts, section 5.2: balanced content; what is the same in canonical XML is the same."""
    try:
        return (RDF["XMLLiteral"], canonicalize(f"<x>{text}</x>", with_comments=True))
    except (ParseError, ValueError) as error:
        raise IllTyped(text) from error


_READERS: dict[str, Callable[[str], Value]] = {
    **{XSD[name]: _integer(*bounds) for name, bounds in _INTEGERS.items()},
    **{XSD[name]: _string(name) for name in _STRINGS},
    XSD["decimal"]: _decimal,
    XSD["float"]: _floating("float"),
    XSD["double"]: _floating("double"),
    XSD["boolean"]: _boolean,
    XSD["anyURI"]: _any_uri,
    XSD["hexBinary"]: _hex_binary,
    XSD["base64Binary"]: _base64_binary,
    XSD["dateTime"]: _date_time(stamp=False),
    XSD["dateTimeStamp"]: _date_time(stamp=True),
    RDF["PlainLiteral"]: _plain_literal,
    RDF["XMLLiteral"]: _xml_literal,
}
