"""`factcheck next`, `verdict`, `skip`, `release`, `undo`: a reviewer's day."""

from shlex import quote
from textwrap import fill

import click

from factcheck import wiring
from factcheck.cli.claims import show_claim
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import WORDS, db_option, json_option, named_reviewer, reviewer_option
from factcheck.cli.terminal import say, write
from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.rating import TRUTH_5
from factcheck.domain.review import QueueCounts
from factcheck.export.records import claim_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import review_claim

_LABELS = fill(f"labels: {', '.join(label.id for label in TRUTH_5.labels)}", 78, break_on_hyphens=False)


@click.command("next")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def next_command(settings: Settings, reviewer: str | None, *, as_json: bool) -> int:
    """Take the free claim most worth checking; it is yours until the lease ends."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        desk = wiring.desk(opened, settings)
        claim = review_claim.take_next(desk, name)
        if claim is None:
            say(f"factcheck: {_why_nothing(opened.queue.counts(wiring.utc_now()))}")
            return ExitCode.NOTHING_FREE
        show_claim(opened, claim, as_json=as_json)
        others = [number for number in opened.queue.held_by(name, wiring.utc_now()) if number != claim.id]
    say(f"decide: factcheck verdict {claim.id} LABEL --reviewer {quote(name)}\n{_LABELS}")
    if others:
        say(f"you also hold: {', '.join(map(str, others))}")
    return ExitCode.OK


@click.command("verdict")
@click.argument("number", type=int, metavar="N")
@click.argument("label", type=WORDS)
@reviewer_option
@click.option("--rationale", type=WORDS, metavar="TEXT", help="Why, in a sentence or two.")
@click.option("--evidence", "urls", type=WORDS, multiple=True, metavar="URL", help="A source; may be given again.")
@json_option
@db_option
@click.pass_obj
def verdict_command(
    settings: Settings,
    number: int,
    label: str,
    reviewer: str | None,
    rationale: str | None,
    urls: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Decide claim N, which you hold or which is free.

    Evidence given here takes the verdict's stance: it supports what is called true and
    refutes what is called false.
    """
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        drafts = [EvidenceDraft(url) for url in urls]
        claim = review_claim.record_verdict(wiring.desk(opened, settings), number, label, name, rationale, drafts)
    if as_json:
        write(to_json(claim_record(claim)))
    else:
        write(f"claim {number} is {label}: {claim.claim.text}")


@click.command("skip")
@click.argument("number", type=int, metavar="N")
@reviewer_option
@db_option
@click.pass_obj
def skip_command(settings: Settings, number: int, reviewer: str | None) -> None:
    """Put claim N at the end of the queue."""
    with wiring.stores(settings) as opened:
        review_claim.skip_claim(wiring.desk(opened, settings), number, named_reviewer(reviewer, settings))
    write(f"claim {number} is at the end of the queue")


@click.command("release")
@click.argument("number", type=int, metavar="N")
@reviewer_option
@db_option
@click.pass_obj
def release_command(settings: Settings, number: int, reviewer: str | None) -> None:
    """Give claim N, which you hold, back to the queue."""
    with wiring.stores(settings) as opened:
        review_claim.release_claim(wiring.desk(opened, settings), number, named_reviewer(reviewer, settings))
    write(f"claim {number} is back in the queue")


@click.command("undo")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def undo_command(settings: Settings, reviewer: str | None, *, as_json: bool) -> None:
    """Take back your last verdict or skip; the claim is yours again."""
    with wiring.stores(settings) as opened:
        action, claim = review_claim.undo_last(wiring.desk(opened, settings), named_reviewer(reviewer, settings))
    if as_json:
        write(to_json({"undone": action, "claim": claim_record(claim)}))
    else:
        write(f"undone: claim {claim.id} is no longer {action}; you hold it again")


def _why_nothing(counts: QueueCounts) -> str:
    back = f", next back {counts.next_back:%H:%M} UTC" if counts.next_back else ""
    if not counts.queued + counts.leased + counts.decided:
        return "the queue is empty; put claims into it: factcheck extract SOURCE"
    return f"no claim is free: 0 queued, {counts.leased} leased{back}, {counts.decided} decided"
