"""From what a reader learned to RDF: the graph of one document.

The graph states each fact as plain triples, types and names whatever it speaks of, and holds for each a claim with its
evidence, as the contract and the modelling notes want it. What is denied, cancelled or proposed is a claim only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pyoxigraph import Triple

from loaders.documents import DocumentRecord
from loaders.reading.facts import (
    Agreement,
    Cooperation,
    Exercise,
    Fact,
    Meeting,
    Membership,
    Mission,
    Position,
    Quantity,
    Reading,
    Supply,
)
from loaders.to_rdf.activities import write_exercise, write_meeting, write_mission
from loaders.to_rdf.agreements import write_agreement
from loaders.to_rdf.grounding import grounded
from loaders.to_rdf.identity import Identities
from loaders.to_rdf.provenance import Run, write_document, write_run
from loaders.to_rdf.relations import (
    write_cooperation,
    write_membership,
    write_position,
    write_quantity,
    write_supply,
)
from loaders.to_rdf.writer import GraphWriter

__all__ = ["DocumentGraph", "Run", "document_graph", "reading_to_triples"]


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """What a document's graph holds.

    Arguments:
        triples: in the order in which they were written, each once.
        facts: how many facts of each kind were written (`exercises`, `missions`, …), claims that are no facts included.
        refused: how many facts and values were dropped because their words are not in the text, or their date is none.
    """

    triples: tuple[Triple, ...]
    facts: Mapping[str, int]
    refused: int


def document_graph(
    reading: Reading,
    text: str,
    document: DocumentRecord,
    *,
    known: Collection[str] | None = None,
    run: Run | None = None,
) -> DocumentGraph:
    """Write the graph of a document.

    Arguments:
        reading: what a reader found in `text`.
        text: the text in which the reading's offsets count.
        document: the document's record.
        known: the IRIs that the reference graph names; such an entity gets no label here. By default all entities
            that carry an IRI are taken to be known.
        run: the run of the software that made it, if it is to be recorded.
    """
    checked, refused = grounded(reading, text)
    writer = GraphWriter(document.iri, text, checked.language, Identities(checked, document.iri), known)
    write_document(writer, document)
    if run is not None:
        write_run(writer, document, run)
    for fact in checked.facts:
        _write_fact(writer, fact)
    return DocumentGraph(writer.triples(), writer.facts, refused)


def reading_to_triples(reading: Reading, text: str, document: DocumentRecord) -> list[Triple]:
    """The triples of a document's own graph, without a record of the run."""
    return list(document_graph(reading, text, document).triples)


def _write_fact(writer: GraphWriter, fact: Fact) -> None:
    match fact:
        case Exercise():
            write_exercise(writer, fact)
        case Mission():
            write_mission(writer, fact)
        case Agreement():
            write_agreement(writer, fact)
        case Supply():
            write_supply(writer, fact)
        case Cooperation():
            write_cooperation(writer, fact)
        case Membership():
            write_membership(writer, fact)
        case Position():
            write_position(writer, fact)
        case Meeting():
            write_meeting(writer, fact)
        case Quantity():
            write_quantity(writer, fact)
        case _:
            raise TypeError(f"no kind of fact: {type(fact).__name__}")
    writer.count(fact)
