"""What the desk remembers of addresses in listings."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.domain.article import Article
from factcheck.domain.listing import Listed, Visit
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.visits import SqlVisits

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PAGE = Listed("https://a.example/1")


@pytest.fixture
def visits(database: Database) -> SqlVisits:
    """An empty memory."""
    return SqlVisits(database)


def test_last_visit_is_the_one_kept(visits: SqlVisits) -> None:
    failed = Visit(PAGE.key, PAGE.address, NOW, failure="no answer", tries=1)
    visits.note(Visit(PAGE.key, PAGE.address, NOW, etag='"1"', last_modified="yesterday"))
    visits.note(failed)

    assert visits.known([PAGE, Listed("https://a.example/2")]) == {PAGE.key: failed}


def test_article_read_otherwise_is_known(visits: SqlVisits, ledger: SqlLedger) -> None:
    filed = ledger.file_article(Article("Words.", NOW, url=PAGE.address), (), NOW)

    assert visits.known([PAGE]) == {PAGE.key: Visit(PAGE.key, PAGE.address, NOW, filed.id)}


def test_what_could_not_be_read_is_told_oldest_first(visits: SqlVisits, ledger: SqlLedger) -> None:
    filed = ledger.file_article(Article("Words.", NOW), (), NOW)
    later, first = (Visit(f"{one}", f"{one}", NOW.replace(hour=one), failure="no answer", tries=1) for one in (8, 7))
    update = Visit("update", "update", NOW, filed.id, failure="no answer", tries=1, stamp=NOW)
    for visit in (later, first, Visit("read", "read", NOW, filed.id), update):
        visits.note(visit)

    assert visits.unread() == (first, later, update)


def test_many_addresses_are_asked_in_parts(visits: SqlVisits) -> None:
    pages = [Listed(f"https://a.example/{number}") for number in range(1000)]
    visits.note(Visit(pages[999].key, pages[999].address, NOW))

    assert list(visits.known(pages)) == [pages[999].key]


def test_looking_makes_no_desk(tmp_path: Path) -> None:
    missing = Database(str(tmp_path / "desk.db"), creates=False)

    assert SqlVisits(missing).known([PAGE]) == {}
    assert not (tmp_path / "desk.db").exists()
