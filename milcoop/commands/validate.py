"""`milcoop validate`: the graph against the shapes."""

import click

from milcoop import terminal
from milcoop.options import store_option

__all__ = ["command"]


@click.command("validate")
@click.option(
    "--format", "-f", "name", default="text", type=click.Choice(["text", "json", "turtle"]), show_default=True
)
@store_option
def command(name: str, store: str) -> None:
    """Check the graph against the shapes; exit status 1 if it does not conform."""
    from milcoop.knowledge_graph import KnowledgeGraph

    with KnowledgeGraph(store, create=False) as graph:
        report = graph.validate()
    terminal.show_validation(report, name)
    if not report.conforms:
        raise click.exceptions.Exit(1)
