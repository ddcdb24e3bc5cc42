"""`milcoop query`: ask the graph."""

import click

from milcoop import terminal
from milcoop.options import as_of_option, pairs, store_option

__all__ = ["command"]


@click.command("query")
@click.argument("query", required=False)
@click.option("--param", "-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of a canned query.")
@click.option(
    "--format", "-f", "name", default=None, help="table, json, csv, tsv, xml, turtle, ntriples, rdfxml, jsonld …"
)
@click.option("--list", "listing", is_flag=True, help="List the canned queries.")
@as_of_option
@store_option
def command(
    query: str | None, parameters: tuple[str, ...], name: str | None, listing: bool, as_of: str | None, store: str
) -> None:
    """Ask the graph: QUERY is the name of a canned query, a file, SPARQL itself, or - for standard input."""
    if listing:
        from milcoop.questions import canned_queries

        terminal.show_canned_queries(canned_queries().values())
        return
    if query is None:
        raise click.UsageError("Missing argument 'QUERY'; `milcoop query --list` shows the canned queries.")
    from milcoop.asking import ask

    answer = ask(store, query, pairs(parameters, "--param NAME=VALUE"), name or terminal.default_format(), as_of)
    terminal.write(answer)
