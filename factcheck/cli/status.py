"""`factcheck status`."""

from typing import Any

import click

from factcheck import wiring
from factcheck.cli.options import db_option, json_option
from factcheck.cli.terminal import details, write
from factcheck.domain.cost import dollars, total_price
from factcheck.domain.extraction import Usage
from factcheck.export.records import ledger_record, to_json
from factcheck.settings import Settings


@click.command("status")
@json_option
@db_option
@click.pass_obj
def status_command(settings: Settings, *, as_json: bool) -> None:
    """Show how full the queue is, what became of the sentences, and what was spent."""
    with wiring.stores(settings) as opened:
        counts = opened.queue.counts(wiring.utc_now())
        verdicts = opened.queue.verdict_counts()
        sentences = ledger_record(opened.ledger.sentence_counts())
        runs = opened.ledger.runs()
    usage = sum((run.usage for run in runs), Usage())
    price, unknown = total_price(run.price for run in runs)
    record: dict[str, Any] = {
        "database": opened.location,
        "claims": {
            "queued": counts.queued,
            "leased": counts.leased,
            "awaiting_second": counts.awaiting_second,
            "disputed": counts.disputed,
            "decided": counts.decided,
            "aside": counts.aside,
        },
        "next_lease_ends": counts.next_back.isoformat() if counts.next_back else None,
        "verdicts": verdicts,
        "sentences": sentences,
        "runs": len(runs),
        "calls": usage.calls,
        "prompt_tokens": usage.prompt_tokens,
        "cached_tokens": usage.cached_tokens,
        "completion_tokens": usage.completion_tokens,
        "seconds": round(usage.seconds, 3),
        "price": None if runs and unknown == len(runs) else round(price, 9),
        "runs_of_unknown_price": unknown,
    }
    if as_json:
        write(to_json(record))
    else:
        shown = record | {"seconds": f"{usage.seconds:,.1f}", "price": dollars(record["price"])}
        details((name.replace("_", " "), _told(value)) for name, value in shown.items())


def _told(value: object) -> object:
    if isinstance(value, dict):
        return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in value.items()) or "none"
    return f"{value:,}" if isinstance(value, int) else value
