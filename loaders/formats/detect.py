"""Which format bytes are in: by what they begin with, by what their server says, by the ending of their name."""

import re
from pathlib import PurePosixPath

from loaders.documents import path_of
from loaders.errors import Damaged, UnknownFormat
from loaders.formats.registry import FORMATS, Format, by_ending, by_media_type

__all__ = ["detect"]

_READ = "plain text, Markdown, HTML, PDF, DOCX and RDF are read"

# How files begin that are not read, and what they are.
_FOREIGN = (
    (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"), (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"), (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"), (b"{\\rtf", "an RTF file"), (b"\xd0\xcf\x11\xe0", "a file of an old Office"),
    (b"SQLite format", "an SQLite file"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
    (b"AT&TFORM", "a DjVu file"), (b"ID3", "a sound file"), (b"OggS", "a sound file"),
)  # fmt: skip

_BEGINS_AS_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_BEGINS_AS_RDF_XML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE.*?\]>\s*)*<(?:\w+:)?RDF\b", re.S)
_BEGINS_AS_TURTLE = re.compile(rb"\s*(?:#[^\n]*\n\s*)*(?:@prefix|@base|prefix\s+[\w-]*:|base\s+)\s*\w*:?\s*<", re.I)
_BEGINS_AS_JSON_LD = re.compile(rb'\s*[\[{]\s*\{?\s*"@(?:context|graph|id|type)"')
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}")


def detect(data: bytes, source: str, media_type: str | None = None) -> Format:
    """The format of a document.

    Arguments:
        data: its bytes; not empty.
        source: path or URL.
        media_type: what HTTP says it is; `text/plain` and `application/octet-stream` say little and are overruled.

    Raises:
        UnknownFormat: it is of a format that is not read.
        Damaged: it is not what its name says.
    """
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:1024]:
        return _named("PDF")
    if head.startswith(b"PK\x03\x04"):
        return _in_archive(data, source)
    ending = _ending(source)
    promised = by_ending(ending)
    for begin, what in _FOREIGN:
        if head.startswith(begin) and not (promised and promised.family == "docx"):
            raise UnknownFormat(source, f"is {what}", hint=_READ)
    said = by_media_type(media_type) if media_type else None
    specific = said is not None and said.family != "text"
    for pattern, name in ((_BEGINS_AS_HTML, "HTML"), (_BEGINS_AS_RDF_XML, "RDF/XML")):
        if pattern.match(head) and not (specific or (promised and promised.family == "rdf")):
            return _named(name)
    found = said if specific else promised
    if found is not None and found.family == "pdf":
        raise Damaged(source, "is not a PDF file, although it is named as one")
    if found is not None:
        return found
    return said or _by_content(head, source, ending)


def _by_content(head: bytes, source: str, ending: str) -> Format:
    if _BEGINS_AS_JSON_LD.match(head):
        return _named("JSON-LD")
    if not ending and _BEGINS_AS_TURTLE.match(head):
        return _named("Turtle")
    if ending:
        raise UnknownFormat(source, f"is of an unknown format ({ending})", hint=_READ)
    return _named("plain text")


def _in_archive(data: bytes, source: str) -> Format:
    """What a ZIP archive is: its parts are listed at its end, by name."""
    if b"word/document" in data or _ending(source) == ".docx":
        return _named("DOCX")
    for part, what in (
        (b"xl/workbook", "an Excel file"),
        (b"ppt/", "a PowerPoint file"),
        (b"opendocument", "an ODF file"),
    ):
        if part in data:
            raise UnknownFormat(source, f"is {what}", hint=_READ)
    raise UnknownFormat(source, "is a ZIP archive", hint="unpack it first")


def _ending(source: str) -> str:
    suffix = PurePosixPath(path_of(source)).suffix
    return suffix.lower() if _ENDING.fullmatch(suffix) else ""


def _named(name: str) -> Format:
    return next(each for each in FORMATS if each.name == name)
