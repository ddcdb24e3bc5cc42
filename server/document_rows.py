"""The documents of the graph, as lists show them."""

from dataclasses import dataclass

from graph.store import Snapshot
from ontology import DC, DCTERMS, MC, PROV
from server.keeping import kept
from server.resources import current_snapshot

__all__ = ["DocumentRow", "document_rows", "read_documents"]

_ALL = f"""
SELECT ?document (SAMPLE(?t) AS ?title) (SAMPLE(?l) AS ?language) (SAMPLE(?i) AS ?issued) (SAMPLE(?s) AS ?source)
       (MAX(?r) AS ?read)
       (COUNT(DISTINCT ?claim) AS ?claims)
WHERE {{
  GRAPH ?document {{
    ?document a <{MC["Document"]}> .
    OPTIONAL {{ ?document <{DCTERMS["title"]}> ?t }}
    OPTIONAL {{ ?document <{DC["language"]}> ?l }}
    OPTIONAL {{ ?document <{DCTERMS["issued"]}> ?i }}
    OPTIONAL {{ ?document <{MC["source"]}> ?s }}
    OPTIONAL {{ ?document <{PROV["wasGeneratedBy"]}> ?reading . ?reading <{PROV["startedAtTime"]}> ?r }}
    OPTIONAL {{ ?claim <{MC["evidence"]}> ?passage }}
  }}
}}
GROUP BY ?document
ORDER BY DESC(?issued) ?document
"""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list; what is not known is blank."""

    iri: str
    title: str
    language: str
    issued: str
    source: str
    claims: int
    read: str


def document_rows() -> list[DocumentRow]:
    """The documents of the current snapshot, the latest first."""
    return kept("documents", current_snapshot(), read_documents)


def read_documents(snapshot: Snapshot) -> list[DocumentRow]:
    """The documents of a snapshot, the latest first."""
    found = []
    for row in snapshot.select(_ALL):
        values = {name: getattr(term, "value", "") for name, term in row.items()}
        found.append(
            DocumentRow(
                iri=values["document"],
                title=values.get("title", ""),
                language=values.get("language", ""),
                issued=values.get("issued", ""),
                source=values.get("source", ""),
                claims=int(values["claims"]),
                read=values.get("read", ""),
            )
        )
    return found
