"""N-Triples loaded in bulk into a graph whose blank nodes they speak of."""

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

__all__ = ["load_ntriples"]


def load_ntriples(rdf: pyoxigraph.Store, text: bytes, graph: NamedNode | DefaultGraph) -> None:
    """Put triples into a graph; a blank node is the one that has its label in the store.

    Oxigraph loads a document, whose blank nodes are its own and get new labels: lines with such are put in otherwise.

    Arguments:
        rdf: the store.
        text: canonical N-Triples.
        graph: where they go.
    """
    nameless, start = [], 0
    others: list[memoryview] = []
    for begin, end in _lines_with(b"_:", text):
        nameless.append(text[begin:end])
        others.append(memoryview(text)[start:begin])
        start = end
    if nameless:
        quads = pyoxigraph.parse(b"".join(nameless), RdfFormat.N_TRIPLES)
        rdf.extend(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
        others.append(memoryview(text)[start:])
        text = b"".join(others)
    if text:
        rdf.bulk_load(text, RdfFormat.N_TRIPLES, to_graph=graph)


def _lines_with(word: bytes, text: bytes) -> Iterator[tuple[int, int]]:
    """The begin and the end of each line that has a word in it."""
    end = 0
    while (place := text.find(word, end)) >= 0:
        begin = text.rfind(b"\n", 0, place) + 1
        end = text.find(b"\n", place) + 1 or len(text)
        yield begin, end
