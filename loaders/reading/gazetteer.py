"""The names that readers recognise: the reference graph, as plain values.

The gazetteer is the reference graph. A name added there (by editing `ontology/reference/`, by an update, or by
loading RDF into the reference graph) is recognised in the next text.
"""

from dataclasses import dataclass
from typing import Literal

from loaders.reading.facts import BodyKind, EntityKind

NameSort = Literal["label", "alternative", "official", "abbreviation", "adjective", "demonym"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity in one language; `language` is `""` where the name belongs to none."""

    text: str
    language: str
    sort: NameSort


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity of the reference graph with its names.

    Arguments:
        iri: its IRI.
        kind: what sort of thing it is.
        names: all its names in all languages.
        code: its ISO 3166-1 alpha-3 code or its usual English acronym, if it has one.
        state: alpha-3 of the state that it belongs to (a body), is capital of or lies in (a place), or is.
        body: which body of its state it is.
        frameworks: IRIs of the organizations under which a mission or a series of exercises is run.
        locations: IRIs of the places where a mission works.
        capital_of: alpha-3 of the state whose capital it is.
        types: local names of its `mc:` classes.
    """

    iri: str
    kind: EntityKind
    names: tuple[Name, ...]
    code: str | None = None
    state: str | None = None
    body: BodyKind | None = None
    frameworks: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    capital_of: str | None = None
    types: frozenset[str] = frozenset()
