"""Where the stores of these tests are: in memory, in a folder, and behind the addresses of servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .remote_servers import TOKEN, bare_milcoop, emptied, virtuoso


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(scope="session")
def milcoop_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with bare_milcoop(tmp_path_factory.mktemp("milcoop")) as url:
        yield url


@pytest.fixture
def virtuoso_url(virtuoso_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty Virtuoso, and what this machine needs to use it."""
    monkeypatch.setenv("MILCOOP_MIRROR", str(tmp_path / "mirror"))
    monkeypatch.setenv("MILCOOP_STORE_USER", "dba")
    monkeypatch.setenv("MILCOOP_STORE_PASSWORD", "dba")
    return emptied(virtuoso_server)


@pytest.fixture
def milcoop_url(milcoop_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bare milcoop, likewise."""
    monkeypatch.setenv("MILCOOP_MIRROR", str(tmp_path / "mirror"))
    monkeypatch.setenv("MILCOOP_STORE_TOKEN", TOKEN)
    return emptied(milcoop_server)


@pytest.fixture(params=["memory", "folder", "milcoop", "virtuoso"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store can be made."""
    if request.param == "memory":
        return "memory:"
    if request.param == "folder":
        return str(tmp_path / "store")
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
