"""`/llms.txt`: what is here and how to ask it, for language models (https://llmstxt.org)."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from server.resources import resources

__all__ = ["llms"]

llms = Blueprint("llms", __name__)


@llms.get("/llms.txt")
def told() -> Response:
    """The description, in English, as Markdown."""
    questions = [{"name": query.name, "title": query.title()} for query in resources().canned.values()]
    text = render_template("llms.txt", root=request.root_url.rstrip("/"), questions=questions)
    return Response(text, mimetype="text/markdown")
