"""`milcoop explain`: why a triple holds."""

import click

from graph.errors import BadUsage
from milcoop.options import store_option

__all__ = ["command"]


@click.command("explain")
@click.argument("subject", metavar="S")
@click.argument("predicate", metavar="P")
@click.argument("object_", metavar="O")
@click.option("--limit", default=1, show_default=True, type=click.IntRange(1), help="How many proofs, shortest first.")
@click.option("--all", "every", is_flag=True, help="All proofs that are found (at most 1000).")
@click.option(
    "--format",
    "-f",
    "form",
    default="text",
    show_default=True,
    metavar="FORMAT",
    help="text, json, or the proofs in RDF with the terms of PROV: turtle, ntriples, rdfxml, jsonld, trig, nquads.",
)
@store_option
def command(
    subject: str, predicate: str, object_: str, limit: int, every: bool, form: str, store: str
) -> None:  # fmt: skip
    """Say why the triple S P O holds.

    The documents and sentences that state it, or the shortest proof: the rule and its premises, down to what is stated.
    Of a triple that does not hold, which premise is missing; the exit status is 1 then.
    """
    from milcoop.explaining import FORMATS, MOST_PROOFS, explain_triple, write_explanation

    if form not in FORMATS:
        raise BadUsage(f"an explanation cannot be written as {form!r}", hint=f"there are {', '.join(FORMATS)}")
    explanation = explain_triple(store, subject, predicate, object_, limit=MOST_PROOFS if every else limit)
    write_explanation(explanation, form)
    if not explanation.holds:
        raise click.exceptions.Exit(1)
