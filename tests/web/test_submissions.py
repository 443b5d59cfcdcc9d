"""What is handed in and not begun: so much of it as fits in memory."""

from datetime import UTC, datetime

import pytest

from factcheck.domain.article import Article
from factcheck.errors import NoSuchSubmissionError, SourceError
from factcheck.intake.json_articles import articles_of_json
from factcheck.web.submissions import Submissions
from factcheck.workflow.submit_article import Submission

NOW = datetime(2026, 11, 29, tzinfo=UTC)
SHORT = Submission((Article(text="It rains.", retrieved_at=NOW),))


def test_short_ones_are_not_kept_without_end() -> None:
    submissions = Submissions()
    first = submissions.keep(SHORT, "ana")

    for _ in range(10_000):
        submissions.keep(SHORT, "ana")

    with pytest.raises(NoSuchSubmissionError):
        submissions.find(first, "ana")


def test_complaints_take_their_place_too() -> None:
    submissions = Submissions()
    first = submissions.keep(SHORT, "ana")
    broken = Submission(SHORT.articles, tuple(SourceError("no article") for _ in range(5_000)))

    for _ in range(2):
        submissions.keep(broken, "ana")

    with pytest.raises(NoSuchSubmissionError):
        submissions.find(first, "ana")


def test_complaint_names_no_endless_key() -> None:
    lines = b'{"text": "It rains in Ems today."}\n{"' + b"k" * 1_000_000 + b'": 1}'

    _, complaint = articles_of_json(lines, "a.jsonl", NOW, None, None, None)

    assert isinstance(complaint, SourceError)
    assert len(str(complaint)) < 1_000
