"""What a document says, read as for loading, with nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Triple

from graph.errors import BadInput
from graph.store import Snapshot
from loaders.decisions import decisions_of, rejected_claims, without
from loaders.documents import Library
from loaders.drafting import graph_of_text, note_on
from loaders.reading.gazetteer import known_entities
from loaders.reading_many import Instructions
from loaders.reading_one import AlreadyThere, ReadRdf, Seen, TextReader
from loaders.report import Failure
from loaders.sources import FetchLimits, Given, Location
from loaders.writing import statements_by_graph

__all__ = ["Preview", "preview"]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a document would bring.

    Arguments:
        iri: the IRI that it would have.
        change: `added`; `replaced`, where its source is known with other bytes; `unchanged`, where its bytes are known.
        triples: what its own graph would hold.
        facts: how many facts of each kind were read; empty for an RDF file.
        note: why a document has no facts, where milcoop cannot read it.
    """

    iri: str
    change: str
    triples: frozenset[Triple]
    facts: Mapping[str, int]
    note: str | None = None


def preview(
    snapshot: Snapshot, given: Given, *, reader: TextReader | None = None, limits: FetchLimits | None = None
) -> Preview:
    """Read a document as `load` would, and keep nothing.

    Arguments:
        snapshot: the state whose names are recognised and whose documents are known.
        given: the document.
        reader: what reads texts; milcoop's own reader unless given.
        limits: how large it may be.

    Raises:
        BadInput: it cannot be read.
    """
    names, library = known_entities(snapshot), Library(snapshot.rdf)
    nothing_seen = Seen({}, frozenset())
    one = Instructions(names, reader, nothing_seen, limits or FetchLimits()).one_reader()
    outcome = one.read(Location(given.name, given=given))
    if isinstance(outcome, Failure):
        raise BadInput(outcome.message)
    assert not isinstance(outcome, AlreadyThere)  # nothing was seen
    same = library.same(outcome.source, outcome.sha256)
    iri = same.iri if same else library.allocate(outcome.source, outcome.sha256)
    change = "unchanged" if same else "replaced" if library.at(outcome.source) else "added"
    if isinstance(outcome, ReadRdf):
        return Preview(iri, change, _stated(outcome, iri), {})
    rejected = rejected_claims(decisions_of(snapshot.rdf, iri))
    written = graph_of_text(outcome, iri, frozenset(name.iri for name in names), None)
    return Preview(iri, change, frozenset(without(written.triples, rejected)), written.facts, note_on(outcome.reading))


def _stated(outcome: ReadRdf, iri: str) -> frozenset[Triple]:
    graphs = statements_by_graph(outcome.content, iri)
    return frozenset(triple for triples in graphs.values() for triple in triples)
