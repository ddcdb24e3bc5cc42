"""The command line: each command turns its options into one call and prints what comes back.

Results go to standard output, progress and messages to standard error. Exit status: 0, 1 (failed), 2 (bad usage);
`infer FILE` exits with 3 when the file is inconsistent. The commands are the modules of `milcoop.commands`.
"""

import os
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from graph.errors import MilcoopError
from milcoop import commands, terminal

__all__ = ["main"]


class _Commands(click.Group):
    """Tells every error of milcoop in one line on standard error, with the exit status that it knows."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *(module.name for module in iter_modules(commands.__path__))])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"milcoop.commands.{cmd_name}").command
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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="milcoop", prog_name="milcoop")
def main() -> None:
    """A knowledge graph of military cooperation: read documents, infer, ask, and see why."""


if __name__ == "__main__":
    main()
