"""What a load did: document by document, and in sum."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Change", "Failure", "LoadReport", "LoadedDocument"]

Change = Literal["added", "replaced", "unchanged"]


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document that is now in the store.

    Arguments:
        iri: its IRI, also that of its graph.
        source: where it came from, as given.
        change: whether it was added, replaced an older state of the same source, or was there already.
        facts: how many facts of each kind were read; empty for RDF files and for what was there already.
        refused: how many facts and values were dropped because their words are not in the text.
        statements: how many triples an RDF file brought.
        same_as: the source of the document that has these bytes, where that is another one.
        note: why a document has no facts, where milcoop cannot read it.
    """

    iri: str
    source: str
    change: Change
    facts: Mapping[str, int] = field(default_factory=dict)
    refused: int = 0
    statements: int = 0
    same_as: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be loaded, and why: one sentence that names the source."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did.

    Arguments:
        documents: those that are in the store now, in the order in which they were given.
        failures: the sources that could not be loaded.
        seconds: how long it took.
    """

    documents: tuple[LoadedDocument, ...]
    failures: tuple[Failure, ...]
    seconds: float

    def count(self, change: Change) -> int:
        """How many documents were added, replaced or unchanged."""
        return sum(document.change == change for document in self.documents)

    @property
    def facts(self) -> dict[str, int]:
        """How many facts of each kind were read, in the order of the annotation guide; kinds without any are left out.

        A claim that is no fact (denied, cancelled, proposed) counts.
        """
        total: Counter[str] = Counter()
        for document in self.documents:
            total.update(document.facts)
        return {kind: number for kind, number in total.items() if number}

    @property
    def refused(self) -> int:
        """How many facts and values were dropped because their words are not in the text."""
        return sum(document.refused for document in self.documents)

    @property
    def statements(self) -> int:
        """How many triples RDF files brought."""
        return sum(document.statements for document in self.documents)

    @property
    def notes(self) -> dict[str, int]:
        """What is to be noted, with the number of documents that it is true of."""
        return dict(Counter(document.note for document in self.documents if document.note))

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "documents": [
                {"iri": d.iri, "source": d.source, "change": d.change, "facts": dict(d.facts)}
                | ({"same_as": d.same_as} if d.same_as else {})
                | ({"note": d.note} if d.note else {})
                for d in self.documents
            ],
            "failures": [{"source": f.source, "message": f.message} for f in self.failures],
            "facts": self.facts,
            "refused": self.refused,
            "statements": self.statements,
            "seconds": round(self.seconds, 3),
        }
