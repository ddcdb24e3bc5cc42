"""Where a text names the things that its document speaks of.

The graph keeps the passages of facts, not every mention; so the names that the graph has for those things are looked
for in the text, in whatever form they stand there: of each word of some length the last letters may differ.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontology import MC, RDFS, SKOS
from server.layers import Quads

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
_WORD = re.compile(r"\w+")
_KEY = 2
"""Names are looked at where their first letters stand."""

_SHORT = 4
"""Words of so many letters stand as they are, but for an ending of up to two letters."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: `text[begin:end]` names the thing."""

    begin: int
    end: int
    iri: str


def mentions_of(rdf: Quads, text: str, things: Iterable[str]) -> list[Mention]:
    """The places of a text that name one of the things, in order; the longest name wins.

    Arguments:
        rdf: where the names are.
        text: the text; one that is very long is not searched.
        things: IRIs.
    """
    if len(text) > _LONGEST_TEXT:
        return []
    names: dict[str, str] = {}
    for thing in sorted(things):
        for name in _names(rdf, thing):
            names.setdefault(name, thing)
    by_beginning: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        by_beginning[name[:_KEY]].append(name)
    return list(_found(text, names, by_beginning))


def _found(text: str, owners: Mapping[str, str], by_beginning: Mapping[str, Sequence[str]]) -> Iterator[Mention]:
    patterns: dict[str, re.Pattern[str]] = {}
    free = 0
    for word in _WORD.finditer(text):
        begin = word.start()
        if begin < free:
            continue
        for name in by_beginning.get(text[begin : begin + _KEY], ()):
            pattern = patterns.get(name) or patterns.setdefault(name, re.compile(_pattern(name) + r"(?!\w)"))
            match = pattern.match(text, begin)
            if match:
                free = match.end()
                yield Mention(begin, free, owners[name])
                break


def _names(rdf: Quads, thing: str) -> Iterator[str]:
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
