"""`milcoop snapshots`: the states that the store keeps."""

import click

from milcoop.options import store_option

__all__ = ["command"]


@click.command("snapshots")
@click.option("--keep", type=click.IntRange(1), help="How many states the store keeps from now on.")
@store_option
def command(keep: int | None, store: str) -> None:
    """List the states that the store keeps, the newest first; `--as-of` opens one."""
    from milcoop.states import states

    for info in states(store, keep):
        click.echo(f"{info.number}\t{info.committed}")
