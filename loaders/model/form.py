"""The form of an answer: kinds of facts and their fields, as `form.toml` lists them, and concepts to choose from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import unquote

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from ontology import CONCEPT, MC, SKOS, path

__all__ = ["Concept", "Field", "Kind", "concepts", "kinds"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a kind of fact.

    Arguments:
        name: its key in an answer.
        type: `name`, `entity`, `entities`, `date`, `number`, `concept` or `concepts`.
        scheme: of concepts, the concept scheme.
        required: whether a fact needs it.
        description: what it means: the definition of its property, and what the form adds.
    """

    name: str
    type: str
    scheme: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: its name in an answer, the definition of its class, what the form adds, its fields."""

    name: str
    definition: str
    rule: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme: its name in an answer, and its definition in English."""

    name: str
    definition: str


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of facts that a model is asked for."""
    definitions = _definitions()
    form = tomllib.loads(resources.files(__package__).joinpath("form.toml").read_text(encoding="utf-8"))
    return tuple(
        Kind(
            name,
            definitions.get(MC[row["class"]], "") if "class" in row else "",
            row.get("rule", ""),
            tuple(_field(key, value, definitions) for key, value in row["fields"].items()),
        )
        for name, row in form.items()
    )


def _field(name: str, row: Mapping[str, object], definitions: Mapping[str, str]) -> Field:
    kind, _, scheme = str(row["type"]).partition(":")
    said = (definitions.get(MC[str(row["property"])], "") if "property" in row else "", str(row.get("rule", "")))
    return Field(name, kind, scheme, bool(row.get("required")), "; ".join(part.rstrip(".") for part in said if part))


@cache
def concepts(scheme: str) -> tuple[Concept, ...]:
    """The concepts of a scheme, in the order of their names, which are the last steps of their IRIs."""
    beginning = f"{CONCEPT}{scheme}/"
    found = {
        unquote(iri.removeprefix(beginning)): definition
        for iri, definition in _definitions().items()
        if iri.startswith(beginning)
    }
    return tuple(Concept(name, definition) for name, definition in sorted(found.items()))


@cache
def _definitions() -> dict[str, str]:
    """The English definitions of all classes, properties and concepts, by IRI."""
    store = pyoxigraph.Store()
    for file in ("milcoop.ttl", "reference/concepts.ttl"):
        store.load(path=str(path(file)), format=RdfFormat.TURTLE)
    return {
        quad.subject.value: quad.object.value
        for quad in store.quads_for_pattern(None, NamedNode(SKOS["definition"]), None)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.object.language == "en"
    }
