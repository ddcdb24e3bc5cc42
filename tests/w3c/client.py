"""Requests to a running `milcoop serve --bare` as they stand in the suites: nothing is added to them but the token."""

import http.client
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from .cases import Dataset
from .comparison import graph_in, graph_of

NT = "application/n-triples"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Client:
    """A client that keeps its connection, and knows what is in the store."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self._token = token
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
        self._filled: Dataset | None = None

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def request(
        self, method: str, path: str, headers: Iterable[tuple[str, str]] = (), body: bytes | None = None
    ) -> Answer:
        """One request with these headers; what changes the store makes what is in it unknown."""
        if method not in {"GET", "HEAD"} and not path.startswith("/sparql"):
            self._filled = None
        return self._request(method, path, headers, body)

    def query(self, text: str, accept: str) -> Answer:
        headers = [("Content-Type", "application/sparql-query"), ("Accept", accept)]
        return self._request("POST", "/sparql", headers, text.encode())

    def update(self, text: str) -> Answer:
        return self.request("POST", "/update", [("Content-Type", "application/sparql-update")], text.encode())

    def fill(self, dataset: Dataset) -> None:
        """Make the store hold the dataset and nothing else."""
        if dataset == self._filled:
            return
        if self._filled is None or self._filled.named != dataset.named:
            for graph in self.graphs():
                self._write("DELETE", f"?graph={quote(graph, safe='')}")
            for graph, file in dataset.named:
                self._write("PUT", f"?graph={quote(graph, safe='')}", graph_of(file))
        if self._filled is None or self._filled.default != dataset.default:
            self._write("PUT", "?default", [triple for file in dataset.default for triple in graph_of(file)])
        self._filled = dataset

    def graphs(self) -> list[str]:
        """The named graphs of the store."""
        answer = self.query("SELECT ?g WHERE { GRAPH ?g {} }", "text/csv")
        assert answer.status == 200, answer.body
        return answer.body.decode().split()[1:]

    def graph(self, name: str | None) -> tuple[Triple, ...]:
        """The triples of a graph; of the default one if no name is given."""
        target = "?default" if name is None else f"?graph={quote(name, safe='')}"
        answer = self._request("GET", f"/graphs{target}", [("Accept", NT)])
        assert answer.status == 200, answer.body
        return graph_in(answer.body, RdfFormat.N_TRIPLES, "urn:no-base:")

    def _write(self, method: str, target: str, triples: Iterable[Triple] = ()) -> None:
        body = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) if method == "PUT" else None
        answer = self._request(method, f"/graphs{target}", [("Content-Type", NT)] if body is not None else [], body)
        assert answer.status in {201, 204}, answer.body

    def _request(self, method: str, path: str, headers: Iterable[tuple[str, str]], body: bytes | None = None) -> Answer:
        given = tuple(headers)
        try:
            return self._exchange(method, path, given, body)
        except (BrokenPipeError, ConnectionResetError):
            # A connection that was idle for long is closed by the server (RFC 9112, section 9.5)
            self._connection.close()
            return self._exchange(method, path, given, body)

    def _exchange(self, method: str, path: str, headers: Iterable[tuple[str, str]], body: bytes | None) -> Answer:
        self._connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            self._connection.putheader(name, value)
        self._connection.putheader("Authorization", f"Bearer {self._token}")
        if body is not None or method in {"POST", "PUT"}:
            self._connection.putheader("Content-Length", str(len(body or b"")))
        self._connection.endheaders(body)
        answer = self._connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
