from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from fakes import SETUP, sentence_claim

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.extraction import Window, WindowOutcome
from factcheck.domain.report import Report, ReportScope
from factcheck.domain.sentence import SentenceState
from factcheck.errors import EmptyDeskError, NotFoundError
from factcheck.workflow.build_report import Newsroom, build_report
from factcheck.workflow.edit_claim import sign_off
from factcheck.workflow.ports import Clock, Ledger, Queue
from factcheck.workflow.review_claim import Desk, record_verdict, take_next

Extracted = Callable[..., FiledArticle]
Reported = Callable[..., Report]


@pytest.fixture
def reported(ledger: Ledger, queue: Queue) -> Reported:
    def report(article_id: int | None = None, **scope: Any) -> Report:
        asked = ReportScope(article_id, **{"drafts": True} | scope)
        return build_report(Newsroom(ledger, queue, "1.2.3"), asked)

    return report


def add_claims(ledger: Ledger, filed: FiledArticle, claims: Sequence[Claim], clock: Clock) -> None:
    run_id = ledger.begin_run(filed.id, SETUP, clock())
    sentences = ledger.sentences(filed.id)
    entries = {one.position: one.entry for one in sentences}
    ledger.record_outcome(run_id, filed, WindowOutcome(Window(sentences), entries, tuple(claims)), clock())


def texts(report: Report) -> Iterator[str]:
    return (one.text for article in report.articles for one in article.claims)


def test_empty_desk_reports_nothing(reported: Reported) -> None:
    with pytest.raises(EmptyDeskError, match="there is no article to report on"):
        reported()


def test_unknown_article_is_not_reported(reported: Reported, extracted: Extracted) -> None:
    extracted("Rain fell on Monday.")

    with pytest.raises(NotFoundError, match="no article 2"):
        reported(2)


def test_claims_stand_in_reading_order(reported: Reported, extracted: Extracted, ledger: Ledger, clock: Clock) -> None:
    filed = extracted("Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday.", frozenset({1, 2}))
    rain, wind, _ = ledger.sentences(filed.id)
    add_claims(ledger, filed, [sentence_claim(filed.article, one) for one in (wind, rain)], clock)

    assert list(texts(reported())) == ["Rain fell on Monday.", "Wind blew on Tuesday.", "Snow lay on Wednesday."]


def test_claims_of_one_sentence_by_number(
    reported: Reported, extracted: Extracted, ledger: Ledger, clock: Clock
) -> None:
    filed = extracted("Rain fell on Monday. Wind blew on Tuesday.")
    anchor = Anchor(AnchorStatus.SENTENCE, sentence_ids=(1,))
    add_claims(
        ledger, filed, [Claim("Z came first.", "Z", anchor, 0.5), Claim("A came next.", "A", anchor, 0.9)], clock
    )

    assert list(texts(reported())) == [
        "Rain fell on Monday.",
        "Z came first.",
        "A came next.",
        "Wind blew on Tuesday.",
    ]


def test_unanchored_claim_comes_first(reported: Reported, extracted: Extracted, ledger: Ledger, clock: Clock) -> None:
    filed = extracted("Rain fell on Monday.")
    add_claims(ledger, filed, [Claim("Nobody said so.", "?", Anchor(AnchorStatus.NONE), 0.5)], clock)

    assert list(texts(reported())) == ["Nobody said so.", "Rain fell on Monday."]


def test_articles_come_oldest_first(reported: Reported, extracted: Extracted) -> None:
    filed = [extracted("Rain fell on Monday."), extracted("Wind blew on Tuesday.")]

    assert [one.filed for one in reported().articles] == filed


def test_one_article_stands_alone(reported: Reported, extracted: Extracted) -> None:
    extracted("Rain fell on Monday.")
    second = extracted("Wind blew on Tuesday.")

    report = reported(second.id)

    assert [one.filed for one in report.articles] == [second]
    assert list(texts(report)) == ["Wind blew on Tuesday."]


def test_report_carries_the_review(reported: Reported, extracted: Extracted, desk: Desk) -> None:
    extracted("Rain fell on Monday. Wind blew on Tuesday.")
    record_verdict(desk, 2, "true", "ann", evidence=[EvidenceDraft("https://a.example")])

    (article,) = reported().articles

    assert [one.id for one in article.checked] == [2]
    assert [one.id for one in article.waiting] == [1]
    assert [one.url for one in article.checked[0].evidence] == ["https://a.example"]
    assert article.verdict_counts() == {"true": 1}


def test_report_carries_the_ledger(reported: Reported, extracted: Extracted) -> None:
    extracted("Rain fell on Monday. Wind blew on Tuesday.", frozenset({2}))

    (article,) = reported().articles

    assert {state: many for state, many in article.ledger_counts().items() if many} == {
        SentenceState.CLAIMS: 1,
        SentenceState.FAILED: 1,
    }


def test_report_names_the_tool(reported: Reported, extracted: Extracted) -> None:
    extracted("Rain fell on Monday.")

    assert reported().masthead.tool == "factcheck-desk 1.2.3"


def test_drafts_are_left_out_unasked(reported: Reported, extracted: Extracted, desk: Desk) -> None:
    extracted("Rain fell on Monday. Wind blew on Tuesday.")
    for number in (1, 2):
        record_verdict(desk, number, "true", "ann")
    sign_off(desk, 2, "eve")

    (article,) = reported(drafts=False).articles

    assert ([one.id for one in article.claims], article.left_out) == ([2], 1)


def test_article_without_verdicts_is_left_out(reported: Reported, extracted: Extracted, desk: Desk) -> None:
    filed, _ = extracted("Rain fell on Monday."), extracted("Wind blew on Tuesday.")
    record_verdict(desk, 1, "true", "ann")
    sign_off(desk, 1, "eve")

    assert [one.filed for one in reported(drafts=False).articles] == [filed]
    (asked_for,) = reported(2, drafts=False).articles
    assert (asked_for.claims, asked_for.left_out) == ((), 1)


def test_one_claim_stands_alone(reported: Reported, extracted: Extracted) -> None:
    extracted("Rain fell on Monday.")
    extracted("Wind blew on Tuesday. Snow lay on Wednesday.")

    report = reported(claim_ids=(3,))

    assert list(texts(report)) == ["Snow lay on Wednesday."]
    assert [one.filed.id for one in report.articles] == [2]


def test_unknown_claim_is_not_reported(reported: Reported, extracted: Extracted) -> None:
    extracted("Rain fell on Monday.")

    with pytest.raises(NotFoundError, match="no claim 2"):
        reported(claim_ids=(2,))


def test_days_bound_the_report(reported: Reported, extracted: Extracted, desk: Desk, clock: Any) -> None:
    extracted("Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday.")
    for number in (1, 2):
        record_verdict(desk, number, "true", "ann")
        clock.now += timedelta(days=1)

    assert [list(texts(reported(**days))) for days in ({"until": date(2026, 3, 1)}, {"since": date(2026, 3, 2)})] == [
        ["Rain fell on Monday."],
        ["Wind blew on Tuesday."],
    ]
    assert reported(since=date(2026, 3, 3)).articles == ()


def test_lease_leaves_no_trace(reported: Reported, extracted: Extracted, desk: Desk) -> None:
    extracted("Rain fell on Monday.")
    before = reported()
    take_next(desk, "ann")

    assert reported() == before
