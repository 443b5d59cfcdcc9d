from datetime import UTC, datetime, timedelta

import pytest

from factcheck.domain.rating import TRUTH_5
from factcheck.domain.states import ReadingRole
from factcheck.domain.statistics import GivenVerdict, agreement_of, judged, work_of

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FIRST, SECOND, THIRD, EDITOR, CORRECTION = ReadingRole


def reading(claim: int, role: ReadingRole, label: str, ended_as: str | None = None, hours: float = 0.0) -> GivenVerdict:
    who = {FIRST: "ann", SECOND: "bob", THIRD: "eve", CORRECTION: "eve"}[role]
    at = NOW - timedelta(hours=hours)
    return GivenVerdict(claim, who, role, label, ("truth-5", 1), at, ended_as, seconds=60 * claim)


@pytest.mark.parametrize(
    ("readings", "held"),
    [
        ([reading(1, FIRST, "true")], {}),
        ([reading(1, FIRST, "true"), reading(1, SECOND, "true")], {"ann": True, "bob": True}),
        ([reading(1, FIRST, "true"), reading(1, SECOND, "false")], {}),
        (
            [reading(1, FIRST, "true"), reading(1, SECOND, "false"), reading(1, THIRD, "false")],
            {"ann": False, "bob": True},
        ),
        ([reading(1, FIRST, "true", "rejected"), reading(1, FIRST, "false", hours=-1)], {"ann": False}),
        ([reading(1, FIRST, "true", "corrected"), reading(1, CORRECTION, "mixed")], {"ann": False}),
        (
            [
                reading(1, FIRST, "true"),
                reading(1, SECOND, "false"),
                reading(1, THIRD, "false", "corrected"),
                reading(1, CORRECTION, "true"),
            ],
            {"ann": True, "bob": False, "eve": False},
        ),
    ],
)
def test_label_holds_or_is_overturned(readings: list[GivenVerdict], held: dict[str, bool]) -> None:
    assert {one.reviewer: kept for one, kept in judged(readings).items()} == held


def test_rejected_reading_disputes_no_later_ones() -> None:
    rejected = reading(1, FIRST, "false", "rejected", 3)
    agreed = [reading(1, FIRST, "true", hours=2), reading(1, SECOND, "true", hours=1)]

    assert judged([rejected, *agreed]) == {rejected: False, agreed[0]: True, agreed[1]: True}


def test_work_is_counted_by_hour_and_day() -> None:
    readings = [reading(number, FIRST, "true", hours=hours) for number, hours in enumerate((0.5, 2, 30), 1)]

    work = work_of(readings, {readings[0]: False, readings[1]: True}, NOW)

    assert (work.readings, work.last_hour, work.last_day) == (3, 1, 2)
    assert (work.judged, work.overturned, work.median_seconds) == (2, 1, 120)


def test_agreement_is_by_scale() -> None:
    readings = [
        one
        for claim, (first, second) in enumerate((("true", "true"), ("false", "mixed"), ("satire", "true")))
        for one in (reading(claim, FIRST, first), reading(claim, SECOND, second))
    ]

    [agreement] = agreement_of(readings, [TRUTH_5])

    assert (agreement.scale, agreement.version) == ("truth-5", 1)
    assert (agreement.nominal.units, agreement.ordinal.units) == (3, 2)


def test_rejected_reading_is_paired_with_none() -> None:
    readings = [
        reading(1, FIRST, "false", "rejected", 3),
        reading(1, FIRST, "true", hours=2),
        reading(1, SECOND, "true", hours=1),
        reading(2, FIRST, "false"),
        reading(2, SECOND, "false"),
    ]

    [agreement] = agreement_of(readings, [TRUTH_5])

    assert (agreement.nominal.units, agreement.nominal.value) == (2, 1.0)


def test_ungraded_scale_has_no_ordinal() -> None:
    labels = [label for label in TRUTH_5.labels if label.grade is None]
    scale = type(TRUTH_5)("truth-5", 1, tuple(labels))

    [agreement] = agreement_of([reading(1, FIRST, "satire"), reading(1, SECOND, "altered")], [scale])

    assert agreement.ordinal.undefined == "the scale has no grades"
