"""`factcheck log`, `audit` and `status`: what happened, whether the log is whole, and how the desk works."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from time import sleep

import click

from factcheck import wiring
from factcheck.cli.advice import with_advice
from factcheck.cli.damage import stores_to_list
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import WORDS, command, db_option, page_options, reviewer_option
from factcheck.cli.signals import stopped_as_by_ctrl_c
from factcheck.cli.terminal import counted, details, say, show_list, spoken, stream, table, write
from factcheck.domain.agreement import Alpha
from factcheck.domain.audit import Event, Proof, Verification, canonical
from factcheck.domain.cost import dollars, tokens
from factcheck.domain.statistics import FEWEST_READ_TWICE, DeskStatistics, Step, Waiting, Work
from factcheck.errors import BrokenRowError, DatabaseError
from factcheck.export import records
from factcheck.export.records import to_json
from factcheck.settings import Settings
from factcheck.workflow import look_up
from factcheck.workflow.measure_desk import DeskStatus, audit_desk, desk_status
from factcheck.workflow.ports import Stores

_COLUMNS = {"#": "right", "when": "left", "who": "left", "what": "left", "claim": "right", "": "wide"}
_HASH = re.compile("[0-9a-f]{64}")
_DIFFERENCES = 20
"""So many differences from the log are told; JSON has all."""
_SHOWN = 12
"""So many claims are named beside a count."""

_FOR = {
    Step.FIRST_READING: "for a reader",
    Step.SECOND_READING: "for a reader other than the first",
    Step.ADJUDICATION: "for an adjudicator",
    Step.SIGN_OFF: "for an editor",
    Step.PUBLICATION: "for an editor",
    Step.RECHECK: "for an editor",
}
_CALLED = {Step.SIGN_OFF: "sign-offs", Step.RECHECK: "signed off, on changed words"}
_COUNTED = ("queued", "leased", "awaiting_second", "disputed", "decided", "aside")
_ALWAYS_TOLD = {"queued", "leased", "decided"}


@command("log", click.argument("number", type=int, metavar="[N]", required=False), reviewer_option)
@page_options
def log_command(settings: Settings, number: int | None, *, limit: int | None, as_json: bool) -> None:
    """Show what happened, to one claim or at all.

    The last line is the latest. While a second reading is out, what the first reader did shows
    without its details, and flags, notes and sources without a name, but to the reader.
    """
    with stores_to_list(settings) as opened:
        events = look_up.events(opened, settings.reviewer, number, limit)
        show_list(events, Event.record, _COLUMNS, _line, as_json=as_json)


@click.group("audit")
def audit_command() -> None:
    """Verify or export the event log; look at the desk's own work."""


@command("verify", of=audit_command)
@click.option("--head", type=WORDS, metavar="HASH", help="The last hash as you noted it down; it must be in the log.")
@click.option("--heads", type=WORDS, metavar="FILE", help="A file of such hashes, one a line; all must be in the log.")
def verify_command(settings: Settings, head: str | None, heads: str | None, *, as_json: bool) -> int:
    """Check that the log is what was written, and that the desk holds what the log says.

    Every event must stand as it was written, in its order, and none may be missing. Each article, claim, verdict,
    source, sign-off, publication and correction must follow from its events.
    """
    if head is not None and not _HASH.fullmatch(head := head.strip().lower()):
        raise click.BadParameter("it is no hash of 64 hex digits", param_hint="--head")
    noted = [*([head] if head else []), *(wiring.noted_heads(heads) if heads else [])]
    with wiring.stores(settings) as opened:
        found = look_up.verify_log(opened, noted)
    if as_json:
        write(to_json(records.verification_record(found)))
    elif found.reason is not None:
        say(f"factcheck: event {found.broken_at} is broken: {found.reason}; {found.whole} before it are whole")
    else:
        _tell_proof(found)
    return ExitCode.OK if found.is_whole else ExitCode.BROKEN_LOG


@command("head", of=audit_command)
def head_command(settings: Settings, *, as_json: bool) -> None:
    """Print the last hash of the log, to be kept in a safe place.

    `audit verify --head` proves later that everything before it is as it was.
    """
    with wiring.stores(settings) as opened:
        head = look_up.log_head(opened)
    if as_json:
        write(to_json(records.head_record(head)))
    elif head is None:
        say("factcheck: the log holds no event yet")
    else:
        write(head.hash)


@audit_command.command("export")
@db_option
@click.pass_obj
def export_command(settings: Settings) -> None:
    """Print every event as a line of JSON, with its hash and the one before.

    `hash` is the sha256 of `previous_hash`, a line feed, and the line as JSON with sorted keys and
    without blanks, `hash` and `previous_hash` left out.
    """
    with wiring.stores(settings) as opened:
        for one in look_up.linked_events(opened):
            # An event that cannot be read any more keeps its place, so that whoever checks the chain meets it.
            record = one.event.record() if one.event else {"id": one.id}
            stream(to_json(record | {"previous_hash": one.previous, "hash": one.hash}, indent=None))


@command("desk", of=audit_command)
def desk_command(settings: Settings, *, as_json: bool) -> None:
    """Count what the fact-checkers' principles ask about: sources, sides, claimants asked, corrections, targets."""
    with stores_to_list(settings) as opened:
        audit = audit_desk(opened)
        if as_json:
            write(to_json(records.self_audit_record(audit)))
            return
        asked = [("verdicts", audit.verdicts, "")]
        for name, numbers in audit.found.items():
            more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
            asked.append((spoken(name), len(numbers), ", ".join(map(str, numbers[:_SHOWN])) + more))
        table({"of the verdicts": "left", "many": "right", "claims": "wide"}, asked)
        speakers = []
        for speaker, labels in audit.targets_by_number():
            counts = sorted(labels.items(), key=lambda one: (-one[1], one[0]))
            verdicts = ", ".join(f"{count} {label}" for label, count in counts)
            speakers.append((speaker or "nobody named", labels.total(), verdicts))
        table({"checks by speaker": "wide", "many": "right", "verdicts": "wide"}, speakers)


@command(
    "status",
    click.option("--watch", is_flag=True, help="Show it again and again, until Ctrl-C; with --json a line each time."),
    click.option("--interval", type=click.IntRange(1, 86_400), default=5, help="Seconds between, with --watch."),
)
def status_command(settings: Settings, *, watch: bool, interval: int, as_json: bool) -> None:
    """Show what waits for whom, how the desk works, and what was spent."""
    with stores_to_list(settings) as opened:
        if not watch:
            _show_status(desk_status(opened), as_json=as_json)
            return
        with stopped_as_by_ctrl_c(), suppress(KeyboardInterrupt):
            for found in _statuses(opened, interval):
                if as_json:
                    stream(to_json(_status_record(found), indent=None))  # ends it where nobody reads any more
                else:
                    click.clear()  # a terminal's screen; in a file nothing is wiped out
                    _show_status(found, as_json=False)
                sys.stdout.flush()


def _statuses(opened: Stores, interval: int) -> Iterator[DeskStatus]:
    """The desk again and again. Once it has answered, a database that does not is told, and asked again."""
    yield desk_status(opened)
    is_told = False
    while True:
        sleep(interval)
        try:
            found = desk_status(opened)
        except BrokenRowError:
            raise
        except DatabaseError as error:
            if not is_told:
                say(f"factcheck: {with_advice(error)}; tried again every {counted(interval, 'second')}")
            is_told = True
        else:
            is_told = False
            yield found


def _show_status(found: DeskStatus, *, as_json: bool) -> None:
    if as_json:
        write(to_json(_status_record(found)))
        return
    next_back, usage, claims = found.claims.next_back, found.usage, records.named(found.claims, *_COUNTED)
    details([
        *_waiting_pairs(found),
        # A state without claims says nothing to a person, but for the three that everybody looks for.
        ("claims", _counts({state: many for state, many in claims.items() if many or state in _ALWAYS_TOLD})),
        ("next lease ends", f"{next_back:%Y-%m-%d %H:%M} UTC" if next_back else None),
        ("verdicts", _counts(found.verdicts)),
        ("sentences", _counts(records.ledger_record(found.sentences))),
        *_desk_pairs(found.figures),
        ("database", found.location),
        ("runs", f"{found.runs:,}"),
        ("calls", f"{usage.calls:,} in {usage.seconds:,.1f} seconds"),
        ("tokens", tokens(usage).removesuffix(" tokens")),
        ("price", dollars(found.price)),
        ("runs of unknown price", found.runs_of_unknown_price or None),
    ])  # fmt: skip


def _status_record(found: DeskStatus) -> dict[str, object]:
    next_back = found.claims.next_back
    return {
        "waiting": {one.value: _waiting_record(found.waiting.get(one)) for one in Step},
        "tasks": records.plain(found.tasks),
        "claims": records.named(found.claims, *_COUNTED),
        "next_lease_ends": next_back.isoformat() if next_back else None,
        "verdicts": found.verdicts,
        "sentences": records.ledger_record(found.sentences),
        "desk": records.statistics_record(found.figures),
        "database": found.location,
        "runs": found.runs,
        **records.cost_record(found.usage, found.price),
        "runs_of_unknown_price": found.runs_of_unknown_price,
    }


def _waiting_record(one: Waiting | None) -> dict[str, object]:
    """How many wait and, in seconds, how long the one that waits longest does."""
    return {"claims": one.many, "oldest": one.oldest.total_seconds()} if one else {"claims": 0, "oldest": None}


def _waiting_pairs(found: DeskStatus) -> Iterator[tuple[str, object]]:
    """What waits for whom, how long it has, and whose task it is."""
    for step, whom in _FOR.items():
        one = found.waiting.get(step)
        yield (
            _CALLED.get(step, spoken(step)),
            f"{one.many:,} {whom}; the longest wait is {_span(one.oldest)}" if one else "none",
        )
    for task in found.tasks:
        due = f", the first due on {task.first_due}" if task.first_due else ""
        overdue = f", {task.overdue:,} overdue" if task.overdue else ""
        yield f"tasks of {task.person}" if task.person else "due, nobody's", f"{task.many:,}{overdue}{due}"


def _tell_proof(found: Verification) -> None:
    """What a whole log proves; on stderr what does not follow from it, and what its events do not tell."""
    proof = found.proof or Proof({})
    if found.is_whole:
        write(f"{found.whole} events, whole; the last hash is {found.head.hash if found.head else 'none'}")
        stands = ", ".join(f"{many:,} {_rows(table, many)}" for table, many in proof.rows.items())
        write(f"what stands follows from them: {stands or 'nothing yet'}")
    for one in proof.differences[:_DIFFERENCES]:
        say(f"factcheck: {one}")
    if len(proof.differences) > _DIFFERENCES:
        say(f"factcheck: and {len(proof.differences) - _DIFFERENCES:,} more; --json tells all of them")
    for (where, columns), many in proof.untold.items():
        told = ", ".join(map(spoken, columns))
        of_all = proof.rows.get(where, many)
        say(f"not compared, in {many:,} of {of_all:,} {_rows(where, of_all)}: {told}")
    if proof.untold:
        say("  the events that put them there are of an older version, and do not tell these")


def _rows(table: str, many: int) -> str:
    """What people call so many rows of a table."""
    if table == "evidence":
        return "source" if many == 1 else "sources"
    return spoken(table) if many == 1 else f"{spoken(table)}s"


def _line(event: Event) -> tuple[object, ...]:
    """An event without what it leaves open."""
    # What was written of rows is for proofs: it says what the other details say, and far more.
    said = {name: one for name, one in event.details.items() if one not in (None, [], {}) and name != "written"}
    about = (f"{name}: {canonical(one) if isinstance(one, dict | list) else one}" for name, one in said.items())
    return event.id, f"{event.at:%Y-%m-%d %H:%M}", event.actor, event.action, event.claim_id, ", ".join(about)


def _desk_pairs(figures: DeskStatistics) -> Iterator[tuple[str, object]]:
    yield "read", _work(figures.work)
    for name, work in figures.by_reviewer.items():
        yield f"by {name}", _work(work)
    for one in figures.agreement:
        both = f"Krippendorff's alpha: nominal {_alpha(one.nominal)}; ordinal {_alpha(one.ordinal)}"
        few = f"{one.nominal.units} claim(s) read twice; how far readers agree is told from {FEWEST_READ_TWICE} on"
        yield "agreement", f"{one.scale} v{one.version}, {both if one.is_telling else few}"


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


def _counts(of: Mapping[str, int]) -> str:
    return ", ".join(f"{many:,} {spoken(name)}" for name, many in of.items()) or "none"
