"""The folder `../shared` beside a founder's checkout: annotated texts, scorers, conformance cases."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(name: str) -> Path:
    """The file or folder `name` of `../shared`; skips the test where there is none."""
    found = SHARED / name
    if not found.exists():
        pytest.skip(f"needs ../shared/{name}, which is not part of the repository")
    return found
