"""`factcheck status`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from factcheck import wiring
from factcheck.cli.options import command
from factcheck.cli.terminal import details, spoken, write
from factcheck.domain.agreement import Alpha
from factcheck.domain.cost import dollars
from factcheck.domain.statistics import DeskStatistics, Work
from factcheck.export.records import cost_record, ledger_record, named, statistics_record, to_json
from factcheck.settings import Settings
from factcheck.workflow.measure_desk import DeskStatus, desk_status

_ALWAYS_TOLD = {"queued", "leased", "decided"}


@command("status")
def status_command(settings: Settings, *, as_json: bool) -> None:
    """Show how full the queue is, what was spent, and how the desk works."""
    with wiring.stores(settings) as opened:
        found = desk_status(opened)
    record = _record(found)
    if as_json:
        write(to_json(record | {"desk": statistics_record(found.figures)}))
        return
    # A state without claims says nothing to a person, but for the three that everybody looks for.
    claims = {state: many for state, many in record["claims"].items() if many or state in _ALWAYS_TOLD}
    shown = {"claims": claims, "seconds": f"{record['seconds']:,.1f}", "price": dollars(record["price"])}
    details((spoken(name), _in_words(value)) for name, value in (record | shown).items())
    details(_desk_pairs(found.figures))


def _record(found: DeskStatus) -> dict[str, Any]:
    counts = found.claims
    return {
        "database": found.location,
        "claims": named(counts, "queued", "leased", "awaiting_second", "disputed", "decided", "aside"),
        "next_lease_ends": counts.next_back.isoformat() if counts.next_back else None,
        "verdicts": found.verdicts,
        "sentences": ledger_record(found.sentences),
        "runs": found.runs,
        **cost_record(found.usage, found.price),
        "runs_of_unknown_price": found.runs_of_unknown_price,
    }


def _desk_pairs(figures: DeskStatistics) -> Iterator[tuple[str, object]]:
    if figures.oldest is not None and figures.median_age is not None:
        yield "waiting for", f"{_span(figures.oldest)} the oldest, {_span(figures.median_age)} the median"
    yield "read", _work(figures.work)
    for name, work in figures.by_reviewer.items():
        yield f"by {name}", _work(work)
    for one in figures.agreement:
        both = f"nominal {_alpha(one.nominal)}; ordinal {_alpha(one.ordinal)}"
        yield "agreement", f"{one.scale} v{one.version}, Krippendorff's alpha: {both}"


def _work(work: Work) -> str:
    pace = f", {_span(timedelta(seconds=work.median_seconds))} each" if work.median_seconds is not None else ""
    judged = f", {work.overturned} of {work.judged} judged by others overturned" if work.judged else ""
    return f"{work.readings:,}, {work.last_hour:,} in the last hour, {work.last_day:,} in the last day{pace}{judged}"


def _alpha(alpha: Alpha) -> str:
    if alpha.value is None:
        return f"undefined: {alpha.undefined}"
    interval = f" ({alpha.low:.2f} to {alpha.high:.2f})" if alpha.low is not None else ""
    return f"{alpha.value:.3f}{interval} over {alpha.units} claims"


def _span(span: timedelta) -> str:
    """A time in its largest unit."""
    seconds = round(span.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _in_words(value: object) -> object:
    if isinstance(value, dict):
        return ", ".join(f"{count:,} {spoken(name)}" for name, count in value.items()) or "none"
    return f"{value:,}" if isinstance(value, int) else value
