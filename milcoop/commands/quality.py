"""`milcoop quality`: how often the rules were right."""

import click

from milcoop import terminal
from milcoop.options import store_option

__all__ = ["command"]


@click.command("quality")
@click.option("--format", "-f", "name", default=None, help="table, json, csv, tsv, xml …")
@store_option
def command(name: str | None, store: str) -> None:
    """How often the rules were right, by rule and kind of fact, as people decided."""
    from milcoop.asking import ask

    terminal.write(ask(store, "precision-of-rules", {}, name or terminal.default_format()))
