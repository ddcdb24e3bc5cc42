"""The vocabulary of milcoop: its names, and the files in which it is written down.

The names are those of the contract: `MC["Exercise"]`, `entity("state", "KAZ")`, `concept("role", "minister")`.
The files (`milcoop.ttl`, `shapes.ttl`, `reference/*.ttl`, …) lie beside this module and are opened with `path`.
"""

from pathlib import Path
from urllib.parse import quote

__all__ = [
    "BASE", "CONCEPT", "DC", "DCTERMS", "GRAPH", "GRAPH_IDENTITY", "GRAPH_INFERRED", "GRAPH_ONTOLOGY",
    "GRAPH_REFERENCE", "ID", "LANGUAGES", "MC", "OWL", "PREFIXES", "PROV", "RDF", "RDFS", "SKOS", "XSD", "Namespace",
    "concept", "entity", "path", "reference_files", "rule_files", "shortened",
]  # fmt: skip


class Namespace(str):
    """The beginning of IRIs: `MC["Exercise"]` is the IRI of `mc:Exercise`, as a plain string."""

    __slots__ = ()

    def __getitem__(self, name: str) -> str:  # type: ignore[override]
        return str(self) + name


BASE = "https://w3id.org/milcoop/"
MC = Namespace(BASE + "ontology#")
ID = Namespace(BASE + "id/")
GRAPH = Namespace(BASE + "graph/")
CONCEPT = Namespace(BASE + "concept/")

RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DC = Namespace("http://purl.org/dc/elements/1.1/")
DCTERMS = Namespace("http://purl.org/dc/terms/")

PREFIXES: dict[str, str] = {
    "mc": MC, "id": ID, "concept": CONCEPT, "graph": GRAPH, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD,
    "skos": SKOS, "prov": PROV, "dc": DC, "dcterms": DCTERMS,
    # A slash needs an escape in a prefixed name of SPARQL: with a prefix a kind, `state:KAZ` can be pasted as it is.
    **{kind: ID + f"{kind}/" for kind in (
        "state", "organization", "mission", "exercise", "series", "agreement", "person", "place", "document"
    )},
}  # fmt: skip
"""The prefixes that queries, exports and messages use."""

GRAPH_ONTOLOGY = GRAPH["ontology"]
GRAPH_REFERENCE = GRAPH["reference"]
GRAPH_INFERRED = GRAPH["inferred"]
GRAPH_IDENTITY = GRAPH["identity"]

LANGUAGES = ("en", "ru", "kk")


def _step(text: str) -> str:
    """One step of an IRI: blanks become hyphens, what an IRI may not hold is percent-encoded (RFC 3987)."""
    hyphenated = "-".join(text.split())
    return "".join(c if c.isalnum() or c in "-._~" else quote(c, safe="") for c in hyphenated)


def entity(kind: str, *steps: str) -> str:
    """The IRI of an entity: `entity("state", "KAZ")` is `https://w3id.org/milcoop/id/state/KAZ`.

    Arguments:
        kind: the first step (`state`, `organization`, `mission`, `exercise`, `document`, …).
        steps: the further steps, as readable text in any script.
    """
    return ID + "/".join([kind, *(_step(step) for step in steps)])


def concept(scheme: str, name: str) -> str:
    """The IRI of a concept: `concept("role", "deputy minister")` is `…/concept/role/deputy-minister`.

    Non-ASCII letters are percent-encoded, as the published concept IRIs are (`military-attach%C3%A9`).
    """
    return CONCEPT + f"{scheme}/" + quote("-".join(name.split()), safe="-")


def shortened(iri: str) -> str:
    """The IRI with the prefix that leaves the least of it: `state:KAZ`; as it is where no prefix fits."""
    fitting = [name for name, base in PREFIXES.items() if iri.startswith(base) and len(iri) > len(base)]
    prefix = max(fitting, key=lambda name: len(PREFIXES[name]), default=None)
    return iri if prefix is None else f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"


def path(name: str = "") -> Path:
    """The file or folder `name` of this package.

    Raises:
        FileNotFoundError: there is none of that name.
    """
    found = Path(__file__).parent / name
    if not found.exists():
        raise FileNotFoundError(found)
    return found


def reference_files() -> list[Path]:
    """The Turtle files of the reference data, in the order of their names."""
    return sorted(path("reference").glob("*.ttl"))


def rule_files() -> list[Path]:
    """The rules beside the axioms: a SPARQL CONSTRUCT a file, in the order in which they run."""
    return sorted(path("rules").glob("*.rq"))
