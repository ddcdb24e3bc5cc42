"""`milcoop same` and `milcoop different`: what a person says of two things of different documents."""

import getpass
from collections.abc import Callable
from typing import Any

import click

from milcoop import terminal

__all__ = ["different_command", "same_command"]


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options that both commands have."""
    for option in reversed(
        (
            click.argument("one", metavar="A"),
            click.argument("another", metavar="B"),
            click.option("--by", "author", default=getpass.getuser, show_default="your login", help="Who decides."),
            click.option("--note", default="", help="Why."),
            click.option("--undo", is_flag=True, help="Take back what was decided about A and B."),
            click.option(
                "--store",
                default="./data",
                show_default=True,
                envvar="MILCOOP_STORE",
                help="The folder that holds the graph, or the address of a remote store (SPARQL 1.1).",
            ),
        )
    ):
        command = option(command)
    return command


@click.command("same")
@_options
def same_command(one: str, another: str, **options: Any) -> None:
    """Say that A and B, which documents name differently, are one and the same.

    A and B are IRIs of exercises, agreements or persons, as pages and `milcoop query identifications` show them.
    """
    _say(one, another, same=True, **options)


@click.command("different")
@_options
def different_command(one: str, another: str, **options: Any) -> None:
    """Say that A and B are two. Where they were joined, A is parted from all that goes under the name of B.

    A and B are IRIs of exercises, agreements or persons, as pages and `milcoop query identifications` show them.
    """
    _say(one, another, same=False, **options)


def _say(one: str, another: str, *, same: bool, author: str, note: str, undo: bool, store: str) -> None:
    from graph.store import open_store
    from graph.terms import node
    from loaders.identity.deciding import judge, revoke_judgement

    first, second = node(one).value, node(another).value
    with open_store(store, create=False) as opened:
        if undo:
            taken = revoke_judgement(opened, first, second)
            terminal.say(f"revoked: what {taken[-1].author} decided about <{first}> and <{second}>")
            return
        made = judge(opened, first, second, same, author, note)
    terminal.say(f"{'the same' if same else 'different'}: <{first}> and <{second}>, as <{made.iri}>")
