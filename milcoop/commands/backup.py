"""`milcoop backup`: the store in a file."""

from pathlib import Path

import click

from milcoop import terminal
from milcoop.options import as_of_option, store_option

__all__ = ["command"]


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace FILE if it is there already.")
@as_of_option
@store_option
def command(file: Path, replace: bool, as_of: str | None, store: str) -> None:
    """Write the graph with its documents into FILE; the store may be in use meanwhile."""
    from milcoop.states import back_up_store

    made = back_up_store(store, file, as_of, replace=replace)
    terminal.say(f"backed up: snapshot {made.snapshot} of {made.committed}, {made.files} files, {made.size:,} bytes")
