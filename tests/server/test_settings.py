"""The table of settings: where values come from, what is refused, and what is shown."""

import gc
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.errors import BadInput
from milcoop.cli import main
from server import SETTINGS, read_settings
from server.application import create_app
from server.tokens import TokenFile

from .conftest import TOKEN
from .serving import Server


def test_an_option_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "milcoop.toml"
    file.write_text("port = 1\nthreads = 2\nworkers = 3\n")
    settings = read_settings({"port": "7"}, {"MILCOOP_PORT": "5", "MILCOOP_THREADS": "6"}, file)
    assert (settings.port, settings.threads, settings.workers) == (7, 6, 3)
    assert settings.origins == {"port": "option", "threads": "environment", "workers": "file"}


def test_defaults_hold_where_nothing_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings({"port": None}, {})
    assert (settings.host, settings.port, settings.store, settings.token) == ("127.0.0.1", 5000, "./data", "")


def test_the_settings_file_of_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("milcoop.toml").write_text("no_sample = true\nquery_seconds = 2")
    settings = read_settings(environ={})
    assert settings.no_sample is True
    assert settings.query_seconds == 2.0


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"MILCOOP_PORT": "many"}, "MILCOOP_PORT is 'many', which is no whole number"),
        ({"MILCOOP_BARE": "perhaps"}, "MILCOOP_BARE is 'perhaps', which is no yes or no"),
        ({"MILCOOP_WORKERS": "0"}, "MILCOOP_WORKERS is '0', but must be at least 1"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_place(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_settings(environ=environment)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("content", "part"),
    [("prot = 5000", "did you mean 'port'?"), ("port = ", "is no TOML"), ("port = 1.5", "no whole number")],
)
def test_a_settings_file_that_cannot_be_right_is_refused(tmp_path: Path, content: str, part: str) -> None:
    file = tmp_path / "milcoop.toml"
    file.write_text(content)
    with pytest.raises(BadInput, match="settings file") as caught:
        read_settings(environ={}, file=file)
    assert part in str(caught.value)


def test_a_settings_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_settings(environ={}, file=tmp_path / "none.toml")


def test_every_setting_is_explained_in_one_sentence() -> None:
    for setting in SETTINGS:
        assert setting.sentence and setting.sentence[0].isupper() and not setting.sentence.endswith(".")


def test_the_page_shows_all_settings_and_no_secret(server: Server) -> None:
    rows = {row["name"]: row for row in server.get("/-/settings").json()}
    assert list(rows) == [setting.name for setting in SETTINGS]
    assert (rows["query_seconds"]["value"], rows["query_seconds"]["origin"]) == (40.0, "option")
    assert (rows["token"]["value"], rows["token"]["origin"]) == ("set", "environment")
    page = server.page("/-/settings").text
    assert "query_seconds" in page
    assert TOKEN not in page


def test_strangers_do_not_see_the_settings_and_the_operator_does_from_anywhere(tmp_path: Path) -> None:
    given = {"store": str(tmp_path / "store"), "bare": True, "token": TOKEN}
    with create_app(read_settings(given, environ={})).test_client() as client:
        elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
        refused = client.get("/-/settings", environ_base=elsewhere)
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Bearer realm="milcoop"')
        assert client.get("/-/settings", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 401
        bearing = {"Authorization": f"Bearer {TOKEN}"}
        assert client.get("/-/settings", environ_base=elsewhere, headers=bearing).status_code == 200
        _, token = TokenFile(tmp_path / "store" / "tokens.json").create("writer", ("update", "load"))
        bearing = {"Authorization": f"Bearer {token}"}
        assert client.get("/-/settings", environ_base=elsewhere, headers=bearing).status_code == 403
        assert client.get("/-/settings").status_code == 200


def test_a_server_that_does_not_start_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", "--store", str(tmp_path / "store"), "--query-seconds", "-1"])
    assert result.exit_code != 0
    assert gc.isenabled()
