"""What a request would rather have: a page or data, and which language."""

from collections.abc import Sequence

from graph.query.negotiation import media_ranges

__all__ = ["best_language", "names_media_type"]


def names_media_type(accept: str | None, media_type: str) -> bool:
    """Whether the header names this very media type, not only by an asterisk: how a browser is told from a program."""
    return any(r.precision(media_type) == 3 and r.weight > 0 for r in media_ranges(accept or ""))


def best_language(accept: str | None, offered: Sequence[str]) -> str:
    """The interface language for an `Accept-Language` header (RFC 4647 lookup); the first on offer if none matches.

    Arguments:
        accept: the header, or None.
        offered: two-letter codes, the one for lack of a match first.
    """
    wishes = []
    for place, element in enumerate((accept or "").split(",")):
        name, *parameters = element.split(";")
        primary = name.strip().lower().partition("-")[0]
        weight = _weight(parameters)
        if primary in offered and weight > 0:
            wishes.append((weight, -place, primary))
    return max(wishes)[2] if wishes else offered[0]


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
