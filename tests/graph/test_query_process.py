"""Errors on their way from a guarded process to its parent."""

import subprocess
import sys

import pytest

from graph.store import open_store

from .test_query_pool import fill

PARENT = """
import sys
from graph.query.writer import Writer
from graph.query.request import UpdateRequest
assert "graph.query.writing" not in sys.modules
writer = Writer(sys.argv[1])
try:
    writer.update(UpdateRequest("DROP GRAPH <http://x/none>"), 30)
except Exception as error:
    print(type(error).__name__, error.http_status)
finally:
    writer.close()
"""


def test_an_error_is_of_its_class_where_nobody_has_imported_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("process") / "store"
    with open_store(folder, bare=True) as store:
        fill(store, "first", 2)
    ended = subprocess.run(
        [sys.executable, "-c", PARENT, str(folder)], capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.stdout.split() == ["UpdateFailed", "409"], ended.stderr
