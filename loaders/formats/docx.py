"""DOCX: the paragraphs and tables of a Word file, in their order."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from loaders.errors import Damaged, Encrypted, TooLarge
from loaders.formats.content import TextContent
from loaders.formats.registry import by_ending

__all__ = ["read_docx"]

# What a file may have once it is unpacked: a few kilobytes can be made to unpack to terabytes.
_MOST_UNPACKED_BYTES = 300_000_000
_OLE = b"\xd0\xcf\x11\xe0"


def read_docx(data: bytes, source: str) -> TextContent:
    """The text of a Word file; table rows are lines with ` | ` between the cells.

    Arguments:
        data: its bytes.
        source: where it is from, for messages.

    Raises:
        Encrypted: a password is needed to read it.
        TooLarge: it unpacks to more than the limit.
        Damaged: it is no DOCX file, or broken.
    """
    if data.startswith(_OLE):
        raise Encrypted(source, "is encrypted, or a file of an old Word", hint="save it as DOCX without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED_BYTES:
                raise TooLarge(source, f"unpacks to more than {_MOST_UNPACKED_BYTES / 1e6:g} MB")
        document: Document = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(document.iter_inner_content()))
        title = document.core_properties.title or _title(document)
    except TooLarge:
        raise
    except (
        zipfile.BadZipFile,
        OpcError,
        ValueError,
        KeyError,
        AttributeError,
        NotImplementedError,
        OSError,
        zlib.error,
    ):
        raise Damaged(source, "is a broken DOCX file") from None
    except SyntaxError:  # lxml's error for broken XML is one
        raise Damaged(source, "is a DOCX file with broken XML in it") from None
    kind = by_ending(".docx")
    assert kind is not None
    return TextContent("\n\n".join(blocks), kind.media_types[0], title.strip() or None if title else None)


def _blocks(content: Iterable[Paragraph | Table]) -> Iterator[str]:
    for block in content:
        if isinstance(block, Table):
            text = "\n".join(filter(None, (_row(row.cells) for row in block.rows)))
        else:
            text = block.text.strip()
        if text:
            yield text


def _row(cells: Iterable[_Cell]) -> str:
    # A merged cell comes once for each column that it spans.
    distinct = {id(cell._tc): cell for cell in cells}
    return " | ".join(" ".join(cell.text.split()) for cell in distinct.values())


def _title(document: Document) -> str | None:
    styled = (p.text for p in document.paragraphs if p.style is not None and p.style.name in ("Title", "Heading 1"))
    return next(styled, None)
