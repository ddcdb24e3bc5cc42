"""The reference data in one store, as the gazetteer and the reference graph hold it."""

from collections import defaultdict
from functools import cached_property

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

import ontology
from ontology import MC, RDFS, SKOS

NAMES = (
    RDFS["label"], SKOS["altLabel"], MC["officialName"], MC["abbreviation"], MC["adjective"], MC["demonym"],
)  # fmt: skip


class Reference:
    """The reference data with a few short questions."""

    def __init__(self) -> None:
        self.rdf = Store()
        for file in ontology.reference_files():
            self.rdf.load(path=str(file), format=RdfFormat.TURTLE)

    def rows(self, pattern: str) -> list[dict[str, str]]:
        """The solutions of a graph pattern with the usual prefixes, each term as its string."""
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in ontology.PREFIXES.items())
        solutions = self.rdf.query(f"{prefixes} SELECT * WHERE {{ {pattern} }}")
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return [
            {name: str(getattr(term, "value", term)) for name in names if (term := row[name]) is not None}
            for row in solutions
        ]

    def instances(self, *classes: str) -> set[str]:
        """The IRIs of the instances of classes of the vocabulary (stated, not inferred)."""
        wanted = " ".join(f"mc:{name}" for name in classes)
        return {row["x"] for row in self.rows(f"VALUES ?c {{ {wanted} }} ?x a ?c")}

    def names(self, iri: str, *properties: str) -> set[tuple[str, str]]:
        """The (language, text) of an entity's names; properties as IRIs."""
        return {
            (quad.object.language or "", quad.object.value)
            for name in properties
            for quad in self.rdf.quads_for_pattern(NamedNode(iri), NamedNode(name), None)
            if isinstance(quad.object, Literal)
        }

    def named(self, text: str, language: str, kind: str) -> set[str]:
        """The IRIs under `id/<kind>/` that a name in a language means, without regard to case and ё."""
        return {iri for iri in self._named[language, _folded(text)] if iri.startswith(ontology.entity(kind) + "/")}

    @cached_property
    def _named(self) -> dict[tuple[str, str], set[str]]:
        meant: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self.rows(f"?x {'|'.join(f'<{name}>' for name in NAMES)} ?n BIND(LANG(?n) AS ?l)"):
            meant[row["l"], _folded(row["n"])].add(row["x"])
        return meant


def _folded(name: str) -> str:
    return name.casefold().replace("ё", "е")


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference()
