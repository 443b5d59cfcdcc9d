"""The words of known claims, indexed by each database's own means: FTS5 in a file, tsvector with GIN on a server."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import Connection
from typing_extensions import override

from factcheck.storage import sqlite_files

# What `words` gives is parted by blanks, and this parts it there alone: all beyond ASCII is of a word to it.
_FTS5 = """
CREATE VIRTUAL TABLE IF NOT EXISTS known_words
USING fts5(words, detail=none, columnsize=0, tokenize="ascii tokenchars '.,'''")
"""
_CACHE = 64_000  # kB of the database's pages, while much is imported: its keys stand in no order
_LONGEST = 500  # characters of a word, which have 2,000 bytes at most; a server's index takes 2,046
_CHUNK = 1000
_WORDED = "claim || coalesce(' ' || headline, '')"

Cells = Sequence[Any]


class KnownIndex(Protocol):
    """An index of words, and the database's own way to its tables; question marks stand for values in statements."""

    def rows(self, statement: str, values: Cells = ()) -> Iterable[Cells]:
        """What a statement finds."""

    def each(self, statement: str, values: Sequence[Cells]) -> None:
        """Run a statement for each of them."""

    def is_there(self) -> bool:
        """Whether anything was ever imported."""

    def make(self) -> None:
        """Make it ready for many rows."""

    def add(self, claims: Iterable[tuple[int, str]]) -> None:
        """Take in claims by their numbers."""

    def forget(self, source_id: int) -> None:
        """Remove the claims of a source, which still stand."""

    def holding(self, words: Sequence[str], most: int) -> Sequence[int]:
        """The numbers of the first rows that hold all of the words, in their order."""

    def words_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, set[str]]]:
        """The words of each row."""


def index_of(connection: Connection) -> KnownIndex:
    """The index of the database that a transaction is open on."""
    if connection.dialect.name == "sqlite":
        return Fts5Index(sqlite_files.raw(connection))
    return TsvectorIndex(connection)


def rebuild(connection: Connection, worded: str = _WORDED) -> None:
    """Index the claims of a database from which nothing is indexed yet; `worded` is what stands for one's words."""
    index = index_of(connection)
    last = 0
    query = f"SELECT id, {worded} FROM known_claim WHERE id > ? ORDER BY id LIMIT {_CHUNK}"  # noqa: S608 - names of ours
    while some := [*index.rows(query, (last,))]:
        if not last:
            index.make()
        index.add([(number, claim) for number, claim in some])
        last = some[-1][0]


@dataclass(frozen=True, slots=True)
class Fts5Index(KnownIndex):
    """SQLite's full-text index, made with the first of its rows and gone with the last."""

    raw: sqlite3.Connection

    @override
    def rows(self, statement: str, values: Cells = ()) -> Iterable[Cells]:
        return self.raw.execute(statement, values)

    @override
    def each(self, statement: str, values: Sequence[Cells]) -> None:
        self.raw.executemany(statement, values)

    @override
    def is_there(self) -> bool:
        return self.raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'known_words'").fetchone() is not None

    @override
    def make(self) -> None:
        self.raw.execute(f"PRAGMA cache_size = -{_CACHE}")
        self.raw.execute(_FTS5)

    @override
    def add(self, claims: Iterable[tuple[int, str]]) -> None:
        worded = [(number, " ".join(_words(claim))) for number, claim in claims]
        self.raw.executemany("INSERT INTO known_words(rowid, words) VALUES (?, ?)", worded)

    @override
    def forget(self, source_id: int) -> None:
        if not self.is_there():
            return
        if not self.raw.execute("SELECT 1 FROM known_claim WHERE source_id != ? LIMIT 1", (source_id,)).fetchone():
            self.raw.execute("DROP TABLE known_words")
            return
        of = "SELECT id FROM known_claim WHERE source_id = ?"
        self.raw.execute(f"DELETE FROM known_words WHERE rowid IN ({of})", (source_id,))  # noqa: S608

    @override
    def holding(self, words: Sequence[str], most: int) -> Sequence[int]:
        wanted = " AND ".join(f'"{one}"' for one in words)
        query = "SELECT rowid FROM known_words WHERE known_words MATCH ? LIMIT ?"
        return [number for (number,) in self.raw.execute(query, (wanted, most))]

    @override
    def words_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, set[str]]]:
        marks = ", ".join("?" * len(numbers))
        query = f"SELECT rowid, words FROM known_words WHERE rowid IN ({marks})"  # noqa: S608 - marks alone
        for number, words in self.raw.execute(query, numbers):
            yield number, set(words.split(" "))


@dataclass(frozen=True, slots=True)
class TsvectorIndex(KnownIndex):
    """A table of the migration's, whose rows go with their claims.

    Its words are the program's own, told to the server as they are: its parsers would part them otherwise.
    """

    connection: Connection

    @override
    def rows(self, statement: str, values: Cells = ()) -> Iterable[Cells]:
        return self.connection.exec_driver_sql(statement.replace("?", "%s"), tuple(values))

    @override
    def each(self, statement: str, values: Sequence[Cells]) -> None:
        if values:
            self.connection.exec_driver_sql(statement.replace("?", "%s"), [tuple(one) for one in values])

    @override
    def is_there(self) -> bool:
        return True

    @override
    def make(self) -> None:
        pass

    @override
    def add(self, claims: Iterable[tuple[int, str]]) -> None:
        of_each = iter(claims)
        while some := [*islice(of_each, _CHUNK)]:
            words = [[one for one in _words(claim) if len(one) <= _LONGEST] for _, claim in some]
            filled = [(number, " ".join(map(_quoted, found))) for (number, _), found in zip(some, words, strict=True)]
            self.each("INSERT INTO known_words (id, words) VALUES (?, ?::tsvector)", filled)

    @override
    def forget(self, source_id: int) -> None:
        pass

    @override
    def holding(self, words: Sequence[str], most: int) -> Sequence[int]:
        wanted = " & ".join(map(_quoted, words))
        query = "SELECT id FROM known_words WHERE words @@ ?::tsquery ORDER BY id LIMIT ?"
        return [number for (number,) in self.rows(query, (wanted, most))]

    @override
    def words_of(self, numbers: Sequence[int]) -> Iterator[tuple[int, set[str]]]:
        query = "SELECT id, tsvector_to_array(words) FROM known_words WHERE id = ANY(?)"
        for number, words in self.rows(query, (list(numbers),)):
            yield number, set(words)


def _words(claim: str) -> frozenset[str]:
    """The words that a claim is found by."""
    from factcheck.text.inference import content_words  # noqa: PLC0415 - slow to load, and every command opens this

    return content_words(claim)


def _quoted(word: str) -> str:
    """A word in quotes, in which a tsvector and a tsquery know two signs alone."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
