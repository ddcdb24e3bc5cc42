"""The formats that are read: their names, file endings and media types."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["FORMATS", "KNOWN_ENDINGS", "Format", "by_ending", "by_media_type"]

Family = Literal["text", "markdown", "html", "pdf", "docx", "rdf"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Arguments:
        name: as people call it.
        family: which module reads it.
        media_types: the first is the one that is recorded.
        endings: of file names, with the dot.
    """

    name: str
    family: Family
    media_types: tuple[str, ...]
    endings: tuple[str, ...]


FORMATS = (
    Format("plain text", "text", ("text/plain",), (".txt", ".text")),
    Format("Markdown", "markdown", ("text/markdown", "text/x-markdown"), (".md", ".markdown")),
    Format("HTML", "html", ("text/html", "application/xhtml+xml"), (".html", ".htm", ".xhtml")),
    Format("PDF", "pdf", ("application/pdf", "application/x-pdf"), (".pdf",)),
    Format("DOCX", "docx", ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",), (".docx",)),
    Format("Turtle", "rdf", ("text/turtle", "application/x-turtle"), (".ttl",)),
    Format("N-Triples", "rdf", ("application/n-triples",), (".nt",)),
    Format("N-Quads", "rdf", ("application/n-quads",), (".nq",)),
    Format("TriG", "rdf", ("application/trig",), (".trig",)),
    Format("RDF/XML", "rdf", ("application/rdf+xml",), (".rdf", ".owl")),
    Format("JSON-LD", "rdf", ("application/ld+json",), (".jsonld",)),
    Format("N3", "rdf", ("text/n3", "text/rdf+n3"), (".n3",)),
)

KNOWN_ENDINGS = frozenset(ending for each in FORMATS for ending in each.endings)
"""The endings of the files that are taken from a folder."""


def by_ending(ending: str) -> Format | None:
    """The format of files with this ending (with its dot, in any case)."""
    return next((each for each in FORMATS if ending.lower() in each.endings), None)


def by_media_type(media_type: str) -> Format | None:
    """The format of this media type; parameters such as `charset` do not matter."""
    essence = media_type.partition(";")[0].strip().lower()
    return next((each for each in FORMATS if essence in each.media_types), None)
