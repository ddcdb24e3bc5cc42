"""Queries, evaluated on a snapshot in worker processes that can be killed; writes; canned queries and parameters."""

from graph.query.evaluate import EvaluationFailed, QuerySyntaxError, ServiceRefused, evaluate
from graph.query.formats import NotAcceptable, UnknownFormat
from graph.query.pool import PoolBusy, PoolSizes, QueryPool
from graph.query.request import Answer, GraphChange, Limits, QueryRequest, Representation, UpdateRequest, Written
from graph.query.writer import Writer

__all__ = [
    "Answer", "EvaluationFailed", "GraphChange", "Limits", "NotAcceptable", "PoolBusy", "PoolSizes", "QueryPool",
    "QueryRequest", "QuerySyntaxError", "Representation", "ServiceRefused", "UnknownFormat", "UpdateRequest", "Writer",
    "Written", "evaluate",
]  # fmt: skip
