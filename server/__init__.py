"""The Flask application: SPARQL, canned queries, linked data, exports, documents.

`serve(settings)` runs it under gunicorn; `create_app` makes the bare application, for other WSGI servers and tests.
"""

from typing import TYPE_CHECKING, Any

from server.settings import SETTINGS, Settings, read_settings

if TYPE_CHECKING:
    from server.application import create_app
    from server.run import serve

__all__ = ["SETTINGS", "Settings", "create_app", "read_settings", "serve"]


def __getattr__(name: str) -> Any:
    # Reading settings needs no web server; and only the web processes may import the application: see `server.metrics`.
    if name == "create_app":
        from server.application import create_app

        return create_app
    if name == "serve":
        from server.run import serve

        return serve
    raise AttributeError(f"module 'server' has no attribute {name!r}")
