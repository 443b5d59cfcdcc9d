"""The settled claims of a desk, found by words and by meaning: an index in memory, beside any database."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import func, select
from typing_extensions import override

from factcheck.domain.alike import Candidate
from factcheck.storage.database import Database
from factcheck.storage.tables import CLAIM, VERDICT
from factcheck.workflow.alike_ports import Nearness
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

    The index is only of claims that were ever read; who asks looks whether a verdict still stands. Vectors are beside
    it where `made_nearness`, asked with the first question, makes something.
    """

    database: Database
    made_nearness: Callable[[], Nearness | None] = lambda: None
    _index: sqlite3.Connection | None = None
    _nearness: Nearness | None = None
    _has_asked: bool = False
    _last: int = 0
    _texts: dict[int, str] = field(default_factory=dict)
    _having: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    @override
    def found(self, text: str, limit: int) -> tuple[Candidate, ...]:
        with self._lock:
            index = self._filled()
            strengths: dict[int, float] = {}
            if wanted := " OR ".join(sorted(map(_token, _keys(text)))):
                query = "SELECT rowid, rank FROM past WHERE past MATCH ? ORDER BY rank LIMIT ?"
                strengths = {one: -rank for one, rank in index.execute(query, (wanted, limit))}
            if self._nearness is None:
                return tuple(Candidate(one, self._texts[one], strength) for one, strength in strengths.items())
            numbers = sorted({*strengths, *self._nearness.nearest(text, limit)})
            near = self._nearness.of(text, numbers)
            return tuple(
                Candidate(one, self._texts[one], strengths.get(one, 0.0), near.get(one, 0.0)) for one in numbers
            )

    @override
    def rarity(self, word: str) -> float:
        from factcheck.text.alike import rarity  # noqa: PLC0415 - as in `_keys`

        return rarity(self._having[word], len(self._texts))

    @override
    def nearness(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        with self._lock:
            made = self._made()
        return made.between(text, others) if made else None

    def close(self) -> None:
        """Forget the index."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None
                self._texts, self._having = {}, Counter()

    def _filled(self) -> sqlite3.Connection:
        """The index with every verdict that was given since it was last asked."""
        if self._index is None:
            self._index = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
            self._index.execute("CREATE VIRTUAL TABLE past USING fts5(words)")
            self._last = 0
        new = self.database.rows(_NEW.where(VERDICT.c.id > self._last))
        texts = {one.claim_id: str(one.words) for one in new}
        found = {number: _keys(text) for number, text in texts.items()}
        values = [(number, " ".join(map(_token, sorted(words)))) for number, words in found.items()]
        self._index.executemany("INSERT OR REPLACE INTO past(rowid, words) VALUES (?, ?)", values)
        for number, words in found.items():
            if number in self._texts:  # read again: its words are counted once
                self._having.subtract(_keys(self._texts[number]))
            self._having.update(words)
        if texts and (made := self._made()):
            made.learn(texts)
        self._texts |= texts
        self._last = new[-1].id if new else self._last
        return self._index

    def _made(self) -> Nearness | None:
        """The model, once it is needed: it takes a second to load, and a desk without verdicts does without."""
        if not self._has_asked:
            self._nearness, self._has_asked = self.made_nearness(), True
        return self._nearness


def _keys(text: str) -> frozenset[str]:
    """The words that a claim is found by."""
    from factcheck.text.alike import keys  # noqa: PLC0415 - slow to load, and every command opens this

    return keys(text)


def _token(word: str) -> str:
    """A word in letters that the index takes for one word, whatever stands in it."""
    return f"w{word.encode().hex()}"
