"""Validation: what the shapes (SHACL) and the reasoner find wrong with a state of the graph."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import shacl
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, RdfFormat, Triple, parse, serialize

import ontology
from graph.clashes import Clash, clashes
from graph.clashes import as_json as clash_as_json
from graph.errors import BadInput, MilcoopError
from graph.explanation import rule_text
from graph.reasoner import Inconsistency
from graph.store import Snapshot, Term
from ontology import PROV, RDF, XSD

__all__ = ["ShapeResult", "ValidationReport", "as_json", "validate"]

_SH = ontology.Namespace("http://www.w3.org/ns/shacl#")
_WITH_DOCUMENTS = 100
"""Of so many inconsistencies the documents are looked for."""

_SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class ShapeResult:
    """One thing that is wrong.

    Arguments:
        severity: `Violation`, `Warning` or `Info`.
        focus: the node that it is about; blank nodes are not those of the store.
        path: the property, or property path in SPARQL's syntax, if there is one.
        value: the offending value, if there is one.
        messages: what is wrong, by language (`""` for a message without one).
        shape: the IRI of the nearest named shape; for an inconsistency the IRI of the rule.
        component: the IRI of the kind of constraint; for an inconsistency again that of the rule.
        documents: for an inconsistency the documents that what clashes rests on.
    """

    severity: str
    focus: Term
    path: str | None
    value: Term | None
    messages: Mapping[str, str]
    shape: str
    component: str
    documents: tuple[str, ...] = ()

    def message(self, language: str = "en") -> str:
        """The message in `language`, or else in English, in none, or in any; the constraint's name if there is none."""
        for wanted in (language, "en", "", *self.messages):
            if wanted in self.messages:
                return self.messages[wanted]
        return self.component.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All that is wrong with a state of the graph.

    Arguments:
        conforms: there is no violation and no inconsistency; warnings do not count.
        results: violations first, each kind in the order of shape and focus.
        turtle: the same as a SHACL validation report in Turtle.
        clashes: the inconsistencies among the results, with what clashes and why it holds; the first hundred.
    """

    conforms: bool
    results: tuple[ShapeResult, ...]
    turtle: str
    clashes: tuple[Clash, ...] = ()

    def count(self, severity: str) -> int:
        """How many results there are of a severity."""
        return sum(result.severity == severity for result in self.results)


def validate(snapshot: Snapshot, shapes: Path | None = None) -> ValidationReport:
    """Check the merged graph of a state against shapes, and add the contradictions that inference found in it.

    Arguments:
        snapshot: the state.
        shapes: a file of SHACL shapes (Turtle, N-Triples or RDF/XML, by its ending); milcoop's own unless given.

    Raises:
        BadInput: the file of shapes is missing or cannot be used.
        MilcoopError: the graph could not be checked.
    """
    file = shapes or ontology.path("shapes.ttl")
    try:
        compiled = shacl.Shapes.from_file(str(file))
    except (OSError, ValueError) as error:
        raise BadInput(f"the shapes in {file.name} cannot be used: {error}") from error
    data = snapshot.rdf.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    assert data is not None
    try:
        report = compiled.validate_text(data.decode(), format="ntriples", allow_warnings=True)
    except ValueError as error:
        raise MilcoopError(f"the graph could not be checked against the shapes: {error}") from error
    triples = [quad.triple for quad in parse(report.turtle, RdfFormat.TURTLE)]
    found = tuple(clashes(snapshot, limit=_WITH_DOCUMENTS))
    inconsistencies = [(clash.inconsistency, clash.documents) for clash in found]
    inconsistencies += [(further, ()) for further in snapshot.inconsistencies[_WITH_DOCUMENTS:]]
    results = [*_shape_results(triples, report), *(_clash_result(*told) for told in inconsistencies)]
    results.sort(key=lambda result: (_rank(result.severity), result.shape, str(result.focus), str(result.value)))
    conforms = not any(result.severity == "Violation" for result in results)
    return ValidationReport(conforms, tuple(results), _turtle(triples, inconsistencies, conforms=conforms), found)


def as_json(report: ValidationReport) -> dict[str, object]:
    """The report as a JSON object: `conforms`, `results`, and `inconsistencies` with proofs of what clashes."""
    return {
        "conforms": report.conforms,
        "results": [
            {
                "severity": result.severity,
                "focus": str(result.focus),
                "path": result.path,
                "value": None if result.value is None else str(result.value),
                "messages": dict(result.messages),
                "shape": result.shape,
                "component": result.component,
                "documents": list(result.documents),
            }
            for result in report.results
        ],
        "inconsistencies": [clash_as_json(clash) for clash in report.clashes],
    }


def _shape_results(triples: list[Triple], report: "shacl.Report") -> Iterable[ShapeResult]:
    """The results as values, read from the report's RDF.

    The order of its nodes is not that of `report.results`, from which comes only what is the same for all results of
    one shape: the named shape around it, and how its property path is written.
    """
    named: dict[str, str] = {}
    written: dict[str, str | None] = {}
    for result in report.results:
        named[str(result.source_shape)] = str(result.root_shape or result.source_shape).strip("<>")
        written[str(result.source_shape)] = result.path
    described: dict[Term, list[Triple]] = {}
    for triple in triples:
        described.setdefault(triple.subject, []).append(triple)
    for node in (triple.object for triple in triples if triple.predicate.value == _SH["result"]):
        values = {triple.predicate.value: triple.object for triple in described[node]}
        messages = [
            triple.object
            for triple in described[node]
            if triple.predicate.value == _SH["resultMessage"] and isinstance(triple.object, Literal)
        ]
        path, shape = values.get(_SH["resultPath"]), str(values[_SH["sourceShape"]])
        yield ShapeResult(
            severity=_iri(values[_SH["resultSeverity"]]).removeprefix(_SH),
            focus=values[_SH["focusNode"]],
            path=path.value if isinstance(path, NamedNode) else written[shape] if path else None,
            value=values.get(_SH["value"]),
            messages={message.language or "": message.value for message in messages},
            shape=named[shape],
            component=_iri(values[_SH["sourceConstraintComponent"]]),
        )


def _iri(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _clash_result(found: Inconsistency, documents: tuple[str, ...]) -> ShapeResult:
    rule = rule_text(found.rule).iri
    return ShapeResult("Violation", _focus(found), None, None, {"en": found.message}, rule, rule, documents)


def _focus(found: Inconsistency) -> Term:
    """What the contradiction is about: the subject of the last premise, which is one of data where there is any."""
    return found.triples[-1].subject if found.triples else NamedNode(rule_text(found.rule).iri)


def _turtle(
    triples: list[Triple], inconsistencies: Iterable[tuple[Inconsistency, tuple[str, ...]]], *, conforms: bool
) -> str:
    """The report's RDF, with a result for each inconsistency, derived from (PROV) what clashes and its documents."""
    said = NamedNode(_SH["conforms"])
    report = next(triple.subject for triple in triples if triple.predicate == said)
    triples = [triple for triple in triples if triple.predicate != said]
    triples.append(Triple(report, said, Literal(conforms)))
    for found, documents in inconsistencies:
        node, rule = BlankNode(), NamedNode(rule_text(found.rule).iri)
        triples.append(Triple(report, NamedNode(_SH["result"]), node))
        for name, value in (
            (RDF["type"], NamedNode(_SH["ValidationResult"])),
            (_SH["focusNode"], _focus(found)),
            (_SH["resultSeverity"], NamedNode(_SH["Violation"])),
            (_SH["resultMessage"], Literal(found.message, language="en")),
            (_SH["sourceConstraintComponent"], rule),
        ):
            triples.append(Triple(node, NamedNode(name), value))
        derived = NamedNode(PROV["wasDerivedFrom"])
        triples.extend(Triple(node, derived, NamedNode(document)) for document in documents)
        for clashing in found.triples:
            statement = BlankNode()
            triples.append(Triple(node, derived, statement))
            for name, part in zip(("subject", "predicate", "object"), clashing, strict=True):
                triples.append(Triple(statement, NamedNode(RDF[name]), part))
    text = serialize(triples, format=RdfFormat.TURTLE, prefixes={"sh": _SH, "xsd": XSD, **_used_prefixes()})
    assert text is not None
    return text.decode()


def _used_prefixes() -> dict[str, str]:
    return {name: str(ontology.PREFIXES[name]) for name in ("mc", "id", "concept", "rdf", "prov")}


def _rank(severity: str) -> int:
    return _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)
