"""`milcoop prompt`: what a model is asked about a document."""

from pathlib import Path

import click

__all__ = ["command"]


@click.command("prompt")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Print what a model is asked about FILE; `milcoop load FILE --answer ANSWER` reads what it answers."""
    from milcoop.prompting import prompt_for

    click.echo(prompt_for(file))
