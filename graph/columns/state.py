"""Which state of a store something is of."""

__all__ = ["State"]

State = tuple[int, str]
"""The number of a state of a store, and when it was committed: another store may have the number, not both."""
