"""What can go wrong in inference."""

from graph.errors import MilcoopError

__all__ = ["ReasonerError"]


class ReasonerError(MilcoopError):
    """The reasoner could not finish."""

    http_status = 500
    title = "Inference failed"
