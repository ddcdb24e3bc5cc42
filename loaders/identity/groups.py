"""Things that are one, under the name by which all go; and which of their names are labels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyoxigraph

from loaders.identity.clusters import Thing
from loaders.identity.naming import Naming
from loaders.identity.renaming import Labels

__all__ = ["Group", "named_group"]


@dataclass(frozen=True, slots=True)
class Group:
    """Things that are one.

    Arguments:
        members: their own IRIs.
        common: the IRI under which they go.
        languages: those of the names of each; of one that is alone they are not looked up.
        labelled: those whose names are labels, with the languages of these, the common one first.
    """

    members: frozenset[str]
    common: str
    languages: Mapping[str, frozenset[str]]
    labelled: list[tuple[str, frozenset[str]]]


def named_group(
    rdf: pyoxigraph.Store,
    members: frozenset[str],
    things: Mapping[str, Thing],
    naming: Naming,
    named: Callable[[str], Mapping[str, str]],
) -> Group:
    """Things that are one, under a name.

    Arguments:
        rdf: the state of the store.
        members: their own IRIs.
        things: these things, by own IRI.
        naming: under which names the store has things.
        named: gives the IRI that one has at present in each document's graph.
    """
    common = _chosen(members, things, naming)
    languages: dict[str, frozenset[str]] = {}
    if len(members) > 1:
        languages = {iri: frozenset(Labels.languages(rdf, named(iri))) for iri in members}
    return Group(members, common, languages, _labelled(members, common, languages))


def _chosen(members: frozenset[str], things: Mapping[str, Thing], naming: Naming) -> str:
    """The name under which all go: a fixed one, else one that is no single document's, else the one so far."""
    if len(members) == 1:
        return next(iter(members))
    now = {record.common for iri in members if (record := naming.recorded(iri))}
    return min(members, key=lambda iri: (not things[iri].fixed, "/document/" in iri, iri not in now, iri))


def _labelled(
    members: frozenset[str], common: str, languages: Mapping[str, frozenset[str]]
) -> list[tuple[str, frozenset[str]]]:
    """A thing has one label for each language, the other names are further names."""
    found: list[tuple[str, frozenset[str]]] = []
    taken: set[str] = set()
    for iri in sorted(members, key=lambda i: (i != common, i)):
        own = languages.get(iri, frozenset())
        if iri == common or not own & taken:
            found.append((iri, own))
            taken |= own
    return found
