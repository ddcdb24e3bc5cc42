"""What to call a thing of the graph, in the reader's language."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology import DCTERMS, MC, PREFIXES, RDF, RDFS, SKOS
from server.layers import Quads

__all__ = ["Name", "Names", "compact"]

_NAMING = tuple(
    NamedNode(iri) for iri in (RDFS["label"], SKOS["prefLabel"], DCTERMS["title"], MC["exactText"], MC["familyName"])
)
_TYPE = NamedNode(RDF["type"])
_DATES = tuple(NamedNode(MC[name]) for name in ("startDate", "signedOn"))
_PARTS = tuple(NamedNode(RDF[name]) for name in ("subject", "predicate", "object"))
_KINDS = tuple(NamedNode(MC[name]) for name in ("meetingKind", "agreementType"))
_COMMON_TYPES = frozenset({MC["Claim"], MC["Relation"], MC["Activity"], MC["Actor"], MC["Organization"]})
_MOST_PREFIXED = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_SERIES = NamedNode(MC["editionOf"])
_LABEL = NamedNode(RDFS["label"])
_SOURCE = NamedNode(MC["source"])
_LOCAL_NAME = re.compile(r"[\w.-]*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name and its language (`""` if it belongs to none)."""

    text: str
    language: str


def compact(iri: str) -> str:
    """An IRI as readers like it: with a prefix where one fits, else as it is."""
    for prefix, namespace in _MOST_PREFIXED:
        if iri.startswith(namespace) and (len(local := iri[len(namespace) :]) > 0):
            return f"{prefix}:{local}"
    return iri


def best(values: Iterable[Literal], preference: Sequence[str]) -> Name | None:
    """The literal whose language comes first in the preference; one without a language before a foreign one."""
    order = {language: place for place, language in enumerate((*preference, ""))}
    ranked = sorted(
        (order.get((value.language or "").partition("-")[0], len(order)), value.value, value.language or "")
        for value in values
    )
    return Name(ranked[0][1], ranked[0][2]) if ranked else None


class Names:
    """The names of one state of the graph.

    Arguments:
        rdf: its triples; names are looked up in all graphs.
    """

    def __init__(self, rdf: Quads) -> None:
        self._rdf = rdf
        self._cached = lru_cache(maxsize=50_000)(self._found)

    def of(self, term: NamedNode | BlankNode | str, preference: tuple[str, ...]) -> Name:
        """What to call a thing.

        Arguments:
            term: the thing, or its IRI.
            preference: languages, the best first.

        Returns:
            Its own name, or that of its series with the year where only the series has one in the best language; else
            the name of its file; else that of its class with its date; else the last step of its IRI.
        """
        return self._cached(NamedNode(term) if isinstance(term, str) else term, preference)

    def _found(self, node: NamedNode | BlankNode, preference: tuple[str, ...]) -> Name:
        for predicate in _NAMING:
            name = best(self._literals(node, predicate), preference)
            if name is not None:
                return name if name.language == preference[0] else self._edition(node, preference[0]) or name
        described = self._stated(node, preference) or self._edition(node, preference[0]) or self._file(node)
        described = described or self._described(node, preference)
        if described is not None:
            return described
        return Name(_last_step(node.value) if isinstance(node, NamedNode) else "…", "")

    def _edition(self, node: NamedNode | BlankNode, language: str) -> Name | None:
        """The name that its series has in the language, and its year."""
        series = (quad.object for quad in self._rdf.quads_for_pattern(node, _SERIES, None, None))
        labels = [v for s in series if isinstance(s, NamedNode | BlankNode) for v in self._literals(s, _LABEL)]
        name = best((label for label in labels if label.language == language), (language,))
        years = sorted(v.value[:4] for p in _DATES for v in self._literals(node, p))
        return Name(f"{name.text} {years[0]}", language) if name and years else name

    def _file(self, node: NamedNode | BlankNode) -> Name | None:
        """The name of the file that a document without a title came from."""
        sources = sorted(literal.value for literal in self._literals(node, _SOURCE))
        name = re.split(r"[/\\]", sources[0].rstrip("/"))[-1] if sources else ""
        return Name(name, "") if name else None

    def _stated(self, node: NamedNode | BlankNode, preference: tuple[str, ...]) -> Name | None:
        """What a statement states, in the names of its parts."""
        parts = []
        for predicate in _PARTS:
            part = next((quad.object for quad in self._rdf.quads_for_pattern(node, predicate, None, None)), None)
            if part is None or isinstance(part, Triple) or part == node:
                return None
            parts.append(part.value if isinstance(part, Literal) else self.of(part, preference).text)
        return Name(" ".join(parts), "")

    def _described(self, node: NamedNode | BlankNode, preference: tuple[str, ...]) -> Name | None:
        """The class and the date of something that nobody has named."""
        types = {
            quad.object
            for quad in self._rdf.quads_for_pattern(node, _TYPE, None, None)
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(MC)
        }
        kinds = sorted((t for t in types if t.value not in _COMMON_TYPES), key=lambda t: t.value)
        said = (quad.object for p in _KINDS for quad in self._rdf.quads_for_pattern(node, p, None, None))
        telling = [*(kind for kind in said if isinstance(kind, NamedNode)), *kinds]
        for kind in telling:
            name = best((n for p in _NAMING[:2] for n in self._literals(kind, p)), preference)
            if name is not None:
                dates = sorted(v.value for p in _DATES for v in self._literals(node, p))
                return Name(f"{name.text}, {dates[0]}" if dates else name.text, name.language)
        return None

    def _literals(self, node: NamedNode | BlankNode, predicate: NamedNode) -> list[Literal]:
        quads = self._rdf.quads_for_pattern(node, predicate, None, None)
        return [quad.object for quad in quads if isinstance(quad.object, Literal)]


def _last_step(iri: str) -> str:
    steps = [step for step in re.split(r"[/#]", iri) if step]
    return unquote(steps[-1]) if len(steps) > 2 else iri
