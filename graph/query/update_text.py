"""What must be settled in the text of a SPARQL update before the engine sees it.

The engine takes no dataset for an update and fetches whatever `LOAD` names. So the dataset of the protocol is written
into the text as `USING` (SPARQL 1.1 Protocol §2.2.3), and `LOAD` is taken out of it: what the allow-list has is fetched
here, and stands in the text as `INSERT DATA`.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from pyoxigraph import Store

from graph.errors import BadInput, MilcoopError
from graph.query.corrections import readable
from graph.query.fetching import NO_WAY_OUT, fetched_triples
from graph.query.outbound import Outbound
from graph.query.refused_services import with_refused_services_unbound
from graph.query.request import UpdateRequest
from graph.query.tokens import Token, hidden_calls, tokens

__all__ = ["DatasetConflict", "Edit", "LoadRefused", "edited", "executable_text", "group_end", "outside_braces"]


class DatasetConflict(BadInput):
    """The request names the dataset, and the update does so too."""

    title = "Two datasets"


class LoadRefused(MilcoopError):
    """The update would fetch something."""

    http_status = 403
    title = "LOAD refused"


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of what stands from `begin` to `end`."""

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Load:
    """A `LOAD` in the text: where it stands, what it names, and whether it may fail."""

    begin: int
    end: int
    source: str
    target: str | None
    silent: bool


def executable_text(request: UpdateRequest, outbound: Outbound = NO_WAY_OUT) -> str:
    """The update as the engine may execute it.

    Arguments:
        request: the update and its dataset.
        outbound: the way to what `LOAD` may fetch.

    Raises:
        SyntaxError: from the engine, where the text had to be parsed to know.
        DatasetConflict: the request names a dataset, and the text has `WITH`, `USING` or `USING NAMED` besides.
        LoadRefused: the text has a `LOAD` of what is not allowed, and that is not `SILENT`.
        CallRefused, CallFailed, NotRdf: what it loads leads elsewhere, does not answer, or is no RDF.
        ServiceRefused: it calls a `SERVICE` that is not `SILENT`.
    """
    services = with_refused_services_unbound(readable(request.text), hint="no update may reach beyond this store")
    request = replace(request, text=services.text)
    words = [token for token in tokens(request.text) if token.kind != "comment"]
    text = _without_loads(request, words, outbound)
    if request.default_graphs is None and request.named_graphs is None:
        return text
    if text is not request.text:
        words = [token for token in tokens(text) if token.kind != "comment"]
    if any(token.is_word("WITH", "USING") for _, token in outside_braces(words)):
        raise DatasetConflict("The request names graphs to use, and the update names its own by WITH or USING")
    return _with_dataset(text, words, request.default_graphs or (), request.named_graphs or ())


def _without_loads(request: UpdateRequest, words: Sequence[Token], outbound: Outbound) -> str:
    """The text with what its `LOAD` fetch; without those that fail silently. Any other reaching out is refused."""
    for token in hidden_calls(words, "LOAD"):
        raise LoadRefused(f"LOAD is refused, which {token.text!r} may mean", hint="put white space after each word")
    loads = list(_loads(words))
    if not loads:
        return request.text
    # What is no update at all is told so first: the engine parses it where nothing is to be found or fetched.
    parsed = edited(request.text, [Edit(load.begin, load.end, _addition(load)) for load in loads])
    with suppress(RuntimeError, OSError):  # it is an update; that it finds nothing here does not matter
        Store().update(parsed, base_iri=request.base_iri, prefixes=dict(request.prefixes))
    return edited(request.text, [Edit(load.begin, load.end, _loaded(load, outbound)) for load in loads])


def _loaded(load: _Load, outbound: Outbound) -> str:
    """The operation that does what the `LOAD` does."""
    nothing = f"DROP SILENT GRAPH <{uuid.uuid4().urn}>"
    url = load.source[1:-1]
    try:
        if not load.source.startswith("<") or not outbound.allowed.allows(url):
            raise LoadRefused(f"LOAD {load.source} is refused", hint="send the data through the graph store protocol")
        triples = fetched_triples(url, outbound)
    except MilcoopError:
        if load.silent:
            return nothing
        raise
    content = f"{{ {triples} }}"
    return f"INSERT DATA {{ GRAPH {load.target} {content} }}" if load.target else f"INSERT DATA {content}"


def _loads(words: Sequence[Token]) -> Iterator[_Load]:
    for place, token in outside_braces(words):
        if not token.is_word("LOAD"):
            continue
        following = list(words[place + 1 : place + 5])
        silent = bool(following) and following[0].is_word("SILENT")
        if silent:
            following = list(words[place + 2 : place + 6])
        if not following:
            continue  # the engine says what is wrong
        source, target = following[0], None
        last = source
        if len(following) > 3 and following[1].is_word("INTO") and following[2].is_word("GRAPH"):
            last = target = following[3]
        elif len(following) > 1 and following[1].is_word("INTO"):
            last = following[1]  # no update; what is left of it is none either
        yield _Load(token.begin, last.begin + len(last.text), source.text, target.text if target else None, silent)


def _addition(load: _Load) -> str:
    """An operation that is well-formed exactly if the `LOAD` is."""
    return f"ADD SILENT GRAPH {load.source} TO " + (f"GRAPH {load.target}" if load.target else "DEFAULT")


def _with_dataset(text: str, words: Sequence[Token], default: Sequence[str], named: Sequence[str]) -> str:
    """The text with the dataset before each WHERE; `DELETE WHERE {…}` has no place for it and is written out."""
    using = "".join([*(f"USING <{iri}> " for iri in default), *(f"USING NAMED <{iri}> " for iri in named)])
    edits = []
    for place, token in outside_braces(words):
        if not token.is_word("WHERE"):
            continue
        pattern = ""
        if place and words[place - 1].is_word("DELETE"):
            end = group_end(words[place + 1 :])  # without one the engine says what is wrong
            pattern = "" if end is None else text[words[place + 1].begin : end] + " "
        edits.append(Edit(token.begin, token.begin, pattern + using))
    return edited(text, edits)


def group_end(words: Sequence[Token]) -> int | None:
    """The position after the group in braces with which `words` begin; None if there is none, or it has no end."""
    depth = 0
    for token in words:
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if depth == 0:
            return token.begin + 1 if token.text == "}" else None
    return None


def outside_braces(words: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """The tokens that stand in no braces, with their places."""
    depth = 0
    for place, token in enumerate(words):
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        elif depth == 0:
            yield place, token


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits, which are in order."""
    for edit in reversed(edits):
        text = text[: edit.begin] + edit.text + text[edit.end :]
    return text
