"""Writing solutions in the formats of results, character for character as the engine writes them."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from json.encoder import encode_basestring

import numpy as np
from pyoxigraph import QueryResultsFormat

from graph.columns.terms import Codes
from graph.query.columnar.codes import Codebook
from graph.query.columnar.tables import Table, grouped
from graph.query.columnar.values import parts_of
from graph.query.request import Limits
from graph.query.row_limit import LimitedRows, LimitReached
from ontology import XSD

__all__ = ["Result", "written"]

_AT_ONCE = 4096
"""So many rows are written before it is looked whether they have too many bytes."""

_FOOT = {
    QueryResultsFormat.JSON: b"]}}",
    QueryResultsFormat.XML: b"</results></sparql>",
    QueryResultsFormat.CSV: b"",
    QueryResultsFormat.TSV: b"",
}
_QUOTED_IN_CSV = re.compile(r'[",\r\n]')
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})
_XML_SPACES = str.maketrans({character: f"&#{ord(character)};" for character in " \t\n\r"})
_TSV = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"})
_BARE_IN_TSV = {
    XSD["integer"]: re.compile(r"[+-]?\d+"),
    XSD["decimal"]: re.compile(r"[+-]?\d*\.\d+"),
    XSD["double"]: re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+"),
    XSD["boolean"]: re.compile("true|false"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """A result as text.

    Arguments:
        body: the text.
        rows: how many solutions it holds.
        cut: whether there were more than the caller wanted.
    """

    body: bytes
    rows: int
    cut: bool


def written(
    table: Table, names: Sequence[str], codebook: Codebook, empty: bytes, format: QueryResultsFormat, limits: Limits
) -> Result:
    """Solutions as the text of a result.

    Arguments:
        table: the solutions.
        names: the variables of the result, in its order.
        codebook: the codes of terms.
        empty: the result if there were no solutions, as the engine writes it.
        format: the format of it.
        limits: after how many rows or bytes it is cut.

    Raises:
        NotHere: a term is a triple, or a literal with a direction.
    """
    size = table.size if limits.rows is None else min(table.size, limits.rows + 1)
    foot = _FOOT[format]
    parts = [empty[: len(empty) - len(foot)]]
    table = table.of(names)
    length = 0
    for begin in range(0, size, _AT_ONCE):
        rows = slice(begin, min(begin + _AT_ONCE, size))
        columns = [_texts(name, table.columns[name][rows], codebook, format) for name in names]
        first = "," if begin and format == QueryResultsFormat.JSON else ""
        parts.append(f"{first}{_joined(columns, rows.stop - rows.start, format)}".encode())
        length += len(parts[-1])
        if limits.bytes is not None and length > 2 * limits.bytes:  # more than a cut could keep
            break
    parts.append(foot)
    is_within = limits.rows is None or size <= limits.rows
    if is_within and (limits.bytes is None or sum(map(len, parts)) <= limits.bytes):
        return Result(b"".join(parts), size, cut=False)
    stream = LimitedRows(format, limits)
    with suppress(LimitReached):
        for part in parts:
            stream.write(part)
    return Result(stream.finish(), stream.rows, stream.cut)


def _texts(name: str, codes: Codes, codebook: Codebook, format: QueryResultsFormat) -> list[str]:
    """A column of a result: empty where the variable is unbound."""
    groups, firsts = grouped([codes], len(codes))
    distinct = codes[firsts]
    is_bound = distinct >= 0
    write = _WRITERS[format]
    texts = np.full(len(distinct), "", dtype=object)
    texts[is_bound] = [write(name, notation) for notation in codebook.notations(distinct[is_bound])]
    found: list[str] = texts[groups].tolist()
    return found


def _joined(columns: list[list[str]], size: int, format: QueryResultsFormat) -> str:
    rows: Iterator[Sequence[str]] = zip(*columns, strict=True) if columns else iter([()] * size)
    match format:
        case QueryResultsFormat.JSON:
            return ",".join(f"{{{','.join(filter(None, row))}}}" for row in rows)
        case QueryResultsFormat.XML:
            return "".join(f"<result>{''.join(row)}</result>" for row in rows)
        case QueryResultsFormat.CSV:
            return "".join(f"{','.join(row)}\r\n" for row in rows)
        case _:
            return "".join("\t".join(row) + "\n" for row in rows)


def _json(name: str, notation: str) -> str:
    if notation[0] == "<" and notation[1] != "<":
        return f'"{name}":{{"type":"uri","value":{encode_basestring(notation[1:-1])}}}'
    if notation[0] == '"' and "\\" not in notation and "--" not in notation:
        value, _, behind = notation.rpartition('"')  # what needs no escape in N-Triples, needs none in JSON
        more = f',"xml:lang":"{behind[1:]}"' if behind[:1] == "@" else f',"datatype":"{behind[3:-1]}"' if behind else ""
        return f'"{name}":{{"type":"literal","value":{value}"{more}}}'
    text, language, datatype = parts_of(notation)
    kind = "bnode" if notation[0] == "_" else "literal"
    more = f',"xml:lang":"{language}"' if language else f',"datatype":{encode_basestring(datatype)}' if datatype else ""
    return f'"{name}":{{"type":"{kind}","value":{encode_basestring(text)}{more}}}'


def _xml(name: str, notation: str) -> str:
    text, language, datatype = parts_of(notation)
    if notation[0] == "<":
        inner = f"<uri>{text.translate(_XML)}</uri>"
    elif notation[0] == "_":
        inner = f"<bnode>{text}</bnode>"
    else:
        middle = text.strip(" \t\n\r")
        begin = text.find(middle) if middle else len(text)
        end = begin + len(middle)
        content = f"{text[:begin].translate(_XML_SPACES)}{middle.translate(_XML)}{text[end:].translate(_XML_SPACES)}"
        more = f' xml:lang="{language}"' if language else f' datatype="{datatype.translate(_XML)}"' if datatype else ""
        inner = f"<literal{more}>{content}</literal>"
    return f'<binding name="{name}">{inner}</binding>'


def _csv(_: str, notation: str) -> str:
    if notation[0] == "_":
        return notation
    text = parts_of(notation)[0]
    if notation[0] == '"' and _QUOTED_IN_CSV.search(text):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text


def _tsv(_: str, notation: str) -> str:
    if notation[0] in "<_":
        parts_of(notation)
        return notation
    text, language, datatype = parts_of(notation)
    if datatype in _BARE_IN_TSV and _BARE_IN_TSV[datatype].fullmatch(text):
        return text
    behind = f"@{language}" if language else f"^^<{datatype}>" if datatype else ""
    return f'"{text.translate(_TSV)}"{behind}'


_WRITERS: dict[QueryResultsFormat, Callable[[str, str], str]] = {
    QueryResultsFormat.JSON: _json,
    QueryResultsFormat.XML: _xml,
    QueryResultsFormat.CSV: _csv,
    QueryResultsFormat.TSV: _tsv,
}
