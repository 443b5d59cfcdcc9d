"""The ledger: articles, what became of each sentence, and the runs behind it."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, func, insert, select, update

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.extraction import ExtractionSetup, FiledRun, Usage, WindowOutcome
from factcheck.domain.sentence import Sentence, SentenceState
from factcheck.errors import NotFoundError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.events import note
from factcheck.storage.tables import ArticleRow, ClaimRow, RunRow, SentenceRow

_article: Table = ArticleRow.__table__  # type: ignore[attr-defined]
_sentence: Table = SentenceRow.__table__  # type: ignore[attr-defined]
_run: Table = RunRow.__table__  # type: ignore[attr-defined]
_claim: Table = ClaimRow.__table__  # type: ignore[attr-defined]


class SqlLedger:
    """Serves the Ledger port from a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def file_article(self, article: Article, sentences: Sequence[Sentence], now: datetime) -> FiledArticle:
        """Store the article with its sentences, or find the one with the same text."""
        with self._database.writing() as connection:
            known = connection.execute(select(_article).where(_article.c.sha256 == article.sha256)).first()
            if known is not None:
                return rows.filed_article(known)
            article_id = _insert(connection, _article, rows.article_values(article))
            if sentences:
                connection.execute(insert(_sentence), [rows.sentence_values(article_id, one) for one in sentences])
            note(connection, now, "filed", article_id=article_id, details={"sentences": len(sentences)})
            return FiledArticle(article_id, article)

    def article(self, article_id: int) -> FiledArticle:
        """A filed article. Raises NotFoundError."""
        wanted = select(_article).where(_article.c.id == article_id)
        with self._database.reading() as connection:
            row = connection.execute(wanted).first() if rows.can_be_key(article_id) else None
        if row is None:
            message = f"there is no article {article_id}; see: factcheck articles"
            raise NotFoundError(message)
        return rows.filed_article(row)

    def articles(self) -> Iterator[tuple[FiledArticle, dict[SentenceState, int], int]]:
        """Each article with its ledger counts and its number of claims, oldest first."""
        with self._database.reading() as connection:
            states = connection.execute(
                select(_sentence.c.article_id, _sentence.c.state, func.count().label("many")).group_by(
                    _sentence.c.article_id, _sentence.c.state
                ),
            ).all()
            claims = connection.execute(
                select(_claim.c.article_id, func.count().label("many")).group_by(_claim.c.article_id),
            ).all()
            found = connection.execute(select(_article).order_by(_article.c.id))
            by_article = rows.grouped(states, "article_id")
            claim_counts = {row.article_id: row.many for row in claims}
            for row in found:
                counts = {SentenceState(one.state): one.many for one in by_article.get(row.id, [])}
                yield rows.filed_article(row), counts, claim_counts.get(row.id, 0)

    def sentences(self, article_id: int) -> tuple[Sentence, ...]:
        """The sentences of an article with their ledger entries, in reading order."""
        query = select(_sentence).where(_sentence.c.article_id == article_id).order_by(_sentence.c.position)
        with self._database.reading() as connection:
            return tuple(rows.sentence(row) for row in connection.execute(query))

    def begin_run(self, article_id: int, setup: ExtractionSetup, now: datetime) -> int:
        """Open a run and return its number."""
        values = {
            "article_id": article_id,
            "model": setup.model,
            "prompt": setup.prompt,
            "prompt_version": setup.prompt_version,
            "prompt_hash": setup.prompt_hash,
            "parameters": json.dumps(setup.parameters),
            "recording": setup.recording,
            "recording_sha256": setup.recording_sha256,
            "started_at": now,
        }
        with self._database.writing() as connection:
            run_id = _insert(connection, _run, values)
            note(connection, now, "run_began", article_id=article_id, run_id=run_id)
            return run_id

    def record_outcome(self, run_id: int, article: FiledArticle, outcome: WindowOutcome, now: datetime) -> int:
        """Store entries, new claims and cost of a window at once; returns how many claims were new.

        A failure replaces no answer: another run may have had one meanwhile.
        """
        with self._database.writing() as connection:
            for position, entry in outcome.entries.items():
                here = and_(_sentence.c.article_id == article.id, _sentence.c.position == position)
                unanswered = _sentence.c.state.in_([SentenceState.PENDING.value, SentenceState.FAILED.value])
                replaced = here if entry.state.is_answered else and_(here, unanswered)
                values = {"run_id": run_id, **rows.entry_values(entry)}
                connection.execute(update(_sentence).where(replaced).values(values))
            fresh = _fresh(connection, [rows.claim_values(one, article, run_id) for one in outcome.claims])
            if fresh:
                insert_claims(connection, fresh)
            connection.execute(update(_run).where(_run.c.id == run_id).values(_added(outcome.usage)))
            details = {"sentences": sorted(outcome.entries), "claims": [one["uid"] for one in fresh]}
            note(connection, now, "window_landed", article_id=article.id, run_id=run_id, details=details)
            return len(fresh)

    def end_run(self, run_id: int, outcome: str, now: datetime) -> None:
        """Close a run with a word on how it ended."""
        with self._database.writing() as connection:
            connection.execute(update(_run).where(_run.c.id == run_id).values(ended_at=now, outcome=outcome))
            note(connection, now, "run_ended", run_id=run_id, details={"outcome": outcome})

    def note_recording(self, run_ids: Sequence[int], recording_sha256: str, now: datetime) -> None:
        """Write the hash of the recording that runs have made, once its file is whole."""
        with self._database.writing() as connection:
            connection.execute(update(_run).where(_run.c.id.in_(run_ids)).values(recording_sha256=recording_sha256))
            for run_id in run_ids:
                note(connection, now, "recorded", run_id=run_id, details={"sha256": recording_sha256})

    def runs(self, article_id: int | None = None) -> tuple[FiledRun, ...]:
        """The runs of one article, or all, oldest first."""
        query = select(_run).order_by(_run.c.id)
        if article_id is not None:
            query = query.where(_run.c.article_id == article_id)
        with self._database.reading() as connection:
            return tuple(_filed_run(row) for row in connection.execute(query))

    def sentence_counts(self) -> dict[SentenceState, int]:
        """How many sentences of all articles stand in each state."""
        query = select(_sentence.c.state, func.count().label("many")).group_by(_sentence.c.state)
        with self._database.reading() as connection:
            found = {row.state: row.many for row in connection.execute(query)}
        return {state: found.get(state.value, 0) for state in SentenceState}


def insert_claims(connection: Connection, values: Sequence[dict[str, Any]]) -> None:
    """Insert claims in bulk, inside the caller's transaction."""
    connection.execute(insert(_claim), values)


def _insert(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    key = connection.execute(insert(table).values(values)).inserted_primary_key
    assert key is not None  # noqa: S101 - a single insert always has its key
    return int(key[0])


def _fresh(connection: Connection, values: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The claims that the database does not hold yet, each once."""
    by_uid: dict[str, dict[str, Any]] = {}
    for one in values:
        by_uid.setdefault(one["uid"], one)
    known = set(connection.execute(select(_claim.c.uid).where(_claim.c.uid.in_(by_uid))).scalars())
    return [one for uid, one in by_uid.items() if uid not in known]


def _added(usage: Usage) -> dict[Any, Any]:
    return {
        _run.c.calls: _run.c.calls + usage.calls,
        _run.c.prompt_tokens: _run.c.prompt_tokens + usage.prompt_tokens,
        _run.c.cached_tokens: _run.c.cached_tokens + usage.cached_tokens,
        _run.c.completion_tokens: _run.c.completion_tokens + usage.completion_tokens,
        _run.c.seconds: _run.c.seconds + usage.seconds,
    }


def _filed_run(row: rows.AnyRow) -> FiledRun:
    setup = ExtractionSetup(
        model=row.model,
        prompt=row.prompt,
        prompt_version=row.prompt_version,
        prompt_hash=row.prompt_hash,
        parameters=json.loads(row.parameters),
        recording=row.recording,
        recording_sha256=row.recording_sha256,
    )
    usage = Usage(row.calls, row.prompt_tokens, row.cached_tokens, row.completion_tokens, row.seconds)
    return FiledRun(row.id, row.article_id, setup, usage, row.outcome)
