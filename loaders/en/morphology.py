"""English words without context: lemmas and parts of speech, from lemminflect's and Brill's lexicons.

lemminflect holds the lemmas of the NIH's SPECIALIST lexicon. The likeliest tag of a word is that of E. Brill's lexicon
(A simple rule-based part of speech tagger, ANLP 1992; trained on the Brown corpus and the Penn Treebank), a file
inside the textblob package, which itself is not imported.
"""

import importlib.util
from functools import cache, lru_cache
from pathlib import Path

import lemminflect  # type: ignore[import-untyped]
import pyoxigraph

from graph.errors import MilcoopError
from loaders.reading.text import fold
from ontology import MC, RDFS, SKOS, path

SHORTEST_PLURAL = 4
VERBAL_PREFIXES = ("co-", "re-")
OPEN = ("NOUN", "VERB", "ADJ", "ADV")


class LexiconMissing(MilcoopError):
    """The file of the English lexicon is not there."""


@cache
def likeliest_tags() -> dict[str, str]:
    """Word as written → its likeliest tag of the Penn Treebank."""
    spec = importlib.util.find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:
        raise LexiconMissing(
            "the package textblob with the English lexicon is not installed", hint="pip install textblob"
        )
    file = Path(next(iter(spec.submodule_search_locations))) / "en" / "en-lexicon.txt"
    lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(";;;"))
    return {parts[0]: parts[1] for parts in lines if len(parts) >= 2}


@cache
def adjectives_of_states() -> frozenset[str]:
    """The adjectives of states ("kazakh"; of "South Korean" the last word), folded, from the reference data.

    What is the name of a state as well ("Luxembourg", "US") is none.
    """
    adjectives = {fold(name.split()[-1]) for name in _of_states()[MC["adjective"]]}
    return frozenset(adjectives - {fold(name.split()[-1]) for name in names_of_states()})


@cache
def names_of_states() -> frozenset[str]:
    """The names of states, folded, from the reference data."""
    return frozenset(fold(name) for sort in (RDFS["label"], SKOS["altLabel"]) for name in _of_states()[sort])


@cache
def _of_states() -> dict[str, set[str]]:
    """The English names of states by property."""
    found: dict[str, set[str]] = {MC["adjective"]: set(), RDFS["label"]: set(), SKOS["altLabel"]: set()}
    for triple in pyoxigraph.parse(path=path("reference/states.ttl"), format=pyoxigraph.RdfFormat.TURTLE):
        value = triple.object
        if triple.predicate.value in found and isinstance(value, pyoxigraph.Literal) and value.language == "en":
            found[triple.predicate.value].add(value.value)
    return found


@lru_cache(maxsize=100_000)
def lemmas_by_pos(word: str) -> dict[str, tuple[str, ...]]:
    """Part of speech → lemmas of a word in small letters; empty where the lexicon does not know the word."""
    found = lemminflect.getAllLemmas(word)
    prefix = next((p for p in VERBAL_PREFIXES if word.startswith(p)), "")
    if not found and prefix:  # "to co-host", "co-chaired"
        verbs = lemmas_by_pos(word.removeprefix(prefix)).get("VERB", ())
        return {"VERB": tuple(prefix + lemma for lemma in verbs)} if verbs else {}
    return {pos: tuple(fold(lemma) for lemma in lemmas) for pos, lemmas in found.items() if pos in OPEN}


@lru_cache(maxsize=100_000)
def likeliest(word: str) -> str:
    """The likeliest tag of a word in small letters, or `""`."""
    return likeliest_tags().get(word, "")


@lru_cache(maxsize=100_000)
def lemmas(word: str, pos: str = "") -> tuple[str, ...]:
    """What a word may be a form of, folded: the lemmas of its part of speech first, then the word itself."""
    lower = fold(word)
    known = lemmas_by_pos(lower)
    own = known.get("NOUN" if pos == "PROPN" else pos, ())
    others = (lemma for lemmas in known.values() for lemma in lemmas) if not pos else ()
    found = dict.fromkeys((*own, *others))
    if "-" in lower and not found:
        head, _, last = lower.rpartition("-")
        found = dict.fromkeys(f"{head}-{lemma}" for lemma in lemmas(last, pos))
    if not found and pos in {"NOUN", ""} and lower.endswith("s") and len(lower) > SHORTEST_PLURAL:
        found = {lower[:-1]: None}
    return tuple(dict.fromkeys((*found, lower)))
