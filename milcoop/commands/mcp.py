"""`milcoop mcp`: the graph as tools for a language model."""

import sys
from functools import partial
from io import TextIOWrapper
from pathlib import Path

import click

from milcoop.mcp.protocol import Session
from milcoop.mcp.tools import call_tool, read_tools

__all__ = ["command"]


@click.command("mcp")
@click.option("--store", default=None, help="The folder or address of the graph.  [default: ./data]")
@click.option("--settings", type=click.Path(path_type=Path), help="A settings file (TOML); else ./milcoop.toml.")
def command(store: str | None, settings: Path | None) -> None:
    """Offer the graph to a language model: an MCP server on standard input and output, until the input ends.

    A client starts it itself; give it the command `milcoop mcp --store DIR`.
    """
    from graph.store import open_store
    from loaders.to_rdf.provenance import software_version
    from server import create_app
    from server.settings import read_settings

    in_force = read_settings({"store": store}, file=settings)
    open_store(in_force.store, create=False).close()
    app = create_app(in_force)
    # Standard output belongs to the protocol: a line that something prints would break it
    channel, sys.stdout = sys.stdout, sys.stderr
    for stream in (sys.stdin, channel):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    for line in Session(read_tools(), partial(call_tool, app), software_version()).answers(sys.stdin):
        channel.write(line)
        channel.flush()
