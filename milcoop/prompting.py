"""What a model is asked about a document, as text for a person to paste elsewhere."""

from pathlib import Path

from graph.errors import BadInput
from loaders.formats import TextContent, extract, legible
from loaders.model.reader import conversation

__all__ = ["prompt_for"]


def prompt_for(file: Path) -> str:
    """The whole conversation as one text.

    Arguments:
        file: a document in any format that can be loaded.

    Raises:
        BadInput: it holds no text.
    """
    content = extract(file.read_bytes(), str(file), None)
    if not isinstance(content, TextContent):
        raise BadInput(f"{file}: is RDF, which needs no reader")
    return "\n\n".join(message.content for message in conversation(legible(content.text)))
