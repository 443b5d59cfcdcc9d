"""Works out how full the desk is, what it has spent, and how it works: ages, pace, overturned readings, agreement."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median_low

from factcheck.domain.cost import total_price
from factcheck.domain.extraction import Usage
from factcheck.domain.review import ClaimQuery, QueueCounts
from factcheck.domain.self_audit import SelfAudit
from factcheck.domain.sentence import SentenceState
from factcheck.domain.statistics import DeskStatistics, Step, Tasks, Waiting, agreement_of, judged, work_of
from factcheck.workflow.ports import Clock, Statistics, Stores


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """The desk at one moment. `price` is in dollars, None where no run's price is known.

    `verdicts` counts the labels that hold, the most frequent first.
    """

    location: str
    waiting: Mapping[Step, Waiting]
    tasks: tuple[Tasks, ...]
    claims: QueueCounts
    verdicts: Mapping[str, int]
    sentences: Mapping[SentenceState, int]
    runs: int
    usage: Usage
    price: float | None
    runs_of_unknown_price: int
    figures: DeskStatistics


def desk_status(stores: Stores) -> DeskStatus:
    """What waits, how full the queue is, what became of the sentences, what was spent, and how the desk works."""
    runs, now = stores.ledger.runs(), stores.clock()
    price, unknown = total_price(run.price for run in runs)
    return DeskStatus(
        location=stores.location,
        waiting=stores.statistics.waiting(now),
        tasks=stores.statistics.tasks(now.date()),
        claims=stores.queue.counts(now),
        verdicts=stores.queue.verdict_counts(),
        sentences=stores.ledger.sentence_counts(),
        runs=len(runs),
        usage=sum((run.usage for run in runs), Usage()),
        price=None if runs and unknown == len(runs) else price,
        runs_of_unknown_price=unknown,
        figures=measure_desk(stores.statistics, stores.clock),
    )


def audit_desk(stores: Stores) -> SelfAudit:
    """What the fact-checkers' principles ask about, counted over every verdict of the desk."""
    return SelfAudit.of(stores.queue.find(ClaimQuery(), stores.clock()))


def measure_desk(statistics: Statistics, clock: Clock) -> DeskStatistics:
    """The desk's figures at this moment."""
    now = clock()
    readings = statistics.readings()
    held = judged(readings)
    ages = statistics.ages(now)
    return DeskStatistics(
        oldest=ages[0][0] if ages else None,
        median_age=median_low([age for age, many in ages for _ in range(many)]) if ages else None,
        work=work_of(readings, held, now),
        by_reviewer={
            name: work_of([one for one in readings if one.reviewer == name], held, now)
            for name in sorted({one.reviewer for one in readings})
        },
        agreement=agreement_of(readings, statistics.scales()),
    )
