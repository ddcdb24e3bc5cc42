"""The documents that a request brings: files or a pasted text in a form, or the document itself as the body."""

import re
from collections.abc import Mapping
from datetime import date

from flask import request

from graph.errors import BadInput
from ontology import LANGUAGES
from server.loading import Upload

__all__ = ["uploads_of_request"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_PASTED = "text/plain"


def uploads_of_request() -> list[Upload]:
    """What the present request brings; `name`, `title`, `language` and `issued` come with it or in its address.

    Raises:
        BadInput: there is no document, or what is said of it is no language or date.
    """
    is_form = request.mimetype == "multipart/form-data"
    told: Mapping[str, str] = request.form if is_form else request.args
    name, title = told.get("name", "").strip(), told.get("title", "").strip()
    language, issued = _language(told.get("language", "")), _issued(told.get("issued", "").strip())
    if not is_form:
        if not name:
            raise BadInput(
                "The document has no name", hint="give it as ?name=, or send the document as multipart/form-data"
            )
        return [Upload(name, request.get_data(), _media_type(request.mimetype), title, language, issued)]
    files = [(f.filename or "document", f.read(), _media_type(f.mimetype)) for f in request.files.getlist("file")]
    if text := told.get("text", "").strip():
        files.append((name or _name(title or text), text.encode(), _PASTED))
    if not files:
        raise BadInput("The form has no document", hint="send a file as the part “file”, or words as the part “text”")
    if len(files) > 1 and (title or issued):
        raise BadInput("A title and a date are those of one document", hint="send one document at a time")
    return [Upload(*file, title, language, issued) for file in files]


def _name(text: str) -> str:
    """A name for a pasted text, from its first words."""
    words = re.findall(r"[^\W_]+", text[:200])[:6]
    return "-".join(words)[:60].lower() + ".txt" if words else "text.txt"


def _language(code: str) -> str:
    if code and code not in LANGUAGES:
        raise BadInput(f"{code!r} is no language that is read", hint=f"there are {', '.join(LANGUAGES)}")
    return code


def _issued(text: str) -> str:
    if not text:
        return ""
    found = _DATE.fullmatch(text)
    try:
        date(*(int(part or 1) for part in found.groups()) if found else ())  # whether there is such a day
    except (TypeError, ValueError) as error:
        raise BadInput(f"{text!r} is no date", hint="write YYYY, YYYY-MM or YYYY-MM-DD") from error
    return text


def _media_type(told: str) -> str | None:
    """What the sender says the document is; None for what clients send when they say nothing."""
    return None if told in {"", "application/octet-stream", "application/x-www-form-urlencoded"} else told
