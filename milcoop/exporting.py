"""`milcoop export`: the graph in a format, to a file or to standard output."""

import sys
import tempfile
from pathlib import Path

from graph.errors import BadInput, BadUsage
from graph.export import FORMATS, export
from graph.store import open_store

__all__ = ["export_store"]


def export_store(store: str, name: str, output: Path | None, as_of: str | None = None) -> None:
    """Write the graph.

    Arguments:
        store: the folder that holds it.
        name: the name of a format (`graph.export.FORMATS`).
        output: the file to write; None for standard output. It is replaced when it is complete, never half-written.
        as_of: the state to write, by number or date; the newest unless given.

    Raises:
        BadUsage: there is no such format.
        StoreError: there is no store.
        BadInput: the file cannot be written.
    """
    if name not in FORMATS:
        raise BadUsage(f"there is no export format {name!r}", hint=f"there are {', '.join(FORMATS)}")
    with open_store(store, create=False) as opened, opened.snapshot_as_of(as_of) as snapshot:
        if output is None:
            export(snapshot, name, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        try:
            with tempfile.NamedTemporaryFile(dir=output.parent, delete=False) as file:
                export(snapshot, name, file)
            Path(file.name).replace(output)
        except OSError as error:
            raise BadInput(f"{output} cannot be written: {error.strerror}") from error
