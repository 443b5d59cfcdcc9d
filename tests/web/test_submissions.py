"""What is handed in and not begun: so much of it as fits in memory, and read by so few that others are answered."""

from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Event, Thread

import pytest

from factcheck.domain.article import Article
from factcheck.errors import ConflictError, NoSuchSubmissionError, SourceError
from factcheck.intake.json_articles import articles_of_json
from factcheck.web.submissions import Submissions
from factcheck.workflow.submit_article import Submission

NOW = datetime(2026, 11, 29, tzinfo=UTC)
SHORT = Submission((Article(text="It rains.", retrieved_at=NOW),))


def test_those_who_wait_to_be_read_are_few() -> None:
    submissions, go = Submissions(), Event()
    told = SimpleQueue[str]()

    def read() -> None:
        try:
            with submissions.reading():
                go.wait(60)
        except ConflictError as error:
            told.put(str(error))

    threads = [Thread(target=read) for _ in range(40)]
    for one in threads:
        one.start()
    try:
        refusals = [told.get(timeout=20) for _ in range(30)]
    finally:
        go.set()
        for one in threads:
            one.join()

    assert set(refusals) == {"2 files or pages are being read, and 8 wait for that; try again"}
    assert told.empty()


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
