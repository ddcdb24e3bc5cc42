"""`/healthz`, `/readyz`, `/metrics`: for whoever keeps the server running."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from server.metrics import exposition
from server.observing import observe
from server.resources import current_snapshot, resources

__all__ = ["health"]

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> Response:
    """The store answers too; 503 if it does not."""
    snapshot = current_snapshot()
    snapshot.select("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1")
    return jsonify(status="ready", snapshot=snapshot.number, query_processes=len(resources().pool.pids()))


@health.get("/metrics")
def metrics() -> Response:
    """All metrics, summed over the web processes, in Prometheus' text format."""
    observe()
    body, media_type = exposition()
    return Response(body, content_type=media_type)
