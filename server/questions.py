"""The canned queries as questions in the reader's language, and their parameters as fields of a form."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

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
    """

    name: str
    label: str
    value: str
    optional: bool
    input_type: str
    choices: tuple[tuple[str, str], ...]


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
    return tuple(
        Field(
            name=parameter.name,
            label=parameter.label(interface.language),
            value=given.get(parameter.name, parameter.default or ""),
            optional=parameter.optional,
            input_type=_INPUT_TYPES.get(parameter.type, "text"),
            choices=_choices(parameter, interface, snapshot, names),
        )
        for parameter in query.parameters
        if parameter.name not in left_out
    )


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
