"""The canned queries as questions in the reader's language, and their parameters as fields of a form."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph.errors import BadInput
from graph.query.canned import CannedQuery, Parameter
from graph.store import Snapshot
from ontology import CONCEPT, PREFIXES, RDF, RDFS, SKOS
from server.localization import Interface
from server.names import Names, compact

__all__ = ["Field", "Question", "fields", "question"]

_CHOICES = 400
_INPUT_TYPES = {"date": "date", "year": "number", "integer": "number"}


@dataclass(frozen=True, slots=True)
class Question:
    """A canned query as the reader sees it."""

    name: str
    title: str
    description: str
    group: str


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field of a form.

    Arguments:
        name: the parameter's name.
        label: what to call it.
        value: what stands in the field.
        optional: whether it may stay empty.
        input_type: the type of the HTML field.
        choices: values to choose from, with their names; empty where any will do.
        classes: of a thing among too many to choose from, the classes to search, with spaces between.
        shown: the name of the thing that the value means; the value itself of all else.
    """

    name: str
    label: str
    value: str
    optional: bool
    input_type: str
    choices: tuple[tuple[str, str], ...]
    classes: str = ""
    shown: str = ""


def question(query: CannedQuery, interface: Interface) -> Question:
    """A canned query in the reader's language."""
    language = interface.language
    return Question(query.name, query.title(language), query.description(language), query.group)


def fields(
    query: CannedQuery,
    given: Mapping[str, str],
    interface: Interface,
    snapshot: Snapshot,
    names: Names,
    left_out: Collection[str] = (),
) -> tuple[Field, ...]:
    """The fields of the query's form.

    Arguments:
        query: the query.
        given: values by parameter name, as the address has them; a parameter that is not given shows its default.
        interface: the language of labels and of the names to choose from.
        snapshot: where to find what can be chosen.
        names: the names of the snapshot.
        left_out: parameters that get no field.
    """
    found = []
    for parameter in query.parameters:
        if parameter.name not in left_out:
            choices = _choices(parameter, interface, snapshot, names)
            value = _chosen(parameter, given.get(parameter.name, parameter.default or ""), choices)
            if value and choices and value not in (one for one, _ in choices):
                choices = ((value, value), *choices)  # what the address says stays, whatever it is
            found.append(
                Field(
                    name=parameter.name,
                    label=parameter.label(interface.language),
                    value=value,
                    optional=parameter.optional,
                    input_type=_INPUT_TYPES.get(parameter.type, "text"),
                    choices=choices,
                    classes="" if choices or parameter.type != "iri" else " ".join(parameter.classes),
                    shown=_named(parameter, value, interface, snapshot, names) or value,
                )
            )
    return tuple(found)


def _named(parameter: Parameter, value: str, interface: Interface, snapshot: Snapshot, names: Names) -> str | None:
    """The name of the thing that a value means."""
    if not value or parameter.type != "iri":
        return None
    try:
        meant = [term for term in parameter.terms(value) if isinstance(term, NamedNode)]
    except BadInput:
        return None
    known = next((term for term in meant if _has_label(snapshot, term)), None)
    return names.of(known, interface.preference).text if known else None


def _chosen(parameter: Parameter, value: str, choices: tuple[tuple[str, str], ...]) -> str:
    """The choice that a value means, however it is spelt; the value itself if it is none."""
    if not value or not choices:
        return value
    try:
        meant = {compact(term.value) for term in parameter.terms(value)}
    except BadInput:
        meant = set()
    return next((one for one, _ in choices if one in meant), value)


def _choices(
    parameter: Parameter, interface: Interface, snapshot: Snapshot, names: Names
) -> tuple[tuple[str, str], ...]:
    """The things that the parameter can mean, by name; none where there are too many to choose from."""
    if parameter.type == "concept":
        things = _concepts(snapshot, parameter.scheme or "")
    elif parameter.type == "iri":
        things = _instances(snapshot, parameter.classes)
    else:
        return ()
    if len(things) > _CHOICES:
        return ()
    found = ((compact(iri), names.of(iri, interface.preference).text) for iri in things)
    return tuple(sorted(found, key=lambda choice: choice[1].casefold()))


def _concepts(snapshot: Snapshot, scheme: str) -> set[str]:
    quads = snapshot.rdf.quads_for_pattern(None, NamedNode(SKOS["prefLabel"]), None, None)
    prefix = f"{CONCEPT}{scheme}/"
    return {q.subject.value for q in quads if isinstance(q.subject, NamedNode) and q.subject.value.startswith(prefix)}


def _instances(snapshot: Snapshot, classes: tuple[str, ...]) -> set[str]:
    """The named things of the classes, as far as they have a name to choose them by."""
    rdf, found = snapshot.rdf, set()
    for name in classes:
        prefix, _, local = name.partition(":")
        kind = NamedNode(PREFIXES.get(prefix, "") + local)
        for quad in rdf.quads_for_pattern(None, NamedNode(RDF["type"]), kind, None):
            thing = quad.subject
            if isinstance(thing, NamedNode) and thing.value not in found and _has_label(snapshot, thing):
                found.add(thing.value)
                if len(found) > _CHOICES:
                    return found
    return found


def _has_label(snapshot: Snapshot, thing: NamedNode) -> bool:
    labels = snapshot.rdf.quads_for_pattern(thing, NamedNode(RDFS["label"]), None, None)
    return any(isinstance(quad.object, Literal) for quad in labels)
