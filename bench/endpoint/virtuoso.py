"""The settings of a Virtuoso that tests and comparisons start."""

from collections.abc import Mapping
from pathlib import Path

__all__ = ["configured"]


def configured(
    folder: Path, sql: str, http: str, parameters: Mapping[str, object], sparql: Mapping[str, object]
) -> Path:
    """Write the settings of a Virtuoso into the folder that it is to keep its files in.

    Arguments:
        folder: that folder.
        sql, http: the ports for SQL and HTTP, with an address before them or without.
        parameters, sparql: further lines of the sections of these names.

    Result: the file.
    """
    template = (Path(__file__).parent / "virtuoso.ini").read_text("utf-8")
    lines = {"parameters": _lines(parameters), "sparql": _lines(sparql)}
    file = folder / "virtuoso.ini"
    file.write_text(template.format(folder=folder, sql=sql, http=http, **lines), "utf-8")
    return file


def _lines(values: Mapping[str, object]) -> str:
    return "\n".join(f"{name} = {value}" for name, value in values.items())
