"""What a person says of two things of different documents: that they are one and the same, or that they are not."""

import getpass
from collections.abc import Callable
from typing import Any

import click

from milcoop import terminal
from milcoop.options import store_option

__all__ = ["judge_things", "judgement_options"]


def judgement_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options that both commands have."""
    for option in reversed(
        (
            click.argument("one", metavar="A"),
            click.argument("another", metavar="B"),
            click.option("--by", "author", default=getpass.getuser, show_default="your login", help="Who decides."),
            click.option("--note", default="", help="Why."),
            click.option("--undo", is_flag=True, help="Take back what was decided about A and B."),
            store_option,
        )
    ):
        command = option(command)
    return command


def judge_things(one: str, another: str, *, same: bool, author: str, note: str, undo: bool, store: str) -> None:
    """Decide it, or take it back, and say so.

    Arguments:
        one, another: IRIs of two things, with a prefix or in full.
        same: whether they are one and the same.
        author: who decides.
        note: why.
        undo: whether to take back what was decided about them.
        store: the store's folder or address.
    """
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
