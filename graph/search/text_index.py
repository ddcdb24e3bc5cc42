"""An index of the words of a graph's texts, by SQLite's FTS5: of one state of a store, or of several one after another.

Each text says from which state on it is there and up to which, so that a reader of a state sees exactly its texts
while a writer adds those of the next one. A state is known by its number and the moment of its commit: what a failed
commit left behind under the same number is not taken for the state that came in its place.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadInput
from graph.search.folding import fold, words_of
from graph.search.texts import Text
from graph.search.words import match_expression

__all__ = ["Match", "Search", "State", "TextIndex"]

State = tuple[int, str]
"""The number of a state of a store, and the moment of its commit."""

MOST = 10_000
_RANKED = 5_000
_KEPT_STATES = 256
_BUSY_SECONDS = 8.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS states (number INTEGER PRIMARY KEY, committed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS texts (
  id INTEGER PRIMARY KEY, thing TEXT NOT NULL, property TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL,
  folded TEXT NOT NULL, size INTEGER NOT NULL, begins INTEGER NOT NULL, ends INTEGER);
CREATE INDEX IF NOT EXISTS texts_by_thing ON texts (thing);
CREATE INDEX IF NOT EXISTS texts_ended ON texts (ends) WHERE ends IS NOT NULL;
CREATE TABLE IF NOT EXISTS terms (term TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
  folded, content='texts', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3');
"""


@dataclass(frozen=True, slots=True)
class Search:
    """What to find.

    Arguments:
        words: as `graph.search.words` has it.
        property: only values of this property, by IRI; None for all that are searched.
        language: only texts in this language; None for all.
        limit: only so many texts, those that fit best; None for all.
    """

    words: str
    property: str | None = None
    language: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A text found, and which part of its words were asked for: above 0, and 1 for all of them."""

    text: Text
    score: float


class TextIndex:
    """An index in a file, or in memory.

    Arguments:
        file: where it is, or is to be made; None for memory.
        wait_seconds: how long to wait for another process that changes it.

    Raises (all methods):
        sqlite3.OperationalError: it cannot be written, or another process changes it for too long.
        sqlite3.DatabaseError: the file is damaged.
    """

    def __init__(self, file: Path | None = None, wait_seconds: float = _BUSY_SECONDS) -> None:
        self._file = file
        self._wait_seconds = wait_seconds
        self._memory = self._connect() if file is None else None

    def knows(self, state: State) -> bool:
        """Whether it can be asked about the state."""
        with self._connection() as connection:
            return _knows(connection, state)

    def newest(self) -> int:
        """The number of the newest state that it knows; 0 if it knows none."""
        with self._connection() as connection:
            return int(connection.execute("SELECT coalesce(max(number), 0) FROM states").fetchone()[0])

    def build(self, texts: Iterable[Text], state: State) -> None:
        """Make it anew: of one state, and of no other. Another process that has made it meanwhile is not undone.

        Arguments:
            texts: all texts of the state.
            state: which state that is.
        """
        with self._changing() as connection:
            if _knows(connection, state):
                return
            connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            for table in ("states", "texts", "terms"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - the names are ours
            terms: set[str] = set()
            connection.executemany(_INSERT, _rows(texts, state[0], 1, terms))
            connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
            connection.executemany("INSERT INTO terms VALUES (?)", ((term,) for term in sorted(terms)))
            connection.execute("INSERT INTO states VALUES (?, ?)", state)

    def follow(self, before: State, after: State, there: Iterable[Text], gone: Iterable[Text]) -> None:
        """Make it know one more state, if it knows the one before.

        Arguments:
            before: the state before; nothing happens if the index does not know it.
            after: the state after.
            there: texts that may not have been there before, and are there now.
            gone: texts that may have been there before, and are not now.
        """
        with self._changing() as connection:
            if not _knows(connection, before):
                return
            number = after[0]
            _forget_from(connection, number)
            for text in gone:
                connection.execute(f"UPDATE texts SET ends = ? {_THE_TEXT}", (number, *_key(text)))  # noqa: S608
            new = [text for text in there if connection.execute(f"SELECT 1 FROM texts {_THE_TEXT}", _key(text)).fetchone() is None]  # noqa: E501, S608  # fmt: skip
            terms: set[str] = set()
            begin = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM texts").fetchone()[0]
            rows = list(_rows(new, number, begin, terms))
            connection.executemany(_INSERT, rows)
            connection.executemany("INSERT INTO words (rowid, folded) VALUES (?, ?)", ((r[0], r[5]) for r in rows))
            connection.executemany("INSERT OR IGNORE INTO terms VALUES (?)", ((term,) for term in terms))
            connection.execute("INSERT INTO states VALUES (?, ?)", after)
            _forget_until(connection, number - _KEPT_STATES)

    def find(self, search: Search, state: State) -> list[Match] | None:
        """The texts that have all of the words, those that fit best first.

        A text fits the better the larger a part of its words were asked for. Where a limit is given and more than
        5000 texts have the words, these many are compared, of names before passages.

        Arguments:
            search: what to find.
            state: which state to look at.

        Returns:
            the texts; None if the index does not know the state.

        Raises:
            BadInput: there is nothing to ask for, or too much has the words and no limit is given.
        """
        with self._connection() as connection:
            if not _knows(connection, state):
                return None
            expression = match_expression(search.words, lambda begin: _terms(connection, begin))
            if expression is None:
                return []
            where, values = [_PRESENT], [state[0], state[0]]
            chosen: list[object] = [expression, *values]
            if search.property is not None:
                where.append("property = ?")
                chosen.append(search.property)
            if search.language is not None:
                where.append("(language = ? OR language LIKE ? || '-%')")
                chosen += [search.language, search.language]
            limit = MOST + 1 if search.limit is None else _RANKED
            asked = float(len(words_of(fold(search.words))))
            rows = connection.execute(
                "SELECT thing, property, text, language, round(min(1.0, ? / max(size, 1)), 3) AS score FROM ("  # noqa: S608
                "SELECT texts.* FROM words JOIN texts ON texts.id = words.rowid "
                f"WHERE words MATCH ? AND {' AND '.join(where)} LIMIT ?) ORDER BY score DESC, text, thing LIMIT ?",
                (asked, *chosen, limit, limit if search.limit is None else min(search.limit, limit)),
            ).fetchall()
        if search.limit is None and len(rows) > MOST:
            raise BadInput(
                f"more than {MOST} texts have the words {search.words!r}", hint="ask for more words, or give a limit"
            )
        return [Match(Text(*row[:4]), row[4]) for row in rows]

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if self._memory is not None:
            yield self._memory
            return
        with closing(self._connect()) as connection:
            yield connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._file or ":memory:", timeout=self._wait_seconds, isolation_level=None, check_same_thread=False
        )
        try:
            if connection.execute("PRAGMA journal_mode = WAL").fetchone() and self._file is not None:
                connection.execute("PRAGMA synchronous = NORMAL")
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone() is None:
                connection.executescript(_SCHEMA)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


_PRESENT = "begins <= ? AND (ends IS NULL OR ends > ?)"
_THE_TEXT = "WHERE thing = ? AND property = ? AND text = ? AND language = ? AND ends IS NULL"
_INSERT = "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)"


def _key(text: Text) -> tuple[str, str, str, str]:
    return text.thing, text.property, text.text, text.language


def _rows(texts: Iterable[Text], begins: int, first: int, terms: set[str]) -> Iterator[tuple[object, ...]]:
    """The rows of texts; their words are added to `terms`."""
    for number, text in enumerate(texts, first):
        plain = fold(text.text)
        words = words_of(plain)
        terms.update(words)
        yield number, *_key(text), plain, len(words), begins


def _knows(connection: sqlite3.Connection, state: State) -> bool:
    found = connection.execute("SELECT 1 FROM states WHERE number = ? AND committed = ?", state)
    return found.fetchone() is not None


def _terms(connection: sqlite3.Connection, begin: str) -> list[str]:
    found = connection.execute("SELECT term FROM terms WHERE term >= ? AND term < ?", (begin, begin + "\U0010ffff"))
    return [term for (term,) in found]


def _forget_from(connection: sqlite3.Connection, number: int) -> None:
    """Take back what a commit that failed has left of a state, and of later ones."""
    if connection.execute("SELECT 1 FROM states WHERE number >= ?", (number,)).fetchone() is None:
        return  # so there are no texts of it either: looking for them would read all
    _delete(connection, "begins >= ?", number)
    connection.execute("UPDATE texts SET ends = NULL WHERE ends >= ?", (number,))
    connection.execute("DELETE FROM states WHERE number >= ?", (number,))


def _forget_until(connection: sqlite3.Connection, number: int) -> None:
    """Let go of states so old that hardly anybody reads them, and of texts that only they have."""
    _delete(connection, "ends IS NOT NULL AND ends <= ?", number)
    connection.execute("DELETE FROM states WHERE number < ?", (number,))


def _delete(connection: sqlite3.Connection, where: str, number: int) -> None:
    connection.execute(
        f"INSERT INTO words (words, rowid, folded) SELECT 'delete', id, folded FROM texts WHERE {where}",  # noqa: S608
        (number,),
    )
    connection.execute(f"DELETE FROM texts WHERE {where}", (number,))  # noqa: S608
