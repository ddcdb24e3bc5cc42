"""Queries: evaluated on a snapshot, in worker processes that can be killed; canned queries and their parameters."""

from graph.query.evaluate import EvaluationFailed, QuerySyntaxError, ServiceRefused, evaluate
from graph.query.formats import NotAcceptable, UnknownFormat
from graph.query.pool import PoolBusy, QueryPool
from graph.query.request import Answer, QueryRequest

__all__ = [
    "Answer", "EvaluationFailed", "NotAcceptable", "PoolBusy", "QueryPool", "QueryRequest", "QuerySyntaxError",
    "ServiceRefused", "UnknownFormat", "evaluate",
]  # fmt: skip
