"""A store that the command line has loaded with the sample documents, shared by the tests that only read it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stores import made_once

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "loaders" / "samples").glob("*.txt"))

Milcoop = Callable[..., "subprocess.CompletedProcess[str]"]


def run(*arguments: str | Path, stdin: str = "", cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """The command `milcoop` as a user runs it."""
    return subprocess.run(
        [Path(sys.executable).with_name("milcoop"), *map(str, arguments)],
        input=stdin, capture_output=True, text=True, cwd=cwd, timeout=300,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def load_samples(store: Path) -> None:
    """Make a store with the sample documents."""
    loaded = run("load", *SAMPLES, "--store", store)
    assert loaded.returncode == 0, loaded.stderr


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample documents, which is only read."""
    return made_once(tmp_path_factory, "samples", load_samples)


@pytest.fixture
def own(samples: Path, tmp_path: Path) -> Path:
    """A copy of that store for a test that writes."""
    import shutil

    return Path(shutil.copytree(samples, tmp_path / "data"))
