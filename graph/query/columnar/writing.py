"""Writing solutions in the formats of results, character for character as the engine writes them."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import numpy as np
from pyoxigraph import QueryResultsFormat

from graph.columns.terms import Codes
from graph.query.columnar.codes import Codebook
from graph.query.columnar.tables import Table, grouped
from graph.query.columnar.values import parts_of
from graph.query.request import Limits
from graph.query.row_limit import LimitedRows, LimitReached
from ontology import XSD

__all__ = ["written"]

_AT_ONCE = 4096
"""So many rows are written before it is looked whether they are too many."""

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


def written(
    table: Table, names: Sequence[str], codebook: Codebook, empty: bytes, format: QueryResultsFormat, limits: Limits
) -> LimitedRows:
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
    stream = LimitedRows(format, limits)
    size = table.size if limits.rows is None else min(table.size, limits.rows + 1)
    foot = _FOOT[format]
    head = empty[: len(empty) - len(foot)]
    table = table.of(names)
    with suppress(LimitReached):
        stream.write(head)
        for begin in range(0, size, _AT_ONCE):
            rows = slice(begin, min(begin + _AT_ONCE, size))
            columns = [_texts(name, table.columns[name][rows], codebook, format) for name in names]
            text = _joined(columns, rows.stop - rows.start, format)
            first = "," if begin and format == QueryResultsFormat.JSON else ""
            stream.write(f"{first}{text}".encode())
        stream.write(foot)
    return stream


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
    text, language, datatype = parts_of(notation)
    kind = "uri" if notation[0] == "<" else "bnode" if notation[0] == "_" else "literal"
    more = f',"xml:lang":"{language}"' if language else f',"datatype":{_quoted(datatype)}' if datatype else ""
    return f'"{name}":{{"type":"{kind}","value":{_quoted(text)}{more}}}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


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
