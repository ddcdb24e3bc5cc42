"""Requests that nobody would send: `python -m bench.hostile.fuzz --requests 100000`.

Three kinds: what schemathesis makes of the OpenAPI description, valid or not; SPARQL of the W3C suites and of the
canned queries, mutated; parameters and headers of random text. A server that stays up answers each of them within its
deadline, with something else than 500; an error is a problem document. Exit status 1 if it does not.
"""

import argparse
import http.client
import json
import random
import sys
import tempfile
import threading
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from warnings import catch_warnings, simplefilter

from queries import __file__ as queries_file
from server.tokens import TokenFile

__all__ = [
    "Answered", "fault_of", "fuzz_openapi", "mutated", "random_requests", "send", "sent", "sparql_texts",
]  # fmt: skip

SUITES = Path(__file__).resolve().parents[3] / "shared" / "w3c"
LIMITS = frozenset({502, 503, 504, 507})
"""Statuses from 500 on that tell that a bound was reached, or that somebody else failed."""

_DATA: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "fuzz.toml").read_text("utf-8"))
TOLD_EACH = 5000
EXAMPLES_A_ROUND = 10
"""Cases of each operation that schemathesis makes before the next operation's."""

_OF_REQUESTS = frozenset({"method", "url", "headers", "params", "data", "json", "cookies", "files"})
_LONG = "a" * 5000
_RDF = ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples", "application/trig",
        "application/n-quads", "application/pdf")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: 0 where nothing did."""

    status: int
    media_type: str
    body: bytes
    seconds: float
    headers: Mapping[str, str]


def send(url: str, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Answered:
    """A request as it is, which no client library mends."""
    parts = urlsplit(url)
    begun = time.monotonic()
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value.encode("utf-8", "replace").replace(b"\r", b" ").replace(b"\n", b" "))
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
        found = {name.lower(): value for name, value in answer.getheaders()}
        media_type = answer.headers.get_content_type()
        return Answered(answer.status, media_type, content, time.monotonic() - begun, found)
    except (OSError, http.client.HTTPException) as error:
        return Answered(0, "", repr(error).encode(), time.monotonic() - begun, {})
    finally:
        connection.close()


def fault_of(answer: Answered, seconds: float = 30.0) -> str | None:
    """What is wrong with an answer; None where nothing is.

    Arguments:
        answer: what came back.
        seconds: how long it may take.
    """
    if answer.status == 0:
        return f"no answer: {answer.body.decode()}"
    if answer.seconds > seconds:
        return f"an answer after {answer.seconds:.1f} s"
    if answer.status >= 500 and answer.status not in LIMITS:
        return f"status {answer.status}: {answer.body[:300].decode('utf-8', 'replace')}"
    if answer.status >= 400 and answer.media_type not in {"application/problem+json", "text/html"}:
        return f"status {answer.status} as {answer.media_type}"
    plain = answer.body if "content-encoding" not in answer.headers else b""
    if answer.media_type == "application/problem+json" and plain and "title" not in json.loads(plain):
        return "a problem document without a title"
    return None if "content-security-policy" in answer.headers else "no security headers"


def sparql_texts() -> list[str]:
    """Queries and updates of the W3C suites, where they are, and the canned queries."""
    files = [*SUITES.rglob("*.rq"), *SUITES.rglob("*.ru"), *Path(queries_file).parent.glob("*.rq")]
    return [file.read_text("utf-8", "replace") for file in sorted(files)]


def mutated(texts: Sequence[str], chance: random.Random) -> str:
    """One of the texts with a few changes: pieces deleted, doubled, taken from others, or of another alphabet."""
    text = chance.choice(texts)
    for _ in range(chance.randint(1, 6)):
        begin = chance.randint(0, len(text))
        end = min(len(text), begin + chance.choice((0, 1, 1, 2, 5, 20, 100)))
        other = chance.choice(texts)
        place = chance.randint(0, len(other))
        new = (
            "",
            text[begin:end] * 2,
            other[place : place + chance.choice((1, 10, 60))],
            chr(chance.randint(0, 0x2FFF)),
            chance.choice(_DATA["pieces"]),
        )
        text = text[:begin] + chance.choice(new) + text[end:]
    return text


def random_requests(chance: random.Random, token: str) -> Iterator[tuple[str, str, dict[str, str], bytes | None]]:
    """Requests with parameters and headers of any text: method, path, headers, body."""
    texts = [*_DATA["texts"], _LONG]
    while True:
        pairs = [(chance.choice(_DATA["parameters"]), chance.choice(texts)) for _ in range(chance.randint(0, 4))]
        path = chance.choice(_DATA["paths"])
        if chance.random() < 0.1:
            path = "/" + quote(chance.choice(texts), safe="%/") + path
        method = chance.choice(_DATA["methods"])
        headers = {chance.choice(_DATA["headers"]): chance.choice(texts) for _ in range(chance.randint(0, 3))}
        headers["Host"] = "x"
        body = None
        if method in {"POST", "PUT", "PATCH"}:
            body = urlencode(pairs).encode() if chance.random() < 0.5 else chance.choice(texts).encode()
            headers.setdefault("Content-Type", chance.choice(_DATA["media_types"]))
            if chance.random() < 0.5 and path != "/documents":
                headers["Authorization"] = f"Bearer {token}"
        yield method, f"{path}?{urlencode(pairs)}" if pairs else path, headers, body


def fuzz_openapi(document: Any, each: Callable[[Any], None], examples: int, seed: int = 0) -> None:
    """Let schemathesis make requests of all that the description has, and hand each to a function.

    Arguments:
        document: the OpenAPI description.
        each: what is done with a case.
        examples: how many for each operation.
        seed: what the cases follow from.
    """
    import hypothesis
    import schemathesis

    for media_type in ("application/sparql-query", "application/sparql-update", *_RDF):
        schemathesis.serializer.alias(media_type, "text/plain")
    schema = schemathesis.openapi.from_dict(document)
    for operation in schema.get_all_operations():
        ready: Any = operation.ok()  # type: ignore[union-attr]
        if ready.path == "/documents" and ready.method == "post":
            continue  # reading a document takes seconds

        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=examples, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck)
        )
        @hypothesis.given(case=ready.as_strategy())
        def run(case: Any) -> None:
            each(case)

        run()


def sent(case: Any, url: str) -> tuple[str, Answered]:
    """What a case of schemathesis asks for, and what came back."""
    import requests

    made = {name: value for name, value in case.as_transport_kwargs(base_url=url).items() if name in _OF_REQUESTS}
    request = requests.Request(**made).prepare()
    headers = {str(name): _text(value) for name, value in request.headers.items() if name != "Content-Length"}
    body = request.body.encode() if isinstance(request.body, str) else request.body
    assert body is None or isinstance(body, bytes)
    path = str(request.path_url)
    return f"{request.method} {path}", send(url, str(request.method), path, {**headers, "Host": "x"}, body)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end after so many, whatever was sent")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--port", type=int, default=5656)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    from bench.hostile.__main__ import Server

    with tempfile.TemporaryDirectory() as folder:
        _, token = TokenFile(Path(folder) / "tokens.json").create("fuzz", ("update",))
        options = ["--tokens", f"{folder}/tokens.json", "--query-seconds", "3", "--update-seconds", "10"]
        server = Server(f"{folder}/store", arguments.port, options)
        try:
            faults = _fuzz(server.url, token, arguments)
        finally:
            server.stop()
        print(f"memory of all processes at most {server.most_bytes / (1 << 20):,.0f} MiB")
    for fault, number in faults.most_common(20):
        print(f"{number:>6}  {fault}")
    sys.exit(1 if faults else 0)


def _fuzz(url: str, token: str, arguments: argparse.Namespace) -> Counter[str]:
    faults: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    texts = sparql_texts()
    document = json.loads(send(url, "GET", "/openapi.json", {"Host": "x"}).body)
    share = arguments.requests // (3 * arguments.clients)
    until = time.monotonic() + arguments.seconds

    def note(what: str, answer: Answered) -> None:
        statuses[answer.status] += 1
        if statuses.total() % TOLD_EACH == 0:
            print(f"{statuses.total():,} requests, {faults.total()} faults", flush=True)
        if fault := fault_of(answer):
            faults[f"{fault}   [{what[:300]!r}]"] += 1
            print(f"fault: {fault}   [{what[:300]!r}]", flush=True)  # at once: a run may be ended before its time

    def client(number: int) -> None:
        chance = random.Random(arguments.seed * 1000 + number)
        for _, (method, path, headers, body) in zip(range(share), random_requests(chance, token), strict=False):
            note(f"{method} {path} {headers}", send(url, method, path, headers, body))
            if time.monotonic() > until:
                return
            text = mutated(texts, chance).encode("utf-8", "replace")
            kind = chance.choice(("query", "query", "update"))
            headers = {"Host": "x", "Content-Type": f"application/sparql-{kind}", "Authorization": f"Bearer {token}"}
            path = "/sparql" if kind == "query" else "/update"
            note(text.decode(), send(url, "POST", path, headers, text))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(arguments.clients)]
    for thread in threads:
        thread.start()
    # Hypothesis is no friend of threads: these come one after the other, while the others are sent.
    with catch_warnings():
        simplefilter("ignore")
        rounds = max(1, share * arguments.clients // (EXAMPLES_A_ROUND * len(document["paths"])))
        for number in range(rounds):
            if time.monotonic() < until:
                seed = arguments.seed * rounds + number
                fuzz_openapi(document, lambda case: note(*sent(case, url)), EXAMPLES_A_ROUND, seed)
    for thread in threads:
        thread.join()
    print(f"{sum(statuses.values()):,} requests: {dict(sorted(statuses.items()))}")
    return faults


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    main()
