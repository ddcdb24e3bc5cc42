"""`milcoop different`: two things are two."""

from typing import Any

import click

from milcoop.judging import judge_things, judgement_options

__all__ = ["command"]


@click.command("different")
@judgement_options
def command(one: str, another: str, **options: Any) -> None:
    """Say that A and B are two. Where they were joined, A is parted from all that goes under the name of B.

    A and B are IRIs of exercises, agreements or persons, as pages and `milcoop query identifications` show them.
    """
    judge_things(one, another, same=False, **options)
