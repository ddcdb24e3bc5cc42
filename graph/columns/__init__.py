"""The merged graph as columns of integers, beside the engine: for answers that go through much of it."""

from graph.columns.columns import Columns
from graph.columns.kinds import Kind
from graph.columns.of_snapshot import columns_of_snapshot
from graph.columns.relation import Relation
from graph.columns.terms import Codes

__all__ = ["Codes", "Columns", "Kind", "Relation", "columns_of_snapshot"]
