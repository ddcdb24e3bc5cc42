"""Loading what was uploaded, in a process of its own."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import BadInput
from server.apart import run_apart
from server.settings import Settings

__all__ = ["DocumentRefused", "Upload", "load_given", "load_uploads"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as it was sent.

    Arguments:
        name: the name that it was sent under; it becomes the document's source.
        data: its bytes.
        media_type: what the sender says it is, if he does.
    """

    name: str
    data: bytes
    media_type: str | None = None


class DocumentRefused(BadInput):
    """None of the documents could be loaded."""

    http_status = 422
    title = "Document refused"


def load_uploads(settings: Settings, uploads: list[Upload]) -> dict[str, Any]:
    """Load documents and report.

    Arguments:
        settings: where the store is, and how long it may take.
        uploads: the documents.

    Returns:
        The report of the load, as JSON has it.

    Raises:
        DocumentRefused: none of them could be loaded.
        Refused: the store cannot be written.
        ApartFailed: it took too long.
    """
    argument = {
        "store": str(Path(settings.store).absolute()),
        "documents": [[u.name, base64.b64encode(u.data).decode(), u.media_type] for u in uploads],
    }
    report: dict[str, Any] = run_apart("server.loading:load_given", argument, seconds=settings.upload_seconds)
    if report["failures"] and not report["documents"]:
        raise DocumentRefused("; ".join(failure["message"] for failure in report["failures"]))
    return report


def load_given(argument: dict[str, Any]) -> dict[str, Any]:
    """Load documents into a store; the part that runs apart.

    Arguments:
        argument: `store`, the folder of the store; `documents`, name, base64-encoded bytes and media type of each.
    """
    from graph.store import open_store
    from loaders.load import Given, load

    documents = [Given(name, base64.b64decode(data), kind) for name, data, kind in argument["documents"]]
    with open_store(argument["store"]) as store:
        return load(store, documents).as_dict()
