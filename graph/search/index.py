"""An index of names in memory: candidates by shared runs of three letters, ranked by how well the words fit.

The candidates come from an inverted index held in three arrays (runs, where their lists begin, the lists); counting
what a name shares with the query is one `bincount` over the lists of the query's runs. The best of them are compared
word by word with rapidfuzz: a word of the query may be the beginning of a word of the name, may be inflected (share
its stem), or misspelt (Damerau and Levenshtein's distance).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Prefix

from graph.search.column import Column
from graph.search.folding import fold, simplified, words_of
from graph.search.names import Named
from graph.search.trigrams import runs

__all__ = ["Hit", "NameIndex"]

_CANDIDATES = 400
_FITTING = 0.62
"""Below this the words of the query, on average, are not taken for those of the name."""

_LIKE = 0.42
"""Below this a word of the query is not taken for one of the name, however well the others fit."""

_BEGINNING = 0.94
"""How well the beginning of a word fits it."""

_SPELT_OTHERWISE = 0.91
"""The same in another spelling."""

_LONGEST_QUERY = 120
_COMMON = 60_000
"""Names that share a run with so many others are not all looked at for it, where a query has rarer ones."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found.

    Arguments:
        iri: the thing.
        text: its name that fits best.
        language: of the name.
        score: 0–1, how well it fits.
    """

    iri: str
    text: str
    language: str
    score: float


class NameIndex:
    """Names of things, to be searched.

    Arguments:
        names: the names.
    """

    def __init__(self, names: Iterable[Named]) -> None:
        listed = list(names)
        folded = [fold(named.text) for named in listed]
        self._iris = Column(named.iri for named in listed)
        self._texts = Column(named.text for named in listed)
        self._languages = Column(named.language for named in listed)
        self._folded = Column(folded)
        codes, owners = runs(folded)
        order = np.lexsort((owners, codes))
        codes, owners = codes[order], owners[order]
        if len(codes):
            first = np.concatenate(([True], (codes[1:] != codes[:-1]) | (owners[1:] != owners[:-1])))
            codes, owners = codes[first], owners[first]
        self._runs, self._begins = np.unique(codes, return_index=True)
        self._begins = np.append(self._begins, len(codes))
        self._owners: NDArray[np.int32] = owners
        self._lengths = np.maximum(np.bincount(owners, minlength=len(listed)), 1)

    def __len__(self) -> int:
        return len(self._iris)

    def search(self, text: str, limit: int = 20, weight: Callable[[str], float] | None = None) -> list[Hit]:
        """Things whose names fit, the best first, each once.

        Arguments:
            text: what was typed; its last word may be unfinished.
            limit: how many at most.
            weight: how much readers may want a thing (0–1), by IRI; decides between names that fit about as well.

        Returns:
            At most `limit` hits, all of which fit each word of the text.
        """
        wanted = fold(text[:_LONGEST_QUERY])
        if not wanted:
            return []
        best: dict[str, tuple[float, int]] = {}
        words = words_of(wanted)
        for place in self._candidates(wanted):
            fitting = _fit(words, self._folded[place])
            if fitting > 0:
                iri = self._iris[place]
                best[iri] = max((fitting, -place), best.get(iri, (0.0, 0)))
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[: max(_CANDIDATES // 4, 2 * limit)]
        if weight is not None:
            ranked.sort(key=lambda item: (-round(item[1][0] + 0.15 * weight(item[0]), 3), item[0]))
        return [self._hit(-place, score) for _, (score, place) in ranked[:limit]]

    def _hit(self, place: int, score: float) -> Hit:
        return Hit(self._iris[place], self._texts[place], self._languages[place], round(score, 3))

    def _candidates(self, wanted: str) -> list[int]:
        """The names that share most with the query, those with little else first."""
        codes, _ = runs([wanted], open_ended=True)
        codes = np.unique(codes)
        found = np.searchsorted(self._runs, codes)
        known = found < len(self._runs)
        found = found[known][self._runs[found[known]] == codes[known]]
        lists = sorted(
            (self._owners[self._begins[place] : self._begins[place + 1]] for place in found.tolist()), key=len
        )
        if not lists:
            return []
        chosen = [one for number, one in enumerate(lists) if number < 2 or len(one) <= _COMMON]
        shared = np.bincount(np.concatenate(chosen), minlength=len(self))
        places = np.flatnonzero(shared)
        likeness = shared[places] / np.sqrt(self._lengths[places] + 4.0)
        if len(places) > _CANDIDATES:
            top = np.argpartition(-likeness, _CANDIDATES)[:_CANDIDATES]
            places = places[top]
        return [int(place) for place in places]


def _fit(words: list[str], name: str) -> float:
    """How well a folded name fits the words of a query: 0 if one of them has nothing like it there, at most 1."""
    theirs = words_of(name)
    free = list(range(len(theirs)))
    total = 0.0
    for word in words:
        score, chosen = max(((_alike(word, theirs[place]), -place) for place in free), default=(0.0, 0))
        if score < _LIKE:
            return 0.0
        free.remove(-chosen)
        total += score
    fitting = total / len(words)
    if fitting < _FITTING:
        return 0.0
    covered = sum(len(word) for word in words) / max(len(name.replace(" ", "")), 1)
    begins = float(bool(theirs) and _alike(words[0], theirs[0]) >= _SPELT_OTHERWISE)
    return 0.8 * fitting + 0.12 * min(covered, 1.0) + 0.08 * begins


@lru_cache(maxsize=16_384)  # the same words stand in many names
def _alike(word: str, other: str) -> float:
    """How much a typed word is like one of a name, 0–1: the same, its beginning, another form of it, misspelt."""
    if word == other:
        return 1.0
    if other.startswith(word):
        return _BEGINNING
    if simplified(other).startswith(simplified(word)):
        return _SPELT_OTHERWISE
    if not other:
        return 0.0
    shared = Prefix.similarity(word, other)
    longest = max(len(word), len(other))
    if shared >= 4 and shared >= 0.6 * longest:  # endings differ
        return 0.7 + 0.2 * shared / longest
    if len(word) < 4:
        return 0.0
    # What is typed may be unfinished as well as misspelt: as much of the name's word is compared as was typed.
    ends = {min(len(other), end) for end in (len(other), len(word), len(word) + 1)}
    return max(0.85 * OSA.normalized_similarity(word, other[:end]) for end in ends)
