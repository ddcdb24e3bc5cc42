"""Servers of SPARQL 1.1 that the tests start: Virtuoso, and a bare milcoop."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bench.endpoint.virtuoso import configured
from graph.store.remote.access import RemoteAccess
from graph.store.remote.endpoint import Endpoint

from ..server.serving import start_server

TOKEN = "a token of these tests"
CAP = 1_000
"""How many rows the tests' Virtuoso gives at most, without saying so."""


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """A Virtuoso in a folder, for its user dba with the password dba; the address of its queries."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("there is no Virtuoso: apt-get install virtuoso-opensource")
    sql, http = _free_ports(2)
    small = {"NumberOfBuffers": 10_000, "MaxDirtyBuffers": 6_000, "ThreadsPerQuery": 2, "AsyncQueueMaxThreads": 4}
    bounds = {"ResultSetMaxRows": CAP, "MaxQueryCostEstimationTime": 400, "MaxQueryExecutionTime": 60}
    ini = configured(folder, str(sql), str(http), small, bounds)
    process = subprocess.Popen(
        [program, "+configfile", str(ini), "+foreground"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{http}/sparql-auth"
    try:
        for _ in range(600):
            try:
                httpx.get(url.removesuffix("-auth"), params={"query": "SELECT * { ?s ?p ?o } LIMIT 1"})
                break
            except httpx.TransportError:
                assert process.poll() is None, (folder / "virtuoso.log").read_text()
                time.sleep(0.1)
        yield url
    finally:
        process.kill()
        process.wait()


@contextmanager
def bare_milcoop(folder: Path) -> Iterator[str]:
    """`milcoop serve --bare`; the address of its queries."""
    server = start_server("--store", str(folder / "store"), "--bare", "--result-rows", str(CAP), MILCOOP_TOKEN=TOKEN)
    try:
        yield server.url + "/sparql"
    finally:
        server.stop()


def emptied(url: str) -> str:
    """The same address, with nothing left of what an earlier test wrote."""
    endpoint = Endpoint(RemoteAccess.of(url))
    if url.endswith("-auth"):  # the default graph of Virtuoso is all that it holds, and some of that is its own
        graphs = [row["g"] for row in endpoint.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")]
        ours = [graph for graph in graphs if graph.startswith(("http://example.org/", "https://w3id.org/milcoop/"))]
        if ours:
            endpoint.update(" ; ".join(f"CLEAR GRAPH <{graph}>" for graph in ours))
    else:
        endpoint.update("DROP ALL")
    endpoint.close()
    return url
