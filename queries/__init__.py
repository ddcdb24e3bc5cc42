"""The canned queries: one self-describing `.rq` file each, beside this module."""

from pathlib import Path

__all__ = ["folder"]


def folder() -> Path:
    """The folder that holds the `.rq` files."""
    return Path(__file__).parent
