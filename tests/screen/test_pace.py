"""Pace, what is left, and the end of the lease, in words."""

from datetime import timedelta

from stage import NOW

from factcheck.domain.review import Lease, QueueCounts
from factcheck.screen.pace import Progress, lease_told

COUNTS = QueueCounts(queued=120, leased=1, decided=3)


def test_pace_is_median_without_breaks() -> None:
    minutes = (0, 2, 5, 65, 67)
    progress = Progress(decided_at=tuple(NOW + timedelta(minutes=one) for one in minutes), counts=COUNTS)

    assert progress.seconds_a_claim() == 120
    assert progress.told() == "5 done · 120 waiting · 2 min each, 4 h left"


def test_decisions_of_before_count_for_pace() -> None:
    earlier = (NOW, NOW + timedelta(seconds=30), NOW + timedelta(seconds=60))

    assert Progress(earlier=earlier, counts=COUNTS).told() == "0 done · 120 waiting · 30 s each, 1 h left"


def test_too_few_decisions_have_no_pace() -> None:
    assert Progress(decided_at=(NOW, NOW + timedelta(minutes=1)), counts=COUNTS).told() == "2 done · 120 waiting"
    assert Progress().told() == "0 done"


def test_taken_claim_waits_no_longer() -> None:
    assert Progress(counts=COUNTS).one_less().told() == "0 done · 119 waiting"
    assert Progress().one_less() == Progress()


def test_lease_tells_its_end() -> None:
    lease = Lease("ana", NOW + timedelta(minutes=30))

    assert lease_told(lease, NOW) == "until 12:30 UTC (30 min)"
    assert lease_told(lease, NOW + timedelta(minutes=31)) == "lease has ended"
    assert lease_told(None, NOW) == "lease has ended"
