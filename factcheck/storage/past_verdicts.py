"""The settled claims of a desk, searchable by words: an index in memory, beside any database."""

import sqlite3
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import func, select
from typing_extensions import override

from factcheck.storage.database import Database
from factcheck.storage.tables import CLAIM, VERDICT
from factcheck.text.inference import content_words
from factcheck.workflow.ports import PastVerdicts

_NEW = (
    select(VERDICT.c.id, VERDICT.c.claim_id, func.coalesce(CLAIM.c.amended_text, CLAIM.c.text).label("words"))
    .join(CLAIM, CLAIM.c.id == VERDICT.c.claim_id)
    .where(VERDICT.c.undone_at.is_(None))
    .order_by(VERDICT.c.id)
)


@dataclass
class SqlPastVerdicts(PastVerdicts):
    """Serves the PastVerdicts port: SQLite's full-text search (FTS5), filled as verdicts come in.

    The index is only of claims that were ever read; who asks looks whether a verdict still stands.
    """

    database: Database
    _index: sqlite3.Connection | None = None
    _last: int = 0
    _lock: Lock = field(default_factory=Lock)

    @override
    def alike(self, words: frozenset[str], limit: int) -> tuple[int, ...]:
        if not words:
            return ()
        with self._lock:
            index = self._filled()
            wanted = " OR ".join(sorted(map(_token, words)))
            query = "SELECT rowid FROM past WHERE past MATCH ? ORDER BY rank LIMIT ?"
            return tuple(number for (number,) in index.execute(query, (wanted, limit)))

    def close(self) -> None:
        """Forget the index."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _filled(self) -> sqlite3.Connection:
        """The index with every verdict that was given since it was last asked."""
        if self._index is None:
            self._index = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
            self._index.execute("CREATE VIRTUAL TABLE past USING fts5(words)")
            self._last = 0
        new = self.database.rows(_NEW.where(VERDICT.c.id > self._last))
        values = [(one.claim_id, " ".join(map(_token, content_words(one.words)))) for one in new]
        self._index.executemany("INSERT OR REPLACE INTO past(rowid, words) VALUES (?, ?)", values)
        self._last = new[-1].id if new else self._last
        return self._index


def _token(word: str) -> str:
    """A word in letters that the index takes for one word, whatever stands in it."""
    return f"w{word.encode().hex()}"
