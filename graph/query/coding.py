"""Content codings (RFC 9110 §8.4.1): gzip (RFC 1952) and zstd (RFC 8878), of bytes at once or piece by piece."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import zstandard

from graph.query.request import Answer

__all__ = ["CODINGS", "SMALLEST_BYTES", "coded", "coded_pieces", "encode"]

SMALLEST_BYTES = 1024
"""What is shorter is not worth it."""

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
