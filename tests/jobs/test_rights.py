import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ROOT, Finished
from fakes import StandIn
from postgresql_desk import ServedDesk
from psycopg import sql
from readmes import blocks

from factcheck.errors import MissingRightsError
from factcheck.jobs.queue import EngineJobs
from factcheck.storage.database import Database

Command = Callable[..., Finished]


@pytest.fixture
def limited(jobs: EngineJobs, postgresql_database: ServedDesk, served_desk_url: str) -> Iterator[str]:
    """The address of the desk for a worker that may do what the README grants, once there is a queue."""
    with jobs.shift(at_once=2):
        pass
    name = f"worker_{postgresql_database.name}"
    granted = blocks(ROOT / "factcheck" / "storage" / "README.md", "sql")[1]
    with postgresql_database.connected() as connection:
        connection.execute(re.sub(r"\bworker\b", name, granted.text).encode())
        yield served_desk_url.replace("postgres@", f"{name}@")
        for undone in ("DROP OWNED BY {}", "DROP ROLE {}"):
            connection.execute(sql.SQL(undone).format(sql.Identifier(name)))


def test_worker_needs_few_rights(
    limited: str, factcheck: Command, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_DB", limited)
    with open("a.txt", "w", encoding="utf-8") as article:  # noqa: PTH123 - the folder is the working one
        article.write("Rain fell on 3 towns on Monday.")

    assert factcheck("extract", "--enqueue", "a.txt").code == 0
    assert factcheck("worker", "--drain").code == 0
    assert factcheck("claims", "--json").json[0]["text"] == "Rain fell on 3 towns on Monday."
    assert len(stand_in.requests) == 1


def test_queue_of_others_says_who_grants_rights(
    limited: str, postgresql_database: ServedDesk, factcheck: Command, folder: Path
) -> None:
    with postgresql_database.connected() as connection:
        name = sql.Identifier(f"worker_{postgresql_database.name}")
        connection.execute(sql.SQL("REVOKE ALL ON SCHEMA factcheck_jobs FROM {}").format(name))
    (folder / "a.txt").write_text("Rain fell on 3 towns on Monday.", "utf-8")

    done = factcheck("extract", "--enqueue", "a.txt", "--db", limited)

    assert done.code == 8
    assert "permission denied for schema factcheck_jobs; " in done.err
    assert "its owner grants rights, anew where" in done.err


@pytest.mark.parametrize("statement", ["DELETE FROM event", "DROP TABLE factcheck_jobs.pgqueuer"])
def test_worker_cannot_touch_the_log(limited: str, statement: str) -> None:
    with (
        closing(Database(limited)) as database,
        pytest.raises(MissingRightsError, match=r"permission denied|must be owner"),
        database.writing() as connection,
    ):
        connection.exec_driver_sql(statement)
