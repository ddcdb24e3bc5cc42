"""Queries: evaluated on a snapshot, in worker processes that can be killed; canned queries and their parameters."""
