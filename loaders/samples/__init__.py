"""The sample documents, as sources whose names do not depend on where milcoop is installed."""

from pathlib import Path

from loaders.sources import Given

__all__ = ["samples"]


def samples() -> tuple[Given, ...]:
    """The sample documents in the order of their names: `load(store, samples())`."""
    files = sorted(Path(__file__).parent.glob("*.txt"))
    return tuple(Given(f"samples/{file.name}", file.read_bytes(), "text/plain; charset=utf-8") for file in files)
