"""What pages need of the whole graph, made when a web process begins: nobody's first view waits for it."""

import gc
import threading

from flask import Flask

from graph.cooperation import read_doings
from graph.errors import MilcoopError
from graph.search.of_snapshot import prepare_texts
from server.document_rows import read_documents
from server.finding import index_names
from server.findings import rows_of, watched, watched_query
from server.keeping import kept, make_ahead
from server.logs import log
from server.made_apart import Made, is_large
from server.overview import read_overview
from server.rendering import schema
from server.resources import current_snapshot, resources

__all__ = ["warm"]

_MADE = {
    "documents": read_documents,
    "overview": read_overview,
    "names to search": index_names,
    "cooperation": read_doings,
}
"""By the names under which pages ask for them, the most wanted first."""

_WATCHED = ("announced-and-not-reported", "contradictions")
"""Canned queries that go through the whole graph."""


def warm(app: Flask) -> threading.Thread:
    """Make it, beside the requests; one that comes before it is ready waits for what it needs alone.

    Arguments:
        app: the application.

    Returns:
        the thread that does it.
    """

    def make() -> None:
        with app.app_context():
            try:
                _ = resources().pool  # its processes start: nobody's first query waits for that
                schema()
                make_ahead([Made(how) for how in _MADE.values()])
                make_ahead([Made(rows_of, watched_query(name)) for name in _WATCHED])
                for name, how in _MADE.items():
                    kept(name, current_snapshot(), how)
                for name in _WATCHED:
                    watched(name)
                gc.collect()
                gc.freeze()  # what was made stays: no collection during a request need look through it again
                _prepare_large_texts()
            except MilcoopError as error:  # the first request says what is wrong
                log.warning("warming.failed", extra={"error": str(error)})

    thread = threading.Thread(target=make, name="warm", daemon=True)
    thread.start()
    return thread


def _prepare_large_texts() -> None:
    """Make the index for text search where that takes longer than a query may; else the first search makes it."""
    if is_large(current_snapshot(), resources().settings.store):
        kept("texts to search", current_snapshot(), prepare_texts)
