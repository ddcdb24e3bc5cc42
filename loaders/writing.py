"""Documents into and out of a store, within one transaction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from graph.errors import BadInput, NotFound
from graph.store import Transaction
from loaders.decisions import anchored, decisions_graph, decisions_of, rejected_claims, without
from loaders.documents import DocumentRecord, KnownDocument, Library
from loaders.drafting import Draft, graph_of_text, note_on
from loaders.formats import RdfContent, extract
from loaders.identity import IdentityAcrossDocuments, Remembered
from loaders.reading.facts import Reading
from loaders.reading_one import AlreadyThere, ReadRdf, ReadText
from loaders.report import Change, Failure, LoadedDocument
from loaders.to_rdf import Run, document_graph
from ontology import DCTERMS, GRAPH_INFERRED, GRAPH_ONTOLOGY, PROV, entity

__all__ = ["DocumentWriter", "Prepared", "statements_by_graph"]

_AT_LOCATION = NamedNode(PROV["atLocation"])
_DERIVED_FROM = NamedNode(PROV["wasDerivedFrom"])

# So many are written at once: one by one it takes several times as long, and makes more files that are merged later.
_WAITING = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that only needs to be written: what its graphs will hold, and what it replaces."""

    document: KnownDocument
    old: KnownDocument | None
    graphs: Mapping[str, set[Triple]]
    data: bytes
    loaded: LoadedDocument
    decisions: Collection[Triple] = ()


class DocumentWriter:
    """Writes documents into a store and takes them out again.

    Arguments:
        transaction: of the store.
        stored_bytes: gives the bytes of a document of the store by their digest.
        known: the IRIs that the reference graph names.
        run: the run of the software, to be recorded.
        places: where the sources that are files lie.
        remembered: what the documents of the store told when the batch before was written.
        library: the documents of the store, if they are known.
    """

    def __init__(
        self,
        transaction: Transaction,
        stored_bytes: Callable[[str], bytes],
        known: Collection[str] = (),
        run: Run | None = None,
        places: Mapping[str, str] | None = None,
        remembered: Remembered | None = None,
        library: Library | None = None,
    ) -> None:
        self._transaction = transaction
        self._stored_bytes = stored_bytes
        self._known = known
        self._run = run
        self._places = places or {}
        self._droppable: set[str] = set()
        self._waiting: dict[str, Collection[Triple]] = {}
        self._entering: list[str] = []
        self._identity = IdentityAcrossDocuments(transaction, remembered)
        self.library = Library(transaction.rdf) if library is None else library

    def prepare(self, outcome: ReadText | Draft | ReadRdf | AlreadyThere) -> Prepared | LoadedDocument | Failure:
        """Work out what is to be written; whatever can go wrong in a document goes wrong here, before anything is."""
        source, sha256 = outcome.source, outcome.sha256
        location = self._places.get(source, "")
        if same := self.library.same(source, sha256, location):
            own = self.library.at(source, location) is not None
            return LoadedDocument(same.iri, source, "unchanged", same_as=None if own else same.source)
        if isinstance(outcome, AlreadyThere):
            return Failure(source, f"{source}: was taken out of the store while it was being loaded; load it again")
        old = self.library.at(source, location)
        if old is not None:
            self._write_waiting()
        change: Change = "added" if old is None else "replaced"
        iri = self.library.allocate(source, sha256, location)
        document = KnownDocument(iri, source, sha256, location)
        if isinstance(outcome, ReadRdf):
            graphs = self._graphs_of_rdf(outcome, iri)
            loaded = LoadedDocument(iri, source, change, statements=sum(map(len, graphs.values())))
            graphs[iri] |= set(self._record(outcome, iri, [g for g in graphs if g != iri]))
        else:
            triples, loaded = self._graph_of_text(outcome, iri, change)
            decisions = decisions_of(self._transaction.rdf, iri)
            graphs = {iri: without(triples, rejected_claims(decisions))}
        if location:
            graphs[iri].add(Triple(NamedNode(iri), _AT_LOCATION, NamedNode(location)))
        return Prepared(document, old, graphs, outcome.data, loaded, self._decisions(outcome, iri))

    def put(self, prepared: Prepared) -> LoadedDocument:
        """Write a document, in place of the older one from the same source; at the latest when it comes to `finish`."""
        if prepared.old is not None:
            self._take_out(prepared.old)
        for graph, triples in prepared.graphs.items():
            if graph == prepared.document.iri:
                self._waiting[graph] = triples
            else:
                self._write_waiting()
                self._transaction.put_graph(graph, triples | self._triples_in(graph))
        if prepared.decisions:
            self._waiting[decisions_graph(prepared.document.iri)] = prepared.decisions
        self._entering.append(prepared.document.iri)
        self._transaction.keep_source(prepared.document.sha256, prepared.data)
        self.library.add(prepared.document)
        if len(self._waiting) >= _WAITING:
            self._write_waiting()
        return prepared.loaded

    def remove(self, document: KnownDocument) -> None:
        """Take a document out: its graph, what it brought to other graphs, its bytes."""
        self._write_waiting()
        self._take_out(document)
        self._transaction.drop_graph(decisions_graph(document.iri))
        self.library.remove(document.iri)

    def graphs_of(self, document: KnownDocument) -> list[str]:
        """The graphs, besides its own, to which a document's file brought statements."""
        node = NamedNode(document.iri)
        quads = self._transaction.rdf.quads_for_pattern(None, _DERIVED_FROM, node, node)
        return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))

    def finish(self) -> None:
        """Write what waits, join what documents have in common, forget the bytes that no document has any more."""
        self._write_waiting()
        self._identity.settle()
        for sha256 in self._droppable:
            if not self.library.shared(sha256):
                self._transaction.drop_source(sha256)

    def _write_waiting(self) -> None:
        """Write the graphs that wait all at once."""
        if self._waiting:
            self._transaction.put_graphs(self._waiting)
            self._waiting = {}
        for document in self._entering:
            self._identity.entered(document)
        self._entering.clear()

    # Texts

    def _graph_of_text(
        self, outcome: ReadText | Draft, iri: str, change: Change
    ) -> tuple[Collection[Triple], LoadedDocument]:
        """What a text says, and what is told of its being loaded."""
        source = outcome.source
        if isinstance(outcome, Draft):
            if outcome.iri == iri:
                loaded = LoadedDocument(iri, source, change, outcome.facts, outcome.refused, note=outcome.note)
                return outcome.triples(), loaded
            outcome = outcome.text()
        written = graph_of_text(outcome, iri, self._known, self._run)
        refused = written.refused + outcome.reading.refused
        note = note_on(outcome.reading)
        return written.triples, LoadedDocument(iri, source, change, written.facts, refused, note=note)

    def _decisions(self, outcome: ReadText | Draft | ReadRdf, iri: str) -> Collection[Triple]:
        """What was decided about the document's claims, with the passages where they stand in its new text."""
        decided = self._triples_in(decisions_graph(iri))
        if not decided or isinstance(outcome, ReadRdf):
            return decided
        text = outcome.text() if isinstance(outcome, Draft) else outcome
        return anchored(decided, iri, text.content.text)

    # RDF files

    def _graphs_of_rdf(self, outcome: ReadRdf, iri: str) -> dict[str, set[Triple]]:
        """What an RDF file states, by graph: statements of its default graph belong to the document's own graph.

        Raises:
            BadInput: it would write where only milcoop or another document speaks.
        """
        graphs = statements_by_graph(outcome.content, iri)
        for graph in sorted(graphs):
            if whose := self._whose(graph, iri):
                hint = (
                    "it is a copy of a whole store: `milcoop restore FILE` makes a new store of it"
                    if GRAPH_INFERRED in graphs and GRAPH_ONTOLOGY in graphs
                    else "name another graph"
                )
                raise BadInput(f"{outcome.source}: has statements in <{graph}>, {whose}", hint=hint)
        graphs.setdefault(iri, set())
        return graphs

    def _whose(self, graph: str, document: str) -> str | None:
        """Why a document may not write into a graph."""
        if graph == GRAPH_ONTOLOGY:
            return "which holds milcoop's ontology"
        if graph == GRAPH_INFERRED:
            return "which holds what milcoop infers"
        foreign = graph.startswith(entity("document", "")) and not f"{graph}/".startswith(f"{document}/")
        return "which belongs to another document" if foreign else None

    def _record(self, outcome: ReadRdf, iri: str, graphs: list[str]) -> tuple[Triple, ...]:
        record = DocumentRecord(iri, outcome.source, outcome.sha256, media_type=outcome.content.media_type)
        written = document_graph(Reading(language=""), "", record, run=self._run).triples
        return (*written, *(Triple(NamedNode(graph), _DERIVED_FROM, NamedNode(iri)) for graph in graphs))

    def _take_out(self, document: KnownDocument) -> None:
        self._identity.leaving(document.iri)
        for graph in self.graphs_of(document):
            self._take_from(graph, document)
        self._transaction.drop_graph(document.iri)
        self._droppable.add(document.sha256)

    def _take_from(self, graph: str, document: KnownDocument) -> None:
        """Take out of a graph what a document brought to it and no other document brought, too."""
        node = NamedNode(graph)
        others = {
            quad.object.value
            for quad in self._transaction.rdf.quads_for_pattern(node, _DERIVED_FROM, None)
            if isinstance(quad.object, NamedNode) and quad.object.value != document.iri
        }
        kept: set[Triple] = set()
        for other in self.library:
            if other.iri in others:
                kept |= self._brought_to(graph, other)
        left = self._triples_in(graph) - (self._brought_to(graph, document) - kept)
        if left or others:
            self._transaction.put_graph(graph, left)
        else:
            self._transaction.drop_graph(graph)

    def _brought_to(self, graph: str, document: KnownDocument) -> set[Triple]:
        try:
            data = self._stored_bytes(document.sha256)
        except NotFound:
            return set()
        media_type = self._media_type(document.iri)
        content = extract(data, document.source, media_type)
        return (
            statements_by_graph(content, document.iri).get(graph, set()) if isinstance(content, RdfContent) else set()
        )

    def _media_type(self, iri: str) -> str | None:
        node = NamedNode(iri)
        quads = self._transaction.rdf.quads_for_pattern(node, NamedNode(DCTERMS["format"]), None, node)
        return next((str(getattr(quad.object, "value", "")) for quad in quads), None)

    def _triples_in(self, graph: str) -> set[Triple]:
        quads = self._transaction.rdf.quads_for_pattern(None, None, None, NamedNode(graph))
        return {quad.triple for quad in quads}


def statements_by_graph(content: RdfContent, document: str) -> dict[str, set[Triple]]:
    """The statements of an RDF file by the graph to which they belong.

    Those of the default graph belong to the document's own; a graph without an IRI gets one within the document.
    """
    graphs: dict[str, set[Triple]] = defaultdict(set)
    unnamed: dict[str, str] = {}
    for quad in content.quads:
        match quad.graph_name:
            case NamedNode(value=iri):
                graph = iri
            case BlankNode(value=label):
                graph = unnamed.setdefault(label, f"{document}/graph/{len(unnamed) + 1}")
            case _:
                graph = document
        graphs[graph].add(quad.triple)
    return graphs
