"""Pace, what is left, and the end of the lease, in words."""

from datetime import timedelta

from stage import NOW

from factcheck.domain.review import Lease
from factcheck.screen.bars import lease_words, pace_words
from factcheck.workflow.desk_session import ReviewPace


def test_pace_is_median_without_breaks() -> None:
    minutes = (0, 2, 5, 65, 67)
    pace = ReviewPace(decided_at=tuple(NOW + timedelta(minutes=one) for one in minutes), waiting=120)

    assert pace_words(pace) == "5 done · 120 waiting · 2 min each, 4 h left"


def test_decisions_of_before_count_for_pace() -> None:
    earlier = (NOW, NOW + timedelta(seconds=30), NOW + timedelta(seconds=60))

    assert pace_words(ReviewPace(earlier=earlier, waiting=120)) == "0 done · 120 waiting · 30 s each, 1 h left"


def test_too_few_decisions_have_no_pace() -> None:
    assert pace_words(ReviewPace((NOW, NOW + timedelta(minutes=1)), waiting=120)) == "2 done · 120 waiting"
    assert pace_words(ReviewPace()) == "0 done"


def test_lease_tells_its_end() -> None:
    lease = Lease("ana", NOW + timedelta(minutes=30))

    assert lease_words(lease, NOW) == "until 12:30 UTC (30 min)"
    assert lease_words(lease, NOW + timedelta(minutes=31)) == "lease has ended"
    assert lease_words(None, NOW) == "lease has ended"
