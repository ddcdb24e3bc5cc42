"""`milcoop infer`: conclusions of the store, or of files."""

import sys
from pathlib import Path
from typing import Literal

import click

from graph.errors import BadUsage
from milcoop import terminal
from milcoop.options import store_option

__all__ = ["command"]

_INCONSISTENT = 3


@click.command("infer")
@click.argument("files", nargs=-1, metavar="[FILE]…")
@click.option("--full", is_flag=True, help="With FILE: keep the trivial conclusions too.")
@click.option("--engine", type=click.Choice(["spark"]), help="With FILE…: run on a cluster, into --output.")
@click.option("--output", "-o", help="With --engine: the folder that the conclusions are written to, in parts.")
@click.option("--format", "-f", "form", type=click.Choice(["nquads", "parquet"]), default="nquads", show_default=True)
@click.option("--master", default="", help="With --engine: the cluster, as Spark names it; by default this machine.")
@click.option("--checkpoints", default="", help="With --engine: a folder of the cluster in which rounds are kept.")
@store_option
def command(
    files: tuple[str, ...],
    full: bool,
    engine: str | None,
    output: str | None,
    form: Literal["nquads", "parquet"],
    master: str,
    checkpoints: str,
    store: str,
) -> None:
    """Make all inferences of the store anew, or write the OWL 2 RL closure of FILE as N-Triples.

    With FILE, which is one RDF file with its own ontology and data, no store is needed; premise and closure go to
    standard output, and the exit status is 3 if the file is inconsistent. With --engine spark there may be many files
    and folders, in N-Triples, N-Quads or Parquet, that all machines of a cluster reach.
    """
    if engine is not None:
        from milcoop.inferring_on_spark import infer_files

        findings = infer_files(files, output, form, master, checkpoints)
    elif not files:
        from milcoop.knowledge_graph import KnowledgeGraph

        with KnowledgeGraph(store, create=False) as graph:
            terminal.say(f"{graph.infer()} triples inferred")
        return
    else:
        from milcoop.inferring import infer_file  # which needs none of what a store needs

        if len(files) > 1:
            raise BadUsage("there is more than one file", hint="`--engine spark` takes several")
        findings = infer_file(_existing(files[0]), sys.stdout.buffer, full=full)
    for finding in findings:
        terminal.say(f"inconsistent: {finding.rule}: {finding.message}")
    if findings:
        raise click.exceptions.Exit(_INCONSISTENT)


def _existing(file: str) -> Path:
    if not Path(file).is_file():
        raise BadUsage(f"there is no file {file}")
    return Path(file)
