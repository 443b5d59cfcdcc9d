"""`factcheck sign-off`, `reject`, `publish`, `correct`, `withdraw`: the editor's part."""

from typing import Any

import click

from factcheck import wiring
from factcheck.cli.claims import told
from factcheck.cli.options import WORDS, claim_command, named_reviewer, remark_options, remarks
from factcheck.settings import Settings
from factcheck.workflow import edit_claim


@claim_command("sign-off")
@click.option("--comment", type=WORDS, metavar="TEXT", help="A word on it.")
@click.option(
    "--despite", type=WORDS, metavar="REASON", help="Why it does not matter that a quote is not in its source."
)
def sign_off_command(
    settings: Settings, number: int, comment: str | None, despite: str | None, reviewer: str | None, *, as_json: bool
) -> None:
    """Sign off the verdict on claim N; where two readings were asked for, by neither reader."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = edit_claim.sign_off(wiring.desk(opened, settings), number, name, comment, despite)
    told(claim, f"claim {number} is signed off by {name}", as_json=as_json)


@claim_command("reject")
@click.option("--comment", type=WORDS, required=True, metavar="TEXT", help="What is wrong with it.")
def reject_command(settings: Settings, number: int, comment: str, reviewer: str | None, *, as_json: bool) -> None:
    """Send claim N back to the queue, to be read anew."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = edit_claim.reject(wiring.desk(opened, settings), number, name, comment)
    told(claim, f"claim {number} is back in the queue: {comment}", as_json=as_json)


@claim_command("publish")
def publish_command(settings: Settings, number: int, reviewer: str | None, *, as_json: bool) -> None:
    """Publish the verdict on claim N, which is signed off; only `correct` changes it then."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = edit_claim.publish(wiring.desk(opened, settings), number, name)
    told(claim, f"claim {number} is published", as_json=as_json)


@claim_command("correct")
@click.argument("label", type=WORDS)
@click.option("--reason", type=WORDS, required=True, metavar="TEXT", help="Why it is corrected; reports print it.")
@click.option("--rationale", type=WORDS, metavar="TEXT", help="The new verdict's explanation.")
@remark_options
def correct_command(  # noqa: PLR0913 - a verdict, and why
    settings: Settings,
    /,
    number: int,
    label: str,
    reason: str,
    rationale: str | None,
    reviewer: str | None,
    scale: str | None,
    *,
    as_json: bool,
    **said: Any,  # noqa: ANN401 - options of several kinds
) -> None:
    """Replace the published verdict on claim N; the old one is kept with date and reason."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        desk = wiring.desk(opened, settings, scale)
        claim = edit_claim.correct(desk, number, label, name, reason, rationale, remarks(**said))
    told(claim, f"claim {number} is corrected to {label}: {reason}", as_json=as_json)


@claim_command("withdraw")
@click.option("--reason", type=WORDS, required=True, metavar="TEXT", help="Why; reports print it.")
def withdraw_command(settings: Settings, number: int, reason: str, reviewer: str | None, *, as_json: bool) -> None:
    """Take back the published verdict on claim N."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = edit_claim.withdraw(wiring.desk(opened, settings), number, name, reason)
    told(claim, f"claim {number} is withdrawn: {reason}", as_json=as_json)
