"""A desk that is really served: a process of its own, on loopback, until the test is over."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn
from fakes import NoPastVerdicts
from stage import Stage

from factcheck.settings import Settings
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.web.app import create_app
from factcheck.web.server import bound
from factcheck.wiring import office


@contextmanager
def served(path: Path, *options: str) -> Iterator[str]:
    """The address of the desk in that file."""
    command = [sys.executable, "-m", "factcheck", "--db", str(path), "serve", "--port", "0", *options]
    with subprocess.Popen(command, cwd=path.parent, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            assert line.startswith("the desk is at http"), line + process.stderr.read()
            yield line.removeprefix("the desk is at ").partition(";")[0].rpartition(" ")[2]
        finally:
            process.terminate()
            process.wait(30)
            process.stderr.close()


@contextmanager
def served_here(path: Path, person: str | None, *, has_roles: bool = False) -> Iterator[str]:
    """The same in a thread of this process, which is there at once."""
    with bound("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with office(Settings(db=str(path), reviewer=person, roles=has_roles), address) as opened:
            told = uvicorn.Config(create_app(opened), log_config=None, lifespan="off", ws="none")
            server = uvicorn.Server(told)
            thread = Thread(target=server.run, args=([listening],))
            thread.start()
            yield address
            server.should_exit = True
            thread.join()


@contextmanager
def stage_in(path: Path) -> Iterator[Stage]:
    """The desk in that file, for what others do there meanwhile."""
    database = Database(str(path))
    yield Stage(SqlLedger(database), SqlQueue(database), NoPastVerdicts())
    database.close()
