"""What is got out of a document, whatever its format."""

from dataclasses import dataclass

from pyoxigraph import Quad

from loaders.reading.facts import PartialDate

__all__ = ["RdfContent", "TextContent"]


@dataclass(frozen=True, slots=True)
class TextContent:
    """The text of a document.

    Arguments:
        text: as offsets count in it.
        media_type: of the document it came from.
        title: as the document's own data give it.
        issued: likewise.
    """

    text: str
    media_type: str
    title: str | None = None
    issued: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class RdfContent:
    """The statements of an RDF file, blank nodes as the file names them."""

    quads: tuple[Quad, ...]
    media_type: str
