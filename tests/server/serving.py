"""A running `milcoop serve`, as a client over HTTP sees it."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Response:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)

    def values(self, variable: str) -> list[str]:
        """The values of a variable in a SPARQL result in JSON."""
        return [row[variable]["value"] for row in self.json()["results"]["bindings"] if variable in row]


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener = build_opener(_NoRedirects)


@dataclass
class Server:
    """A running `milcoop serve`."""

    url: str
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)
    reading: threading.Thread | None = None

    def request(
        self,
        path: str,
        method: str = "GET",
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **further: str,
    ) -> Response:
        """One request. Header names given as arguments have underscores. Redirects are answers like any other."""
        named = {name.replace("_", "-"): value for name, value in {**(headers or {}), **further}.items()}
        try:
            answer = _opener.open(Request(self.url + path, data, named, method=method), timeout=120)
        except HTTPError as error:
            answer = error
        with answer:
            found = {name.lower(): value for name, value in answer.headers.items()}
            return Response(answer.status, found, answer.read())

    def get(self, path: str, accept: str | None = None, **headers: str) -> Response:
        return self.request(path, headers=headers if accept is None else {"Accept": accept, **headers})

    def page(self, path: str, **headers: str) -> Response:
        return self.get(path, "text/html,application/xhtml+xml,*/*;q=0.8", **headers)

    def sparql(self, query: str, accept: str | None = None, **parameters: str) -> Response:
        return self.get("/sparql?" + urlencode({"query": query, **parameters}), accept)

    def stop(self) -> int:
        """Ask it to end, as an operator would; the exit status."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(120)
        if self.reading is not None:
            self.reading.join(120)
        return status


def start_server(*options: str, cwd: Path = ROOT, **environment: str) -> Server:
    """Start `milcoop serve` on a free port and wait until it says that it listens."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from milcoop.cli import main; main()",
            "serve",
            "--port",
            "0",
            "--workers",
            "1",
            *options,
        ],
        cwd=cwd,
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    log: list[str] = []
    while line := process.stderr.readline():
        log.append(line)
        if found := re.search(r"listens on (http://\S+)", line):
            server = Server(found[1], process, log)
            server.reading = threading.Thread(target=_read, args=(process, log), daemon=True)
            server.reading.start()
            return server
    process.stderr.close()
    raise AssertionError(f"the server ended with {process.wait()}: {''.join(log)}")


def _read(process: subprocess.Popen[str], log: list[str]) -> None:
    assert process.stderr is not None
    with process.stderr:
        log.extend(process.stderr)
