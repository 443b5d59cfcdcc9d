"""`factcheck reword`, `split`, `merge`, `not-checkable`: what a reviewer does to the claim itself."""

import click

from factcheck import wiring
from factcheck.cli.acts import act_command
from factcheck.cli.options import WORDS, named_reviewer, on_claim
from factcheck.cli.terminal import write
from factcheck.domain.review import QueuedClaim
from factcheck.export.records import claim_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import amend_claim
from factcheck.workflow.review_claim import Desk


@act_command("reword")
@click.argument("text", type=WORDS)
def reword_command(desk: Desk, number: int, reviewer: str, text: str) -> tuple[QueuedClaim, str]:
    """Give a claim other words; the original is kept."""
    claim = amend_claim.reword_claim(desk, number, text, reviewer)
    return claim, f"claim {number} now says: {claim.words}"


@on_claim("split")
@click.argument("texts", type=WORDS, nargs=-1, required=True, metavar="PART PART...")
def split_command(settings: Settings, number: int, texts: tuple[str, ...], *, as_json: bool) -> None:
    """Make several claims of one, each queued where it stood."""
    reviewer = named_reviewer(settings)
    with wiring.opened_desk(settings) as desk:
        parts = amend_claim.split_claim(desk, number, texts, reviewer)
    if as_json:
        write(to_json([claim_record(one) for one in parts]))
    else:
        write("\n".join(f"claim {one.id}: {one.words}" for one in parts))


@act_command("merge")
@click.argument("into", type=int, metavar="M")
def merge_command(desk: Desk, number: int, reviewer: str, into: int) -> tuple[QueuedClaim, str]:
    """Take a claim that says the same as another out of the queue."""
    claim = amend_claim.merge_claim(desk, number, into, reviewer)
    return claim, f"claim {number} is a duplicate of claim {into}"


@act_command("not-checkable")
@click.option("--reason", type=WORDS, required=True, metavar="TEXT", help="Why nobody can check it.")
def not_checkable_command(desk: Desk, number: int, reviewer: str, reason: str) -> tuple[QueuedClaim, str]:
    """Take a claim that nobody can check out of the queue."""
    return amend_claim.set_claim_aside(desk, number, reason, reviewer), f"claim {number} is not checkable: {reason}"
