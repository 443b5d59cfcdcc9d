"""The ledger: articles, what became of each sentence, and the runs behind it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event as Signal
from threading import Thread
from typing import Any

from sqlalchemy import Connection, Select, func, select, union_all, update
from typing_extensions import override

from factcheck.domain.article import Article, ArticleSource, FiledArticle
from factcheck.domain.audit import Event
from factcheck.domain.comparison import GivenClaim, RunAnswers
from factcheck.domain.extraction import RUN_BEGAN, ExtractionSetup, FiledRun, Usage, WindowOutcome
from factcheck.domain.replay import RUN_COLUMNS
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState
from factcheck.domain.versions import Lineage, PlacedClaim, StandingClaim
from factcheck.errors import (
    ArticleBusyError,
    BrokenRowError,
    ConflictError,
    DatabaseError,
    HeldByBatchError,
    NoSuchArticleError,
    NoSuchRunError,
)
from factcheck.storage import filing, rows
from factcheck.storage import lineage as lineages
from factcheck.storage.article_tables import CLAIM_PLACE
from factcheck.storage.database import Database
from factcheck.storage.events import add_events
from factcheck.storage.tables import ARTICLE, BATCH_WINDOW, CLAIM, RUN, RUN_CLAIM, RUN_SENTENCE, SENTENCE
from factcheck.storage.window_outcome import end_runs, land_outcome
from factcheck.workflow.ports import Ledger

_HEARTBEAT_SECONDS = 2.0
_ALIVE = timedelta(seconds=10)


@dataclass
class SqlLedger(Ledger):
    """Serves the Ledger port from a database. `open_runs` are those that this process says it lives for."""

    database: Database
    open_runs: set[int] = field(default_factory=set)

    @override
    def file_article(
        self, article: Article, sentences: Sequence[Sentence], now: datetime, lineage: Lineage | None = None
    ) -> FiledArticle:
        with self.database.writing() as connection:
            return filing.file_article(connection, article, sentences, now, lineage)

    @override
    def sources(self, article_id: int) -> tuple[ArticleSource, ...]:
        found = self.database.rows(filing.sources_of(article_id))
        return tuple(self.database.each(found, filing.source, "source {0.id} of article {0.article_id}".format))

    @override
    def kin(self, sketch: Collection[int], addresses: Collection[str]) -> tuple[FiledArticle, ...]:
        if self.database.is_missing:  # looking for an article makes no database file
            return ()
        with self.database.reading() as connection:
            return lineages.kin(connection, sketch, addresses)

    @override
    def claims_standing_in(self, article_id: int) -> tuple[StandingClaim, ...]:
        with self.database.reading() as connection:
            return lineages.claims_standing_in(connection, article_id)

    @override
    def places(self, article_id: int) -> tuple[PlacedClaim, ...]:
        found = self.database.rows(lineages.places_of(article_id))
        return tuple(self.database.each(found, rows.placed_claim, "the place of claim {0.claim_id}".format))

    @override
    def newest_places(self) -> Mapping[int, int]:
        with self.database.reading() as connection:
            return lineages.newest_places(connection)

    @override
    def later_versions(self, article_id: int) -> tuple[int, ...]:
        later = select(ARTICLE.c.id).where(ARTICLE.c.previous_id == article_id).order_by(ARTICLE.c.id)
        return tuple(row.id for row in self.database.rows(later))

    @override
    def known_article(self, sha256: str) -> FiledArticle | None:
        # Looking for an article makes no database file.
        query = select(ARTICLE).where(ARTICLE.c.sha256 == sha256)
        found = [] if self.database.is_missing else self.database.rows(query)
        return rows.filed_article(found[0]) if found else None

    @override
    def article(self, article_id: int) -> FiledArticle:
        return _filed(self.database.rows(_numbered(article_id)), article_id)

    @override
    def article_of(self, run: FiledRun) -> FiledArticle:
        filed = self.article(run.article_id)
        with self.database.reading() as connection:
            return filing.as_it_was(connection, filed, run.id)

    @override
    def filed(self, numbers: Iterable[int]) -> Iterator[FiledArticle]:
        return self.database.each(numbers, self._that_is_there, lambda number: f"article {number}")

    def _that_is_there(self, number: int) -> FiledArticle:
        """An article that something else names. Raises BrokenRowError where there is none."""
        try:
            return self.article(number)
        except NoSuchArticleError as error:
            raise BrokenRowError(f"{error}, which a row of another table names") from error

    @override
    def articles(self) -> Iterator[tuple[FiledArticle, dict[SentenceState, int], int]]:
        states = select(SENTENCE.c.article_id, SENTENCE.c.state, func.count().label("many"))
        standing = union_all(
            select(CLAIM.c.article_id),
            select(CLAIM_PLACE.c.article_id).where(CLAIM_PLACE.c.vanished_in.is_(None)),
        ).subquery()
        claims = select(standing.c.article_id, func.count().label("many")).group_by(standing.c.article_id)
        with self.database.reading() as connection:
            counted = connection.execute(states.group_by(SENTENCE.c.article_id, SENTENCE.c.state))
            of_article = rows.grouped(counted, "article_id")
            many = {row.article_id: row.many for row in connection.execute(claims)}
            found = connection.execute(select(ARTICLE).order_by(ARTICLE.c.id))
            for filed in self.database.each(found, rows.filed_article, lambda row: f"article {row.id}"):
                called = "some sentence of article {0.article_id}".format
                counts = dict(self.database.each(of_article[filed.id], _counted, called))
                yield filed, counts, many.get(filed.id, 0)

    @override
    def sentences(self, article_id: int) -> tuple[Sentence, ...]:
        found = select(SENTENCE).where(SENTENCE.c.article_id == article_id).order_by(SENTENCE.c.position)
        called = "sentence {0.position} of article {0.article_id}".format
        return tuple(self.database.each(self.database.rows(found), rows.sentence, called))

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
    def begin_run(self, article_id: int, setup: ExtractionSetup, now: datetime, by: str | None = None) -> int:
        with self.database.writing() as connection:
            if hindrance := hindrances(connection, [article_id], now).get(article_id):
                raise hindrance
            run_id = begin_run(connection, article_id, setup, now, by)
        self.open_runs.add(run_id)
        return run_id

    @override
    def record_outcome(
        self, run_id: int, article: FiledArticle, outcome: WindowOutcome, now: datetime, price: float | None = None
    ) -> int:
        with self.database.writing() as connection:
            said = select(func.count()).where(
                RUN_SENTENCE.c.run_id == run_id, RUN_SENTENCE.c.position.in_(outcome.entries)
            )
            if connection.scalar(said):
                return 0
            return land_outcome(connection, run_id, article, outcome, now, price)

    @override
    def end_run(self, run_id: int, outcome: str, now: datetime) -> None:
        self.open_runs.discard(run_id)
        with self.database.writing() as connection:
            end_runs(connection, [run_id], outcome, now)

    @override
    def note_recording(self, run_ids: Sequence[int], recording_sha256: str, now: datetime) -> None:
        with self.database.writing() as connection:
            connection.execute(update(RUN).where(RUN.c.id.in_(run_ids)).values(recording_sha256=recording_sha256))
            details = {"sha256": recording_sha256}
            add_events(connection, *(Event(0, now, None, "recorded", run_id=one, details=details) for one in run_ids))

    @override
    def runs(self, article_id: int | None = None, among: Collection[int] | None = None) -> tuple[FiledRun, ...]:
        query = select(RUN).order_by(RUN.c.id)
        if among is not None:
            query = query.where(RUN.c.id.in_(filter(rows.may_be_key, among)))
        if article_id is not None:
            query = query.where(rows.is_number(RUN.c.article_id, article_id))
        return tuple(self.database.each(self.database.rows(query), filed_run, "run {0.id}".format))

    @override
    def answers(self, run_id: int) -> RunAnswers:
        wanted = select(RUN).where(rows.is_number(RUN.c.id, run_id))
        said = select(RUN_SENTENCE).where(RUN_SENTENCE.c.run_id == run_id).order_by(RUN_SENTENCE.c.position)
        given = (
            select(CLAIM.c.id, CLAIM.c.text, CLAIM.c.sentence_ids)
            .join(RUN_CLAIM, RUN_CLAIM.c.claim_id == CLAIM.c.id)
            .where(RUN_CLAIM.c.run_id == run_id)
            .order_by(CLAIM.c.id)
        )
        with self.database.reading() as connection:
            row = connection.execute(wanted).first()
            if row is None:
                raise NoSuchRunError(f"there is no run {run_id}")
            said_rows, given_rows = connection.execute(said).all(), connection.execute(given).all()
        entries = dict(self.database.each(said_rows, _said, "what run {0.run_id} said of a sentence".format))
        claims = self.database.each(given_rows, _given, "claim {0.id}".format)
        return RunAnswers(filed_run(row), entries, tuple(claims))

    @override
    def sentence_counts(self) -> dict[SentenceState, int]:
        query = select(SENTENCE.c.state, func.count().label("many")).group_by(SENTENCE.c.state)
        told = self.database.each(self.database.rows(query), _counted, lambda _: "the sentences of one state")
        found = dict(told)
        return {state: found.get(state, 0) for state in SentenceState}

    def _keep_alive(self, clock: Callable[[], datetime], over: Signal) -> None:
        while not over.wait(_HEARTBEAT_SECONDS):
            runs = tuple(self.open_runs)
            if runs:
                with suppress(DatabaseError), self.database.writing() as connection:
                    alive = update(RUN).where(RUN.c.id.in_(runs)).values(alive_until=clock() + _ALIVE)
                    connection.execute(alive)


def _article(connection: Connection, article_id: int) -> FiledArticle:
    return _filed(connection.execute(_numbered(article_id)).all(), article_id)


def _numbered(article_id: int) -> Select[Any]:
    return select(ARTICLE).where(rows.is_number(ARTICLE.c.id, article_id))


def _filed(found: Sequence[rows.AnyRow], article_id: int) -> FiledArticle:
    if not found:
        raise NoSuchArticleError(f"there is no article {article_id}")
    return rows.filed_article(found[0])


def hindrances(connection: Connection, article_ids: Collection[int], now: datetime) -> dict[int, ConflictError]:
    """Why no run may begin on these articles now: ArticleBusyError, HeldByBatchError; by article, of those alone."""
    unended = RUN.c.article_id.in_(article_ids), RUN.c.ended_at.is_(None)
    held = select(RUN.c.article_id, BATCH_WINDOW.c.batch_id).join(BATCH_WINDOW, BATCH_WINDOW.c.run_id == RUN.c.id)
    living = select(RUN.c.article_id, RUN.c.id).where(*unended, RUN.c.alive_until > now)
    found: dict[int, ConflictError] = {
        article_id: HeldByBatchError(article_id, batch_id)
        for article_id, batch_id in connection.execute(held.where(*unended).distinct())
    }
    for article_id, run_id in connection.execute(living):
        message = f"run {run_id} is asking about article {article_id}; wait for it, or stop it"
        found[article_id] = ArticleBusyError(message)
    return found


def begin_run(
    connection: Connection, article_id: int, setup: ExtractionSetup, now: datetime, by: str | None = None
) -> int:
    """Add a run that lives, with the event that tells of it; returns its number."""
    values = rows.columns_of(setup) | {"article_id": article_id, "started_at": now, "alive_until": now + _ALIVE}
    run_id = rows.insert_one(connection, RUN, values)
    written = {"written": {name: values[name] for name in RUN_COLUMNS}}
    add_events(connection, Event(0, now, by, RUN_BEGAN, article_id=article_id, run_id=run_id, details=written))
    return run_id


def _counted(row: rows.AnyRow) -> tuple[SentenceState, int]:
    """A state of sentences, and how many stand in it."""
    with rows.damage_told("sentence", row):
        return row.state, row.many


def _said(row: rows.AnyRow) -> tuple[int, LedgerEntry]:
    """A sentence, and what a run said of it."""
    with rows.damage_told("run_sentence", row):
        return row.position, rows.of_row(LedgerEntry, row)


def _given(row: rows.AnyRow) -> GivenClaim:
    with rows.damage_told("claim", row):
        return GivenClaim(row.id, row.text, tuple(row.sentence_ids))


def filed_run(row: rows.AnyRow) -> FiledRun:
    """A run out of its row."""
    with rows.damage_told("run", row):
        setup, usage = rows.of_row(ExtractionSetup, row), rows.of_row(Usage, row)
        return rows.of_row(FiledRun, row, setup=setup, usage=usage, price=row.price if row.calls else 0.0)
