"""A report takes no more memory for more articles, and its head agrees with what stands below."""

import gc
import json
import re
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.reported_claim import reported_claim
from factcheck.domain.review import QueuedClaim
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.states import ClaimStatus
from factcheck.export import aside
from factcheck.export.aside import Aside
from factcheck.export.formats import FORMATS
from factcheck.export.report_json import record_sha256

_NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_MASTHEAD = Masthead("1.2.3")
_CLAIMS = 5


def _articles(many: int) -> Iterator[ReportedArticle]:
    words = "The dam of the town was built of stone in the year 1931."
    sentence = Sentence(1, Span(0, len(words)), entry=LedgerEntry(SentenceState.CLAIMS))
    claim = Claim(words, words, Anchor(AnchorStatus.EXACT, (sentence.span,), (1,)), 0.7, "a number")
    for number in range(1, many + 1):
        filed = FiledArticle(number, Article(words, _NOW, title=f"Town {number}"))
        ids = range(_CLAIMS * number, _CLAIMS * (number + 1))
        queued = (QueuedClaim(one, "u", number, claim, ClaimStatus.QUEUED, None) for one in ids)
        yield ReportedArticle(filed, (sentence,), tuple(reported_claim(one, {1: words}) for one in queued))


def _peak(form: str, articles: int) -> int:
    """The most bytes that writing so many articles holds at a time."""
    tracemalloc.start()
    try:
        for _ in FORMATS[form].write(_MASTHEAD, _articles(articles)):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture
def garbage_of_programs() -> Iterator[None]:
    """Garbage is looked for as often as in a program, and more often than in tests."""
    of_tests = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*of_tests)


@pytest.mark.usefixtures("garbage_of_programs")
@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_more_articles_take_no_more_memory(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_IN_MEMORY", 10_000)
    monkeypatch.setattr(aside, "_PIECE", 10_000)
    _peak(form, 1)  # which loads what this form needs

    assert _peak(form, 60) < _peak(form, 4) + 200_000


@pytest.mark.parametrize("articles", [0, 1, 3])
def test_record_is_hashed_as_it_is_read(articles: int) -> None:
    record = json.loads("".join(FORMATS["json"].write(_MASTHEAD, _articles(articles))))

    assert record["record_sha256"] == record_sha256(record)
    assert len(record["articles"]) == articles
    assert record["has_drafts"] is bool(articles)


def test_forms_name_one_record() -> None:
    record = json.loads("".join(FORMATS["json"].write(_MASTHEAD, _articles(2))))

    for form in ("markdown", "html"):
        assert record["record_sha256"] in "".join(FORMATS[form].write(_MASTHEAD, _articles(2)))


def test_head_counts_what_stands_below() -> None:
    page = "".join(FORMATS["html"].write(_MASTHEAD, _articles(3)))

    assert "0 claims checked, of 3 articles." in page
    assert len(re.findall('<article class="card', page)) == 15
    assert re.findall('<li><a href="#article-([0-9]+)"', page) == re.findall('<h2 id="article-([0-9]+)"', page)


@given(st.lists(st.text(st.characters(), max_size=9)))
def test_what_was_kept_aside_comes_back(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch, Aside() as kept:
        patch.setattr(aside, "_PIECE", 3)  # in the middle of letters
        for one in texts:
            kept.write(one)

        assert "".join(kept.pieces()) == "".join(texts)
