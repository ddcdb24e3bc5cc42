"""`milcoop load`: read documents into the graph."""

from pathlib import Path

import click

from graph.errors import BadUsage
from milcoop import terminal
from milcoop.model_settings import ReaderName, model_access
from milcoop.options import settings_options, store_option
from server.settings import read_settings

__all__ = ["command"]


@click.command("load")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1), help="Processes that read documents.")
@click.option(
    "--reader",
    type=click.Choice(["rules", "model", "both"]),
    default="rules",
    show_default=True,
    help="Who reads: the rules, a model that is asked, or both.",
)
@click.option(
    "--answer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A model's answer to `milcoop prompt`, in place of asking one.",
)
@click.option(
    "--confidence",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Leave out facts that are trusted with less: of those with 0.9 about nine in ten are right.",
)
@settings_options("model_")
@store_option
def command(
    sources: tuple[str, ...],
    jobs: int,
    reader: ReaderName,
    answer: Path | None,
    confidence: float,
    store: str,
    **options: object,
) -> None:
    """Read documents and RDF files into the graph.

    SOURCE is a file, a folder, a glob pattern or a URL: plain text, Markdown, HTML, PDF, DOCX, or RDF in any syntax.
    What cannot be read is told in one line each, the rest is loaded, and the exit status is 1.
    """
    from loaders.reading_many import prepare_processes
    from milcoop.knowledge_graph import KnowledgeGraph

    access = model_access(read_settings(options), answer)
    if answer is not None and (len(sources) != 1 or Path(sources[0]).is_dir()):
        raise BadUsage("an answer belongs to one document", hint="give one SOURCE with --answer")
    if answer is not None and reader == "rules":
        reader = "model"
    if jobs > 1 and reader == "rules":
        prepare_processes()
    with KnowledgeGraph(store) as graph, terminal.progress() as progress:
        report = graph.load(*sources, jobs=jobs, progress=progress, reader=reader, model=access, confidence=confidence)
    terminal.show_load_report(report)
    if reader != "rules" and report.count("unchanged"):
        terminal.say("milcoop: no model reads what is loaded already; withdraw a document first to have it read again")
    if report.failures:
        raise click.exceptions.Exit(1)
