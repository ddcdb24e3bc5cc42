"""Waiting for what happens beside a test: as long as a machine may take that does much else."""

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

Found = TypeVar("Found")


def until(find: Callable[[], Found], seconds: float = 120.0) -> Found:
    """What `find` returns, as soon as that is something; the test fails where it stays nothing for so many seconds."""
    end = time.monotonic() + seconds
    while not (found := find()):
        if time.monotonic() > end:
            pytest.fail(f"it did not happen within {seconds:.0f} s")
        time.sleep(0.05)
    return found
