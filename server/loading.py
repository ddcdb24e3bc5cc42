"""Loading what was uploaded, in a process of its own."""

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from graph.errors import BadInput
from server.apart import run_apart
from server.settings import Settings

__all__ = ["Upload", "load_files", "load_uploads"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A document as it was sent.

    Arguments:
        name: the name that it was sent under; its last step becomes the document's source.
        data: its bytes.
    """

    name: str
    data: bytes

    @property
    def file_name(self) -> str:
        """The last step of the name, with nothing in it that could lead elsewhere."""
        last = PurePosixPath(self.name.replace("\\", "/")).name
        return "".join(c for c in last if c.isprintable() and c not in "\0/:*?[]").lstrip(".-~")[:120] or "document"


def load_uploads(settings: Settings, uploads: list[Upload]) -> dict[str, Any]:
    """Load the documents and report.

    Arguments:
        settings: where the store is, and how long it may take.
        uploads: the documents.

    Returns:
        The report, as JSON has it.

    Raises:
        BadInput: two documents have one name.
        Refused: the store cannot be written.
        ApartFailed: it took too long.
    """
    names = [upload.file_name for upload in uploads]
    if len(set(names)) < len(names):
        raise BadInput("Two documents have the same name")
    with tempfile.TemporaryDirectory(prefix="milcoop-upload-") as folder:
        for upload, name in zip(uploads, names, strict=True):
            (Path(folder) / name).write_bytes(upload.data)
        # In that folder, so that a document's source is the name it was sent under.
        argument = {"store": str(Path(settings.store).absolute()), "names": names}
        report: dict[str, Any] = run_apart(
            "server.loading:load_files", argument, seconds=settings.upload_seconds, folder=folder
        )
    return report


def load_files(argument: dict[str, Any]) -> dict[str, Any]:
    """Load files of the working directory into a store; the part that runs apart.

    Arguments:
        argument: `store`, the folder of the store, and `names`, those of the files.
    """
    raise NotImplementedError
