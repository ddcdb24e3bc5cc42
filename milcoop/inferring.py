"""`milcoop infer`: the closure of one RDF file, without a store."""

from pathlib import Path
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from graph.errors import BadInput
from graph.reasoner import default_reasoner
from graph.reasoner.interface import Inconsistency

__all__ = ["infer_file"]


def infer_file(file: Path, out: BinaryIO, *, full: bool = False) -> tuple[Inconsistency, ...]:
    """Write an RDF file and all that follows from it by the OWL 2 RL rules as N-Triples.

    Arguments:
        file: the file, its own ontology and data together; its syntax is told by its ending.
        out: where premise and closure are written.
        full: keep the trivial conclusions too.

    Returns:
        The contradictions found.

    Raises:
        BadInput: the file's syntax is not known, or it is not well-formed.
    """
    syntax = RdfFormat.from_extension(file.suffix.lstrip(".").lower())
    if syntax is None:
        raise BadInput(
            f"{file} has the unknown ending {file.suffix!r}", hint="use .ttl, .nt, .nq, .trig, .rdf or .jsonld"
        )
    try:
        with file.open("rb") as source:
            premise = dict.fromkeys(
                quad.triple for quad in pyoxigraph.parse(source, syntax, base_iri=file.resolve().as_uri())
            )
    except (SyntaxError, ValueError) as error:
        raise BadInput(f"{file} is not well-formed: {error}") from error
    closure = default_reasoner().closure(premise, full=full)
    conclusions = sorted(closure.inferred.difference(premise), key=str)
    for triple in (*premise, *conclusions):
        out.write(_line(triple))
    return closure.inconsistencies


def _line(triple: Triple) -> bytes:
    return f"{triple} .\n".encode()
