"""The texts of a state of a store, by the index that lies beside it."""

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Triple

from graph.search.text_index import Match, Search, State, TextIndex
from graph.search.texts import Text, is_text, texts_of

if TYPE_CHECKING:
    from graph.store.interface import Snapshot

__all__ = ["Searcher", "follow_texts", "prepare_texts", "search_of_snapshot", "search_of_triples"]

Searcher = Callable[[Search], list[Match]]
"""Finds texts."""

_FILE = "texts.sqlite"
_WRITER_WAITS = 0.2
_lock = threading.Lock()
_latest: tuple[tuple[str, int, str], TextIndex] | None = None


def search_of_triples(rdf: pyoxigraph.Store) -> Searcher:
    """Finds texts of triples for which there is no index; it is made in memory when it is first needed.

    Arguments:
        rdf: the triples.
    """
    made: list[TextIndex] = []

    def found(search: Search) -> list[Match]:
        if not made:
            index = TextIndex()
            index.build(texts_of(rdf), (1, ""))
            made.append(index)
        return made[0].find(search, (1, "")) or []

    return found


def search_of_snapshot(snapshot: "Snapshot") -> Searcher:
    """Finds texts of a snapshot.

    The index lies in the store's folder and is made there by who first needs it; writers then keep it up. Where the
    folder cannot be written, or the snapshot is an old one, it is made in memory.

    Arguments:
        snapshot: the state to look at, open as long as the result is used.
    """
    state = (snapshot.number, snapshot.record.committed)

    def found(search: Search) -> list[Match]:
        if snapshot.path is not None:
            file = snapshot.path.parent.parent / _FILE
            with suppress(sqlite3.OperationalError):
                matches = _found_in_file(file, snapshot.rdf, search, state)
                if matches is not None:
                    return matches
        return _in_memory(snapshot, state).find(search, state) or []

    return found


def prepare_texts(snapshot: "Snapshot") -> None:
    """Make the index where there is none: nobody's first search waits for it.

    Arguments:
        snapshot: the state to look at.
    """
    search_of_snapshot(snapshot)(Search("a"))


def follow_texts(
    file: Path, rdf: pyoxigraph.Store, changed: Callable[[], Collection[Triple]], before: State, after: State
) -> None:
    """Let the index of a store follow a change; one that cannot is made anew when it is needed.

    Arguments:
        file: the index of the store.
        rdf: the triples after the change.
        changed: gives the triples that were added to some graph or removed from some graph.
        before: the state before.
        after: the state that the change makes.
    """
    with suppress(sqlite3.Error):
        texts = [triple for triple in changed() if is_text(triple)]
        there = [t for t in texts if _is_there(rdf, t)]
        TextIndex(file, _WRITER_WAITS).follow(before, after, _texts(there), _texts(set(texts) - set(there)))


def _is_there(rdf: pyoxigraph.Store, triple: Triple) -> bool:
    return next(iter(rdf.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)), None) is not None


def _texts(triples: Iterable[Triple]) -> list[Text]:
    return [Text.of(triple) for triple in triples]


def _found_in_file(file: Path, rdf: pyoxigraph.Store, search: Search, state: State) -> list[Match] | None:
    """What the index in a file finds, which is made anew where it must; None if it is of newer states."""
    try:
        index = TextIndex(file)
        found = index.find(search, state)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # damaged: it holds nothing that is not in the graph
        for part in ("", "-wal", "-shm"):
            file.with_name(file.name + part).unlink(missing_ok=True)
        index, found = TextIndex(file), None
    if found is None and index.newest() < state[0]:
        index.build(texts_of(rdf), state)
        found = index.find(search, state)
    return found


def _in_memory(snapshot: "Snapshot", state: State) -> TextIndex:
    global _latest
    with _lock:
        key = (str(snapshot.path or id(snapshot.rdf)), *state)
        if _latest is None or _latest[0] != key:
            index = TextIndex()
            index.build(texts_of(snapshot.rdf), state)
            _latest = (key, index)
        return _latest[1]
