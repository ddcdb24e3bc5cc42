"""`milcoop serve`: the graph over HTTP."""

import gc
from pathlib import Path

import click

from milcoop.options import settings_options
from server.settings import read_settings

__all__ = ["command"]


@click.command("serve")
@click.option(
    "--settings", "file", type=click.Path(path_type=Path), help="A settings file (TOML); else ./milcoop.toml."
)
@settings_options()
def command(file: Path | None, **options: object) -> None:
    """Serve the graph over HTTP until SIGTERM: SPARQL, pages, linked data, exports.

    An empty store gets the sample documents first.
    """
    gc.disable()  # what is imported now stays: to look through it for garbage takes an eighth of the start
    try:
        from server import serve

        serve(read_settings(options, file=file))
    finally:
        gc.enable()
