"""Where a store is, as it is given: a folder, `memory:`, or the address of a remote store."""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["absolute", "is_remote", "local_folder", "mirror_folder"]


def is_remote(location: str | Path) -> bool:
    """Whether a location is the address of a remote store."""
    return str(location).lower().startswith(("http://", "https://"))


def absolute(location: str | Path) -> str:
    """The location as another process can use it, whatever its working directory."""
    if is_remote(location) or str(location) == "memory:":
        return str(location)
    return str(Path(location).expanduser().absolute())


def local_folder(location: str | Path) -> Path:
    """The folder of this machine in which a store's files are: its own, or that of the mirror of a remote one."""
    return mirror_folder(str(location)) if is_remote(location) else Path(location).expanduser()


def mirror_folder(location: str, environ: Mapping[str, str] | None = None) -> Path:
    """The folder of this machine's mirror of a remote store: MILCOOP_MIRROR, or one under the user's state (XDG)."""
    environ = os.environ if environ is None else environ
    if given := environ.get("MILCOOP_MIRROR"):
        return Path(given).expanduser().absolute()
    state = Path(environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    parts = urlsplit(location)
    readable = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{parts.hostname}{parts.path}").strip("-")
    digest = hashlib.sha256(location.encode()).hexdigest()[:12]
    return state / "milcoop" / f"{readable[:60]}-{digest}"
