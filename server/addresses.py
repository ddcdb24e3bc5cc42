"""Between the IRIs of the graph and the paths under which this server answers for them.

`https://w3id.org/milcoop/id/state/KAZ` has its page at `/page/state/KAZ`, its data at `/data/state/KAZ`, and answers
at `/id/state/KAZ` with 303 to one of the two. Concepts, rules and graphs, which lie beside `id/`, keep that first step
in the path (`/page/concept/domain/naval`). Whatever lies elsewhere has its page at `/page?iri=…`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

__all__ = ["Addresses", "spellings"]

_BESIDE_ID = ("concept", "rule", "graph")
_PATH_SAFE = "/%-._~!$&'()*+,;=:@"
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The mapping for one base IRI.

    Arguments:
        base: the beginning of the IRIs that the server answers for, ending in `/`.
        root: the path under which the application is mounted, without a final slash (`""` at the top).
    """

    base: str
    root: str = ""

    def page(self, iri: str) -> str:
        """The path of the page about an entity, a term of the ontology or any other IRI."""
        ontology = self.base + "ontology"
        if iri == ontology or iri.startswith(ontology + "#"):
            return self.root + "/ontology" + _path(iri[len(ontology) :])
        if iri.startswith(self.base + "id/document/") and "/passage/" in iri:
            document, _, place = iri.partition("/passage/")
            return f"{self.page(document)}#p-{_path(place)}"
        return self._under("/page", iri)

    def is_own(self, iri: str) -> bool:
        """Whether the IRI lies where this server answers, so that its page is not one at `/page?iri=…`."""
        return "?iri=" not in self.page(iri)

    def data(self, iri: str) -> str:
        """The path of the RDF about an entity."""
        return self._under("/data", iri)

    def _under(self, prefix: str, iri: str) -> str:
        local = self.steps(iri)
        return self.root + prefix + (f"/{_path(local)}" if local else f"?iri={quote(iri, safe='')}")

    def steps(self, iri: str) -> str | None:
        """What follows `/page/` for an IRI of our own (`state/KAZ`, `concept/domain/naval`), None for others."""
        if not iri.startswith(self.base):
            return None
        local = iri[len(self.base) :]
        first, _, rest = local.partition("/")
        if not rest or "#" in local or "?" in local:
            return None
        if first == "id":
            return rest
        return local if first in _BESIDE_ID else None

    def candidates(self, steps: str) -> Iterator[str]:
        """The IRIs that the steps after `/page/`, `/data/` or `/id/` can mean, the likeliest first.

        Arguments:
            steps: the path as it came over the wire, percent-encoding and all.
        """
        first = steps.partition("/")[0]
        prefix = self.base if first in _BESIDE_ID else self.base + "id/"
        for spelling in spellings(steps):
            yield prefix + spelling


def _path(local: str) -> str:
    """An IRI's characters as those of a path: what is percent-encoded in the IRI stays as it is."""
    return quote(local, safe=_PATH_SAFE + "#")


def _readable(escapes: re.Match[str]) -> str:
    """A run of escapes with what stands for letters outside ASCII written as such (RFC 3987, section 3.2)."""
    try:
        text = unquote(escapes.group(), errors="strict")
    except UnicodeDecodeError:
        return escapes.group()
    return "".join(c if ord(c) > 127 else quote(c, safe="") for c in text)


def _as_entity_iri(path: str) -> str:
    """The spelling of `ontology.entity`: letters and digits of all scripts as such, the rest percent-encoded."""
    return "".join(c if c.isalnum() or c in "-._~/" else quote(c, safe="") for c in unquote(path))


def spellings(path: str) -> Iterator[str]:
    """The ways in which an IRI may spell what a path holds percent-encoded, each once.

    A browser sends `%D0%A9` both for an IRI that has the letter and for one that has the escape itself: which of them
    was meant, only the graph can tell.
    """
    seen = set()
    for spelling in (_as_entity_iri(path), _ESCAPES.sub(_readable, path), path, quote(unquote(path), safe=_PATH_SAFE)):
        if spelling not in seen:
            seen.add(spelling)
            yield spelling
