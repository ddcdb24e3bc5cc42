"""The one table of settings: options, environment, settings file and the page of settings are all made from it.

A value is taken from the first place that gives it: an option of the command line, the environment
(`MILCOOP_<NAME>`), the settings file (TOML, one key a setting), the default.
"""

import dataclasses
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from graph.errors import BadUsage
from graph.location import local_folder
from ontology import BASE

__all__ = ["SETTINGS", "SETTINGS_FILE", "Setting", "Settings", "read_settings"]

SETTINGS_FILE = Path("milcoop.toml")
"""The settings file that is read, if it is there, when none is named."""

Value = str | int | float | bool
Origin = Literal["default", "file", "environment", "option"]

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    Arguments:
        name: its name in the settings file and in Python (`query_seconds`).
        type: `str`, `int`, `float` or `bool`.
        default: its value when nobody says otherwise.
        sentence: what it does, for help texts and pages.
        secret: its value is never shown.
        minimum: the smallest number allowed.
    """

    name: str
    type: type[Value]
    default: Value
    sentence: str
    secret: bool = False
    minimum: float | None = None

    @property
    def option(self) -> str:
        """The option of the command line (`--query-seconds`)."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """The environment variable (`MILCOOP_QUERY_SECONDS`)."""
        return "MILCOOP_" + self.name.upper()

    def parse(self, given: object, where: str) -> Value:
        """The value that `given` means.

        Arguments:
            given: a value of a settings file, or the text of an option or environment variable.
            where: the place it stands in, for the message.

        Raises:
            BadUsage: it is not of the setting's type, or below its minimum.
        """
        value = self._converted(given)
        if value is None:
            raise BadUsage(f"{where} is {given!r}, which is no {_TYPE_NAMES[self.type]}")
        if self.minimum is not None and isinstance(value, (int, float)) and value < self.minimum:
            raise BadUsage(f"{where} is {given!r}, but must be at least {self.minimum:g}")
        return value

    def _converted(self, given: object) -> Value | None:
        if self.type is bool:
            if isinstance(given, bool):
                return given
            word = given.strip().lower() if isinstance(given, str) else None
            return True if word in _TRUE else False if word in _FALSE else None
        if isinstance(given, bool):
            return None
        if self.type is str:
            return str(given) if isinstance(given, (str, Path)) else None
        if not isinstance(given, (str, int, float)) or (self.type is int and isinstance(given, float)):
            return None
        try:
            return int(given) if self.type is int else float(given)
        except ValueError:
            return None


_TYPE_NAMES: dict[type[Value], str] = {str: "text", int: "whole number", float: "number", bool: "yes or no"}


def _setting(default: Value, sentence: str, *, secret: bool = False, minimum: float | None = None) -> Any:
    row = {"default": default, "sentence": sentence, "secret": secret, "minimum": minimum}
    return field(default=default, metadata=row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The table itself, a field a setting, and at the same time the values in force."""

    store: str = _setting("./data", "The folder that holds the graph, or the address of a remote store")
    store_user: str = _setting("", "The user that a remote store knows us by")
    store_password: str = _setting("", "That user's password", secret=True)
    store_token: str = _setting("", "A bearer token that a remote store wants instead", secret=True)
    store_update_url: str = _setting("", "Where a remote store takes updates, if its address does not tell")
    store_graphs_url: str = _setting("", "Where it speaks the Graph Store Protocol, likewise")
    store_seconds: float = _setting(300.0, "The seconds within which a remote store must answer", minimum=1)
    store_page: int = _setting(10_000, "Triples that are asked of a remote store at a time", minimum=1)
    mirror: str = _setting("", "The folder of the mirror of a remote store; by default under ~/.local/state/milcoop")
    host: str = _setting("127.0.0.1", "The address to listen on")
    port: int = _setting(5000, "The port to listen on; 0 takes a free one", minimum=0)
    token: str = _setting("", "A bearer token that may do everything; more are made by `milcoop token`", secret=True)
    tokens: str = _setting("", "The file that holds the tokens, hashed; by default tokens.json in the store's folder")
    bare: bool = _setting(False, "A new store gets no ontology, reference data or inference: a plain SPARQL server")
    no_sample: bool = _setting(False, "An empty store stays empty instead of getting the sample documents")
    base_iri: str = _setting(BASE, "The beginning of the IRIs that this server answers for under its own host")
    query_seconds: float = _setting(30.0, "A query is stopped after this many seconds", minimum=0.1)
    query_seconds_max: float = _setting(120.0, "The most seconds that a request may ask for its query", minimum=0.1)
    query_kb: int = _setting(1024, "The longest query, in KiB; longer ones get 413", minimum=1)
    slow_seconds: float = _setting(1.0, "A query that takes longer is logged with its text", minimum=0)
    query_memory_mb: int = _setting(1024, "A query is stopped when its process grows past this many MiB", minimum=128)
    query_workers: int = _setting(2, "Processes for queries that have just begun, for each web process", minimum=1)
    long_query_workers: int = _setting(2, "Processes for queries that take longer, for each web process", minimum=1)
    query_patience: float = _setting(0.1, "After so many seconds a query is one that takes longer", minimum=0.01)
    queries_waiting: int = _setting(32, "Queries that may wait for a process of either kind before 503", minimum=1)
    client_rate: float = _setting(
        100.0,
        "Requests a second of one client, more get 429; 0 for no limit; unless it is given, clients on the machine "
        "itself have none",
        minimum=0,
    )
    proxies: int = _setting(0, "How many proxies of our own stand before this server and name the client", minimum=0)
    service_allow: str = _setting("", "URLs that SERVICE may call, and private addresses they may have; nothing else")
    load_allow: str = _setting("", "URLs that LOAD may fetch, and private addresses they may have; nothing else")
    result_rows: int = _setting(100_000, "Rows or triples after which a result is cut, and says so", minimum=1)
    result_mb: int = _setting(64, "MiB after which a result is cut, and says so", minimum=1)
    answers_mb: int = _setting(
        64, "MiB of answers that each web process keeps until the next write; 0: none", minimum=0
    )
    update_seconds: float = _setting(60.0, "A write is stopped after this many seconds", minimum=1)
    upload_mb: int = _setting(32, "The largest request body, in MiB", minimum=1)
    upload_seconds: float = _setting(300.0, "An uploaded document must be loaded within this many seconds", minimum=1)
    reading_ready_seconds: float = _setting(
        300.0, "How long after a document the next one finds language models loaded, some 260 MiB; 0: never", minimum=0
    )
    workers: int = _setting(2, "Web processes", minimum=1)
    request_seconds: int = _setting(60, "A request must have come as a whole within so many seconds", minimum=1)
    connections: int = _setting(1000, "Connections that may be open at a time to each web process", minimum=50)
    threads: int = _setting(
        80, "Threads in each web process: requests that it serves or keeps waiting at a time", minimum=1
    )

    model_url: str = _setting("", "The OpenAI-compatible endpoint of the model that `--reader model` asks")
    model_name: str = _setting("", "The name of that model")
    model_key: str = _setting("", "The key of that endpoint, if it wants one", secret=True)
    model_tokens: int = _setting(0, "The tokens that a run may use of the model; 0 is no bound", minimum=0)
    model_seconds: float = _setting(120.0, "The seconds within which the model must answer", minimum=1)
    model_answers: str = _setting("./answers", "The folder in which the model's answers are kept; empty keeps none")

    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False, repr=False)
    """Where the values that are not defaults were given."""

    @property
    def tokens_path(self) -> Path:
        """The file that holds the tokens."""
        return Path(self.tokens or local_folder(self.store) / "tokens.json").expanduser()

    @property
    def services(self) -> tuple[str, ...]:
        """What SERVICE may call, as entries of an `AllowList`."""
        return tuple(self.service_allow.replace(",", " ").split())

    @property
    def loads(self) -> tuple[str, ...]:
        """What LOAD may fetch, likewise."""
        return tuple(self.load_allow.replace(",", " ").split())

    @property
    def for_processes(self) -> dict[str, str]:
        """What other processes find in their environment: how to reach a remote store."""
        names = [setting for setting in SETTINGS if setting.name.startswith("store_") or setting.name == "mirror"]
        return {setting.variable: str(self.value(setting)) for setting in names if setting.name in self.origins}

    def value(self, setting: Setting) -> Value:
        """The value in force of one row of the table."""
        found: Value = getattr(self, setting.name)
        return found

    def shown(self, setting: Setting) -> Value:
        """The same for a reader's eyes: of a secret only whether it is set."""
        value = self.value(setting)
        return ("set" if value else "not set") if setting.secret else value


SETTINGS: tuple[Setting, ...] = tuple(
    Setting(f.name, type(f.metadata["default"]), **f.metadata) for f in dataclasses.fields(Settings) if f.metadata
)
"""The rows of the table, in the order in which they are shown."""


def read_settings(
    options: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """The settings in force.

    Arguments:
        options: what the command line gave, by setting name; None stands for “not given”.
        environ: the environment; by default that of the process.
        file: the settings file; by default `milcoop.toml` in the working directory, if there is one.

    Raises:
        BadUsage: the file cannot be read, a name is unknown, or a value is not of its type.
    """
    rows = {setting.name: setting for setting in SETTINGS}
    values: dict[str, Value] = {}
    origins: dict[str, Origin] = {}

    def take(name: str, given: object, where: str, origin: Origin) -> None:
        values[name] = rows[name].parse(given, where)
        origins[name] = origin

    for name, given in _file_values(file).items():
        if name not in rows:
            near = get_close_matches(name, rows, n=1)
            raise BadUsage(
                f"the settings file has the unknown setting {name!r}",
                hint=f"did you mean {near[0]!r}?" if near else f"there are {', '.join(rows)}",
            )
        take(name, given, f"{name} in the settings file", "file")
    for name, text in _environment_values(os.environ if environ is None else environ, rows).items():
        take(name, text, rows[name].variable, "environment")
    for name, given in (options or {}).items():
        if given is not None:
            if name not in rows:
                raise BadUsage(f"there is no setting {name!r}")
            take(name, given, rows[name].option, "option")
    return Settings(**values, origins=origins)  # type: ignore[arg-type]


def _environment_values(environ: Mapping[str, str], rows: Mapping[str, Setting]) -> dict[str, str]:
    return {name: environ[row.variable] for name, row in rows.items() if row.variable in environ}


def _file_values(file: Path | None) -> dict[str, object]:
    if file is None:
        if not SETTINGS_FILE.is_file():
            return {}
        file = SETTINGS_FILE
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadUsage(f"the settings file {file} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise BadUsage(f"the settings file {file} is no TOML: {error}") from error
