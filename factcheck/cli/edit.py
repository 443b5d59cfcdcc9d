"""`factcheck sign-off`, `reject`, `publish`, `correct`, `withdraw`: the editor's part."""

from typing import Any

import click

from factcheck.cli.acts import Acted, judging_command
from factcheck.cli.options import LABEL, WORDS, label_options, scale_option
from factcheck.domain.review import Remarks
from factcheck.workflow import edit_claim
from factcheck.workflow.review_claim import Desk


@judging_command("sign-off", several=True)
@click.option("--comment", type=WORDS, metavar="TEXT", help="A word on it.")
@click.option("--label", type=LABEL, metavar="LABEL", help="Your own label in place of the readers'; one claim.")
@click.option("--rationale", type=WORDS, metavar="TEXT", help="Your own explanation in place of theirs; one claim.")
@scale_option
@click.option("--despite", type=WORDS, metavar="REASON", help="Why what is missing does not matter; it is kept.")
@click.option("--publish", is_flag=True, help="Publish them too.")
def sign_off_command(
    desk: Desk,
    number: int,
    editor: str,
    *,
    label: str | None,
    rationale: str | None,
    publish: bool,
    **said: Any,  # noqa: ANN401 - what else is said
) -> Acted:
    """Sign off the verdicts on claims.

    Where two readings were asked for, neither reader may do it. What the desk asks of a verdict, as its config file
    says, must be there, or you say why not to mind. Your own label or explanation stands beside the readers'.
    """
    own = None if label is None and rationale is None else edit_claim.Amended(label, rationale)
    does = edit_claim.sign_off_and_publish if publish else edit_claim.sign_off
    claim = does(desk, number, editor, amendment=own, **said)
    done = "signed off and published" if publish else "signed off"
    amended = f", with a verdict of their own: {claim.verdict.label}" if own and claim.verdict else ""
    return claim, f"claim {number} is {done} by {editor}{amended}"


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
@click.option("--rationale", type=WORDS, metavar="TEXT", help="Another explanation. [default: it stays]")
@click.option("--typo", is_flag=True, help="Put words right and leave the label; reports tell it as a typo.")
@click.option("--words", type=WORDS, metavar="TEXT", help="With --typo: the claim's words, put right.")
@label_options(required=False)
def correct_command(desk: Desk, number: int, editor: str, *, label: str | None, typo: bool, **said: Any) -> Acted:  # noqa: ANN401
    """Replace a published verdict, or put its words right.

    The old one is kept, with date and reason; its explanation stays unless you give another.
    """
    remarks, words = said.pop("remarks"), said.pop("words")
    if typo:
        if label is not None or remarks != Remarks():
            message = "--typo leaves the verdict as it is: it goes with --rationale and --words, and with no label"
            raise click.UsageError(message)
        claim = edit_claim.correct_typo(desk, number, editor, words=words, **said)
        return claim, f"claim {number} has a typo put right, and its label stays: {said['reason']}"
    if label is None or words is not None:
        message = "name the LABEL that it is corrected to, or say --typo to put words right"
        raise click.UsageError(message)
    claim = edit_claim.correct(desk, number, label, editor, remarks=remarks, **said)
    return claim, f"claim {number} is corrected to {desk.scale.label(label).id}: {said['reason']}"


@judging_command("withdraw")
@click.option("--reason", type=WORDS, required=True, metavar="TEXT", help="Why; reports print it.")
def withdraw_command(desk: Desk, number: int, editor: str, *, reason: str, expect: str) -> Acted:
    """Take a published verdict back."""
    return edit_claim.withdraw(desk, number, editor, reason, expect=expect), f"claim {number} is withdrawn: {reason}"
