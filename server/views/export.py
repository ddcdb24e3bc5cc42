"""`/export/FORMAT`: the whole graph as a file."""

import tempfile

from flask import Blueprint
from werkzeug.wrappers import Response

from graph.errors import NotFound
from graph.export import FORMATS
from graph.export import export as write_export
from server.rdf_answers import sent
from server.resources import current_snapshot, resources

__all__ = ["export"]

export = Blueprint("export", __name__)

_IN_MEMORY = 8 << 20


@export.get("/export/<name>")
def whole_graph(name: str) -> Response:
    """The graph in one of the formats, written out before the first byte is sent: it is whole or an error."""
    if name not in FORMATS:
        raise NotFound(f"There is no export format {name!r}", hint=f"there are {', '.join(FORMATS)}")
    known = FORMATS[name]
    written = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 — closed when it has been sent
    try:
        with resources().whole_graph.entered():
            write_export(current_snapshot(), name, written)
        size = written.tell()
        written.seek(0)
    except BaseException:
        written.close()
        raise
    response = Response(sent(written), mimetype=known.media_type)
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Disposition"] = f'attachment; filename="milcoop.{known.extension}"'
    return response
