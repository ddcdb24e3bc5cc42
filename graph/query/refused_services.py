"""SERVICE where it may not go: refused, or without an answer where that is what the query asks for.

`SERVICE SILENT` of a service that fails has one solution without bindings (SPARQL 1.1 Federated Query §2.3, §4). One
that may not be called fails, as far as the query can tell. In its place stands a variable that is never bound: the
engine has nowhere to call then.
"""

from dataclasses import dataclass

from graph.errors import BadInput
from graph.query.allow_list import NOTHING_ALLOWED, AllowList
from graph.query.tokens import service_calls

__all__ = ["ServiceRefused", "Targets", "with_refused_services_unbound"]

_FIRST_LETTER = 0x4E00
"""From here on letters that may begin a variable follow each other (SPARQL 1.1 Query §19.8, PN_CHARS_BASE)."""


class ServiceRefused(BadInput):
    """The query calls another endpoint that is not on the allow-list."""

    title = "SERVICE refused"


@dataclass(frozen=True, slots=True)
class Targets:
    """What became of the services of a text.

    Arguments:
        text: the same, each of what may not be called silently replaced by a variable that is as long.
        calls: whether it calls others, which may be called.
    """

    text: str
    calls: bool


def with_refused_services_unbound(
    text: str, services: AllowList = NOTHING_ALLOWED, hint: str = "no query may reach beyond this store"
) -> Targets:
    """The text with nothing to call where nothing may be called.

    Arguments:
        text: a query or an update.
        services: what may be called, by an IRI in full.
        hint: what to tell of a refusal.

    Raises:
        ServiceRefused: it calls something else, and not `SILENT`, or so that it could be taken for something else.
    """
    if "SERVICE" not in text.upper():
        return Targets(text, False)
    parts, end, calls = [], 0, False
    letter = next(chr(code) for code in range(_FIRST_LETTER, _FIRST_LETTER + len(text) + 1) if chr(code) not in text)
    for target, silent in service_calls(text):
        told = "" if target is None else target.text[1:-1] if target.kind == "iri" else target.text
        if target is not None and services.allows(told):
            calls = True
        elif target is None or not silent or target.kind not in {"iri", "name", "variable"}:
            raise _refused(told, hint)
        else:
            parts += [text[end : target.begin], "?" + letter * max(1, len(target.text) - 1)]
            end = target.begin + len(target.text)
    return Targets("".join([*parts, text[end:]]), calls)


def _refused(target: str, hint: str) -> ServiceRefused:
    return ServiceRefused(f"SERVICE {target or '…'} is refused", hint=hint)
