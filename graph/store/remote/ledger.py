"""The ledger: a graph of the remote store in which milcoop writes down what it keeps there, and who is writing.

Of the whole it holds the number of the state (`version`), what is known about it (`record`), and while somebody writes,
his token (`writing`) and a text that he renews as long as he lives (`beat`). Of each graph it holds the state that
changed it last (`changed`) and its size (`triples`), so that a mirror fetches what is new to it and nothing else; and
while it is being written, the writer's token (`touched`).

A store that makes single requests whole makes a commit whole: it is one update of the ledger. What was written before
it counts from then on; where the writer died before it, the next one puts the touched graphs back
(`graph.store.remote.store`). Nobody's clock is compared with another's: a writer is dead whose beat does not change.
"""

import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from graph.errors import StoreError
from graph.store.remote.endpoint import Endpoint, exchange_text
from ontology import GRAPH

__all__ = ["GRAPH_LEDGER", "GRAPH_MERGED", "Entry", "Ledger", "LedgerState", "Pen"]

GRAPH_LEDGER = GRAPH["store"]
"""The graph in which the ledger stands, and the subject of what is said of the whole."""

GRAPH_MERGED = GRAPH["merged"]
"""The default graph in the ledger; and its name in a store whose own default graph is the union of all."""

_NAME = GRAPH_LEDGER + "#"
_LEDGER = f"<{GRAPH_LEDGER}>"
_POLL_SECONDS = 0.2
_FEW = 50


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What the ledger says of the whole.

    Arguments:
        id: of this ledger; another one has another.
        version: the number of the committed state.
        bare: whether the store is a plain one.
        merged: the graph that holds the merge of all; None where it is the default graph.
        record: what is known about the state, as `SnapshotRecord` writes it.
        writing: the tokens of those who write, mostly none or one.
        beat: what the writer renews.
    """

    id: str
    version: int
    bare: bool
    merged: str | None
    record: str
    writing: frozenset[str] = frozenset()
    beat: str = ""

    @property
    def origin(self) -> str:
        """The name of the state, among all states of all stores."""
        return f"{self.id}:{self.version}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of a graph: the state that changed it last, and how many triples it holds."""

    changed: int
    triples: int
    touched: bool = False


class Ledger:
    """The ledger of a remote store.

    Arguments:
        endpoint: the store.
        seconds: how long to wait for another writer, and after which one that gives no sign of life is dead.
    """

    def __init__(self, endpoint: Endpoint, seconds: float) -> None:
        self._endpoint = endpoint
        self._seconds = seconds

    # Reading

    def state(self) -> LedgerState | None:
        """What it says of the whole; None where there is no ledger.

        Raises:
            StoreError: the store cannot be reached, or the ledger is damaged.
        """
        said: dict[str, list[str]] = {}
        for row in self._endpoint.rows(f"SELECT ?p ?o WHERE {{ GRAPH {_LEDGER} {{ {_LEDGER} ?p ?o }} }}"):
            said.setdefault(row["p"].removeprefix(_NAME), []).append(row["o"])
        if not said.get("id"):
            return None
        try:
            return LedgerState(
                id=said["id"][0],
                version=max(int(number) for number in said["version"]),
                bare=said["bare"][0] == "true",
                merged=said["merged"][0] or None,
                record="".join(part.partition(":")[2] for part in sorted(said.get("record", []))),
                writing=frozenset(said.get("writing", [])),
                beat=said.get("beat", [""])[0],
            )
        except (KeyError, ValueError) as error:
            raise StoreError(f"the ledger of the remote store, {GRAPH_LEDGER}, is damaged") from error

    def settled(self) -> LedgerState | None:
        """The same, once nobody writes.

        Raises:
            StoreError: somebody wrote all the time.
        """
        deadline = time.monotonic() + self._seconds
        while (state := self.state()) is not None and state.writing:
            if time.monotonic() >= deadline:
                raise StoreError(
                    "the remote store is being written, or a writer died in the middle of it",
                    hint="try again later; any write, such as `milcoop infer`, puts right what a dead writer left",
                )
            time.sleep(_POLL_SECONDS)
        return state

    def entries(self) -> dict[str, Entry]:
        """What it says of each graph, by name."""
        said: dict[str, dict[str, str]] = {}
        for triple in self._endpoint.triples(GRAPH_LEDGER):
            graph, predicate = triple.subject, triple.predicate.value.removeprefix(_NAME)
            if isinstance(graph, NamedNode) and graph.value != GRAPH_LEDGER and isinstance(triple.object, Literal):
                said.setdefault(graph.value, {})[predicate] = triple.object.value
        return {
            graph: Entry(int(found.get("changed", 0)), int(found.get("triples", 0)), "touched" in found)
            for graph, found in said.items()
        }

    # Writing

    def begin(self, *, bare: bool) -> LedgerState:
        """Make a ledger, unless somebody else is faster; its first state is empty.

        Raises:
            StoreError: the store cannot be written.
        """
        new = str(uuid.uuid4())
        self._endpoint.update(
            f"INSERT {{ GRAPH {_LEDGER} {{ {_said(GRAPH_LEDGER, 'id', new)} }} }} "
            f"WHERE {{ FILTER NOT EXISTS {{ GRAPH {_LEDGER} {{ {_LEDGER} <{_NAME}id> ?other }} }} }}"
        )
        # Found only through the default graph if that is the union of all.
        union = self._endpoint.holds(f"{_LEDGER} <{_NAME}id> ?id")
        values = {"version": "0", "bare": "true" if bare else "false", "merged": GRAPH_MERGED if union else ""}
        self._endpoint.add(GRAPH_LEDGER, [_triple(GRAPH_LEDGER, name, value) for name, value in values.items()])
        state = self.state()
        if state is None:
            raise StoreError("the remote store takes a ledger, and does not show it", hint="may this user read?")
        return state

    @contextmanager
    def pen(self) -> Iterator["Pen"]:
        """Be the only writer.

        Raises:
            StoreError: another one writes all the time.
        """
        token = str(uuid.uuid4())
        state = self._acquired(token)
        pen = Pen(self._endpoint, state, token, self.entries())
        stop = threading.Event()
        beating = threading.Thread(target=self._beat, args=(stop,), name="milcoop ledger", daemon=True)
        beating.start()
        try:
            yield pen
        finally:
            stop.set()
            beating.join()
            if not pen.torn and not pen.is_down:
                with suppress(StoreError):  # then the next writer waits until it is sure that nobody is there
                    pen.put_down()

    def _acquired(self, token: str) -> LedgerState:
        last: tuple[frozenset[str], str] | None = None
        since = time.monotonic()
        while True:
            state = self.state()
            if state is None:
                raise StoreError("the ledger of the remote store is gone")
            if not state.writing:
                self._endpoint.update(
                    f"INSERT {{ GRAPH {_LEDGER} {{ {_said(GRAPH_LEDGER, 'writing', token)} }} }} WHERE {{ "
                    f"FILTER NOT EXISTS {{ GRAPH {_LEDGER} {{ {_LEDGER} <{_NAME}writing> ?other }} }} }}"
                )
                state = self.state()
                if state is not None and state.writing == {token}:
                    return state
                if state is not None and token in state.writing:  # two at once: the first by name goes on
                    if min(state.writing) == token:
                        time.sleep(_POLL_SECONDS)
                        continue
                    self._endpoint.remove(GRAPH_LEDGER, [_triple(GRAPH_LEDGER, "writing", token)])
            elif state.writing == {token}:
                return state
            elif (state.writing, state.beat) != last:
                last = (state.writing, state.beat)
                since = time.monotonic()
            elif time.monotonic() - since >= self._seconds:
                dead = [_triple(GRAPH_LEDGER, "writing", other) for other in state.writing]
                self._endpoint.remove(GRAPH_LEDGER, dead)
                continue
            time.sleep(_POLL_SECONDS)

    def _beat(self, stop: threading.Event) -> None:
        while not stop.wait(max(self._seconds / 6, _POLL_SECONDS)):
            with suppress(StoreError):
                self._endpoint.update(_set(GRAPH_LEDGER, "beat", str(uuid.uuid4())))


class Pen:
    """What the only writer writes the ledger with. Get one from `Ledger.pen`.

    Attributes:
        state: what the ledger said when the pen was taken up.
        entries: what it says of each graph.
        sizes: how many triples each graph holds, as far as is known.
        is_down: whether the next one may write.
        torn: whether graphs were changed that no commit covers: then the pen stays up, for the next one to see.
    """

    def __init__(self, endpoint: Endpoint, state: LedgerState, token: str, entries: dict[str, Entry]) -> None:
        self._endpoint = endpoint
        self._token = token
        self.state = state
        self.entries = entries
        self.sizes = {graph: entry.triples for graph, entry in entries.items()}
        self.torn = False
        self.is_down = False

    @property
    def left(self) -> frozenset[str]:
        """The graphs that a writer who died had touched."""
        return frozenset(name for name, entry in self.entries.items() if entry.touched)

    def touch(self, graphs: Iterable[str]) -> None:
        """Write down, before it happens, which graphs will change.

        Raises:
            StoreError: another writer took this one for dead, or the store cannot be written.
        """
        self._endpoint.add(GRAPH_LEDGER, [_triple(graph, "touched", self._token) for graph in graphs])
        self._must_hold()
        self.torn = True

    def commit(self, changed: Mapping[str, int | None], record: str, *, last: bool = True) -> LedgerState:
        """Make what was written the next state.

        Arguments:
            changed: the graphs, with the number of their triples; None for one that is gone.
            record: what is known about the state.
            last: whether the pen is put down with it.
        """
        version = self.state.version + 1
        new = {graph: Entry(version, size) for graph, size in changed.items() if size is not None}
        old = {graph: entry for graph, entry in self.entries.items() if graph in changed and entry.changed}
        lines = exchange_text({GRAPH_LEDGER: set(_lines(old))}, {GRAPH_LEDGER: set(_lines(new))})
        if len(old) + len(new) > _FEW:  # not counted by anybody before the number of the state moves on
            self._endpoint.remove(GRAPH_LEDGER, _lines(old))
            self._endpoint.add(GRAPH_LEDGER, _lines(new))
            lines = ""
        self._must_hold()
        said = [
            _said(GRAPH_LEDGER, "version", str(version)),
            *(_said(GRAPH_LEDGER, "record", f"{place:05}:{part}") for place, part in enumerate(_parts(record))),
        ]
        steps = [
            lines,
            _forgotten(None, "touched"),
            _forgotten(GRAPH_LEDGER, "record"),
            _forgotten(GRAPH_LEDGER, "version"),
            f"INSERT DATA {{ GRAPH {_LEDGER} {{ {' . '.join(said)} }} }}",
            self._let_go() if last else "",
        ]
        self._endpoint.update(" ;\n".join(step for step in steps if step))
        self.is_down = last
        self.torn = False
        self.entries = {graph: entry for graph, entry in self.entries.items() if graph not in changed} | new
        self.sizes = {graph: entry.triples for graph, entry in self.entries.items()}
        state = self.state
        self.state = LedgerState(state.id, version, state.bare, state.merged, record)
        return self.state

    def settle(self) -> None:
        """Say that what was touched is as it was."""
        self._endpoint.update(_forgotten(None, "touched"))
        self.torn = False

    def put_down(self) -> None:
        """Let the next one write."""
        self._endpoint.update(self._let_go())
        self.is_down = True

    def _let_go(self) -> str:
        writing = _said(GRAPH_LEDGER, "writing", self._token)
        return f"{_forgotten(GRAPH_LEDGER, 'beat')} ; DELETE DATA {{ GRAPH {_LEDGER} {{ {writing} }} }}"

    def _must_hold(self) -> None:
        tokens = {
            row["t"]
            for row in self._endpoint.rows(f"SELECT ?t WHERE {{ GRAPH {_LEDGER} {{ {_LEDGER} <{_NAME}writing> ?t }} }}")
        }
        if tokens != {self._token}:
            raise StoreError("another writer of the remote store took this one for dead", hint="do it again")


def _triple(subject: str, name: str, value: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(_NAME + name), Literal(value))


def _lines(entries: Mapping[str, Entry]) -> list[Triple]:
    return [
        _triple(graph, name, str(value))
        for graph, entry in entries.items()
        for name, value in (("changed", entry.changed), ("triples", entry.triples))
    ]


def _said(subject: str, name: str, value: str) -> str:
    return str(_triple(subject, name, value))


def _forgotten(subject: str | None, name: str) -> str:
    """The update that takes out what is said under a name of a subject, or of all."""
    pattern = f"GRAPH {_LEDGER} {{ {'?s' if subject is None else NamedNode(subject)} <{_NAME}{name}> ?o }}"
    return f"DELETE {{ {pattern} }} WHERE {{ {pattern} }}"


def _set(subject: str, name: str, value: str) -> str:
    return f"{_forgotten(subject, name)} ; INSERT DATA {{ GRAPH {_LEDGER} {{ {_said(subject, name, value)} }} }}"


def _parts(record: str) -> list[str]:
    """A long text in parts that every store takes as one literal."""
    return [record[begin : begin + 3000] for begin in range(0, len(record), 3000)]
