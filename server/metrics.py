"""Metrics for Prometheus, summed over all web processes.

The client library decides when it is first imported whether values are shared between processes (through files in
`PROMETHEUS_MULTIPROC_DIR`). So it is imported here alone, and this module only once the variable is set: by the web
processes, never by the one that starts them.
"""

import os
import time

import prometheus_client
from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

__all__ = [
    "KILLED", "QUERIES", "QUERY_ROWS", "QUERY_SECONDS", "RUNNING", "SNAPSHOT_AGE", "SNAPSHOT_NUMBER",
    "STORE_BYTES", "WAITING", "WRITES", "count_query", "count_request", "exposition", "install_metrics",
]  # fmt: skip

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})

REQUESTS = Counter("milcoop_http_requests", "Requests answered", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("milcoop_http_request_seconds", "Seconds until a request is answered", ["route"])
QUERIES = Counter(
    "milcoop_queries",
    "Queries evaluated, by what became of them (answered, cut, cached, refused, timeout, killed)",
    ["outcome"],
)
QUERY_SECONDS = Histogram(
    "milcoop_query_seconds",
    "Seconds until a query is answered or stopped",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120),
)
QUERY_ROWS = Histogram(
    "milcoop_query_rows", "Rows or triples of answers", buckets=(1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
)
KILLED = Counter("milcoop_query_processes_killed", "Processes that were stopped over a query, or died over one")
RUNNING = Gauge("milcoop_queries_running", "Queries that run now, by lane", ["lane"], multiprocess_mode="livesum")
WAITING = Gauge(
    "milcoop_queries_waiting", "Queries that wait for a process now, by lane", ["lane"], multiprocess_mode="livesum"
)
SNAPSHOT_NUMBER = Gauge("milcoop_snapshot_number", "Number of the newest state", multiprocess_mode="mostrecent")
SNAPSHOT_AGE = Gauge(
    "milcoop_snapshot_age_seconds", "Seconds since the newest state was committed", multiprocess_mode="mostrecent"
)
STORE_BYTES = Gauge("milcoop_store_bytes", "Bytes of the files of the newest state", multiprocess_mode="mostrecent")
WRITES = Counter(
    "milcoop_writes",
    "Writes of clients, by operation and by what became of them (written, refused, failed)",
    ["operation", "outcome"],
)


def exposition() -> tuple[bytes, str]:
    """The metrics in Prometheus' text format, and its media type."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry = prometheus_client.REGISTRY
    return generate_latest(registry), prometheus_client.CONTENT_TYPE_LATEST


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request that was answered.

    Arguments:
        method: of HTTP.
        route: the rule of its view.
        status: of the answer.
        seconds: until it was answered.
    """
    REQUESTS.labels(method if method in _METHODS else "other", route, str(status)).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)


def count_query(outcome: str, rows: int | None) -> None:
    """Count a query that was answered.

    Arguments:
        outcome: what became of it: answered, cut, cached.
        rows: of its answer; None for the yes or no of an ASK.
    """
    QUERIES.labels(outcome).inc()
    if rows is not None:
        QUERY_ROWS.observe(rows)


def install_metrics(app: Flask) -> None:
    """Count and time each request under its route, so that the number of series does not grow with the graph."""

    @app.before_request
    def start() -> None:
        g.metrics_started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        route = str(request.url_rule) if request.url_rule else "unknown"
        now = time.perf_counter()
        count_request(request.method, route, response.status_code, now - g.get("metrics_started", now))
        return response
