"""The closure of a coded graph, held open: it is looked at, compared with another one, and continued."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
import numpy.typing as npt

from graph.reasoner.owl2rl.conclusions import told
from graph.reasoner.owl2rl.fixpoint import Fixpoint, axiomatic
from graph.reasoner.owl2rl.literal_values import instances_of_datatypes
from graph.reasoner.owl2rl.ntriples import Table
from graph.reasoner.owl2rl.reasoner import Closed
from graph.reasoner.owl2rl.sql_fixpoint import SqlFixpoint
from graph.reasoner.owl2rl.tables import Tables, Three
from graph.reasoner.owl2rl.text_coding import NOTHING, TextCoding
from graph.reasoner.owl2rl.vectors import Triples, among, distinct, pack, unpack

__all__ = ["Closing", "closing"]

_MOST_FOR_VECTORS = 1_000_000
"""Up to this many triples (and terms) vectors are faster, and fit."""

Mask = npt.NDArray[np.bool_]


class Engine(Protocol):
    """What closes, and keeps what it has closed."""

    @property
    def closed(self) -> Closed:
        """Where inconsistencies are looked for."""
        ...

    def add(self, triples: Three) -> None:
        """Draw all conclusions from further triples, which are told among them."""
        ...

    def derived(self) -> Three:
        """What is known and no premise."""
        ...

    def is_known(self, triples: Three) -> Mask:
        """Which triples are known, premises included."""
        ...

    def derived_beside(self, triples: Three) -> tuple[Three, Mask]:
        """What is derived and not among the triples, and which of these are derived."""
        ...


class Closing:
    """The closure of a graph.

    Arguments:
        coding: its terms, and the premises.
        engine: what has closed it.
    """

    def __init__(self, coding: TextCoding, engine: Engine) -> None:
        self.coding = coding
        self._engine = engine

    @property
    def closed(self) -> Closed:
        """Where inconsistencies are looked for."""
        return self._engine.closed

    def derived(self) -> Three:
        """The conclusions that are to be told."""
        return self._telling(self._engine.derived())

    def text(self, wanted: Callable[[Three], Mask]) -> bytes:
        """Premises and conclusions in N-Triples.

        Arguments:
            wanted: says which.
        """
        lines: list[bytes] = []
        for triples in (self.coding.premises, self._engine.derived()):
            chosen = _where(triples, wanted(triples))
            lines.append(self.coding.lines(*(chosen if triples is self.coding.premises else self._telling(chosen))))
        return b"".join(lines)

    def add(self, triples: Three) -> bool:
        """Draw all conclusions from further triples, which are told among them; False if all are known already."""
        new = ~self._engine.is_known(triples)
        if not new.any():
            return False
        self._engine.add(_where(triples, new))
        return True

    def difference(self, table: Table) -> tuple[Three, Mask]:
        """What is to be told and not in a table, and which rows of the table are not to be told."""
        triples = self.coding.of_table(table)
        coded = np.logical_and.reduce([codes != NOTHING for codes in triples])
        come, stay = self._engine.derived_beside(_where(triples, coded))
        going = ~coded
        going[coded] = ~stay
        return self._telling(come), going

    def _telling(self, triples: Three) -> Three:
        return _where(triples, told(*triples, self.coding, full=False))


@contextmanager
def closing(
    table: Table,
    *,
    engine: str | None = None,
    spill: Path | None = None,
    memory: str = "70%",
    threads: int | None = None,
) -> Iterator[Closing]:
    """Close a graph; see `files.close_ntriples` for the arguments."""
    large = max(len(table.subject), len(table.terms)) > _MOST_FOR_VECTORS
    if engine != "database" and (engine is not None or not large):
        coding = TextCoding(table)
        yield Closing(coding, _Vectors(coding))
        return
    from graph.reasoner.owl2rl.database import LITERALS_FROM, DuckDbTables  # DuckDB only where it is needed

    coding = TextCoding(table, LITERALS_FROM)
    with (
        TemporaryDirectory(prefix="milcoop-") as folder,
        DuckDbTables(spill or Path(folder), memory=memory, threads=threads) as tables,
    ):
        yield Closing(coding, _Tables(coding, tables))


class _Vectors:
    def __init__(self, coding: TextCoding) -> None:
        subject, predicate, value = coding.premises
        premises = distinct([pack(predicate, subject, value)])
        literal, type_, datatype = instances_of_datatypes(coding, subject, predicate, value)
        self._equal = coding.equal
        self._premises = Triples(premises)
        self.closed = Fixpoint(full=False)
        self.closed.add(distinct([premises, axiomatic(), pack(type_, literal, datatype)]), self._equal)

    def add(self, triples: Three) -> None:
        subject, predicate, value = triples
        self.closed.add(distinct([pack(predicate, subject, value)]), self._equal)

    def derived(self) -> Three:
        predicate, subject, value = unpack(self._premises.lacking(self.closed.known.packed))
        return subject, predicate, value

    def is_known(self, triples: Three) -> Mask:
        subject, predicate, value = triples
        return among(pack(predicate, subject, value), self.closed.known.packed)

    def derived_beside(self, triples: Three) -> tuple[Three, Mask]:
        subject, predicate, value = triples
        derived = self._premises.lacking(self.closed.known.packed)
        packed = pack(predicate, subject, value)
        predicate, subject, value = unpack(Triples(distinct([packed])).lacking(derived))
        return (subject, predicate, value), among(packed, derived)


class _Tables:
    def __init__(self, coding: TextCoding, tables: Tables) -> None:
        predicate, subject, value = unpack(axiomatic())
        instances = instances_of_datatypes(coding, *coding.premises)
        further = [np.concatenate(pair) for pair in zip((subject, predicate, value), instances, strict=True)]
        self._tables = tables
        self.closed = SqlFixpoint(tables)
        self.closed.close(coding.premises, (further[0], further[1], further[2]), coding.equal)

    def add(self, triples: Three) -> None:
        self.closed.add(triples)

    def derived(self) -> Three:
        return self.closed.derived()

    def is_known(self, triples: Three) -> Mask:
        return self._numbered(triples, "SELECT n FROM numbered SEMI JOIN known USING (s, p, o)")

    def derived_beside(self, triples: Three) -> tuple[Three, Mask]:
        stay = self._numbered(triples, "SELECT n FROM numbered SEMI JOIN inferred USING (s, p, o)", drop=False)
        come = self._tables.triples("SELECT s, p, o FROM inferred ANTI JOIN numbered USING (s, p, o)")
        self._tables.drop("numbered")
        return come, stay

    def _numbered(self, triples: Three, query: str, *, drop: bool = True) -> Mask:
        subject, predicate, value = triples
        found = np.zeros(len(subject), dtype=np.bool_)
        self._tables.put("numbered", {"s": subject, "p": predicate, "o": value, "n": np.arange(len(subject))})
        found[self._tables.columns(query)["n"]] = True
        if drop:
            self._tables.drop("numbered")
        return found


def _where(triples: Three, keep: Mask) -> Three:
    subject, predicate, value = triples
    return subject[keep], predicate[keep], value[keep]
