"""`factcheck extract` of pages that are no whole article: nothing is paid for them unless that is said."""

from pathlib import Path

import pytest
from conftest import Command
from fakes import StandIn


@pytest.fixture
def stub(folder: Path) -> Path:
    """A page that holds one sentence."""
    path = folder / "stub.html"
    path.write_text("<!doctype html><html lang=en><article><p>Ana Silva flew to Lisbon.</p></article></html>")
    return path


def test_page_of_a_few_words_is_not_paid_for(factcheck: Command, stub: Path, stand_in: StandIn) -> None:
    done = factcheck("extract", stub)

    assert done.code == 3
    assert done.err.count("\n") == 1
    assert "is no article, it has 5 words; give the whole article, or say --anyway" in done.err
    assert stand_in.requests == []


def test_page_is_taken_anyway(factcheck: Command, stub: Path, stand_in: StandIn) -> None:
    done = factcheck("extract", stub, "--anyway")

    assert done.code == 0
    assert len(stand_in.requests) == 1


def test_dry_run_tells_of_it_too(factcheck: Command, stub: Path) -> None:
    assert factcheck("extract", stub, "--dry-run").code == 3
