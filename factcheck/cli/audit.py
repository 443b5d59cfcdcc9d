"""`factcheck log` and `factcheck audit`: what happened, and whether the log is whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import WORDS, command, db_option, page_options, reviewer_option
from factcheck.cli.terminal import say, spoken, table, write
from factcheck.domain.audit import canonical
from factcheck.export.records import self_audit_record, to_json, verification_record
from factcheck.settings import Settings
from factcheck.workflow.measure_desk import audit_desk
from factcheck.workflow.read_log import linked_events, read_log, verify_log

_SHOWN = 12
"""So many claims are named beside a count."""


@command("log", click.argument("number", type=int, metavar="[N]", required=False), reviewer_option)
@page_options
def log_command(settings: Settings, number: int | None, *, limit: int | None, as_json: bool) -> None:
    """Show what happened, to one claim or at all.

    The last line is the latest. While a second reading is out, what the first reader did shows
    without its details, but to the reader.
    """
    with wiring.stores(settings) as opened:
        events = read_log(opened, settings.reviewer, number, limit)
    if as_json:
        write(to_json([one.record() for one in events]))
        return
    columns = (("#", "right"), ("when", "left"), ("who", "left"), ("what", "left"), ("claim", "right"), ("", "wide"))
    table(
        columns,
        (
            (one.id, f"{one.at:%Y-%m-%d %H:%M}", one.actor, one.action, one.claim_id, _in_words(one.details))
            for one in events
        ),
    )


@click.group("audit")
def audit_command() -> None:
    """Verify or export the event log; look at the desk's own work."""


@command("verify", of=audit_command)
@click.option("--head", type=WORDS, metavar="HASH", help="The last hash as you noted it down; it must be in the log.")
def verify_command(settings: Settings, head: str | None, *, as_json: bool) -> int:
    """Check that every event is what was written, in its order, and that none is missing."""
    with wiring.stores(settings) as opened:
        found = verify_log(opened, head)
    if as_json:
        write(to_json(verification_record(found)))
    elif found.reason is None:
        write(f"{found.whole} events, whole; the last hash is {found.head.hash if found.head else 'none'}")
    else:
        say(f"factcheck: event {found.broken_at} is broken: {found.reason}; {found.whole} before it are whole")
    return ExitCode.OK if found.reason is None else ExitCode.BROKEN_LOG


@audit_command.command("export")
@db_option
@click.pass_obj
def export_command(settings: Settings) -> None:
    """Print every event as a line of JSON, with its hash and the one before.

    `hash` is the sha256 of `previous_hash`, a line feed, and the line as JSON with sorted keys and
    without blanks, `hash` and `previous_hash` left out.
    """
    with wiring.stores(settings) as opened:
        for one in linked_events(opened):
            # An event that cannot be read any more keeps its place, so that whoever checks the chain meets it.
            record = one.event.record() if one.event else {"id": one.id}
            write(to_json(record | {"previous_hash": one.previous, "hash": one.hash}, indent=None))


@command("desk", of=audit_command)
def desk_command(settings: Settings, *, as_json: bool) -> None:
    """Count what the fact-checkers' principles ask about: sources, sides, claimants asked, corrections, targets."""
    with wiring.stores(settings) as opened:
        audit = audit_desk(opened)
    if as_json:
        write(to_json(self_audit_record(audit)))
        return
    asked = [("verdicts", audit.verdicts, "")]
    asked += [(spoken(name), len(numbers), _some(numbers)) for name, numbers in audit.found.items()]
    table((("of the verdicts", "left"), ("many", "right"), ("claims", "wide")), asked)
    speakers = (
        (name or "nobody named", labels.total(), _counted(labels)) for name, labels in audit.targets_by_number()
    )
    table((("checks by speaker", "wide"), ("many", "right"), ("verdicts", "wide")), speakers)


def _in_words(details: Mapping[str, Any]) -> str:
    """What an event says, without what it leaves open."""
    said = {name: value for name, value in details.items() if value not in (None, [], {})}
    return ", ".join(
        f"{name}: {canonical(value) if isinstance(value, dict | list) else value}" for name, value in said.items()
    )


def _some(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return ", ".join(map(str, numbers[:_SHOWN])) + more


def _counted(labels: Counter[str]) -> str:
    return ", ".join(f"{count} {label}" for label, count in sorted(labels.items(), key=lambda one: (-one[1], one[0])))
