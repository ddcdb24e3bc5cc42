"""`milcoop infer`: the closure of one RDF file, without a store."""

from pathlib import Path
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat

from graph.errors import BadInput
from graph.reasoner import default_reasoner
from graph.reasoner.errors import TripleTermsFound
from graph.reasoner.interface import Inconsistency

__all__ = ["infer_file"]


def infer_file(file: Path, out: BinaryIO, *, full: bool = False) -> tuple[Inconsistency, ...]:
    """Write an RDF file and all that follows from it by the OWL 2 RL rules as N-Triples.

    The triples stay text from end to end (`graph.reasoner.owl2rl.files`) but for the full closure, and for what has
    triples as objects (RDF 1.2).

    Arguments:
        file: the file, its own ontology and data together; its syntax is told by its ending.
        out: where premise and closure are written.
        full: keep the trivial conclusions too.

    Returns:
        The contradictions found.

    Raises:
        BadInput: the file's syntax is not known, or it is not well-formed.
        ReasonerError: the full closure of a large graph is asked for.
    """
    syntax = RdfFormat.from_extension(file.suffix.lstrip(".").lower())
    if syntax is None:
        raise BadInput(
            f"{file} has the unknown ending {file.suffix!r}", hint="use .ttl, .nt, .nq, .trig, .rdf or .jsonld"
        )
    try:
        premise = _n_triples(file, syntax)
        return _close_objects(premise, out, full=True) if full else _close_text(premise, out)
    except TripleTermsFound:
        return _close_objects(premise, out, full=False)
    except (SyntaxError, ValueError) as error:
        raise BadInput(f"{file} is not well-formed: {error}") from error


def _n_triples(file: Path, syntax: RdfFormat) -> bytes:
    if syntax == RdfFormat.N_TRIPLES:
        return file.read_bytes()
    quads = pyoxigraph.parse(path=file, format=syntax, base_iri=file.resolve().as_uri())
    return pyoxigraph.serialize(dict.fromkeys(quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def _close_text(premise: bytes, out: BinaryIO) -> tuple[Inconsistency, ...]:
    from graph.reasoner.owl2rl.files import close_ntriples

    closure = close_ntriples(premise)
    out.write(premise)
    if premise and not premise.endswith(b"\n"):
        out.write(b"\n")
    out.write(closure.inferred)
    return closure.inconsistencies


def _close_objects(premise: bytes, out: BinaryIO, *, full: bool) -> tuple[Inconsistency, ...]:
    triples = dict.fromkeys(quad.triple for quad in pyoxigraph.parse(premise, RdfFormat.N_TRIPLES))
    closure = default_reasoner().closure(triples, full=full)
    conclusions = sorted(closure.inferred.difference(triples), key=str)
    for triple in (*triples, *conclusions):
        out.write(f"{triple} .\n".encode())
    return closure.inconsistencies
