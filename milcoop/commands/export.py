"""`milcoop export`: the graph in a file."""

from pathlib import Path

import click

from milcoop.options import as_of_option, store_option

__all__ = ["command"]


@click.command("export")
@click.argument("name", metavar="FORMAT", default="turtle")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
@as_of_option
@store_option
def command(name: str, output: Path | None, as_of: str | None, store: str) -> None:
    """Write the graph as FORMAT: turtle, trig, ntriples, nquads, rdfxml, jsonld, graphml, gexf, cytoscape or dot."""
    from milcoop import exporting

    exporting.export_store(store, name, output, as_of)
