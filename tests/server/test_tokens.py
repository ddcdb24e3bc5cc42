"""Tokens: several, each good for something, kept as hashes, made and revoked while the server runs."""

import json
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.errors import BadUsage, MilcoopError, NotFound, StoreError
from milcoop.cli import main
from server.tokens import SCOPES, TokenFile

from .serving import Response, Server, start_server

TOKEN = "the token of the settings"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tokens") / "store"


@pytest.fixture(scope="module")
def bare(folder: Path) -> Iterator[Server]:
    """A plain SPARQL server with one token from its settings."""
    running = start_server("--store", str(folder), "--bare", MILCOOP_TOKEN=TOKEN)
    yield running
    running.stop()


def command(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["token", *arguments])


def made(folder: Path, *scopes: str, name: str = "a test") -> str:
    options = [option for scope in scopes for option in ("--scope", scope)]
    result = command("--store", str(folder), "create", name, *options)
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def update(server: Server, token: str | None) -> Response:
    headers = {"Content-Type": "application/sparql-update"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return server.request("/update", "POST", b"INSERT DATA {}", headers)


def replace_graph(server: Server, token: str) -> Response:
    headers = {"Content-Type": "text/turtle", "Authorization": f"Bearer {token}"}
    return server.request("/graphs?graph=http://x/tokens", "PUT", b"<a> <b> 1 .", headers)


def load(server: Server, token: str) -> Response:
    # A document without a name is refused with 400: as far as that only a token gets.
    return server.request("/documents", "POST", b"", {"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize(
    ("scopes", "update_status", "graph_status", "load_status"),
    [(["update"], 204, {201, 204}, 403), (["load"], 403, {403}, 400), (["update", "load"], 204, {201, 204}, 400),
     (["admin"], 204, {201, 204}, 400)],
)  # fmt: skip
def test_a_token_is_good_for_its_scopes_alone(
    bare: Server, folder: Path, scopes: list[str], update_status: int, graph_status: set[int], load_status: int
) -> None:
    token = made(folder, *scopes)
    assert update(bare, token).status == update_status
    assert replace_graph(bare, token).status in graph_status
    assert load(bare, token).status == load_status


def test_what_is_wrong_with_a_token_is_said_as_the_standard_has_it(bare: Server, folder: Path) -> None:
    assert update(bare, None).headers["www-authenticate"] == 'Bearer realm="milcoop"'
    unknown = update(bare, "milcoop_01234567_" + "x" * 43)
    assert (unknown.status, unknown.json()["title"]) == (401, "Token needed")
    assert "invalid_token" in unknown.headers["www-authenticate"]
    narrow = update(bare, made(folder, "load"))
    assert (narrow.status, narrow.json()["title"]) == (403, "Scope needed")
    assert "insufficient_scope" in narrow.headers["www-authenticate"]
    assert "update" in narrow.headers["www-authenticate"]


def test_the_token_of_the_settings_may_do_everything(bare: Server) -> None:
    assert update(bare, TOKEN).status == 204
    assert load(bare, TOKEN).status == 400


def test_a_revoked_token_is_refused_at_once(bare: Server, folder: Path) -> None:
    token = made(folder, "update", name="to be revoked")
    assert update(bare, token).status == 204
    assert command("--store", str(folder), "revoke", "to be revoked").exit_code == 0
    assert update(bare, token).status == 401


@pytest.mark.parametrize("place", [0, 10, 20, 59])
def test_a_token_that_differs_anywhere_is_refused(bare: Server, folder: Path, place: int) -> None:
    token = made(folder, "admin")
    other = "A" if token[place] != "A" else "B"
    assert update(bare, token[:place] + other + token[place + 1 :]).status == 401
    assert update(bare, token + "A").status == 401
    assert update(bare, token[:-1]).status == 401


def test_a_server_without_any_token_is_read_only_until_one_is_made(tmp_path: Path) -> None:
    running = start_server("--store", str(tmp_path / "store"), "--bare")
    try:
        assert update(running, "anything").status == 403
        token = made(tmp_path / "store", "update")
        assert update(running, token).status == 204
    finally:
        running.stop()


def test_the_file_holds_hashes_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    result = command("--tokens", str(file), "create", "Бауыржан", "--scope", "load", "--days", "1")
    token = result.stdout.strip()
    assert token.rpartition("_")[2] not in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (row,) = json.loads(command("--tokens", str(file), "list", "-f", "json").stdout)
    assert (row["name"], row["scopes"], set(row)) == (
        "Бауыржан", ["load"], {"id", "name", "scopes", "created", "expires"}
    )  # fmt: skip
    assert token.rpartition("_")[2] not in command("--tokens", str(file), "list").stdout


def test_a_token_is_good_until_its_day(tmp_path: Path) -> None:
    tokens = TokenFile(tmp_path / "tokens.json")
    record, token = tokens.create("for a day", ("update",), days=1)
    assert tokens.find(token) == record
    assert not record.expired(datetime.now(UTC) + timedelta(hours=23))
    assert record.expired(datetime.now(UTC) + timedelta(hours=25))
    _, short = tokens.create("for a moment", ("update",), days=1e-9)
    assert tokens.find(short) is None


def test_tokens_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda n: TokenFile(tmp_path / "t.json").create(str(n), ("load",))[1], range(24)))
    tokens = TokenFile(tmp_path / "t.json")
    assert len(tokens.records()) == len(set(made)) == 24
    assert all(tokens.find(token) for token in made)


def test_what_cannot_be_a_token_is_told(tmp_path: Path) -> None:
    tokens = TokenFile(tmp_path / "tokens.json")
    for name, scopes in (("", ("load",)), ("x", ()), ("x", ("write",)), ("x\ny", ("load",))):
        with pytest.raises(BadUsage):
            tokens.create(name, scopes)
    with pytest.raises(NotFound):
        tokens.revoke("nobody")
    for _ in range(2):
        tokens.create("twice", ("load",))
    with pytest.raises(BadUsage, match="give the id"):
        tokens.revoke("twice")
    assert tokens.revoke(tokens.records()[0].id).name == "twice"


@pytest.mark.parametrize("content", ["", "{", '{"tokens": [{"id": 1}]}', "[]"])
def test_a_file_that_is_damaged_opens_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "tokens.json").write_text(content)
    with pytest.raises(StoreError, match=r"tokens\.json"):
        TokenFile(tmp_path / "tokens.json").find("milcoop_01234567_" + "x" * 43)
    with pytest.raises(MilcoopError):
        TokenFile(tmp_path / "tokens.json").create("x", tuple(SCOPES))
    assert (tmp_path / "tokens.json").read_text() == content


def test_a_body_that_is_too_large_is_refused(tmp_path: Path) -> None:
    running = start_server("--store", str(tmp_path / "store"), "--bare", "--upload-mb", "1", MILCOOP_TOKEN=TOKEN)
    try:
        for path, media_type in (("/update", "application/sparql-update"), ("/graphs?default", "text/turtle")):
            headers = {"Content-Type": media_type, "Authorization": f"Bearer {TOKEN}"}
            answer = running.request(path, "POST", b"#" * ((1 << 20) + 1), headers)
            assert (answer.status, answer.media_type) == (413, "application/problem+json")
        assert update(running, TOKEN).status == 204
    finally:
        running.stop()
