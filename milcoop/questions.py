"""The canned queries that ship with milcoop."""

import queries
from graph.query.canned import CannedQuery, read_folder

__all__ = ["canned_queries"]


def canned_queries() -> dict[str, CannedQuery]:
    """The canned queries by name."""
    return read_folder(queries.folder())
