"""A desk as the web room serves it, asked in this process."""

from collections.abc import Iterator

import pytest
from chromium import opened_chromium
from fakes import NoPastVerdicts
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from stage import Stage

from factcheck.settings import Settings
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.web.app import create_app
from factcheck.web.office import Office
from factcheck.wiring import office as opened_office

ORIGIN = "http://127.0.0.1:8760"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of a file."""
    with opened_chromium() as opened:
        yield opened


@pytest.fixture
def stage(ledger: SqlLedger, queue: SqlQueue) -> Stage:
    """A desk with four claims of one article."""
    stage = Stage(ledger, queue, NoPastVerdicts())
    stage.file()
    return stage


@pytest.fixture
def office(stage: Stage, database: Database) -> Iterator[Office]:
    """What is served of it, on loopback, to whoever asks; they are Ana unless they say otherwise."""
    del stage
    with opened_office(Settings(db=database.location, reviewer="ana"), ORIGIN) as opened:
        yield opened


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    """A browser's requests, as far as one sends them."""
    with TestClient(create_app(office), base_url=ORIGIN, follow_redirects=False) as asking:
        yield asking
