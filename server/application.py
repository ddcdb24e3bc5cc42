"""The Flask application: settings in, application out; the views are one module a group of paths."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from server.again import Again
from server.alike import Alike
from server.assets import install_assets
from server.clients import install_rate_limit
from server.compression import install_compressed_bodies, install_compression
from server.conditional import install_conditional_requests
from server.cross_origin import install_cross_origin
from server.logs import configure_logs, install_request_log
from server.metrics import install_metrics
from server.observing import install_observation
from server.problems import install_problems
from server.rate import Rate
from server.rendering import install_rendering
from server.resources import Resources, install_resources
from server.security import install_security_headers
from server.settings import Settings
from server.views import BLUEPRINTS

__all__ = ["create_app"]

_ON_THE_WIRE = 4
"""Answers as they went over the wire may take one in so many bytes of the room for answers, besides."""


class _Application(Flask):
    """Flask without asking of each view and each hook, at each request, whether it is a coroutine: none of ours is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


def create_app(settings: Settings, rate: Rate | None = None) -> Flask:
    """The application over the store that the settings name. Nothing is opened before the first request.

    Arguments:
        settings: the settings in force, as `server.settings.read_settings` gives them.
        rate: what clients may send, counted with other processes; None for no limit.
    """
    configure_logs()
    app = _Application("server", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = settings.upload_mb << 20
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.upload_mb << 20
    if settings.proxies:  # what a client says of itself counts only where our own proxies have checked it
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n, x_prefix=n)  # type: ignore[method-assign]
    app.url_map.merge_slashes = app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if isinstance(app.json, DefaultJSONProvider):
        app.json.ensure_ascii = app.json.sort_keys = False
    install_metrics(app)
    gauges = install_observation(app)
    install_request_log(app)
    install_security_headers(app)
    install_cross_origin(app)
    install_compression(app)
    install_problems(app)
    held, spare = Resources(settings), "client_rate" not in settings.origins
    install_resources(app, held)
    install_rate_limit(app, rate, spare_this_machine=spare)
    install_compressed_bodies(app)
    install_rendering(app)
    install_assets(app)
    program = install_conditional_requests(app, settings)
    again = Again(
        app.wsgi_app, held, rate, spare_this_machine=spare, max_bytes=(settings.answers_mb << 20) // _ON_THE_WIRE
    )
    app.wsgi_app = again  # type: ignore[method-assign]
    app.extensions["milcoop.again"] = again
    app.extensions["milcoop.alike"] = Alike(held, again, gauges, rate, spare_this_machine=spare, program=program)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
