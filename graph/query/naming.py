"""What a user means by a name in a parameter of a canned query: the thing that the graph calls so, in any language."""

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Literal, NamedNode, Store

from graph.errors import BadInput
from graph.query.parameters import Parameter, Term, full_iri
from ontology import DCTERMS, LANGUAGES, MC, PREFIXES, RDF, RDFS, SKOS, concept, shortened

__all__ = ["NameResolver", "UnknownName"]

_NAMING = tuple(
    NamedNode(iri)
    for iri in (RDFS["label"], SKOS["prefLabel"], SKOS["altLabel"], MC["abbreviation"], MC["iso3"], DCTERMS["title"])
)
_TYPE = NamedNode(RDF["type"])
_LOOKED_AT = 5_000
"""Things of a class that are looked at one by one where no name is the given one to the letter."""

_NEAR = 70.0
_QUOTES = str.maketrans("", "", "«»“”„\"'")


class UnknownName(BadInput):
    """The graph has no such thing."""

    title = "Unknown name"


@dataclass(frozen=True, slots=True)
class NameResolver:
    """Finds what values of parameters name.

    Arguments:
        rdf: the graph.
    """

    rdf: Store

    def terms(self, parameter: Parameter, value: str) -> tuple[Term, ...]:
        """The terms that a value means: those that are in the graph, else the things that it is a name of.

        Arguments:
            parameter: what takes the value.
            value: an IRI, the last step of one, or a label, ISO 3166 code or abbreviation in any language.

        Raises:
            BadInput: it is no value of the parameter's type.
            UnknownName: the graph knows nothing of that name; the message says what comes nearest.
        """
        if parameter.type not in {"iri", "concept"}:
            return parameter.terms(value)
        text = value.strip()
        written: tuple[Term, ...] = ()
        with suppress(BadInput) if full_iri(text) is None else nullcontext():
            written = parameter.terms(value)
        there = tuple(term for term in written if isinstance(term, NamedNode) and self._is_there(term))
        if there:
            return there
        if full_iri(text) is None and (named := self._named(parameter, text)):
            return named
        raise self._unknown(parameter, text)

    def _is_there(self, node: NamedNode) -> bool:
        """Whether the graph speaks of it at all."""
        ways = ((node, None, None, None), (None, None, node, None), (None, node, None, None))
        return any(next(iter(self.rdf.quads_for_pattern(*way)), None) is not None for way in ways)

    def _named(self, parameter: Parameter, text: str) -> tuple[NamedNode, ...]:
        bare = text.translate(_QUOTES).strip()
        spellings = dict.fromkeys([text, bare, bare.upper(), bare.lower(), bare.capitalize(), bare.title()])
        found: dict[NamedNode, None] = {}
        for spelling in spellings:
            for literal in (Literal(spelling), *(Literal(spelling, language=tag) for tag in LANGUAGES)):
                for predicate in _NAMING:
                    for quad in self.rdf.quads_for_pattern(None, predicate, literal, None):
                        if isinstance(quad.subject, NamedNode) and self._fits(parameter, quad.subject):
                            found[quad.subject] = None
        if not found:
            wanted = _folded(text)
            found = {node: None for node, name in self._names(parameter) if _folded(name) == wanted}
        return tuple(found)

    def _fits(self, parameter: Parameter, node: NamedNode) -> bool:
        if parameter.type == "concept":
            return node.value.startswith(concept(parameter.scheme or "", ""))
        classes = _classes(parameter)
        if not classes:
            return True
        return any(
            next(iter(self.rdf.quads_for_pattern(node, _TYPE, kind, None)), None) is not None for kind in classes
        )

    def _names(self, parameter: Parameter) -> Iterator[tuple[NamedNode, str]]:
        """The names of things that the parameter can mean, as many as one looks at."""
        classes = [NamedNode(SKOS["Concept"])] if parameter.type == "concept" else _classes(parameter)
        for kind in classes:
            for quad in islice(self.rdf.quads_for_pattern(None, _TYPE, kind, None), _LOOKED_AT):
                node = quad.subject
                if isinstance(node, NamedNode) and self._fits(parameter, node):
                    for predicate in _NAMING:
                        for named in self.rdf.quads_for_pattern(node, predicate, None, None):
                            if isinstance(named.object, Literal):
                                yield node, named.object.value

    def _unknown(self, parameter: Parameter, text: str) -> UnknownName:
        from rapidfuzz import fuzz, process  # here: workers have no need of it

        known = {_folded(name): (node, name) for node, name in self._names(parameter)}
        best = process.extractOne(_folded(text), list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
        kinds = " or ".join(name.rpartition(":")[2] for name in parameter.classes) or parameter.scheme or "thing"
        hint = "give its name, its ISO 3166 code, its abbreviation or its IRI"
        if best is not None:
            node, name = known[best[0]]
            hint = f"did you mean {name!r} ({shortened(node.value)})?"
        return UnknownName(f"the graph has no {kinds} {text!r} for the parameter {parameter.name!r}", hint=hint)


def _classes(parameter: Parameter) -> list[NamedNode]:
    found = []
    for name in parameter.classes:
        prefix, _, local = name.partition(":")
        found.append(NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else name.strip("<>")))
    return found


def _folded(text: str) -> str:
    return " ".join(text.translate(_QUOTES).casefold().replace("ё", "е").split())
