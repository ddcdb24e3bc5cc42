"""`milcoop same`: two things are one."""

from typing import Any

import click

from milcoop.judging import judge_things, judgement_options

__all__ = ["command"]


@click.command("same")
@judgement_options
def command(one: str, another: str, **options: Any) -> None:
    """Say that A and B, which documents name differently, are one and the same.

    A and B are IRIs of exercises, agreements or persons, as pages and `milcoop query identifications` show them.
    """
    judge_things(one, another, same=True, **options)
