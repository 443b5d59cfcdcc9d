"""Batches: which windows each holds, and their outcomes, each stored once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update
from typing_extensions import override

from factcheck.domain.batch import (
    BatchQuestion,
    BatchState,
    FiledBatch,
    PlannedArticle,
    ServerBatch,
    question_name,
)
from factcheck.domain.extraction import (
    FINISHED,
    AskedArticle,
    ExtractionSetup,
    FiledRun,
    Question,
    Window,
    WindowOutcome,
)
from factcheck.errors import ArticleBusyError, ConflictError
from factcheck.storage import rows
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger, begin_run, filed_run, hindrances
from factcheck.storage.tables import BATCH, BATCH_WINDOW, RUN
from factcheck.storage.window_outcome import end_runs, land_outcome
from factcheck.workflow.batch_ports import BatchLedger, PreparedBatch

_MAY_COME_YET = timedelta(seconds=30)
"""So long after its process has died a server may still take a batch whose file it has."""

_OPEN = [one for one in BatchState if one.is_open]


@dataclass
class SqlBatchLedger(BatchLedger):
    """Serves the BatchLedger port from a database; the ledger keeps the runs of a batch alive until it is sent."""

    database: Database
    ledger: SqlLedger

    @override
    def prepare(self, key: str, server: str, planned: Sequence[PlannedArticle], now: datetime) -> PreparedBatch:
        asked: list[AskedArticle] = []
        with self.database.writing() as connection:
            refused = _refused(connection, planned, now)
            taken = [one for one in planned if one.filed.id not in refused]
            if not taken:
                return PreparedBatch(None, (), refused)
            requests = sum(len(one.windows) for one in taken)
            values = {"key": key, "server": server, "state": BatchState.PREPARED, "prepared_at": now}
            batch_id = rows.insert_one(connection, BATCH, values | {"requests": requests, "done": 0, "failed": 0})
            for one in taken:
                run_id = begin_run(connection, one.filed.id, one.setup, now)
                asked.append(AskedArticle(run_id, one.filed, one.sentences))
                windows = [
                    {"run_id": run_id, "number": number, "batch_id": batch_id, "positions": list(window.positions)}
                    | {"before": [before.position for before in window.before]}
                    for number, window in enumerate(one.windows)
                ]
                connection.execute(insert(BATCH_WINDOW), windows)
            run_ids = [one.run_id for one in asked]
            connection.execute(update(RUN).where(RUN.c.id.in_(run_ids)).values(outcome=f"in batch {batch_id}"))
            self.ledger.open_runs.update(run_ids)
            [filed] = _filed(connection, BATCH.c.id == batch_id, now=now)
        questions = tuple(
            BatchQuestion(question_name(key, about.run_id, number), Question(about, window))
            for about, one in zip(asked, taken, strict=True)
            for number, window in enumerate(one.windows)
        )
        return PreparedBatch(filed, questions, refused)

    @override
    def note_upload(self, batch: FiledBatch, input_file: str) -> None:
        with self.database.writing() as connection:
            connection.execute(update(BATCH).where(BATCH.c.id == batch.id).values(input_file=input_file))

    @override
    def note_submitted(self, batch: FiledBatch, told: ServerBatch, now: datetime) -> bool:
        with self.database.writing() as connection:
            values = {"state": BatchState.OUT, "server_id": told.id, "submitted_at": now, **_said(told)}
            prepared = BATCH.c.id == batch.id, BATCH.c.state == BatchState.PREPARED
            connection.execute(update(BATCH).where(*prepared).values(values))
            taken = connection.scalar(select(BATCH.c.server_id).where(BATCH.c.id == batch.id)) == told.id
            self._leave(connection, batch)
        return taken

    @override
    def note_told(self, batch: FiledBatch, told: ServerBatch) -> None:
        with self.database.writing() as connection:
            connection.execute(update(BATCH).where(BATCH.c.id == batch.id).values(_said(told)))

    @override
    def drop(self, batch: FiledBatch, now: datetime) -> None:
        with self.database.writing() as connection:
            prepared = BATCH.c.id == batch.id, BATCH.c.state == BatchState.PREPARED
            if connection.execute(update(BATCH).where(*prepared).values(state=BatchState.DROPPED)).rowcount:
                run_ids = self._leave(connection, batch)
                end_runs(connection, run_ids, f"stopped: batch {batch.id} was not sent", now)

    @override
    def store(
        self, batch: FiledBatch, asked: BatchQuestion, outcome: WindowOutcome, now: datetime, price: float | None
    ) -> int | None:
        about = asked.question.asked
        number = int(asked.name.rpartition(".w")[2])
        here = BATCH_WINDOW.c.run_id == about.run_id, BATCH_WINDOW.c.number == number
        with self.database.writing() as connection:
            waits = *here, BATCH_WINDOW.c.stored_at.is_(None)
            if not connection.execute(update(BATCH_WINDOW).where(*waits).values(stored_at=now)).rowcount:
                return None
            new_claims = land_outcome(connection, about.run_id, about.filed, outcome, now, price)
            others = BATCH_WINDOW.c.run_id == about.run_id, BATCH_WINDOW.c.stored_at.is_(None)
            if connection.execute(select(BATCH_WINDOW.c.number).where(*others)).first() is None:
                end_runs(connection, [about.run_id], FINISHED, now)
            return new_claims

    @override
    def close(self, batch: FiledBatch, now: datetime) -> None:
        waiting = select(BATCH_WINDOW.c.number).where(
            BATCH_WINDOW.c.batch_id == batch.id, BATCH_WINDOW.c.stored_at.is_(None)
        )
        with self.database.writing() as connection:
            if connection.execute(waiting).first() is None:
                values = {"state": BatchState.COLLECTED, "collected_at": now}
                connection.execute(update(BATCH).where(BATCH.c.id == batch.id).values(values))

    @override
    def batches(self, now: datetime, *, only_open: bool = True) -> tuple[FiledBatch, ...]:
        if self.database.is_missing:
            return ()
        with self.database.reading() as connection:
            return _filed(connection, *([BATCH.c.state.in_(_OPEN)] if only_open else []), now=now)

    @override
    def questions(self, batch: FiledBatch) -> Iterator[BatchQuestion]:
        waiting = (
            select(BATCH_WINDOW, RUN.c.article_id)
            .join(RUN, RUN.c.id == BATCH_WINDOW.c.run_id)
            .where(BATCH_WINDOW.c.batch_id == batch.id, BATCH_WINDOW.c.stored_at.is_(None))
            .order_by(BATCH_WINDOW.c.run_id, BATCH_WINDOW.c.number)
        )
        for (run_id, article_id), windows in groupby(
            self.database.rows(waiting), key=lambda row: (row.run_id, row.article_id)
        ):
            sentences = self.ledger.sentences(article_id)
            about = AskedArticle(run_id, self.ledger.article(article_id), sentences)
            by_position = {one.position: one for one in sentences}
            for row in windows:
                told, before = (tuple(by_position[one] for one in part) for part in (row.positions, row.before))
                yield BatchQuestion(question_name(batch.key, run_id, row.number), Question(about, Window(told, before)))

    def _leave(self, connection: Connection, batch: FiledBatch) -> list[int]:
        """The runs of a batch, which nobody says any more that they live for."""
        of_batch = select(BATCH_WINDOW.c.run_id).where(BATCH_WINDOW.c.batch_id == batch.id).distinct()
        run_ids = list(connection.execute(of_batch).scalars())
        connection.execute(update(RUN).where(RUN.c.id.in_(run_ids)).values(alive_until=None))
        self.ledger.open_runs.difference_update(run_ids)
        return run_ids


def _refused(connection: Connection, planned: Sequence[PlannedArticle], now: datetime) -> dict[int, ConflictError]:
    """Why articles cannot be asked about as they are planned."""
    article_ids = [one.filed.id for one in planned]
    refused = hindrances(connection, article_ids, now)
    runs = rows.grouped(
        connection.execute(select(RUN).where(RUN.c.article_id.in_(article_ids)).order_by(RUN.c.id)), "article_id"
    )
    for one in planned:
        # A run that began, landed or ended meanwhile may have answered what is planned.
        if one.filed.id not in refused and _as_they_stood(one.runs) != _as_they_stood(
            map(filed_run, runs[one.filed.id])
        ):
            refused[one.filed.id] = ArticleBusyError(f"another run has asked about article {one.filed.id} meanwhile")
    return refused


def _as_they_stood(runs: Iterable[FiledRun]) -> list[tuple[int, int, datetime | None]]:
    return [(one.id, one.usage.calls, one.ended_at) for one in runs]


def _said(told: ServerBatch) -> dict[str, Any]:
    """The columns of what a server says of a batch."""
    return {"status": told.status, "done": told.done, "failed": told.failed}


def _filed(connection: Connection, *which: ColumnElement[bool], now: datetime) -> tuple[FiledBatch, ...]:
    """The batches that fit, oldest first."""
    found = connection.execute(select(BATCH).where(*which).order_by(BATCH.c.id)).all()
    left = func.sum(case((BATCH_WINDOW.c.stored_at.is_(None), 1), else_=0)).label("left")
    of_runs = (
        select(BATCH_WINDOW.c.batch_id, left, RUN)
        .join(RUN, RUN.c.id == BATCH_WINDOW.c.run_id)
        .where(BATCH_WINDOW.c.batch_id.in_([one.id for one in found]))
        .group_by(BATCH_WINDOW.c.batch_id, RUN.c.id)
        .order_by(RUN.c.id)
    )
    runs = rows.grouped(connection.execute(of_runs), "batch_id")
    return tuple(_filed_batch(row, runs[row.id], now) for row in found)


def _filed_batch(row: rows.AnyRow, runs: Sequence[rows.AnyRow], now: datetime) -> FiledBatch:
    # Without its file at the server, no process has asked for the batch.
    attended_since = now - _MAY_COME_YET if row.input_file else now
    return rows.of_row(
        FiledBatch,
        row,
        setup=rows.of_row(ExtractionSetup, runs[0]),
        articles=tuple(one.article_id for one in runs),
        left=sum(one.left for one in runs),
        is_attended=any(one.alive_until is not None and one.alive_until > attended_since for one in runs),
    )
