"""Which reader reads: the rules, a model, both, or an answer that is at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from loaders.model.answers import GivenAnswer, KeptAnswers
from loaders.model.both import BothReaders
from loaders.model.endpoint import Budget, ChatEndpoint, Completions
from loaders.model.reader import ModelReader
from loaders.reading.gazetteer import KnownEntity
from loaders.reading.reader import Reader
from loaders.reading_one import TextReader

__all__ = ["READERS", "ModelAccess", "ReaderName", "choose_reader"]

ReaderName = Literal["rules", "model", "both"]
READERS: tuple[ReaderName, ...] = ("rules", "model", "both")


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """How a model is reached.

    Arguments:
        address: of its OpenAI-compatible endpoint (`http://127.0.0.1:8080/v1`).
        name: the model's name there.
        key: the key, if it wants one.
        tokens: how many tokens a run may use; 0 is no bound.
        seconds: how long an answer may take.
        answers: the folder in which answers are kept; none if empty.
        given: an answer from elsewhere, in place of the model's.
    """

    address: str = ""
    name: str = ""
    key: str = ""
    tokens: int = 0
    seconds: float = 120
    answers: str = ""
    given: str | None = None


def choose_reader(name: ReaderName, names: Sequence[KnownEntity], access: ModelAccess) -> TextReader:
    """The reader of that name.

    Arguments:
        name: `rules`, `model` or `both`.
        names: the entities whose names are recognised.
        access: how the model is reached, for the readers that ask one.

    Raises:
        BadUsage: the model's address or name is missing, or the package for it.
    """
    rules = Reader(names)
    if name == "rules":
        return rules
    model = ModelReader(_completions(access), rules)
    return model if name == "model" else BothReaders(rules, model)


def _completions(access: ModelAccess) -> Completions:
    if access.given is not None:
        return GivenAnswer(access.given)
    budget = Budget(access.tokens)
    endpoint = ChatEndpoint(access.address, access.name, key=access.key, seconds=access.seconds, budget=budget)
    return KeptAnswers(endpoint, Path(access.answers)) if access.answers else endpoint
