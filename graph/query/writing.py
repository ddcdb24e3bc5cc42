"""A process that writes to a store: updates and changes of graphs, one after the other, each a transaction.

Apart from the web processes, because an update that never ends can be stopped only by killing its process. The store
survives that at any point: what was not committed has not happened.
"""

import gc
import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Triple

from graph.errors import BadInput, MilcoopError
from graph.location import is_remote
from graph.query.allow_list import AllowList
from graph.query.channel import Channel
from graph.query.corrections import readable
from graph.query.fetching import NO_WAY_OUT
from graph.query.later_prologues import UpdatePart, parts_of_update
from graph.query.offline import stay_offline
from graph.query.outbound import Outbound
from graph.query.rdf_content import parsed, parsed_dataset
from graph.query.request import GraphChange, Representation, UpdateRequest, Written
from graph.query.syntax_errors import UpdateSyntaxError, syntax_error
from graph.query.text_patterns import TextSearchRefused, with_texts_found
from graph.query.update_text import executable_text
from graph.search.text_index import Match, Search
from graph.store import GRAPH_UNNAMED, Store, open_store
from graph.store.folder import FolderStore
from graph.store.update_effects import refuse_unless_update

__all__ = ["PreconditionFailed", "UpdateFailed", "change_graph", "execute_update", "serve"]

_LINGER_SECONDS = 3.0
"""Who writes may write again soon: for so long the database stays open for him."""

_POLL_SECONDS = 0.005


_NOT_A_LINE_END = re.compile(r"[^\r\n]")


class UpdateFailed(MilcoopError):
    """The update is well-formed, and the store is in no state for it."""

    http_status = 409
    title = "Update failed"


class PreconditionFailed(MilcoopError):
    """The store, or the graph, is not in the state that the client knows."""

    http_status = 412
    title = "Precondition failed"


def execute_update(store: Store, request: UpdateRequest, outbound: Outbound = NO_WAY_OUT) -> Written:
    """Execute a SPARQL 1.1 update; all of its operations happen, or none.

    Arguments:
        store: the store to write to.
        request: the update and its dataset.
        outbound: the way to what `LOAD` may fetch.

    Raises:
        UpdateSyntaxError: the text is no SPARQL update.
        TextSearchRefused: it has `mc:matches`.
        DatasetConflict, LoadRefused, ServiceRefused: see `graph.query.update_text.executable_text`.
        UpdateFailed: it drops a graph that is not there, makes one that is, or writes where nobody may.
        PreconditionFailed: the store is in a later state than the request wants.
        StoreError: the store cannot be written.
    """
    with_texts_found(request.text, request.prefixes, _no_search)
    texts = [_read(request, part, outbound) for part in parts_of_update(request)]
    with store.transaction() as transaction:
        _must_be_in(store, request.state)
        try:
            for declared, text, base_iri in texts:
                transaction.update(declared + text, base_iri=base_iri)
        except SyntaxError as error:  # what was not read before, as it might have fetched something
            raise syntax_error(str(error), text, request.prefixes, UpdateSyntaxError, len(declared)) from error
        except BadInput as error:
            raise UpdateFailed(str(error)) from error
    return Written(store.generation)


def _read(request: UpdateRequest, part: UpdatePart, outbound: Outbound) -> tuple[str, str, str | None]:
    """What is declared before a part, its text as the engine may execute it, and its base.

    Read before anybody holds the store: who writes nonsense keeps no writer waiting.
    """
    asked = part.request
    declared = "".join(f"PREFIX {name}: <{iri}> " for name, iri in asked.prefixes.items())
    try:
        text = executable_text(asked, outbound)
    except SyntaxError as error:
        raise syntax_error(str(error), asked.text, asked.prefixes, UpdateSyntaxError) from error
    lines = _NOT_A_LINE_END.sub(" ", request.text[: part.begin])
    try:
        refuse_unless_update(declared + lines + text, asked.base_iri)
    except SyntaxError as error:
        written = lines + asked.text if text == readable(asked.text) else None
        told = str(error), lines + text, asked.prefixes, UpdateSyntaxError
        raise syntax_error(*told, before=len(declared), written=written) from error
    return declared, text, asked.base_iri


def _no_search(_: Search) -> list[Match]:
    raise TextSearchRefused("an update cannot search texts", hint="find the things by a query first")


def change_graph(store: Store, change: GraphChange) -> Written:
    """Change one graph as the Graph Store Protocol has it.

    Arguments:
        store: the store to write to.
        change: what to change.

    Raises:
        NotRdf: the content cannot be parsed; then nothing has happened.
        BadInput: the graph is one that nobody may write.
        PreconditionFailed: the store is in a later state than the change wants, or the graph is there or not there.
        StoreError: the store cannot be written.
    """
    if change.kind == "add dataset":
        return _add_dataset(store, change)
    triples = [triple for part in change.content for triple in parsed(part, change.base_iri)]
    with store.transaction() as transaction:
        _must_be_in(store, change.state)
        existed = change.graph is None or transaction.rdf.contains_named_graph(NamedNode(change.graph))
        if change.exists is not None and existed != change.exists:
            raise PreconditionFailed(f"The graph {change.graph} is {'there already' if existed else 'not there'}")
        if change.kind == "drop":
            transaction.drop_graph(change.graph)
        elif change.kind == "replace":
            transaction.put_graph(change.graph, triples)
        else:
            transaction.put_graph(change.graph, [*_held(transaction.rdf, change.graph, bare=store.bare), *triples])
    return Written(store.generation, existed)


def _add_dataset(store: Store, change: GraphChange) -> Written:
    datasets = [parsed_dataset(part, change.base_iri) for part in change.content]
    with store.transaction() as transaction:
        _must_be_in(store, change.state)
        for dataset in datasets:
            transaction.amend_graphs({name: ((), triples) for name, triples in dataset.items() if name is not None})
            if None in dataset:
                transaction.amend_graph(None, (), dataset[None])
    return Written(store.generation)


def _must_be_in(store: Store, state: int | None) -> None:
    """Within a transaction, when nobody else can write."""
    if state is not None and store.generation != state:
        raise PreconditionFailed("The graph has changed meanwhile", hint="read it again")


def _held(rdf: Any, graph: str | None, *, bare: bool) -> Iterator[Triple]:
    name: NamedNode | DefaultGraph
    name = NamedNode(graph) if graph is not None else DefaultGraph() if bare else NamedNode(GRAPH_UNNAMED)
    for quad in rdf.quads_for_pattern(None, None, None, name):
        yield quad.triple


def serve(descriptor: int, location: str, loads: list[str], max_bytes: int) -> None:
    """Write until the other end of the connection is closed.

    Arguments:
        descriptor: the file descriptor of the connection.
        location: the folder or the address of the store.
        loads: what LOAD may fetch, as entries of an `AllowList`.
        max_bytes: how large that may be.
    """
    if not loads and not is_remote(location):
        stay_offline()
    channel = Channel(descriptor)
    outbound = Outbound(AllowList.parse(loads), max_bytes=max_bytes)
    store = None
    while True:
        while isinstance(store, FolderStore) and not channel.has_arrived(_POLL_SECONDS) and store.rest():
            pass
        if store is not None and channel.has_arrived(None) and store.replaced:
            os._exit(0)  # nothing of the former store may be closed; a new process takes up the request
        received = channel.next()
        try:
            store = store or _opened(location)
            written = _write(store, received.message, received.parts, outbound)
        except MilcoopError as error:
            channel.refuse(error)
        except Exception as error:
            channel.refuse(MilcoopError(f"the write failed: {error!r}"))
        else:
            channel.answer(asdict(written))
            if not gc.get_freeze_count():  # all is imported: what stays need not be gone through when a write ends
                gc.collect()
                gc.freeze()


def _opened(location: str) -> Store:
    store = open_store(location, create=False)
    if isinstance(store, FolderStore):
        store.linger(_LINGER_SECONDS)
    return store


def _write(store: Store, message: dict[str, Any], parts: tuple[bytes, ...], outbound: Outbound) -> Written:
    if "update" in message:
        return execute_update(store, UpdateRequest(**message["update"]), outbound)
    content = tuple(
        Representation(data, media_type) for data, media_type in zip(parts, message["media_types"], strict=True)
    )
    return change_graph(store, GraphChange(content=content, **message["change"]))
