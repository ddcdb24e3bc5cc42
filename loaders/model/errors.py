"""What can go wrong with a model as a reader."""

from graph.errors import BadInput, MilcoopError

__all__ = ["BadAnswer", "BudgetSpent", "ModelFailed", "ModelUnavailable"]


class ModelFailed(MilcoopError):
    """A document could not be read by the model."""

    http_status = 502
    title = "Model failed"


class ModelUnavailable(ModelFailed):
    """The endpoint cannot be reached, is too slow, or refuses."""


class BudgetSpent(ModelFailed):
    """The tokens that may be used are used up."""


class BadAnswer(ModelFailed, BadInput):
    """An answer is no JSON, or was cut off."""

    http_status = 502
