"""`milcoop withdraw`: take a document out again."""

import click

from milcoop import terminal
from milcoop.options import store_option

__all__ = ["command"]


@click.command("withdraw")
@click.argument("document")
@store_option
def command(document: str, store: str) -> None:
    """Take DOCUMENT (its IRI, its source, or the last step of its IRI) and all that rested on it alone out again."""
    from milcoop.knowledge_graph import KnowledgeGraph

    with KnowledgeGraph(store, create=False) as graph:
        terminal.show_withdrawal(graph.withdraw(document))
