"""The graph as JSON-LD that is pleasant to read: short names from a context that comes with the file.

Nothing is fetched to write it or to read it. The graph is flat, one node a line, and is written as the store is read.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.export.context import Context, context
from graph.export.triples import facts
from graph.store import Snapshot
from ontology import RDF, XSD

__all__ = ["as_jsonld", "write_jsonld"]

Value = str | int | bool | dict[str, Any]


def write_jsonld(snapshot: Snapshot, stream: BinaryIO) -> None:
    """Write the facts as JSON-LD 1.1.

    Arguments:
        snapshot: the state of the store.
        stream: where to write, as UTF-8.
    """
    names = context()
    stream.write(b'{"@context": ' + _json(names.source) + b',\n"@graph": [')
    for number, node in enumerate(_nodes(snapshot, names)):
        stream.write((b",\n" if number else b"\n") + _json(node))
    stream.write(b"\n]}\n")


def as_jsonld(triples: Iterable[Triple]) -> bytes:
    """Triples as a JSON-LD 1.1 document with its context.

    Arguments:
        triples: what to write, of no graph in particular.
    """
    names = context()
    by_subject: dict[NamedNode | BlankNode, list[Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode | BlankNode):
            by_subject.setdefault(triple.subject, []).append(triple)
    nodes = [_node(subject, about, names) for subject, about in by_subject.items()]
    return _json({"@context": names.source, "@graph": nodes}) + b"\n"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": ")).encode()


def _nodes(snapshot: Snapshot, names: Context) -> Iterator[dict[str, Any]]:
    for subject, triples in groupby(facts(snapshot), key=lambda triple: triple.subject):
        if isinstance(subject, NamedNode | BlankNode):
            yield _node(subject, list(triples), names)


def _node(subject: NamedNode | BlankNode, triples: list[Triple], names: Context) -> dict[str, Any]:
    node: dict[str, Any] = {names.keyword("@id"): _reference(subject, names)}
    for triple in sorted(triples, key=lambda t: (t.predicate.value != RDF["type"], t.predicate.value, str(t.object))):
        _add(node, triple, names)
    return {key: _simple(value) for key, value in node.items()}


def _add(node: dict[str, Any], triple: Triple, names: Context) -> None:
    predicate, value = triple.predicate.value, triple.object
    if isinstance(value, Literal):
        if value.language and predicate in names.languages:
            by_language = node.setdefault(names.languages[predicate], {})
            by_language.setdefault(value.language, []).append(value.value)
        elif (term := names.typed.get((predicate, value.datatype.value))) is not None:
            node.setdefault(term, []).append(value.value)
        else:
            node.setdefault(_literal_key(predicate, names), []).append(_literal(value, names))
    elif isinstance(value, NamedNode | BlankNode):
        if predicate == RDF["type"]:
            named = isinstance(value, NamedNode)
            name = names.name(value.value) if named else _reference(value, names)
            node.setdefault(names.keyword("@type"), []).append(name)
        elif predicate in names.links:
            node.setdefault(names.links[predicate], []).append(_reference(value, names))
        else:
            reference = {names.keyword("@id"): _reference(value, names)}
            node.setdefault(_literal_key(predicate, names), []).append(reference)


def _literal_key(predicate: str, names: Context) -> str:
    """A key that adds nothing to its values: neither that they are IRIs nor that they have a language."""
    name = names.name(predicate)
    return name if name == names.plain.get(predicate) or name not in names.source else names.compact(predicate)


def _reference(node: NamedNode | BlankNode, names: Context) -> str:
    return names.compact(node.value) if isinstance(node, NamedNode) else f"_:{node.value}"


def _literal(value: Literal, names: Context) -> Value:
    datatype = value.datatype.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if datatype == XSD["string"]:
        return value.value
    if datatype == XSD["boolean"] and value.value in ("true", "false"):
        return value.value == "true"
    if datatype == XSD["integer"] and value.value == str(_integer(value.value)):
        return int(value.value)
    return {"@value": value.value, "@type": names.name(datatype)}


def _integer(text: str) -> int | None:
    """The integer, if JSON readers that know only doubles can hold it."""
    return int(text) if len(text) < 16 and text.lstrip("-").isdecimal() else None


def _simple(value: Any) -> Any:
    """One value instead of a list of one."""
    if isinstance(value, dict) and not any(key.startswith("@") for key in value):
        return {language: _simple(texts) for language, texts in value.items()}
    return value[0] if isinstance(value, list) and len(value) == 1 else value
