"""How a person at the desk gets on."""

from datetime import UTC, datetime, timedelta

from factcheck.workflow.desk_session import ReviewPace

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_pace_is_median_without_breaks() -> None:
    minutes = (0, 2, 5, 65, 67)

    assert ReviewPace(tuple(NOW + timedelta(minutes=one) for one in minutes)).seconds_a_claim() == 120


def test_too_few_decisions_have_no_pace() -> None:
    assert ReviewPace((NOW, NOW + timedelta(minutes=1))).seconds_a_claim() is None


def test_taken_claim_waits_no_longer() -> None:
    counted = ReviewPace(waiting=120, waiting_for={"first": 100, "second": 20})
    assert counted.one_taken("second") == ReviewPace(waiting=119, waiting_for={"first": 100, "second": 19})
    assert ReviewPace(waiting=0, waiting_for={"first": 0}).one_taken("first").waiting == 0
    assert ReviewPace().one_taken("first") == ReviewPace()
