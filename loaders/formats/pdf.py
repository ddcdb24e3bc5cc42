"""PDF: the text layer of its pages, with the lines of a paragraph joined again."""

import io
import logging
import re

import pypdf
from pypdf.errors import PyPdfError

from loaders.errors import Damaged, EmptyDocument, Encrypted
from loaders.formats.content import TextContent

__all__ = ["read_pdf"]

# What is wrong with a file is told in one sentence, by `Damaged`; its warnings about what it can mend are of no use.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_BLANKS = re.compile(r"[ \t\u00a0]{2,}")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]$")
_SENTENCE_END = re.compile(r"[.!?…:;][»”\")\]]*$")
_ITEM = re.compile(r"\s*(?:[-–—•*▪]\s|\d{1,2}[.)]\s)")
_FILE_NAME = re.compile(r"\.(?:docx?|odt|rtf|txt|pdf|indd|qxd)$|^Microsoft Word", re.IGNORECASE)


def read_pdf(data: bytes, source: str) -> TextContent:
    """The text of a PDF file.

    Arguments:
        data: its bytes.
        source: where it is from, for messages.

    Raises:
        Encrypted: a password is needed to read it.
        EmptyDocument: its pages are pictures without a text layer.
        Damaged: it is no PDF file, or broken.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Encrypted(source, "is encrypted", hint="save it without a password")
        pages = [page.extract_text() for page in reader.pages]
        title = (reader.metadata.title if reader.metadata else None) or None
    except Encrypted:
        raise
    except RecursionError:
        raise Damaged(source, "is a broken PDF file: its parts are nested without end") from None
    except NotImplementedError:  # a way of encrypting that pypdf does not know, with whatever password
        raise Encrypted(source, "is encrypted", hint="save it without a password") from None
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, OSError) as error:
        # pypdf lets through whatever a broken file makes go wrong in it.
        raise Damaged(source, f"is a broken PDF file ({error or type(error).__name__})") from None
    if not any(page.strip() for page in pages):
        raise EmptyDocument(source, "is a PDF file without text", hint="its pages are pictures: recognise them first")
    text = "\n\n".join(filter(None, map(_unwrap, pages)))
    return TextContent(text, "application/pdf", None if title is None or _FILE_NAME.search(title) else title.strip())


def _unwrap(page: str) -> str:
    """The paragraphs of a page: a full line that does not end a sentence goes on in the next one."""
    lines = [_BLANKS.sub(" ", line).strip() for line in page.splitlines()]
    width = max(map(len, lines), default=0)
    parts: list[str] = []
    before = ""
    for line in lines:
        if not line:
            before = ""
            continue
        if not before:
            parts.append(("\n\n" if parts else "") + line)
        elif _HYPHENATED.search(before) and line[0].islower():
            parts[-1] = _HYPHENATED.sub("", parts[-1])
            parts.append(line)
        elif _goes_on(before, line, width):
            parts.append(" " + line)
        else:
            parts.append("\n" + line)
        before = line
    return "".join(parts)


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether a line belongs to the same paragraph as the one before it."""
    if _ITEM.match(line):
        return False
    if line[0].islower():
        return True
    full = len(before) > 0.75 * width
    return full if not _SENTENCE_END.search(before) else len(before) > 0.9 * width
