"""Options that several commands have."""

from collections.abc import Callable
from typing import Any

import click

from graph.errors import BadUsage
from server.settings import SETTINGS

__all__ = ["as_of_option", "pairs", "settings_options", "store_option"]


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which store the command is about."""
    return click.option(
        "--store",
        default="./data",
        show_default=True,
        envvar="MILCOOP_STORE",
        help="The folder that holds the graph, or the address of a remote store (SPARQL 1.1).",
    )(command)


def settings_options(beginning: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Rows of the table of settings as options of the command.

    Arguments:
        beginning: of their names; empty for all.
    """

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


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which of the states that the store keeps the command reads."""
    return click.option(
        "--as-of", metavar="WHEN", help="The state to read: a number of `milcoop snapshots`, a date, or a moment."
    )(command)


def pairs(given: tuple[str, ...], form: str) -> dict[str, str]:
    """What was given as NAME=VALUE, by name.

    Arguments:
        given: the values of an option.
        form: how they are to be written, for the message.

    Raises:
        BadUsage: one has no "=".
    """
    values = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadUsage(f"{pair!r} has no value", hint=f"write {form}")
        values[name] = value
    return values
