"""Content codings (RFC 9110 §8.4): answers are sent compressed to whoever takes it; bodies are taken as they are."""

import re
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from graph.query.coding import CODINGS, SMALLEST_BYTES, coded_pieces, encode
from server.problems import PayloadRefused

__all__ = ["accepted_codings", "install_compression"]

_COMPRESSIBLE = re.compile(
    r"text/.*|application/(?:.*\+)?(?:json|xml|n-triples|n-quads|trig|javascript)|image/svg\+xml"
)


def accepted_codings() -> tuple[str, ...]:
    """The codings that the present request would rather have than none, the best first."""
    return _accepted(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=256)
def _accepted(header: str) -> tuple[str, ...]:
    accepted = parse_accept_header(header, Accept)
    # Who does not mention it would rather have it compressed.
    plain = accepted.quality("identity") if any(name == "identity" for name, _ in accepted) else 0.0
    wanted = [(accepted.quality(coding), -place, coding) for place, coding in enumerate(CODINGS)]
    return tuple(coding for quality, _, coding in sorted(wanted, reverse=True) if quality > 0 and quality >= plain)


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
            if _is_worth_it(response) and (codings := accepted_codings()):
                _compress(response, codings[0])
        return response


def _is_worth_it(response: Response) -> bool:
    if response.status_code < 200 or response.status_code in {204, 206, 304}:
        return False
    length = response.content_length
    if length is None and not response.is_streamed:
        length = response.calculate_content_length()
    return "Content-Encoding" not in response.headers and (length is None or length >= SMALLEST_BYTES)


def _compress(response: Response, coding: str) -> None:
    response.direct_passthrough = False
    if response.is_streamed:
        response.response = coded_pieces(response.iter_encoded(), coding)
        response.headers.pop("Content-Length", None)
    else:
        response.set_data(encode(response.get_data(), coding))
    response.headers["Content-Encoding"] = coding
    tag, weak = response.get_etag()
    if tag is not None and not weak:  # of the bytes before they were compressed
        response.set_etag(tag, weak=True)
