"""`factcheck sign-off`, `reject`, `publish`, `correct`, `withdraw`: the editor's part."""

from typing import Any

import click

from factcheck.cli.acts import Acted, judging_command
from factcheck.cli.options import WORDS, label_options
from factcheck.workflow import edit_claim
from factcheck.workflow.review_claim import Desk


@judging_command("sign-off", several=True)
@click.option("--comment", type=WORDS, metavar="TEXT", help="A word on it.")
@click.option(
    "--despite", type=WORDS, metavar="REASON", help="Why it does not matter that a quote is not in its source."
)
def sign_off_command(desk: Desk, number: int, editor: str, **said: Any) -> Acted:  # noqa: ANN401
    """Sign off the verdicts on claims.

    Where two readings were asked for, neither reader may do it.
    """
    return edit_claim.sign_off(desk, number, editor, **said), f"claim {number} is signed off by {editor}"


@judging_command("reject")
@click.option("--comment", type=WORDS, required=True, metavar="TEXT", help="What is wrong with it.")
def reject_command(desk: Desk, number: int, editor: str, *, comment: str, expect: str) -> Acted:
    """Send a claim back to the queue, to be read anew."""
    claim = edit_claim.reject(desk, number, editor, comment, expect=expect)
    return claim, f"claim {number} is back in the queue: {comment}"


@judging_command("publish", several=True)
def publish_command(desk: Desk, number: int, editor: str, *, expect: str) -> Acted:
    """Publish verdicts that are signed off.

    From then on only `correct` and `withdraw` change them.
    """
    return edit_claim.publish(desk, number, editor, expect=expect), f"claim {number} is published"


@judging_command("correct")
@click.option("--reason", type=WORDS, required=True, metavar="TEXT", help="Why it is corrected; reports print it.")
@click.option("--rationale", type=WORDS, metavar="TEXT", help="The new verdict's explanation.")
@label_options
def correct_command(desk: Desk, number: int, editor: str, *, label: str, reason: str, **said: Any) -> Acted:  # noqa: ANN401
    """Replace a published verdict.

    The old one is kept, with date and reason.
    """
    claim = edit_claim.correct(desk, number, label, editor, reason, **said)
    return claim, f"claim {number} is corrected to {desk.scale.label(label).id}: {reason}"


@judging_command("withdraw")
@click.option("--reason", type=WORDS, required=True, metavar="TEXT", help="Why; reports print it.")
def withdraw_command(desk: Desk, number: int, editor: str, *, reason: str, expect: str) -> Acted:
    """Take a published verdict back."""
    return edit_claim.withdraw(desk, number, editor, reason, expect=expect), f"claim {number} is withdrawn: {reason}"
