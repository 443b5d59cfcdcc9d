"""Works out how the desk works: ages, pace, overturned readings, agreement."""

from collections.abc import Sequence
from datetime import timedelta

from factcheck.domain.statistics import DeskStatistics, agreement_of, judged, work_of
from factcheck.workflow.ports import Clock, Statistics


def measure_desk(statistics: Statistics, clock: Clock) -> DeskStatistics:
    """The desk's figures at this moment."""
    now = clock()
    readings = statistics.readings()
    held = judged(readings)
    ages = statistics.ages(now)
    return DeskStatistics(
        oldest=ages[0][0] if ages else None,
        median_age=_median(ages),
        work=work_of(readings, held, now),
        by_reviewer={
            name: work_of([one for one in readings if one.reviewer == name], held, now)
            for name in sorted({one.reviewer for one in readings})
        },
        agreement=agreement_of(readings, statistics.scales()),
    )


def _median(ages: Sequence[tuple[timedelta, int]]) -> timedelta | None:
    """The age of the claim in the middle."""
    left = sum(many for _, many in ages) // 2
    for age, many in ages:
        if left < many:
            return age
        left -= many
    return None
