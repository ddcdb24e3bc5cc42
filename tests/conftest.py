"""The order of the tests, fast ones first; and on a machine of CI none may be skipped."""

import os
from pathlib import Path

import pytest

ORDER = ("reference", "ontology", "graph", "loaders", "reading", "queries", "milcoop", "server", "w3c")


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
