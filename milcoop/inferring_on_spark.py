"""`milcoop infer --engine spark`: files in, files out."""

from collections.abc import Sequence
from typing import Literal

from graph.errors import BadUsage
from graph.reasoner.interface import Inconsistency
from milcoop.terminal import say

__all__ = ["infer_files"]


def infer_files(
    sources: Sequence[str], target: str | None, form: Literal["nquads", "parquet"], master: str, checkpoints: str
) -> tuple[Inconsistency, ...]:
    """Write what follows from files into a folder, and say how much it is.

    Arguments:
        sources: files and folders of N-Triples, N-Quads or Parquet.
        target: the folder; there must be none of the name.
        form: how the conclusions are written.
        master: the cluster, as Spark names it; this machine if empty.
        checkpoints: a folder in which rounds are kept; none if empty.

    Returns:
        the contradictions found.

    Raises:
        BadUsage: no source or no folder is given.
        ReasonerError: Spark cannot be started.
        BadInput: a source cannot be read, or the folder is there already.
    """
    if not sources or not target:
        raise BadUsage("the engine spark reads files and writes a folder", hint="give FILE… and --output FOLDER")
    from graph.reasoner.spark import close_files

    closure = close_files(sources, target, form=form, master=master, checkpoints=checkpoints)
    say(f"{closure.count} triples inferred from {closure.premises}, in {target}")
    return closure.inconsistencies
