"""What can go wrong in inference."""

from graph.errors import MilcoopError

__all__ = ["ReasonerError", "TripleTermsFound"]


class ReasonerError(MilcoopError):
    """The reasoner could not finish."""

    http_status = 500
    title = "Inference failed"


class TripleTermsFound(ReasonerError):
    """There are triples as objects (RDF 1.2), which cannot be coded as text."""
