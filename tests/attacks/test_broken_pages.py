"""Broken pages, PDFs and texts: each is an article or one refusal. `benchmarks/broken_pages.py` reads thousands."""

from pathlib import Path

import pytest
from benchmarks.broken_pages import KINDS, case, read
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.domain.parsing import ParsingLimits

SHORT = ParsingLimits(seconds=2, megabytes=500)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all the sources."""
    return tmp_path_factory.mktemp("broken")


@settings(max_examples=50, deadline=None)
@given(number=st.integers(0, 10**9), kind=st.sampled_from(sorted(KINDS)))
def test_broken_source_is_an_article_or_one_refusal(place: Path, number: int, kind: str) -> None:
    ended = read(case(number, only=kind), place, SHORT)

    assert ended.is_right, ended.outcome
