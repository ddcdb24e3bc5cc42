"""What LOAD fetches, as the triples that it stands for."""

from pyoxigraph import RdfFormat, serialize

from graph.query.outbound import CallFailed, Outbound
from graph.query.rdf_content import READABLE, parsed
from graph.query.request import Representation

__all__ = ["NO_WAY_OUT", "fetched_triples"]

NO_WAY_OUT = Outbound()
"""Nothing may be fetched."""

_ACCEPT = "text/turtle, application/n-triples, application/rdf+xml;q=0.9, application/ld+json;q=0.8, */*;q=0.1"
_BY_ENDING = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml",
              "owl": "application/rdf+xml", "jsonld": "application/ld+json", "n3": "text/n3"}  # fmt: skip


def fetched_triples(url: str, outbound: Outbound) -> str:
    """The triples of a document elsewhere, as N-Triples.

    Arguments:
        url: where it is.
        outbound: the way there.

    Raises:
        CallRefused, CallFailed: it is not allowed, or there is no such document.
        NotRdf: it is not what its media type says.
    """
    received = outbound.call(url, headers={"Accept": _ACCEPT})
    if received.status != 200:
        raise CallFailed(f"{url} answers with status {received.status}")
    media_type = received.content_type.partition(";")[0].strip().lower()
    if media_type not in READABLE:
        media_type = _BY_ENDING.get(received.url.partition("?")[0].rpartition(".")[2].lower(), media_type)
    if media_type not in READABLE:
        raise CallFailed(f"{url} is {media_type or 'of no known type'}, which is no RDF")
    triples = parsed(Representation(received.body, media_type), received.url)
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
