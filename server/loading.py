"""Loading what was uploaded, in a process of its own."""

import base64
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from graph.errors import BadInput
from graph.location import absolute

if TYPE_CHECKING:
    from loaders.sources import Given
    from server.resources import Resources  # this module is imported where there is no web

__all__ = ["DocumentRefused", "Upload", "load_given", "load_uploads", "read_given", "read_upload"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as it was sent.

    Arguments:
        name: the name that it was sent under; it becomes the document's source.
        data: its bytes.
        media_type: what the sender says it is, if he does.
        title, language, issued: what he says of it besides; blank if nothing.
    """

    name: str
    data: bytes
    media_type: str | None = None
    title: str = ""
    language: str = ""
    issued: str = ""

    def as_json(self) -> dict[str, Any]:
        """For another process."""
        return {**asdict(self), "data": base64.b64encode(self.data).decode()}


class DocumentRefused(BadInput):
    """None of the documents could be loaded."""

    http_status = 422
    title = "Document refused"


def load_uploads(held: "Resources", uploads: list[Upload]) -> dict[str, Any]:
    """Load documents and report.

    Arguments:
        held: where the store is, how long it may take, and what reads.
        uploads: the documents.

    Returns:
        The report of the load, as JSON has it.

    Raises:
        DocumentRefused: none of them could be loaded.
        Refused: the store cannot be written.
        ApartFailed: it took too long.
    """
    argument = {
        "store": absolute(held.settings.store),
        "documents": [upload.as_json() for upload in uploads],
    }
    report: dict[str, Any] = held.reading.run(
        "server.loading:load_given", argument, seconds=held.settings.upload_seconds
    )
    if report["failures"] and not report["documents"]:
        raise DocumentRefused("; ".join(failure["message"] for failure in report["failures"]))
    return report


def load_given(argument: dict[str, Any]) -> dict[str, Any]:
    """Load documents into a store; the part that runs apart.

    Arguments:
        argument: `store`, the folder of the store; `documents`, the uploads.
    """
    from graph.store import open_store
    from loaders.load import load

    with open_store(argument["store"]) as store:
        return load(store, [_given(upload) for upload in argument["documents"]]).as_dict()


def read_upload(held: "Resources", upload: Upload) -> dict[str, Any]:
    """Read a document without loading it.

    Arguments:
        held: where the store is, how long it may take, and what reads.
        upload: the document.

    Returns:
        `iri`, `change`, `facts` and `note` as `loaders.preview` has them, and `triples` in N-Triples' notation.

    Raises:
        DocumentRefused: it cannot be read.
        Refused: the store cannot be read.
        ApartFailed: it took too long.
    """
    argument = {"store": absolute(held.settings.store), "document": upload.as_json()}
    read: dict[str, Any] = held.reading.run("server.loading:read_given", argument, seconds=held.settings.upload_seconds)
    if "refused" in read:
        raise DocumentRefused(read["refused"])
    return read


def read_given(argument: dict[str, Any]) -> dict[str, Any]:
    """Read a document; the part that runs apart.

    Arguments:
        argument: `store`, the folder of the store; `document`, the upload.
    """
    from pyoxigraph import RdfFormat, serialize

    from graph.store import open_store
    from loaders.preview import preview

    with open_store(argument["store"]) as store, store.snapshot() as snapshot:
        try:
            read = preview(snapshot, _given(argument["document"]))
        except BadInput as error:
            return {"refused": str(error)}
    triples = serialize(read.triples, format=RdfFormat.N_TRIPLES) or b""
    return {
        "iri": read.iri,
        "change": read.change,
        "facts": {kind: number for kind, number in read.facts.items() if number},
        "note": read.note,
        "triples": triples.decode(),
    }


def _given(upload: dict[str, Any]) -> "Given":
    from loaders.reading.facts import PartialDate
    from loaders.sources import Given, Particulars

    issued = PartialDate(*(int(part) for part in upload["issued"].split("-"))) if upload["issued"] else None
    stated = Particulars(upload["title"] or None, upload["language"] or None, issued)
    return Given(upload["name"], base64.b64decode(upload["data"]), upload["media_type"], stated)
