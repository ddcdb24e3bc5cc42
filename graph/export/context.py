"""The JSON-LD context of `ontology/context.jsonld`, read backwards: from IRIs to the short names it gives them.

Covers what that context uses: prefixes, keyword aliases, `@vocab`, terms with `@id`, with `@type` (`@id`, a datatype)
and with `@container: @language` (JSON-LD 1.1 §4.1–4.6). Terms with any other feature are passed over, which makes the
output longer and not wrong.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import ontology

__all__ = ["Context", "context", "prefixes"]


@dataclass(frozen=True, slots=True)
class Context:
    """Short names.

    Arguments:
        source: the context as JSON, to be written into a file.
        prefixes: beginnings of IRIs by their prefix; each ends with a slash or a hash.
        vocabulary: the beginning of IRIs that need no prefix.
        plain: terms by property, whose values say themselves what they are.
        links: terms by property, whose values are IRIs.
        languages: terms by property, whose values are texts by language.
        typed: terms by property and datatype, whose values are texts of that datatype.
    """

    source: dict[str, Any]
    prefixes: dict[str, str]
    vocabulary: str
    plain: dict[str, str]
    links: dict[str, str]
    languages: dict[str, str]
    typed: dict[tuple[str, str], str]
    _by_start: dict[str, str]

    def keyword(self, name: str) -> str:
        """The alias of a keyword (`id` for `@id`), else the keyword."""
        return self.plain.get(name, name)

    def compact(self, iri: str) -> str:
        """An IRI as `prefix:rest`, by the longest prefix that fits; else the IRI."""
        for end in range(len(iri) - 1, 0, -1):
            if iri[end - 1] in "/#" and (prefix := self._by_start.get(iri[:end])) is not None:
                short = f"{prefix}:{iri[end:]}"
                return iri if iri[end:].startswith("//") or short in self.source else short
        return iri

    def name(self, iri: str) -> str:
        """A property or class: its own term, or its name in the vocabulary, or a compact IRI."""
        if (term := self.plain.get(iri)) is not None:
            return term
        rest = iri.removeprefix(self.vocabulary)
        if rest != iri and rest and ":" not in rest and not rest.startswith("@") and rest not in self.source:
            return rest
        return self.compact(iri)


@cache
def context() -> Context:
    """The context of the ontology."""
    source = json.loads(ontology.path("context.jsonld").read_text(encoding="utf-8"))["@context"]
    starts = {
        term: definition
        for term, definition in source.items()
        if isinstance(definition, str) and definition.endswith(("/", "#")) and not term.startswith("@")
    }
    by_start = {start: prefix for prefix, start in starts.items()}
    found = Context(source, starts, source.get("@vocab", ""), {}, {}, {}, {}, by_start)
    for term, definition in source.items():
        if term.startswith("@") or term in found.prefixes:
            continue
        declared = {"@id": definition} if isinstance(definition, str) else dict(definition)
        iri = _expanded(declared.pop("@id", found.vocabulary + term), found)
        match declared:
            case {} if not declared:
                found.plain.setdefault(iri, term)
            case {"@type": "@id", **rest} if not rest:
                found.links.setdefault(iri, term)
            case {"@type": str(datatype), **rest} if not rest and not datatype.startswith("@"):
                found.typed.setdefault((iri, _expanded(datatype, found)), term)
            case {"@container": "@language", **rest} if not rest:
                found.languages.setdefault(iri, term)
    return found


@cache
def prefixes() -> dict[str, str]:
    """The prefixes that exports use: those of queries, and those of the context for the kinds of entities."""
    return {**context().prefixes, **ontology.PREFIXES}


def _expanded(name: str, found: Context) -> str:
    prefix, colon, rest = name.partition(":")
    return found.prefixes[prefix] + rest if colon and prefix in found.prefixes else name
