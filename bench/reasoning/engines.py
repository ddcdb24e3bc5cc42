"""The reasoners that are measured, each from a file in N-Triples to its closure in its own form.

What an engine is given and what it gives back counts: reading the file is part of it. What is needed only to compare
the closures is not.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

__all__ = ["ENGINES", "Engine"]

Conclusions = Callable[[], Iterable[Triple]]
"""The closure, premises with it or not, as triples: for comparing."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A reasoner.

    Arguments:
        close: from a file to its closure.
        complete: whether it draws all conclusions, so that none may be missing.
        most: the largest graph that it is given, in triples.
    """

    close: Callable[[Path], Conclusions]
    complete: bool
    most: int


def _text(engine: str) -> Callable[[Path], Conclusions]:
    def close(file: Path) -> Conclusions:
        from graph.reasoner.owl2rl.files import close_ntriples

        closure = close_ntriples(file.read_bytes(), engine=engine)
        return lambda: _parsed(closure.inferred)

    return close


def _objects(engine: str) -> Callable[[Path], Conclusions]:
    def close(file: Path) -> Conclusions:
        from graph import reasoner

        triples = {quad.triple for quad in pyoxigraph.parse(path=file)}
        closure = getattr(reasoner, engine)().closure(triples)
        return lambda: closure.inferred

    return close


def _command(file: Path) -> Conclusions:
    """The whole command, from the start of Python to the last line."""
    done = subprocess.run([sys.executable, "-m", "milcoop.cli", "infer", str(file)], capture_output=True, check=True)
    return lambda: _parsed(done.stdout)


def _owlrl(file: Path) -> Conclusions:
    import owlrl
    import rdflib

    graph = rdflib.Graph().parse(file, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return lambda: _of_rdflib(graph)


def _reasonable(file: Path) -> Conclusions:
    import reasonable

    turtle = file.with_suffix(".ttl")  # it goes by the ending
    if not turtle.exists():
        os.link(file, turtle)
    engine = reasonable.PyReasoner()
    engine.load_file(str(turtle))
    triples = engine.reason()
    return lambda: _of_rdflib(triples)


def _sparq(file: Path) -> Conclusions:
    import sparq

    graph = sparq.Graph.load(str(file), "ntriples")
    graph.reason("owl")
    return lambda: _of_sparq(graph)


def _parsed(text: bytes) -> list[Triple]:
    return [quad.triple for quad in pyoxigraph.parse(text, RdfFormat.N_TRIPLES)]


def _of_rdflib(triples: Iterable[tuple[object, object, object]]) -> list[Triple]:
    import rdflib

    lines = (
        f"{s.n3()} {p.n3()} {o.n3()} .\n"  # type: ignore[attr-defined]
        for s, p, o in triples
        if not isinstance(s, rdflib.Literal) and isinstance(p, rdflib.URIRef)
    )
    return _parsed("".join(lines).encode())


def _of_sparq(graph: object) -> list[Triple]:
    lines = []
    for triple in graph.construct("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"):  # type: ignore[attr-defined]
        lines.append(" ".join(repr(term)[len("Term(") : -1] for term in triple) + " .\n")
    return _parsed("".join(lines).encode())


ENGINES = {
    "milcoop, vectors": Engine(_text("vectors"), True, 3_000_000),
    "milcoop, database": Engine(_text("database"), True, 10_000_000),
    "milcoop infer, whole": Engine(_command, True, 10_000_000),
    "milcoop, objects": Engine(_objects("Owl2RlReasoner"), True, 1_000_000),
    "owlrl": Engine(_owlrl, True, 20_000),
    "reasonable": Engine(_reasonable, False, 1_000_000),
    "sparq-rdf": Engine(_sparq, False, 10_000_000),
}
"""By name. The others are compared with the first."""
