"""Where a text names the things that its document speaks of.

The graph keeps the passages of facts, not every mention; so the names that the graph has for those things are looked
for in the text, in whatever form they stand there: of each word of some length the last letters may differ.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from ontology import MC, RDFS, SKOS

__all__ = ["Mention", "mentions_of"]

_NAMING = tuple(
    NamedNode(iri)
    for iri in (
        RDFS["label"],
        SKOS["altLabel"],
        MC["officialName"],
        MC["abbreviation"],
        MC["adjective"],
        MC["demonym"],
        MC["familyName"],
    )
)
_LONGEST_TEXT = 300_000
_MOST_NAMES = 4_000
_SHORT = 4
"""Words of so many letters stand as they are, but for an ending of up to two letters."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: `text[begin:end]` names the thing."""

    begin: int
    end: int
    iri: str


def mentions_of(rdf: pyoxigraph.Store, text: str, things: Iterable[str]) -> list[Mention]:
    """The places of a text that name one of the things, in order; the longest name wins.

    Arguments:
        rdf: where the names are.
        text: the text; one that is very long is not searched.
        things: IRIs.
    """
    if len(text) > _LONGEST_TEXT:
        return []
    owners: dict[str, str] = {}
    for thing in sorted(things):
        for name in _names(rdf, thing):
            owners.setdefault(_pattern(name), thing)
    patterns = sorted(owners, key=lambda pattern: (-len(pattern), pattern))[:_MOST_NAMES]
    if not patterns:
        return []
    groups = {f"n{number}": owners[pattern] for number, pattern in enumerate(patterns)}
    named = "|".join(f"(?P<n{number}>{pattern})" for number, pattern in enumerate(patterns))
    found = re.compile(rf"(?<!\w)(?:{named})(?!\w)")
    return [Mention(match.start(), match.end(), groups[str(match.lastgroup)]) for match in found.finditer(text)]


def _names(rdf: pyoxigraph.Store, thing: str) -> Iterator[str]:
    for predicate in _NAMING:
        for quad in rdf.quads_for_pattern(NamedNode(thing), predicate, None, None):
            if isinstance(quad.object, Literal) and len(quad.object.value) > 1 and quad.object.value[0].isalnum():
                yield quad.object.value


def _pattern(name: str) -> str:
    return r"[\s\u00a0]+".join(_word(word) for word in name.split())


def _word(word: str) -> str:
    if not word.isalpha():
        return re.escape(word)
    if word.isupper():
        return re.escape(word) + r"(?:[-’'][^\W\d_]{1,6})?"
    if len(word) <= _SHORT:
        return re.escape(word) + r"[^\W\d_]{0,2}"
    kept = max(_SHORT, len(word) - 2)
    return re.escape(word[:kept]) + r"[^\W\d_]{0,5}"
