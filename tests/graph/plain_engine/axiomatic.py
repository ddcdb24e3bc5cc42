"""What holds without data and has no further consequences: prp-ap and dt-type1 (OWL 2 Profiles, Tables 5 and 8)."""

from collections.abc import Iterable

from ontology import OWL, RDF, RDFS, XSD

__all__ = ["axiomatic_triples"]

_ANNOTATION_PROPERTIES = (
    RDFS["label"], RDFS["comment"], RDFS["seeAlso"], RDFS["isDefinedBy"], OWL["deprecated"], OWL["versionInfo"],
    OWL["priorVersion"], OWL["backwardCompatibleWith"], OWL["incompatibleWith"],
)  # fmt: skip

_DATATYPES = (
    RDF["PlainLiteral"], RDF["XMLLiteral"], RDFS["Literal"],
    *(XSD[name] for name in (
        "decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger", "long",
        "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "float", "double",
        "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "boolean", "hexBinary",
        "base64Binary", "anyURI", "dateTime", "dateTimeStamp",
    )),
)  # fmt: skip


def axiomatic_triples() -> Iterable[tuple[str, str, str]]:
    """The axiomatic triples, as IRIs."""
    for iri in _ANNOTATION_PROPERTIES:
        yield iri, RDF["type"], OWL["AnnotationProperty"]
    for iri in _DATATYPES:
        yield iri, RDF["type"], RDFS["Datatype"]
