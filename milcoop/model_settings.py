"""How the settings say that a model is reached."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graph.errors import BadInput

if TYPE_CHECKING:
    from loaders.model.choice import ModelAccess
    from server.settings import Settings

__all__ = ["ReaderName", "model_access"]

ReaderName = Literal["rules", "model", "both"]


def model_access(settings: Settings, answer: Path | None = None) -> ModelAccess:
    """How the model is reached.

    Arguments:
        settings: the settings in force.
        answer: a file with an answer, to be read in place of asking.

    Raises:
        BadInput: the file is no text.
    """
    from loaders.model.choice import ModelAccess

    try:
        given = answer.read_text(encoding="utf-8") if answer is not None else None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{answer}: cannot be read as UTF-8 text ({error})") from error
    return ModelAccess(
        settings.model_url,
        settings.model_name,
        settings.model_key,
        settings.model_tokens,
        settings.model_seconds,
        settings.model_answers,
        given,
    )
