from collections.abc import Callable
from datetime import timedelta

from factcheck.workflow.measure_desk import measure_desk
from factcheck.workflow.ports import Statistics
from factcheck.workflow.review_claim import Desk, record_verdict, take_next, undo_last


def test_figures_come_from_the_readings(
    careful_desk: Desk, statistics: Statistics, pass_minutes: Callable[[int], None]
) -> None:
    take_next(careful_desk, "ann")
    pass_minutes(2)
    record_verdict(careful_desk, 1, "false", "ann")
    record_verdict(careful_desk, 1, "true", "bob")
    record_verdict(careful_desk, 1, "true", "eve")
    record_verdict(careful_desk, 2, "true", "ann")
    undo_last(careful_desk, "ann")
    pass_minutes(10)

    found = measure_desk(statistics, careful_desk.clock)

    assert (found.oldest, found.median_age) == (timedelta(minutes=12), timedelta(minutes=12))
    assert (found.work.readings, found.work.judged, found.work.overturned) == (3, 2, 1)
    assert found.by_reviewer["ann"].median_seconds == 120
    assert found.by_reviewer["bob"].median_seconds is None
    assert (found.by_reviewer["ann"].overturned, found.by_reviewer["bob"].overturned) == (1, 0)
    [agreement] = found.agreement
    assert (agreement.nominal.units, agreement.ordinal.value) == (1, 0.0)


def test_empty_desk_has_no_figures(desk: Desk, statistics: Statistics) -> None:
    found = measure_desk(statistics, desk.clock)

    assert (found.oldest, found.work.readings, found.agreement) == (None, 0, ())
