"""Content codings (RFC 9110 §8.4): answers are sent compressed to whoever takes it, bodies taken so."""

import io
import re
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_accept_header
from werkzeug.wsgi import get_input_stream

from graph.errors import BadInput
from graph.query.coding import CODINGS, SMALLEST_BYTES, NotCoded, TooLong, coded_pieces, decoded, encode
from server.problems import PayloadRefused

__all__ = ["accepted_codings", "install_compressed_bodies", "install_compression"]

_COMPRESSIBLE = re.compile(
    r"text/.*|application/(?:.*\+)?(?:json|xml|n-triples|n-quads|trig|javascript)|image/svg\+xml"
)


_MOST_CODINGS = 2


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


def install_compressed_bodies(app: Flask) -> None:
    """Take bodies in the codings in which answers are sent. To be called after what turns requests away."""

    @app.before_request
    def plain_body() -> None:
        names = request.headers.get("Content-Encoding", "").split(",")
        codings = [name.strip().lower().removeprefix("x-") for name in names]
        codings = [coding for coding in codings if coding not in {"", "identity"}]
        if len(codings) > _MOST_CODINGS:  # each takes as long as the whole body does
            raise PayloadRefused(f"The body is in {len(codings)} content codings", hint="send it in one")
        for coding in reversed(codings):
            _decode_body(coding, int(app.config["MAX_CONTENT_LENGTH"]))


def _decode_body(coding: str, most: int) -> None:
    """Give the present request the body that its bytes stand for."""
    if coding not in CODINGS:
        raise PayloadRefused(f"The body is in the content coding {coding}", hint=f"there are {', '.join(CODINGS)}")
    data = get_input_stream(request.environ, max_content_length=most).read()
    try:
        body = decoded(data, coding, most)
    except NotCoded as error:
        raise BadInput(f"The body is not {coding}: {error}") from error
    except TooLong as error:
        raise RequestEntityTooLarge(f"Uncompressed, the body has more than {most >> 20} MiB") from error
    request.environ["wsgi.input"] = io.BytesIO(body)
    request.environ["CONTENT_LENGTH"] = str(len(body))
    request.environ.pop("HTTP_TRANSFER_ENCODING", None)
    request.__dict__.pop("content_length", None)  # where somebody has asked for it already


def install_compression(app: Flask) -> None:
    """Compress what is worth it."""

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
