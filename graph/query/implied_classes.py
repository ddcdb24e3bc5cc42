"""Classes that a query asks for although they follow from a property that it asks for as well.

Who has a property is of the class that is its domain (RDF Schema 1.1 §3.1), and in a graph that is closed under
inference that is written down (rule prp-dom of OWL 2 RL). So in `?x a C ; p ?y` the class need not be looked up where C
is a domain of p: each solution of the rest has it, and has it once, as an RDF graph is a set.

This holds in the merged graph, not in the graph of one document: a query with `FROM`, and patterns in `GRAPH`, stay.
Not all that follows is written down of the classes of RDF and OWL themselves, such as that everything is an owl:Thing
(`graph.reasoner.trivial`): these stay as well.
"""

from collections.abc import Callable, Mapping

from graph.query.group_patterns import NotRead, Property, Statement, separate, statements
from graph.query.iris import declared_prefixes, iri_of
from graph.query.tokens import tokens
from ontology import OWL, RDF, RDFS, XSD

__all__ = ["without_implied_classes"]

_LONGEST = 1 << 16
_BUILT_IN = (OWL, RDF, RDFS, XSD)


def without_implied_classes(text: str, prefixes: Mapping[str, str], is_domain: Callable[[str, str], bool]) -> str:
    """The query without the classes that properties beside them imply.

    Arguments:
        text: the query, whose default graph holds what follows from the domains of properties.
        prefixes: those that it need not declare.
        is_domain: whether a class is the domain of a property, of which both are given by IRI, the property first.
    """
    if ";" not in text or len(text) > _LONGEST:
        return text
    words = separate(tokens(text))
    if any(token.is_word("FROM") for token in words):
        return text
    try:
        found = [one for one in statements(words) if len(one.properties) > 1]
    except NotRead:
        return text
    declared = declared_prefixes(words, prefixes)

    def is_implied(one: Property, statement: Statement) -> bool:
        """Whether it says nothing but classes, each of them implied by another property."""
        if _predicate(one, declared) != RDF["type"]:
            return False
        classes = [iri_of(node[0], declared) if len(node) == 1 else None for node in one.objects]
        others = [
            iri for other in statement.properties if (iri := _predicate(other, declared)) not in (None, RDF["type"])
        ]
        return all(
            kind is not None and not kind.startswith(_BUILT_IN) and any(is_domain(iri, kind) for iri in others if iri)
            for kind in classes
        )

    for statement in reversed(found):
        if statement.is_template or statement.in_graph or any(token.text in {"{", "~"} for token in statement.tokens):
            continue
        kept = [one for one in statement.properties if not is_implied(one, statement)]
        if len(kept) < len(statement.properties):
            last = statement.subject[-1]
            subject = text[statement.begin : last.begin + len(last.text)]
            told = " ; ".join(text[one.begin : one.end] for one in kept)
            text = f"{text[: statement.begin]}{subject} {told}{text[statement.end :]}"
    return text


def _predicate(one: Property, declared: Mapping[str, str]) -> str | None:
    """The IRI of a property that is neither a path nor a variable."""
    if len(one.verb) > 1:
        return None
    return RDF["type"] if one.verb[0].text == "a" else iri_of(one.verb[0], declared)
