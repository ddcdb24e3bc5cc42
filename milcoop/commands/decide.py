"""`milcoop decide`: confirm, reject or amend a claim."""

import getpass

import click

from milcoop import terminal
from milcoop.options import pairs, store_option

__all__ = ["command"]


@click.command("decide")
@click.argument("claim")
@click.argument("verdict", type=click.Choice(["confirmed", "rejected", "amended", "revoked"]))
@click.option("--by", "author", default=getpass.getuser, show_default="your login", help="Who decides.")
@click.option("--set", "values", multiple=True, metavar="PROPERTY=VALUE", help="A new value of an amended claim.")
@click.option("--note", default="", help="Why.")
@store_option
def command(claim: str, verdict: str, author: str, values: tuple[str, ...], note: str, store: str) -> None:
    """Confirm, reject or amend CLAIM, or take that back (revoked).

    CLAIM is the IRI of a claim, as pages, `explain` and queries show it. A value is written as Turtle writes it:
    --set rdf:object=state:UZB, --set 'mc:startDate="2021"^^xsd:gYear'.
    """
    from milcoop.deciding import decide_claim

    terminal.say(decide_claim(store, claim, verdict, author, pairs(values, "--set PROPERTY=VALUE"), note))
