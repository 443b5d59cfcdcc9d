"""Gathers what the desk's own page shows: its status, how far its articles are, and what each month cost."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from factcheck.workflow.measure_desk import DeskStatus, desk_status
from factcheck.workflow.ports import Stores


@dataclass(frozen=True, slots=True)
class MonthsCost:
    """What the runs that ended in a month, such as `2026-03`, cost in dollars; `unknown` of them have no price."""

    month: str
    runs: int
    price: float
    unknown: int


@dataclass(frozen=True, slots=True)
class DeskPicture:
    """The desk at one moment; `articles` counts them by whether all of their sentences were answered."""

    at: datetime
    status: DeskStatus
    answered: int
    unanswered: int
    without_claims: int
    months: tuple[MonthsCost, ...]


def picture_desk(stores: Stores) -> DeskPicture:
    """All that the page shows."""
    counts = Counter[str]()
    for _, sentences, claims in stores.ledger.articles():
        is_open = any(many and not state.is_answered for state, many in sentences.items())
        counts["unanswered" if is_open else "answered" if claims else "without_claims"] += 1
    by_month: dict[str, list[float | None]] = {}
    for run in stores.ledger.runs():
        if run.ended_at:
            by_month.setdefault(f"{run.ended_at:%Y-%m}", []).append(run.price)
    months = (
        MonthsCost(month, len(prices), sum(filter(None, prices)), prices.count(None))
        for month, prices in sorted(by_month.items(), reverse=True)
    )
    return DeskPicture(
        at=stores.clock(),
        status=desk_status(stores),
        answered=counts["answered"],
        unanswered=counts["unanswered"],
        without_claims=counts["without_claims"],
        months=tuple(months),
    )
