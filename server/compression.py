"""Content codings (RFC 9110 §8.4): answers are sent compressed to whoever takes it; bodies are taken as they are."""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request

from server.problems import PayloadRefused

__all__ = ["install_compression"]

_LEVEL = 5
_SMALLEST_BYTES = 1024
_COMPRESSIBLE = re.compile(
    r"text/.*|application/(?:.*\+)?(?:json|xml|n-triples|n-quads|trig|javascript)|image/svg\+xml"
)
_GZIP = 16 + zlib.MAX_WBITS
"""What tells zlib to write the format of gzip."""


def install_compression(app: Flask) -> None:
    """Compress what is worth it, and refuse bodies that are compressed."""

    @app.before_request
    def plain_body() -> None:
        coding = request.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in {"", "identity"}:
            raise PayloadRefused(f"The body is in the content coding {coding}", hint="send it as it is")

    @app.after_request
    def compress(response: Response) -> Response:
        if _COMPRESSIBLE.fullmatch(response.mimetype or ""):
            response.vary.add("Accept-Encoding")
            if _wanted(response):
                _compress(response)
        return response


def _wanted(response: Response) -> bool:
    if response.status_code < 200 or response.status_code in {204, 206, 304}:
        return False
    length = response.content_length
    if length is None and not response.is_streamed:
        length = response.calculate_content_length()
    if "Content-Encoding" in response.headers or (length is not None and length < _SMALLEST_BYTES):
        return False
    accepted = request.accept_encodings
    return accepted.quality("gzip") > 0 and accepted.quality("gzip") >= _identity(accepted.quality("identity"))


def _identity(quality: float) -> float:
    # Who does not mention it would rather have it compressed.
    return quality if any(name == "identity" for name, _ in request.accept_encodings) else 0.0


def _compress(response: Response) -> None:
    response.direct_passthrough = False
    if response.is_streamed:
        response.response = _compressed(response.iter_encoded())
        response.headers.pop("Content-Length", None)
    else:
        response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, weak = response.get_etag()
    if tag is not None and not weak:  # of the bytes before they were compressed
        response.set_etag(tag, weak=True)


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for chunk in chunks:
        if packed := compressor.compress(chunk):
            yield packed
    yield compressor.flush()
