"""Content codings (RFC 9110 §8.4.1): gzip (RFC 1952) and zstd (RFC 8878), of bytes at once or piece by piece."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import zstandard

from graph.query.request import Answer

__all__ = ["CODINGS", "SMALLEST_BYTES", "NotCoded", "TooLong", "coded", "coded_pieces", "decoded", "encode"]

SMALLEST_BYTES = 1024
"""What is shorter is not worth it."""

_PIECE_BYTES = 1024
"""What is decoded at a time: of zstd, some 32 MiB can come of it."""

_MOST_MEMBERS = 10_000
"""To begin one takes some 10 µs, and it may have but 9 bytes."""

_GZIP_LEVEL = 5
_ZSTD_LEVEL = 3
_GZIP = 16 + zlib.MAX_WBITS
"""What tells zlib to write the format of gzip."""

_ENCODE: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda data: zstandard.ZstdCompressor(_ZSTD_LEVEL).compress(data),
    "gzip": lambda data: gzip.compress(data, _GZIP_LEVEL, mtime=0),
}
CODINGS: tuple[str, ...] = tuple(_ENCODE)
"""The codings, the best first."""


class NotCoded(ValueError):
    """The bytes are not in the coding, or end too early."""


class TooLong(ValueError):
    """More would come of the bytes than there may be."""


def decoded(data: bytes, coding: str, most: int) -> bytes:
    """The bytes that are in a coding of `CODINGS`.

    Arguments:
        data: they, in one or more members or frames.
        coding: the name of the coding.
        most: how many may come of it.

    Raises:
        NotCoded, TooLong: as they say.
    """
    parts, length, members, decoder = [], 0, 0, None
    for begin in range(0, len(data), _PIECE_BYTES):
        piece = data[begin : begin + _PIECE_BYTES]
        while piece:
            if decoder is None:
                members += 1
                if members > _MOST_MEMBERS:
                    raise NotCoded(f"it has more than {_MOST_MEMBERS:,} members")
                decoder = (
                    zstandard.ZstdDecompressor().decompressobj() if coding == "zstd" else zlib.decompressobj(_GZIP)
                )
            try:
                parts.append(decoder.decompress(piece))
            except (zlib.error, zstandard.ZstdError) as error:
                raise NotCoded(str(error)) from error
            length += len(parts[-1])
            if length > most:
                raise TooLong
            piece = decoder.unused_data if decoder.eof else b""
            decoder = None if decoder.eof else decoder
    if decoder is not None or not data:
        raise NotCoded("it ends too early")
    return b"".join(parts)


def encode(data: bytes, coding: str) -> bytes:
    """The bytes in a coding of `CODINGS`."""
    return _ENCODE[coding](data)


def coded(answer: Answer, codings: Sequence[str]) -> Answer:
    """The answer in the first of the codings, where that is worth it.

    Arguments:
        answer: the answer as it is.
        codings: of `CODINGS`, those that the client takes, the best first.
    """
    if not codings or len(answer.body) < SMALLEST_BYTES:
        return answer
    return replace(answer, body=encode(answer.body, codings[0]), coding=codings[0])


def coded_pieces(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The same of bytes that come in pieces."""
    compressor = (
        zstandard.ZstdCompressor(_ZSTD_LEVEL).compressobj()
        if coding == "zstd"
        else zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP)
    )
    for piece in pieces:
        if packed := compressor.compress(piece):
            yield packed
    yield compressor.flush()
