"""The command line: each command turns its options into one call and prints what comes back.

Results go to standard output, progress and messages to standard error. Exit status: 0, 1 (failed), 2 (bad usage);
`infer FILE` exits with 3 when the file is inconsistent.
"""

import getpass
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import click

from graph.errors import BadUsage, MilcoopError
from milcoop import terminal
from milcoop.model_settings import ReaderName, model_access
from server.settings import SETTINGS, read_settings

__all__ = ["main"]

INCONSISTENT = 3

_ELSEWHERE = {
    "different": ("milcoop.identity", "different_command"),
    "mcp": ("milcoop.mcp", "mcp_command"),
    "same": ("milcoop.identity", "same_command"),
    "token": ("milcoop.tokens", "token_commands"),
}
"""Commands in modules of their own, imported when they are named."""


class _Commands(click.Group):
    """Tells every error of milcoop in one line on standard error, with the exit status that it knows."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, name = _ELSEWHERE[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MilcoopError as error:
            terminal.say(f"milcoop: {error}")
            ctx.exit(error.exit_status)
        except BrokenPipeError:
            # The reader of our output has gone (`milcoop query … | head`): nothing is wrong.
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
            ctx.exit(0)


def _store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--store",
        default="./data",
        show_default=True,
        envvar="MILCOOP_STORE",
        help="The folder that holds the graph, or the address of a remote store (SPARQL 1.1).",
    )(command)


def _settings_options(beginning: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Every row of the table of settings whose name begins so, as an option of the command."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for setting in reversed([s for s in SETTINGS if s.name.startswith(beginning)]):
            if setting.type is bool:
                option = click.option(
                    setting.option, setting.name, is_flag=True, default=None, help=setting.sentence + "."
                )
            else:
                shown = "" if setting.secret or setting.default == "" else f" [default: {setting.default}]"
                option = click.option(setting.option, setting.name, default=None, help=f"{setting.sentence}.{shown}")
            command = option(command)
        return command

    return add


def _as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--as-of", metavar="WHEN", help="The state to read: a number of `milcoop snapshots`, a date, or a moment."
    )(command)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="milcoop", prog_name="milcoop")
def main() -> None:
    """A knowledge graph of military cooperation: read documents, infer, ask, and see why."""


@main.command("load")
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
@_settings_options("model_")
@_store_option
def load_command(
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
    from milcoop.knowledge_graph import KnowledgeGraph

    access = model_access(read_settings(options), answer)
    if answer is not None and (len(sources) != 1 or Path(sources[0]).is_dir()):
        raise BadUsage("an answer belongs to one document", hint="give one SOURCE with --answer")
    if answer is not None and reader == "rules":
        reader = "model"
    with KnowledgeGraph(store) as graph, terminal.progress() as progress:
        report = graph.load(*sources, jobs=jobs, progress=progress, reader=reader, model=access, confidence=confidence)
    terminal.show_load_report(report)
    if report.failures:
        raise click.exceptions.Exit(1)


@main.command("prompt")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def prompt_command(file: Path) -> None:
    """Print what a model is asked about FILE; `milcoop load FILE --answer ANSWER` reads what it answers."""
    from milcoop.prompting import prompt_for

    click.echo(prompt_for(file))


@main.command("withdraw")
@click.argument("document")
@_store_option
def withdraw_command(document: str, store: str) -> None:
    """Take DOCUMENT (its IRI, its source, or the last step of its IRI) and all that rested on it alone out again."""
    from milcoop.knowledge_graph import KnowledgeGraph

    with KnowledgeGraph(store, create=False) as graph:
        terminal.show_withdrawal(graph.withdraw(document))


@main.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_as_of_option
@_store_option
def backup_command(file: Path, as_of: str | None, store: str) -> None:
    """Write the graph with its documents into FILE; the store may be in use meanwhile."""
    from milcoop.states import back_up_store

    made = back_up_store(store, file, as_of)
    terminal.say(f"backed up: snapshot {made.snapshot} of {made.committed}, {made.files} files, {made.size:,} bytes")


@main.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_store_option
def restore_command(file: Path, store: str) -> None:
    """Make a store of FILE, a backup or an export in TriG or N-Quads, where there is none yet."""
    from milcoop.states import restore_store

    terminal.say(f"restored: {restore_store(file, store)} at {store}")


@main.command("snapshots")
@click.option("--keep", type=click.IntRange(1), help="How many states the store keeps from now on.")
@_store_option
def snapshots_command(keep: int | None, store: str) -> None:
    """List the states that the store keeps, the newest first; `--as-of` opens one."""
    from milcoop.states import states

    for info in states(store, keep):
        click.echo(f"{info.number}\t{info.committed}")


@main.command("decide")
@click.argument("claim")
@click.argument("verdict", type=click.Choice(["confirmed", "rejected", "amended", "revoked"]))
@click.option("--by", "author", default=getpass.getuser, show_default="your login", help="Who decides.")
@click.option("--set", "values", multiple=True, metavar="PROPERTY=VALUE", help="A new value of an amended claim.")
@click.option("--note", default="", help="Why.")
@_store_option
def decide_command(claim: str, verdict: str, author: str, values: tuple[str, ...], note: str, store: str) -> None:
    """Confirm, reject or amend CLAIM, or take that back (revoked).

    CLAIM is the IRI of a claim, as pages, `explain` and queries show it. A value is written as Turtle writes it:
    --set rdf:object=state:UZB, --set 'mc:startDate="2021"^^xsd:gYear'.
    """
    from milcoop.deciding import decide_claim

    terminal.say(decide_claim(store, claim, verdict, author, _pairs(values, "--set PROPERTY=VALUE"), note))


@main.command("quality")
@click.option("--format", "-f", "name", default=None, help="table, json, csv, tsv, xml …")
@_store_option
def quality_command(name: str | None, store: str) -> None:
    """How often the rules were right, by rule and kind of fact, as people decided."""
    from milcoop.asking import ask

    terminal.write(ask(store, "precision-of-rules", {}, name or terminal.default_format()))


@main.command("query")
@click.argument("query", required=False)
@click.option("--param", "-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of a canned query.")
@click.option(
    "--format", "-f", "name", default=None, help="table, json, csv, tsv, xml, turtle, ntriples, rdfxml, jsonld …"
)
@click.option("--list", "listing", is_flag=True, help="List the canned queries.")
@_as_of_option
@_store_option
def query_command(
    query: str | None, parameters: tuple[str, ...], name: str | None, listing: bool, as_of: str | None, store: str
) -> None:
    """Ask the graph: QUERY is a file, the name of a canned query, or - for standard input."""
    if listing:
        from milcoop.questions import canned_queries

        terminal.show_canned_queries(canned_queries().values())
        return
    if query is None:
        raise click.UsageError("Missing argument 'QUERY'; `milcoop query --list` shows the canned queries.")
    from milcoop.asking import ask

    answer = ask(store, query, _pairs(parameters, "--param NAME=VALUE"), name or terminal.default_format(), as_of)
    terminal.write(answer)


@main.command("infer")
@click.argument("files", nargs=-1, metavar="[FILE]…")
@click.option("--full", is_flag=True, help="With FILE: keep the trivial conclusions too.")
@click.option("--engine", type=click.Choice(["spark"]), help="With FILE…: run on a cluster, into --output.")
@click.option("--output", "-o", help="With --engine: the folder that the conclusions are written to, in parts.")
@click.option("--format", "-f", "form", type=click.Choice(["nquads", "parquet"]), default="nquads", show_default=True)
@click.option("--master", default="", help="With --engine: the cluster, as Spark names it; by default this machine.")
@click.option("--checkpoints", default="", help="With --engine: a folder of the cluster in which rounds are kept.")
@_store_option
def infer_command(
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
        raise click.exceptions.Exit(INCONSISTENT)


def _existing(file: str) -> Path:
    if not Path(file).is_file():
        raise BadUsage(f"there is no file {file}")
    return Path(file)


@main.command("explain")
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
@_store_option
def explain_command(
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


@main.command("validate")
@click.option(
    "--format", "-f", "name", default="text", type=click.Choice(["text", "json", "turtle"]), show_default=True
)
@_store_option
def validate_command(name: str, store: str) -> None:
    """Check the graph against the shapes; exit status 1 if it does not conform."""
    from milcoop.knowledge_graph import KnowledgeGraph

    with KnowledgeGraph(store, create=False) as graph:
        report = graph.validate()
    terminal.show_validation(report, name)
    if not report.conforms:
        raise click.exceptions.Exit(1)


@main.command("export")
@click.argument("name", metavar="FORMAT", default="turtle")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
@_as_of_option
@_store_option
def export_command(name: str, output: Path | None, as_of: str | None, store: str) -> None:
    """Write the graph as FORMAT: turtle, trig, ntriples, nquads, rdfxml, jsonld, graphml, gexf, cytoscape or dot."""
    from milcoop import exporting

    exporting.export_store(store, name, output, as_of)


@main.command("serve")
@click.option(
    "--settings", "file", type=click.Path(path_type=Path), help="A settings file (TOML); else ./milcoop.toml."
)
@_settings_options()
def serve_command(file: Path | None, **options: object) -> None:
    """Serve the graph over HTTP until SIGTERM: SPARQL, pages, linked data, exports.

    An empty store gets the sample documents first.
    """
    from server import serve

    serve(read_settings(options, file=file))


def _pairs(given: tuple[str, ...], form: str) -> dict[str, str]:
    values = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadUsage(f"{pair!r} has no value", hint=f"write {form}")
        values[name] = value
    return values


if __name__ == "__main__":
    main()
