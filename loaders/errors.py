"""What can go wrong with a source, each with one clear sentence.

BadInput
└── UnusableSource         no document can be had from it            (400)
    ├── SourceNotFound     there is no such file, folder or page     (404)
    ├── Unreachable        a URL could not be fetched                (502)
    ├── TooLarge           it is larger than the limit               (413)
    ├── EmptyDocument      it holds no text                          (400)
    ├── UnknownFormat      milcoop does not read such files          (415)
    ├── Encrypted          it is protected by a password             (400)
    └── Damaged            it is not what it claims to be            (400)
"""

from graph.errors import BadInput

__all__ = [
    "Damaged",
    "EmptyDocument",
    "Encrypted",
    "SourceNotFound",
    "TooLarge",
    "UnknownFormat",
    "Unreachable",
    "UnusableSource",
]


class UnusableSource(BadInput):
    """No document can be had from a source. The message names the source first.

    Arguments:
        source: path or URL, as given.
        problem: what is wrong with it.
        hint: what to do about it.
    """

    def __init__(self, source: str, problem: str, *, hint: str | None = None) -> None:
        problem = " ".join(problem.split())
        super().__init__(f"{source}: {problem}", hint=hint)
        self.source = source
        self.problem = problem

    def __reduce__(self) -> tuple[object, ...]:
        # Errors come back from worker processes; the arguments of Exception alone would not rebuild this one.
        return _rebuild, (type(self), self.source, self.problem, self.hint)


def _rebuild(kind: type[UnusableSource], source: str, problem: str, hint: str | None) -> UnusableSource:
    return kind(source, problem, hint=hint)


class SourceNotFound(UnusableSource):
    """There is no such file, folder or page."""

    http_status = 404


class Unreachable(UnusableSource):
    """A URL could not be fetched."""

    http_status = 502


class TooLarge(UnusableSource):
    """It is larger than the limit."""

    http_status = 413


class EmptyDocument(UnusableSource):
    """It holds no text."""


class UnknownFormat(UnusableSource):
    """It is of a format that is not read."""

    http_status = 415


class Encrypted(UnusableSource):
    """It is protected by a password."""


class Damaged(UnusableSource):
    """It is not what it claims to be, or broken."""
