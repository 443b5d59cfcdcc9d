"""The ledger: articles, what became of each sentence, and the runs behind it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Event as Signal
from threading import Thread
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select, update
from typing_extensions import override

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.audit import Event
from factcheck.domain.comparison import GivenClaim, RunAnswers
from factcheck.domain.extraction import ExtractionSetup, FiledRun, Usage, WindowOutcome
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState
from factcheck.errors import ArticleBusyError, DatabaseError, NoSuchArticleError, NoSuchRunError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.event_writer import add_events
from factcheck.storage.tables import ArticleRow, ClaimRow, RunClaimRow, RunRow, RunSentenceRow, SentenceRow
from factcheck.storage.window_outcome import write_outcome
from factcheck.workflow.ports import Ledger

_article: Table = ArticleRow.__table__  # type: ignore[attr-defined]
_sentence: Table = SentenceRow.__table__  # type: ignore[attr-defined]
_run: Table = RunRow.__table__  # type: ignore[attr-defined]
_claim: Table = ClaimRow.__table__  # type: ignore[attr-defined]
_run_claim: Table = RunClaimRow.__table__  # type: ignore[attr-defined]
_run_sentence: Table = RunSentenceRow.__table__  # type: ignore[attr-defined]

_ANSWERED = [state for state in SentenceState if state.is_answered]
_HEARTBEAT_SECONDS = 2
_ALIVE = timedelta(seconds=10)


class SqlLedger(Ledger):
    """Serves the Ledger port from a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open_runs: set[int] = set()

    @override
    def file_article(self, article: Article, sentences: Sequence[Sentence], now: datetime) -> FiledArticle:
        with self._database.writing() as connection:
            known = connection.execute(_article_of(article.sha256)).first()
            if known is not None:
                return rows.filed_article(known)
            article_id = _insert(connection, _article, rows.columns_of(article) | {"sha256": article.sha256})
            if sentences:
                connection.execute(insert(_sentence), [rows.sentence_values(article_id, one) for one in sentences])
            add_events(
                connection, Event(0, now, None, "filed", article_id=article_id, details={"sentences": len(sentences)})
            )
            return FiledArticle(article_id, article)

    @override
    def known_article(self, sha256: str) -> FiledArticle | None:
        # Looking for an article makes no database file.
        if self._database.is_missing:
            return None
        with self._database.reading() as connection:
            row = connection.execute(_article_of(sha256)).first()
        return rows.filed_article(row) if row else None

    @override
    def article(self, article_id: int) -> FiledArticle:
        with self._database.reading() as connection:
            wanted = select(_article).where(_article.c.id == article_id)
            row = connection.execute(wanted).first() if rows.can_be_key(article_id) else None
        if row is None:
            raise NoSuchArticleError(f"there is no article {article_id}")
        return rows.filed_article(row)

    @override
    def articles(self) -> Iterator[tuple[FiledArticle, dict[SentenceState, int], int]]:
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
                counts = {one.state: one.many for one in by_article[row.id]}
                yield rows.filed_article(row), counts, claim_counts.get(row.id, 0)

    @override
    def sentences(self, article_id: int) -> tuple[Sentence, ...]:
        with self._database.reading() as connection:
            found = select(_sentence).where(_sentence.c.article_id == article_id).order_by(_sentence.c.position)
            return tuple(map(rows.sentence, connection.execute(found)))

    @override
    @contextmanager
    def runs_kept_alive(self, clock: Callable[[], datetime]) -> Iterator[None]:
        over = Signal()
        thread = Thread(target=self._keep_alive, args=(clock, over), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    @override
    def begin_run(self, article_id: int, setup: ExtractionSetup, now: datetime) -> int:
        values = {
            "article_id": article_id,
            **rows.columns_of(setup),
            "started_at": now,
            "alive_until": now + _ALIVE,
        }
        with self._database.writing() as connection:
            living = _run.c.article_id == article_id, _run.c.ended_at.is_(None), _run.c.alive_until > now
            other = connection.execute(select(_run.c.id).where(*living)).scalar()
            if other is not None:
                message = f"run {other} is asking about article {article_id}; wait for it, or stop it"
                raise ArticleBusyError(message)
            run_id = _insert(connection, _run, values)
            add_events(connection, Event(0, now, None, "run_began", article_id=article_id, run_id=run_id))
        self._open_runs.add(run_id)
        return run_id

    @override
    def record_outcome(
        self, run_id: int, article: FiledArticle, outcome: WindowOutcome, now: datetime, price: float | None = None
    ) -> int:
        with self._database.writing() as connection:
            details = write_outcome(connection, run_id, article, outcome, price)
            add_events(
                connection, Event(0, now, None, "window_landed", article_id=article.id, run_id=run_id, details=details)
            )
            return len(details["claims"])

    @override
    def end_run(self, run_id: int, outcome: str, now: datetime) -> None:
        self._open_runs.discard(run_id)
        with self._database.writing() as connection:
            connection.execute(update(_run).where(_run.c.id == run_id).values(ended_at=now, outcome=outcome))
            add_events(connection, Event(0, now, None, "run_ended", run_id=run_id, details={"outcome": outcome}))

    @override
    def note_recording(self, run_ids: Sequence[int], recording_sha256: str, now: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(update(_run).where(_run.c.id.in_(run_ids)).values(recording_sha256=recording_sha256))
            for run_id in run_ids:
                add_events(
                    connection, Event(0, now, None, "recorded", run_id=run_id, details={"sha256": recording_sha256})
                )

    @override
    def runs(self, article_id: int | None = None) -> tuple[FiledRun, ...]:
        query = select(_run).order_by(_run.c.id)
        if article_id is not None:
            query = query.where(_run.c.article_id == article_id)
        with self._database.reading() as connection:
            return tuple(_filed_run(row) for row in connection.execute(query))

    @override
    def answers(self, run_id: int) -> RunAnswers:
        with self._database.reading() as connection:
            wanted = select(_run).where(_run.c.id == run_id)
            row = connection.execute(wanted).first() if rows.can_be_key(run_id) else None
            if row is None:
                raise NoSuchRunError(f"there is no run {run_id}")
            said = connection.execute(select(_run_sentence).where(_run_sentence.c.run_id == run_id)).all()
            given = connection.execute(
                select(_claim.c.id, _claim.c.text, _claim.c.sentence_ids)
                .join(_run_claim, _run_claim.c.claim_id == _claim.c.id)
                .where(_run_claim.c.run_id == run_id),
            ).all()
        claims = (GivenClaim(one.id, one.text, tuple(one.sentence_ids)) for one in given)
        return RunAnswers(_filed_run(row), {one.position: rows.of_row(LedgerEntry, one) for one in said}, tuple(claims))

    @override
    def answered_in(self, run_ids: Sequence[int]) -> frozenset[int]:
        with self._database.reading() as connection:
            said = select(_run_sentence.c.position).where(
                _run_sentence.c.run_id.in_(run_ids), _run_sentence.c.state.in_(_ANSWERED)
            )
            return frozenset(connection.execute(said).scalars())

    @override
    def sentence_counts(self, article_id: int | None = None) -> dict[SentenceState, int]:
        query = select(_sentence.c.state, func.count().label("many")).group_by(_sentence.c.state)
        if article_id is not None:
            query = query.where(_sentence.c.article_id == article_id)
        with self._database.reading() as connection:
            found = {row.state: row.many for row in connection.execute(query)}
        return {state: found.get(state, 0) for state in SentenceState}

    def _keep_alive(self, clock: Callable[[], datetime], over: Signal) -> None:
        while not over.wait(_HEARTBEAT_SECONDS):
            runs = tuple(self._open_runs)
            if runs:
                with suppress(DatabaseError), self._database.writing() as connection:
                    alive = update(_run).where(_run.c.id.in_(runs)).values(alive_until=clock() + _ALIVE)
                    connection.execute(alive)


def _article_of(sha256: str) -> Select[Any]:
    return select(_article).where(_article.c.sha256 == sha256)


def _insert(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    key = connection.execute(insert(table), values).inserted_primary_key
    assert key is not None  # noqa: S101 - a single insert always has its key
    return int(key[0])


def _filed_run(row: rows.AnyRow) -> FiledRun:
    setup, usage = rows.of_row(ExtractionSetup, row), rows.of_row(Usage, row)
    return rows.of_row(FiledRun, row, setup=setup, usage=usage, price=row.price if row.calls else 0.0)
