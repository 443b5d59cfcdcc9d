"""Lines of the file beside the database: what was kept comes back, and what nobody has kept is passed over."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.extraction import Billing, Usage, Window
from factcheck.extraction.answered import Answered
from factcheck.text.sentences import split_sentences

FILED = FiledArticle(1, Article("Rain fell on Monday. Wind blew on Tuesday.", datetime(2026, 3, 1, tzinfo=UTC)))
SENTENCES = tuple(split_sentences(FILED.article.text))
KEPT = Answered(Window(SENTENCES), {"s1": {"claims": []}}, None, Billing(Usage(1, 100, 10, 20, 0.5), "flex", 50))
LINE = KEPT.line(FILED.article.sha256)


def test_kept_answer_comes_back() -> None:
    assert Answered.of_line(LINE, FILED, SENTENCES) == KEPT


def test_line_tells_that_a_server_was_out() -> None:
    kept = replace(KEPT, parts=None, left_out="busy", is_unasked=True)

    assert Answered.of_line(kept.line(FILED.article.sha256), FILED, SENTENCES) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"calls": -1},
        {"prompt_tokens": 10**30},
        {"completion_tokens": -5},
        {"uncounted": 10**9},
        {"seconds": float("nan")},
        {"seconds": float("inf")},
        {"seconds": -1.0},
    ],
    ids=str,
)
def test_line_with_numbers_that_no_call_has_is_broken(wrong: dict[str, Any]) -> None:
    told = json.loads(LINE)
    told["billing"]["usage"] |= wrong

    assert Answered.of_line(json.dumps(told), FILED, SENTENCES) is None


def test_line_that_names_a_sentence_twice_is_broken() -> None:
    told = json.loads(LINE) | {"positions": [1, 1]}

    assert Answered.of_line(json.dumps(told), FILED, SENTENCES) is None
