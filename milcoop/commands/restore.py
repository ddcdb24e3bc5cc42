"""`milcoop restore`: a store of a file."""

from pathlib import Path

import click

from milcoop import terminal
from milcoop.options import store_option

__all__ = ["command"]


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@store_option
def command(file: Path, store: str) -> None:
    """Make a store of FILE, a backup or an export in TriG or N-Quads, where there is none yet."""
    from milcoop.states import restore_store

    terminal.say(f"restored: {restore_store(file, store)} at {store}")
