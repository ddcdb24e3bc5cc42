"""The Python API: one object through which a program loads, asks, explains and exports."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from graph.errors import BadUsage
from graph.explanation import Explanation, explain
from graph.export import export
from graph.query.canned import find
from graph.query.evaluate import Answer, evaluate
from graph.query.request import QueryRequest
from graph.search.of_snapshot import search_of_snapshot
from graph.store import Snapshot, Store, open_store
from graph.terms import triple
from graph.validate import ValidationReport, validate
from loaders.load import LoadReport, Progress, TextReader, load
from loaders.reading.gazetteer import known_entities
from loaders.withdraw import Withdrawal, withdraw
from milcoop.model_settings import ReaderName
from milcoop.questions import canned_queries
from ontology import GRAPH_INFERRED, PREFIXES

if TYPE_CHECKING:
    from loaders.model.choice import ModelAccess

__all__ = ["KnowledgeGraph"]


class KnowledgeGraph:
    """A knowledge graph in a folder, in memory, or behind an address.

    Arguments:
        store: the folder, `"memory:"`, or the address of a remote store.
        create: whether to make the folder where there is none.

    Raises:
        StoreError: it cannot be opened.
    """

    def __init__(self, store: str | Path = "./data", *, create: bool = True) -> None:
        self.store: Store = open_store(store, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def load(
        self,
        *sources: str | Path,
        jobs: int = 1,
        progress: Progress | None = None,
        reader: ReaderName = "rules",
        model: ModelAccess | None = None,
        confidence: float = 0.0,
    ) -> LoadReport:
        """Read documents and RDF files into the graph.

        Arguments:
            sources: files, folders, globs and URLs.
            jobs: how many processes read.
            progress: is told after each document.
            reader: who reads: the rules, a model, or both.
            model: how the model is reached.
            confidence: facts and values that are trusted with less are left out, 0–1.

        Returns:
            What was added, replaced, left as it was, and what failed and why.

        Raises:
            BadUsage: a model is to read and cannot be reached so, or is to read in several processes.
        """
        if reader != "rules" and jobs > 1:
            raise BadUsage("a model reads one document at a time", hint="leave out --jobs")
        return load(
            self.store,
            [str(source) for source in sources],
            jobs=jobs,
            progress=progress,
            reader=None if reader == "rules" else self._model_reader(reader, model),
            confidence=confidence,
        )

    def _model_reader(self, name: ReaderName, model: ModelAccess | None) -> TextReader:
        # Its packages are an extra, and take their time.
        from loaders.model.choice import ModelAccess, choose_reader

        with self.snapshot() as snapshot:
            names = known_entities(snapshot)
        return choose_reader(name, names, model or ModelAccess())

    def withdraw(self, document: str) -> Withdrawal:
        """Take a document, and all that rested on it alone, out again.

        Arguments:
            document: its IRI, its source as it was given, or the last step of its IRI.

        Raises:
            NotFound: no such document.
        """
        return withdraw(self.store, document)

    def infer(self) -> int:
        """Make all inferences anew; returns how many triples are inferred."""
        self.store.infer()
        with self.snapshot() as snapshot:
            return sum(1 for _ in snapshot.triples(GRAPH_INFERRED))

    def query(self, text: str, media_type: str = "application/sparql-results+json") -> Answer:
        """Evaluate a SPARQL query; the prefixes of `ontology.PREFIXES` need no declaration.

        Raises:
            BadInput: the query is not well-formed; the message says where.
        """
        with self.snapshot() as snapshot:
            find = search_of_snapshot(snapshot)
            return evaluate(
                snapshot.rdf, QueryRequest(text, prefixes=PREFIXES), media_type, find=find, closed=not self.store.bare
            )

    def rows(self, text: str) -> list[dict[str, str]]:
        """The solutions of a SELECT query as plain strings; what is unbound is absent."""
        with self.snapshot() as snapshot:
            return [
                {name: getattr(term, "value", str(term)) for name, term in row.items()} for row in snapshot.select(text)
            ]

    def run(self, name: str, values: Mapping[str, str] | None = None) -> list[dict[str, str]]:
        """The rows of a canned query.

        Arguments:
            name: the query's name.
            values: its parameters as text (`{"state": "KAZ"}`); what is not given has its default.

        Raises:
            NotFound: there is no such query.
            BadInput: a parameter is unknown, missing or not of its type.
        """
        return self.rows(find(canned_queries(), name).bind(values or {}))

    def explain(self, subject: str, predicate: str, object_: str, *, limit: int = 1) -> Explanation:
        """Why a triple holds: who states it, or the proofs by which it follows; else what is missing.

        Arguments:
            subject, predicate, object_: IRIs, prefixed names (`state:KAZ`, `mc:memberOf`), or a literal in Turtle's
                notation.
            limit: how many proofs are wanted, the shortest first.

        Raises:
            BadUsage: one of the terms is none.
        """
        wanted = triple(subject, predicate, object_)
        with self.snapshot() as snapshot:
            return explain(snapshot.rdf, wanted, limit=limit)

    def validate(self) -> ValidationReport:
        """Check the graph against the shapes, and list the inconsistencies that inference found."""
        with self.snapshot() as snapshot:
            return validate(snapshot)

    def export(self, name: str) -> bytes:
        """The graph in the format `name` of `graph.export.FORMATS`."""
        stream = io.BytesIO()
        with self.snapshot() as snapshot:
            export(snapshot, name, stream)
        return stream.getvalue()

    def snapshot(self) -> Snapshot:
        """The newest committed state, to be used in a `with` statement."""
        return self.store.snapshot()

    def documents(self) -> Sequence[dict[str, str]]:
        """The documents with their source, language and title."""
        return self.rows(
            """SELECT ?document ?source ?language ?title {
                 ?document a mc:Document ; mc:source ?source .
                 OPTIONAL { ?document dc:language ?language } OPTIONAL { ?document dcterms:title ?title }
               } ORDER BY ?document"""
        )
