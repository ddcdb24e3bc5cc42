"""`milcoop token`: make, list and revoke the bearer tokens of the server over a store."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from milcoop import terminal
from server.settings import read_settings
from server.tokens import SCOPES, TokenFile

__all__ = ["command"]

_SHOWN = ("id", "name", "scopes", "created", "expires")


@click.group("token")
@click.option("--store", default=None, help="The folder that holds the graph.  [default: ./data]")
@click.option("--tokens", "file", default=None, help="The file that holds the tokens, if not tokens.json of the store.")
@click.option("--settings", type=click.Path(path_type=Path), help="A settings file (TOML); else ./milcoop.toml.")
@click.pass_context
def command(context: click.Context, store: str | None, file: str | None, settings: Path | None) -> None:
    """Make, list and revoke the tokens that may write to a server.

    A running server knows of the change at once.
    """
    in_force = read_settings({"store": store, "tokens": file}, file=settings)
    context.obj = TokenFile(in_force.tokens_path)


@command.command("create")
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(list(SCOPES)), required=True,
    help="What it is good for, once or more: " + "; ".join(f"{name}, {what}" for name, what in SCOPES.items()) + ".",
)  # fmt: skip
@click.option("--days", type=float, default=None, help="For how many days it is good; else for ever.")
@click.pass_obj
def create_command(tokens: TokenFile, name: str, scopes: tuple[str, ...], days: float | None) -> None:
    """Make a token called NAME, and tell it on standard output: this once, it is kept nowhere."""
    record, token = tokens.create(name, scopes, days)
    terminal.say(f"token {record.id} ({record.name}): {', '.join(record.scopes)}; keep it, it is not shown again")
    click.echo(token)


@command.command("list")
@click.option("--format", "-f", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def list_command(tokens: TokenFile, form: str) -> None:
    """List the tokens: all but their secret parts, of which nobody knows more than a hash."""
    rows = [asdict(record) for record in tokens.records()]
    if form == "json":
        click.echo(json.dumps([{name: row[name] for name in _SHOWN} for row in rows], ensure_ascii=False, indent=2))
        return
    cells = [(row["id"], row["name"], " ".join(row["scopes"]), row["created"], row["expires"] or "") for row in rows]
    terminal.show_table(_SHOWN, cells)


@command.command("revoke")
@click.argument("which", metavar="TOKEN")
@click.pass_obj
def revoke_command(tokens: TokenFile, which: str) -> None:
    """Revoke TOKEN: its id, its name, or the token itself."""
    record = tokens.revoke(which)
    terminal.say(f"revoked: {record.id} ({record.name})")
