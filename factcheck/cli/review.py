"""`factcheck next`, `verdict`, `skip`, `release`, `renew`, `undo`, `history`: a reviewer's day."""

from shlex import quote
from textwrap import fill
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.advice import FILL_QUEUE
from factcheck.cli.claims import show_claim, told
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import (
    WORDS,
    claim_command,
    db_option,
    json_option,
    named_reviewer,
    remark_options,
    remarks,
    reviewer_option,
)
from factcheck.cli.terminal import say, table, write
from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.review import PastDecision, QueuedClaim
from factcheck.domain.states import Act, ClaimStatus, Stage
from factcheck.export.records import claim_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import review_claim
from factcheck.workflow.explain_queue import why_nothing_free


@click.command("next")
@click.option("--first", "stage", flag_value=Stage.FIRST.name, help="Only a first reading.")
@click.option("--second", "stage", flag_value=Stage.SECOND.name, help="Only a second reading.")
@click.option("--adjudicate", "stage", flag_value=Stage.ADJUDICATION.name, help="Only a claim whose readers differ.")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def next_command(settings: Settings, reviewer: str | None, stage: str | None, *, as_json: bool) -> int:
    """Take the claim most worth checking; it is yours until the lease ends.

    First readings come first. Where none is free: second readings of what others have read, then
    claims whose two readers differ.
    """
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        desk = wiring.desk(opened, settings)
        claim = review_claim.take_next(desk, name, Stage[stage] if stage else None)
        if claim is None:
            why = why_nothing_free(desk, name)
            say(f"factcheck: {why}; {FILL_QUEUE}" if why.is_empty else f"factcheck: {why}")
            return ExitCode.NOTHING_FREE
        show_claim(opened, claim, as_json=as_json)
        others = [number for number in opened.queue.held_by(name, wiring.utc_now()) if number != claim.id]
    labels = fill(f"labels: {', '.join(label.id for label in desk.scale.labels)}", 78, break_on_hyphens=False)
    say(f"decide: factcheck verdict {claim.id} LABEL --reviewer {quote(name)}\n{labels}")
    if others:
        say(f"you also hold: {', '.join(map(str, others))}")
    return ExitCode.OK


@claim_command("verdict")
@click.argument("label", type=WORDS)
@click.option("--rationale", type=WORDS, metavar="TEXT", help="Why, in a sentence or two.")
@click.option("--evidence", "urls", type=WORDS, multiple=True, metavar="URL", help="A source; may be given again.")
@remark_options
def verdict_command(  # noqa: PLR0913 - a verdict is what it is
    settings: Settings,
    /,
    number: int,
    label: str,
    reviewer: str | None,
    rationale: str | None,
    urls: tuple[str, ...],
    scale: str | None,
    *,
    as_json: bool,
    **said: Any,  # noqa: ANN401 - options of several kinds
) -> None:
    """Decide claim N, which you hold or which is free: as its first or second reader, or its adjudicator.

    Evidence given here takes the verdict's stance: it supports what is called true and
    refutes what is called false.
    """
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        desk = wiring.desk(opened, settings, scale)
        drafts = [EvidenceDraft(url) for url in urls]
        claim = review_claim.record_verdict(desk, number, label, name, rationale, drafts, remarks(**said))
    if as_json:
        write(to_json(claim_record(claim)))
    else:
        write(f"claim {number} is {label}{_what_follows(claim)}: {claim.words}")


@claim_command("skip")
def skip_command(settings: Settings, number: int, reviewer: str | None, *, as_json: bool) -> None:
    """Put claim N at the end of the queue."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        review_claim.skip_claim(wiring.desk(opened, settings), number, name)
        claim = opened.queue.claim(number, wiring.utc_now(), name)
    told(claim, f"claim {number} is at the end of the queue", as_json=as_json)


@claim_command("release")
def release_command(settings: Settings, number: int, reviewer: str | None, *, as_json: bool) -> None:
    """Give claim N, which you hold, back to the queue."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        review_claim.release_claim(wiring.desk(opened, settings), number, name)
        claim = opened.queue.claim(number, wiring.utc_now(), name)
    told(claim, f"claim {number} is back in the queue", as_json=as_json)


@claim_command("renew")
def renew_command(settings: Settings, number: int, reviewer: str | None, *, as_json: bool) -> None:
    """Hold claim N, which you hold, for a full lease from now."""
    with wiring.stores(settings) as opened:
        claim = review_claim.renew_lease(wiring.desk(opened, settings), number, named_reviewer(reviewer, settings))
    until = f"{claim.lease.until:%Y-%m-%d %H:%M} UTC" if claim.lease else "now"
    told(claim, f"claim {number} is yours until {until}", as_json=as_json)


@click.command("undo")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def undo_command(settings: Settings, reviewer: str | None, *, as_json: bool) -> None:
    """Take back your last decision that nobody has built on; the claim is yours again."""
    with wiring.stores(settings) as opened:
        action, claim = review_claim.undo_last(wiring.desk(opened, settings), named_reviewer(reviewer, settings))
    if as_json:
        write(to_json({"undone": action, "claim": claim_record(claim)}))
    else:
        write(f"undone: claim {claim.id} is no longer {action.replace('_', ' ')}; you hold it again")


@click.command("history")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="So many, latest first.")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def history_command(settings: Settings, reviewer: str | None, limit: int, *, as_json: bool) -> None:
    """List your last decisions, the one that `undo` looks at first on top."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        done = opened.queue.history(name, wiring.utc_now(), limit)
    if as_json:
        write(to_json([_past(one) for one in done]))
        return
    columns = (("when", "left"), ("#", "right"), ("what", "left"), ("claim", "wide"))
    table(columns, ((f"{one.at:%Y-%m-%d %H:%M}", one.claim.id, _named(one.act), one.claim.words) for one in done))


def _past(one: PastDecision) -> dict[str, Any]:
    return {"at": one.at.isoformat(), "act": one.act.value, "claim": claim_record(one.claim)}


def _named(act: Act) -> str:
    return act.value.replace("_", " ")


def _what_follows(claim: QueuedClaim) -> str:
    """What a verdict has led to, where it is not the last word."""
    return {
        ClaimStatus.AWAITING_SECOND: f" ({claim.second_asked}: it waits for a second reader)",
        ClaimStatus.AGREED: " (both readers agree)",
        ClaimStatus.DISPUTED: " (the readers differ: it waits for an adjudicator)",
    }.get(claim.status, "")
