"""The order of the tests, fast ones first; none may hang, and on a machine of CI none may be skipped."""

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

ORDER = ("reference", "ontology", "graph", "loaders", "reading", "queries", "milcoop", "server", "w3c")

HANGING_SECONDS = 1200
"""Who takes so long waits for what does not come: better one failure than a run without an end."""


@contextmanager
def _within_time() -> Generator[None, None, None]:
    def hangs(*_: object) -> None:
        pytest.fail(f"it hangs: nothing came of it in {HANGING_SECONDS} s")

    former = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(HANGING_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, None, None]:
    with _within_time():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    with _within_time():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, None, None]:
    with _within_time():
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        folder = item.path.relative_to(here).parts[0]
        return ORDER.index(folder) if folder in ORDER else len(ORDER)

    items.sort(key=rank)


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return
    if skipped := reporter.stats.get("skipped", []):
        reporter.write_line(f"{len(skipped)} skipped, but CI installs all that tests need", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
