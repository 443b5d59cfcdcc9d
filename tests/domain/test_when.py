from datetime import date

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.when import When


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 10, 14), date(2026, 10, 14), "14 October 2026"),
        (date(2026, 2, 1), date(2026, 2, 28), "February 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 10, 12), date(2026, 10, 18), "12 October 2026 to 18 October 2026"),
        (date(2026, 1, 1), date(2026, 3, 31), "1 January 2026 to 31 March 2026"),
        (date(9999, 12, 1), date.max, "December 9999"),
    ],
)
def test_days_are_told_in_words(first: date, last: date, told: str) -> None:
    assert str(When("then", first, last)) == told


def test_days_come_with_their_words() -> None:
    when = When("on Wednesday", date(2026, 10, 14), date(2026, 10, 14))

    assert when.told == "14 October 2026, from “on Wednesday”"


def test_days_run_forwards() -> None:
    with pytest.raises(ValueError, match="run forwards"):
        When("then", date(2026, 1, 2), date(2026, 1, 1))


def test_days_need_their_words() -> None:
    with pytest.raises(ValueError, match="from words"):
        When(" ", date.min, date.min)


@pytest.mark.parametrize(("text", "is_kept"), [("On Monday it rained.", True), ("It rained on Tuesday.", False)])
def test_other_words_of_a_claim_keep_its_day_only_with_its_words(text: str, *, is_kept: bool) -> None:
    when = When("on Monday", date(2026, 10, 12), date(2026, 10, 12))
    claim = Claim("Rain fell on Monday.", "", Anchor(AnchorStatus.NONE), 0.5, when=when)

    assert claim.when_in(text) == (when if is_kept else None)
