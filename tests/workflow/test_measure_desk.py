from collections.abc import Callable
from datetime import timedelta

from factcheck.domain.statistics import Step, Waiting
from factcheck.workflow.edit_claim import correct, correct_typo, sign_off, sign_off_and_publish
from factcheck.workflow.measure_desk import desk_status, measure_desk
from factcheck.workflow.ports import Statistics, Stores
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


def test_who_puts_a_typo_right_has_read_nothing(careful_desk: Desk, statistics: Statistics) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    sign_off_and_publish(careful_desk, 1, "eve")
    correct_typo(careful_desk, 1, "eve", "A slip.", "So it was.")
    correct_typo(careful_desk, 1, "eve", "Another.", "So it was!")

    found = measure_desk(statistics, careful_desk.clock)

    assert (found.work.readings, found.work.judged, list(found.by_reviewer)) == (1, 0, ["ann"])
    correct(careful_desk, 1, "mixed", "eve", "Not all of it.")
    work = measure_desk(statistics, careful_desk.clock).by_reviewer["ann"]
    assert (work.readings, work.judged, work.overturned) == (1, 1, 1)


def test_empty_desk_has_no_figures(desk: Desk, statistics: Statistics) -> None:
    found = measure_desk(statistics, desk.clock)

    assert (found.oldest, found.work.readings, found.agreement) == (None, 0, ())


def test_waiting_is_since_the_step_before(
    careful_desk: Desk, stores: Stores, pass_minutes: Callable[[int], None]
) -> None:
    record_verdict(careful_desk, 1, "false", "ann")
    pass_minutes(5)
    record_verdict(careful_desk, 2, "true", "ann")
    pass_minutes(2)
    sign_off(careful_desk, 2, "eve", despite="It is known.")
    pass_minutes(1)

    found = desk_status(stores).waiting

    assert found == {
        Step.FIRST_READING: Waiting(1, timedelta(minutes=8)),
        Step.SECOND_READING: Waiting(1, timedelta(minutes=8)),
        Step.PUBLICATION: Waiting(1, timedelta(minutes=1)),
    }
