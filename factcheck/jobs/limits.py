"""What all workers together may do: calls a minute, and dollars. One row, changed by single statements."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from typing_extensions import override

from factcheck.domain.jobs import Limits
from factcheck.jobs.engine import SCHEMA, EngineLoop
from factcheck.workflow.job_ports import SharedLimits

_NAME = f"{SCHEMA}.all_workers"
_TABLE = sql.Identifier(SCHEMA, "all_workers")
_MADE = """
CREATE TABLE {} (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    calls_a_minute double precision,
    next_call timestamptz NOT NULL DEFAULT clock_timestamp(),
    budget double precision,
    spent double precision NOT NULL DEFAULT 0
)
"""
# Not in the table of the first version.
_NUMBERED = "ALTER TABLE {} ADD COLUMN budget_number bigint NOT NULL DEFAULT 0"
_IS_NUMBERED = """
SELECT FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = 'budget_number' AND NOT attisdropped
"""
_READ = "SELECT calls_a_minute, budget, spent FROM {}"
_PACED = "UPDATE {} SET calls_a_minute = %s, next_call = clock_timestamp()"
_BUDGETED = "UPDATE {} SET budget = %s, spent = 0, budget_number = budget_number + 1"
# Who takes a turn a moment late delays nobody: else four workers began 4,621 of 6,000 calls a minute, at a load of 8.
_TURN = """
UPDATE {} SET next_call = greatest(next_call, clock_timestamp() - interval '100 ms')
    + coalesce(interval '1 minute' / calls_a_minute, interval '0')
WHERE next_call <= clock_timestamp() OR calls_a_minute IS NULL
"""
_WAIT = "SELECT extract(epoch FROM next_call - clock_timestamp()) FROM {}"
_AT_LEAST = 0.001  # seconds: the turn may have come due between the two statements, and nobody has it
_SET_ASIDE = """
UPDATE {} SET spent = spent + %(most)s WHERE spent + %(most)s <= budget OR budget IS NULL RETURNING budget_number
"""
_PAID = "UPDATE {} SET spent = greatest(spent + %s, 0) WHERE budget_number = %s"


async def make_ready(connection: psycopg.AsyncConnection[Any]) -> None:
    """Make the row, in which nothing is limited, unless it is there: not everybody may make tables."""
    if not await is_there(connection):
        await connection.execute(sql.SQL(_MADE).format(_TABLE))
        await connection.execute(sql.SQL("INSERT INTO {} DEFAULT VALUES").format(_TABLE))
    found = await connection.execute(_IS_NUMBERED, (_NAME,))
    if await found.fetchone() is None:
        await connection.execute(sql.SQL(_NUMBERED).format(_TABLE))


async def is_there(connection: psycopg.AsyncConnection[Any]) -> bool:
    """Whether there is such a row."""
    found = await connection.execute("SELECT to_regclass(%s)", (_NAME,))
    return await found.fetchone() != (None,)


@dataclass
class EngineLimits(SharedLimits):
    """Serves the SharedLimits port. Workers that ask at the same moment wait for each other's row lock."""

    engine: EngineLoop
    connection: psycopg.AsyncConnection[Any]
    make_queue: Callable[[], object]
    """Makes what is not there yet; what only reads does not."""

    @override
    def limits(self) -> Limits:
        if not self.engine.run(is_there(self.connection)):
            return Limits()
        _, [(calls_a_minute, budget, spent)] = self._execute(_READ)
        return Limits(calls_a_minute, budget, spent)

    @override
    def set_pace(self, calls_a_minute: float | None) -> None:
        self.make_queue()
        self._execute(_PACED, (calls_a_minute,))

    @override
    def set_budget(self, budget: float | None) -> None:
        self.make_queue()
        self._execute(_BUDGETED, (budget,))

    @override
    def next_call(self) -> float:
        if self._execute(_TURN)[0]:
            return 0.0
        _, [(wait,)] = self._execute(_WAIT)
        return max(_AT_LEAST, float(wait))

    @override
    def set_aside(self, most: float) -> int | None:
        _, found = self._execute(_SET_ASIDE, {"most": most})
        return int(found[0][0]) if found else None

    @override
    def paid(self, budget_number: int, set_aside: float, paid: float) -> None:
        self._execute(_PAID, (paid - set_aside, budget_number))

    def _execute(self, statement: str, values: Any = None) -> tuple[int, list[tuple[Any, ...]]]:  # noqa: ANN401 - as psycopg
        """How many rows it was about, and what it returns."""

        async def executed() -> tuple[int, list[tuple[Any, ...]]]:
            cursor = await self.connection.execute(sql.SQL(statement).format(_TABLE), values)
            return cursor.rowcount, await cursor.fetchall() if cursor.description else []

        return self.engine.run(executed())
