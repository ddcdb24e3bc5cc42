"""The graph of a text, written for the IRI that the document is likely to get by the process that read it.

Drawing up a graph takes as long as much else that the process does which writes the store, and for which those that
read wait. What they hand over is text, which costs little to send and to read again.
"""

import pickle
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from pyoxigraph import RdfFormat, Triple, parse, serialize

from loaders.documents import DocumentRecord, stem
from loaders.reading.facts import Reading
from loaders.reading.grammar import has_language
from loaders.reading_one import Outcome, ReadText
from loaders.sources import Location
from loaders.to_rdf import DocumentGraph, Run, document_graph
from ontology import entity

__all__ = ["Draft", "drafted", "graph_of_text", "note_on"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was read, and its graph.

    Arguments:
        source: where it comes from.
        data: its bytes.
        sha256: their digest, hexadecimal.
        iri: the document's IRI, if it is still free when the document is written.
        graph: the triples, in N-Triples.
        facts: how many facts of each kind they hold.
        refused: how many facts and values were dropped.
        note: what the user should know of how the text was read.
        reading: the text with what was read in it, pickled: it is seldom needed.
    """

    source: str
    data: bytes
    sha256: str
    iri: str
    graph: bytes
    facts: Mapping[str, int]
    refused: int
    note: str | None
    reading: bytes

    def triples(self) -> set[Triple]:
        """What the graph holds."""
        return {quad.triple for quad in parse(self.graph, RdfFormat.N_TRIPLES)}

    def text(self) -> ReadText:
        """The text with what was read in it."""
        read = pickle.loads(self.reading)  # noqa: S301 - made by a process of our own
        assert isinstance(read, ReadText)
        return read


def drafted(
    read: Callable[[Location], Outcome], known: Collection[str], run: Run
) -> Callable[[Location], Outcome | Draft]:
    """Reads as `read` does, and draws up the graphs of texts.

    Arguments:
        read: what reads one location.
        known: the IRIs that the reference graph names.
        run: the run of the software, to be recorded.
    """

    def read_and_draft(location: Location) -> Outcome | Draft:
        outcome = read(location)
        if not isinstance(outcome, ReadText):
            return outcome
        iri = entity("document", stem(outcome.source))
        try:
            written = graph_of_text(outcome, iri, known, run)
            graph = serialize(written.triples, format=RdfFormat.N_TRIPLES) or b""
        except Exception:
            return outcome  # who writes it comes to the same, and tells
        return Draft(
            outcome.source,
            outcome.data,
            outcome.sha256,
            iri,
            graph,
            written.facts,
            written.refused + outcome.reading.refused,
            note_on(outcome.reading),
            pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL),
        )

    return read_and_draft


def graph_of_text(outcome: ReadText, iri: str, known: Collection[str], run: Run | None) -> DocumentGraph:
    """The graph of a document that is a text.

    Arguments:
        outcome: the text with what was read in it.
        iri: the document's IRI.
        known: the IRIs that the reference graph names.
        run: the run of the software, to be recorded.
    """
    content, reading = outcome.content, outcome.reading
    record = DocumentRecord(
        iri,
        outcome.source,
        outcome.sha256,
        title=content.title or reading.title,
        language=reading.language or None,
        issued=reading.issued or content.issued,
        media_type=content.media_type,
        text=content.text,
    )
    return document_graph(reading, content.text, record, known=known, run=run)


def note_on(reading: Reading) -> str | None:
    """What the user should know of how a text was read, if there is anything."""
    language = reading.language
    if reading.note or reading.facts or not language or has_language(language):
        return reading.note
    return f"there is no reader for the language {language}; kept without facts"
