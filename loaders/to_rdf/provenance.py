"""The document's own record, and the run of the software that read it (PROV-O)."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from loaders.documents import DocumentRecord
from loaders.to_rdf.terms import RDF_TYPE, date_literal, mc
from ontology import DC, DCTERMS, PROV, RDFS, XSD, entity

if TYPE_CHECKING:
    from loaders.to_rdf.writer import GraphWriter

__all__ = ["Run", "software_version", "write_document", "write_run"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the loader: when it began (with a time zone), and by which version of milcoop."""

    started: datetime
    version: str


@cache
def software_version() -> str:
    """The version of the installed milcoop."""
    return metadata.version("milcoop")


def write_document(writer: "GraphWriter", document: DocumentRecord) -> None:
    """The record of a document: source, digest, title, date, language, and the text in which offsets count."""
    node = writer.document
    writer.say(node, RDF_TYPE, mc("Document"))
    writer.say(node, mc("source"), Literal(document.source))
    writer.say(node, mc("sha256"), Literal(document.sha256))
    writer.say(node, NamedNode(DCTERMS["format"]), Literal(document.media_type))
    if document.title:
        writer.say(node, NamedNode(DCTERMS["title"]), writer.name(document.title, document.language))
    if document.issued is not None:
        writer.say(node, NamedNode(DCTERMS["issued"]), date_literal(document.issued))
    if document.language:
        writer.say(node, NamedNode(DC["language"]), Literal(document.language))
    if document.text is not None:
        writer.say(node, mc("text"), Literal(document.text))


def write_run(writer: "GraphWriter", document: DocumentRecord, run: Run) -> None:
    """That the document's graph was made by a run of this software from the document."""
    node, activity = writer.document, NamedNode(f"{document.iri}/reading")
    software = NamedNode(entity("software", f"milcoop-{run.version}"))
    time = Literal(run.started.isoformat(timespec="seconds"), datatype=NamedNode(XSD["dateTime"]))
    writer.say(node, NamedNode(PROV["wasGeneratedBy"]), activity)
    writer.say(activity, RDF_TYPE, NamedNode(PROV["Activity"]))
    writer.say(activity, NamedNode(PROV["used"]), node)
    writer.say(activity, NamedNode(PROV["startedAtTime"]), time)
    writer.say(activity, NamedNode(PROV["wasAssociatedWith"]), software)
    writer.say(software, RDF_TYPE, NamedNode(PROV["SoftwareAgent"]))
    writer.say(software, NamedNode(RDFS["label"]), Literal(f"milcoop {run.version}"))
