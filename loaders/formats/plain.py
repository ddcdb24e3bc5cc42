"""Plain text: which encoding the bytes are in."""

import codecs
import re

import charset_normalizer

from loaders.errors import Damaged, UnknownFormat

__all__ = ["decode", "is_binary"]

# What Russian, Kazakh and English texts are kept in, besides Unicode.
_PLAUSIBLE = ["cp1251", "koi8_r", "kz1048", "ptcp154", "cp866", "iso8859_5", "mac_cyrillic", "cp1252"]
_SAMPLE_BYTES = 50_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that no text has, in any single-byte encoding.
_NOT_TEXT = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, source: str, charset: str | None = None) -> str:
    """The text that the bytes encode.

    A byte order mark decides; else the charset that came with the bytes, if they are valid in it; else UTF-8, if they
    are; else UTF-16 without a mark, which shows by its many NULs; else the most plausible encoding of a Cyrillic text.

    Arguments:
        data: the bytes.
        source: where they are from, for messages.
        charset: what HTTP or the document itself says about the encoding.

    Raises:
        UnknownFormat: the bytes are no text.
        Damaged: they are no valid text in the encoding that their mark promises.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise Damaged(source, f"begins as {encoding.upper().removesuffix('-SIG')} but is not") from None
    for attempt in (_named(data, charset), _valid(data, "utf-8"), _utf16(data)):
        if attempt is not None and "\0" not in attempt:
            return attempt
    if is_binary(data):
        raise UnknownFormat(source, "is not a text", hint="PDF, DOCX, HTML, Markdown, plain text and RDF are read")
    best = charset_normalizer.from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_PLAUSIBLE).best()
    if best is None:
        raise UnknownFormat(source, "is in no encoding that is known", hint="save it as UTF-8")
    text = data.decode(best.encoding, errors="replace")
    # The two differ in the Kazakh letters alone. What would be a «ќ», which Russian has not, is the «қ» of Kazakh.
    if best.encoding == "cp1251" and "ќ" in text:
        return data.decode("kz1048", errors="replace")
    return text


def is_binary(data: bytes) -> bool:
    """Whether there are bytes that no text has in any single-byte encoding."""
    return _NOT_TEXT.search(data) is not None


def _named(data: bytes, charset: str | None) -> str | None:
    if charset is None:
        return None
    try:
        codec = codecs.lookup(charset)
    except LookupError:
        return None
    # Not all of Python's codecs are character encodings: `hex` and `zlib` are codecs too.
    return _valid(data, codec.name) if getattr(codec, "_is_text_encoding", True) else None


def _valid(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _utf16(data: bytes) -> str | None:
    """The text, if it is UTF-16 without a mark: of Cyrillic and Latin text every other byte is below 5."""
    sample = data[: _SAMPLE_BYTES - _SAMPLE_BYTES % 2]
    if len(data) % 2 or len(sample) < 4:
        return None
    low = [sum(byte < 5 for byte in sample[start::2]) for start in (0, 1)]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if low[start] > 0.9 * len(sample) / 2 and low[1 - start] < 0.3 * len(sample) / 2:
            return _valid(data, encoding)
    return None
