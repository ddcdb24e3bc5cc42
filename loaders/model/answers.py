"""Answers kept on disk: the same question to the same model is asked once.

A file an answer, named by the digest of model, conversation and schema: JSON that people can read.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from loaders.model.endpoint import Completions, Message

__all__ = ["GivenAnswer", "KeptAnswers"]


class KeptAnswers:
    """Answers from a folder, and from the model where there is none yet.

    Arguments:
        completions: the model.
        folder: where the answers are; made when the first one comes.
    """

    def __init__(self, completions: Completions, folder: Path) -> None:
        self.model = completions.model
        self._completions = completions
        self._folder = folder

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        """The answer to a conversation."""
        asked = {"model": self.model, "messages": [asdict(m) for m in messages], "schema": schema}
        digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
        file = self._folder / f"{digest}.json"
        if (kept := _kept(file)) is not None:
            return kept
        answer = self._completions.complete(messages, schema)
        self._keep(file, {"model": self.model, "answer": answer})
        return answer

    def _keep(self, file: Path, content: Mapping[str, str]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(content, stream, ensure_ascii=False, indent=1)
        Path(name).replace(file)


def _kept(file: Path) -> str | None:
    """The answer in a file; a damaged one counts as none."""
    try:
        answer = json.loads(file.read_text(encoding="utf-8"))["answer"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer if isinstance(answer, str) else None


class GivenAnswer:
    """An answer from elsewhere, in place of a model's.

    Arguments:
        answer: its text.
    """

    model = "given"

    def __init__(self, answer: str) -> None:
        self._answer = answer

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> str:
        """The answer, whatever was asked."""
        del messages, schema
        return self._answer
