"""The suites against a server over real HTTP, and the cases that are known to fail."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.server.serving import start_server

from .cases import SUITES
from .client import Client

TOKEN = "a token for the suites"
KNOWN: dict[str, str] = {
    case: group["reason"]
    for group in tomllib.loads((Path(__file__).parent / "known_failures.toml").read_text("utf-8"))["failure"]
    for case in group["cases"]
}
Holding = Callable[[str], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of a plain SPARQL server."""
    if not SUITES.is_dir():
        pytest.skip("needs ../shared/w3c, which is not part of the repository")
    store = tmp_path_factory.mktemp("w3c") / "store"
    server = start_server("--store", str(store), "--bare", MILCOOP_TOKEN=TOKEN)
    asking = Client(server.url, TOKEN)
    yield asking
    asking.close()
    server.stop()


@pytest.fixture
def holding() -> Holding:
    """Turns the failure of a case on the list into an expected one, and its success into a failure."""

    @contextmanager
    def within(case: str) -> Iterator[None]:
        try:
            yield
        except AssertionError:
            if case in KNOWN:
                pytest.xfail(KNOWN[case])
            raise
        assert case not in KNOWN, f"{case} passes: take it off known_failures.toml, where nothing may be added"

    return within
