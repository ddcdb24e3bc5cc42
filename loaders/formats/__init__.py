"""From bytes to text, whatever the format; RDF goes through as it is."""

import re

from loaders.documents import digest, is_url, stem
from loaders.errors import EmptyDocument
from loaders.formats.content import RdfContent, TextContent
from loaders.formats.detect import detect
from loaders.formats.docx import read_docx
from loaders.formats.html import read_html
from loaders.formats.markdown import read_markdown
from loaders.formats.normalise import legible, normalise
from loaders.formats.pdf import read_pdf
from loaders.formats.plain import decode
from loaders.formats.rdf import read_rdf
from loaders.formats.registry import FORMATS, KNOWN_ENDINGS, Format
from ontology import entity

__all__ = ["FORMATS", "KNOWN_ENDINGS", "Format", "RdfContent", "TextContent", "extract", "legible", "normalise"]

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)


def extract(data: bytes, source: str, media_type: str | None = None) -> TextContent | RdfContent:
    """The text of a document, in the form in which offsets count, or the statements of an RDF file.

    Arguments:
        data: the document's bytes.
        source: path or URL, whose ending may tell the format.
        media_type: the `Content-Type` that came with the bytes.

    Raises:
        EmptyDocument: there is no text in it.
        UnknownFormat: it is of a format that is not read.
        Encrypted, Damaged, TooLarge: it cannot be read.
    """
    if not data.strip():
        raise EmptyDocument(source, "is empty")
    kind = detect(data, source, media_type)
    said = _CHARSET.search(media_type or "")
    charset = said.group(1) if said else None
    match kind.family:
        case "rdf":
            base = source if is_url(source) else entity("document", stem(source))
            return read_rdf(data, source, kind, base_iri=base, blank_prefix=f"b{digest(data)[:12]}x")
        case "pdf":
            content = read_pdf(data, source)
        case "docx":
            content = read_docx(data, source)
        case "html":
            content = read_html(data, source, charset)
        case "markdown":
            content = read_markdown(data, source, charset)
        case "text":
            content = TextContent(decode(data, source, charset), "text/plain")
    text = normalise(content.text)
    if not text.strip():
        raise EmptyDocument(source, "holds no text")
    title = " ".join(normalise(content.title).split()) if content.title else None
    return TextContent(text, content.media_type, title or None, content.issued)
