"""The servers that are compared, each started on the same triples; those that are not installed say so."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph

from bench.endpoint.asking import Connection
from bench.endpoint.virtuoso import configured
from graph.store.layout import Layout
from graph.store.shipped import shipped_digest

__all__ = ["SERVERS", "Missing", "Running", "started"]

_TOKEN = "a token for benchmarks"
_START_SECONDS = 1800.0
_MANY_FILES = 200


class Missing(Exception):
    """The server is not installed; the message says how to."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs.

    Arguments:
        name: what to call it.
        query_url, update_url: where it takes queries and updates; it takes no updates where the latter is empty.
        headers: that an update must bear.
        start_seconds: from its start until its first answer, with the graph loaded before where it keeps graphs.
        pid: of its process.
    """

    name: str
    query_url: str
    update_url: str
    headers: dict[str, str] = field(default_factory=dict)
    start_seconds: float = 0.0
    pid: int = 0


def _milcoop(store: Path, _: Path, work: Path, port: int) -> tuple[list[str], str, str]:
    copy = work / "milcoop"
    if not copy.exists():
        shutil.copytree(store, copy)
    _as_if_loaded_now(copy)
    program = [
        sys.executable,
        "-c",
        "from milcoop.cli import main; main()",
        "serve",
        "--store",
        str(copy),
        "--port",
        str(port),
        "--no-sample",
    ]
    return program, "/sparql", "/update"


def _as_if_loaded_now(copy: Path) -> None:
    """Bring a store that was kept to what this milcoop would have made of the same triples, but for its ontology.

    Its files are merged, as `oxigraph optimize` does it; a server that finds an older ontology would infer anew for
    minutes beside what is measured, so it is told that this one is the present one.
    """
    layout = Layout(copy)
    number = layout.current()
    record = layout.record(number)
    scattered = sum(1 for _ in layout.checkpoint(number).glob("*.sst")) > _MANY_FILES
    if record.settled and not scattered and record.shipped == shipped_digest() and not layout.is_dirty():
        return
    layout.restore()
    rdf = pyoxigraph.Store(str(layout.primary))
    layout.publish(rdf, replace(record, shipped=shipped_digest(), settled=0), number + 1)
    layout.prune(1)


def _oxigraph(_: Path, triples: Path, work: Path, port: int) -> tuple[list[str], str, str]:
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        raise Missing("pip install oxigraph")
    folder = work / "oxigraph"
    if not folder.exists():
        subprocess.run([program, "load", "-l", folder, "-f", triples], check=True, capture_output=True)
        subprocess.run([program, "optimize", "-l", folder], check=True, capture_output=True)
    return [program, "serve", "-l", str(folder), "-b", f"127.0.0.1:{port}"], "/query", "/update"


_RDFLIB = """
import sys, rdflib, pyoxigraph, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Graph()
graph.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph, enable_update=True), port=int(sys.argv[2]), log_level="warning")
"""


def _rdflib(_: Path, triples: Path, __: Path, port: int) -> tuple[list[str], str, str]:
    try:
        import rdflib_endpoint  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise Missing("pip install rdflib-endpoint uvicorn") from None
    return [sys.executable, "-c", _RDFLIB, str(triples), str(port)], "/", ""


def _virtuoso(_: Path, triples: Path, work: Path, port: int) -> tuple[list[str], str, str]:
    server, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if server is None or isql is None:
        raise Missing("apt-get install virtuoso-opensource")
    folder, sql = work / "virtuoso", port + 1
    loaded = folder / "loaded"
    folder.mkdir(exist_ok=True)
    allowed = {"DirsAllowed": f"{folder}, {triples.parent}", "NumberOfBuffers": 340_000, "MaxDirtyBuffers": 250_000}
    answers = {"ResultSetMaxRows": 1_000_000, "DefaultGraph": "urn:bench"}
    ini = configured(folder, f"127.0.0.1:{sql}", f"127.0.0.1:{port}", allowed, answers)
    program = [server, "+configfile", str(ini), "+foreground"]
    if not loaded.exists():
        loading = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _await_port(sql, loading)
            orders = (
                f"ld_dir('{triples.parent}', '{triples.name}', 'urn:bench'); rdf_loader_run(); checkpoint;"
                'GRANT SPARQL_UPDATE TO "SPARQL"; checkpoint; shutdown;'
            )
            subprocess.run([isql, str(sql), "dba", "dba", f"exec={orders}"], check=False, capture_output=True)
            loading.wait(120)
            loaded.touch()
        finally:
            loading.kill()
            loading.wait()
    return program, "/sparql", "/sparql"


SERVERS = {"milcoop": _milcoop, "oxigraph serve": _oxigraph, "virtuoso": _virtuoso, "rdflib-endpoint": _rdflib}
"""How each is prepared: from a store, a file of its triples, a folder to work in and a port, to a command and paths."""


@contextmanager
def started(name: str, store: Path, triples: Path, work: Path, port: int) -> Iterator[Running]:
    """A running server.

    Arguments:
        name: of `SERVERS`.
        store: the store of milcoop; it is copied.
        triples: the same triples as a file.
        work: a folder in which servers keep what they have loaded; they find it there the next time.
        port: the port to listen on; the one above it may be used too.

    Raises:
        Missing: it is not installed.
    """
    command, query, update = SERVERS[name](store, triples, work, port)
    begun = time.perf_counter()
    environment = {"MILCOOP_TOKEN": _TOKEN, "PATH": "/usr/bin:/bin", "HOME": str(work)}
    log = (work / f"{name.replace(' ', '-')}.log").open("wb")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=Path(__file__).parents[2])
    try:
        _await_port(port, process)
        url = f"http://127.0.0.1:{port}"
        _await_answer(url + query, process)
        seconds = time.perf_counter() - begun
        headers = {"Authorization": f"Bearer {_TOKEN}"} if name == "milcoop" else {}
        yield Running(name, url + query, url + update if update else "", headers, seconds, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}") from None
            time.sleep(0.01)
    raise RuntimeError("the server does not listen")


def _await_answer(url: str, process: subprocess.Popen[bytes]) -> None:
    connection = Connection(urlsplit(url).netloc, 60.0)
    while process.poll() is None:
        try:
            if connection.ask(url, "SELECT * { <urn:x> ?p ?o } LIMIT 1")[0] == 200:
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"the server ended with {process.returncode}")
