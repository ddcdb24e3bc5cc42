"""The graphs that come with milcoop, the ontology and the reference data, and the digest of their files."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

import ontology
from graph.errors import StoreError
from graph.store.canonical import as_stored

__all__ = ["ShippedGraphs", "shipped_digest", "shipped_graphs"]


@dataclass(frozen=True, slots=True)
class ShippedGraphs:
    """The triples that a new store begins with.

    Arguments:
        digest: changes when they do.
        graphs: the IRI of each graph and its triples.
    """

    digest: str
    graphs: tuple[tuple[str, frozenset[Triple]], ...]


def shipped_digest() -> str:
    """The SHA-256 over the ontology, the reference files and the rules: it changes when inference would."""
    digest = hashlib.sha256()
    for file in [*_ontology_files(), *ontology.reference_files(), *ontology.rule_files()]:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def shipped_graphs() -> ShippedGraphs:
    """The ontology graph and the reference graph, read once in a process as long as their files stay the same.

    Raises:
        StoreError: one of the files is not valid Turtle.
    """
    return _read(shipped_digest())


@lru_cache(maxsize=1)
def _read(digest: str) -> ShippedGraphs:
    return ShippedGraphs(
        digest,
        (
            (ontology.GRAPH_ONTOLOGY, _triples(_ontology_files())),
            (ontology.GRAPH_REFERENCE, _triples(ontology.reference_files())),
        ),
    )


def _ontology_files() -> list[Path]:
    try:
        return [ontology.path("milcoop.ttl")]
    except FileNotFoundError:
        return []


def _triples(files: list[Path]) -> frozenset[Triple]:
    triples: set[Triple] = set()
    for file in files:
        try:
            # Renamed, since two files may use the same label for different blank nodes.
            quads = parse(path=file, format=RdfFormat.TURTLE, rename_blank_nodes=True)
            triples.update(quad.triple for quad in quads)
        except SyntaxError as error:
            raise StoreError(f"the shipped file {file.name} is not valid Turtle: {error}") from error
    return frozenset(as_stored(triples))
