"""`factcheck flag`, `note`, `draft`, `contact`: what anybody may leave on a claim."""

from datetime import date

import click

from factcheck import wiring
from factcheck.cli.acts import act_command
from factcheck.cli.options import DAY, LABEL, WORDS, named_reviewer, on_claim
from factcheck.cli.terminal import details, say, write
from factcheck.domain.review import QueuedClaim
from factcheck.export.records import plain, to_json
from factcheck.settings import Settings
from factcheck.workflow import annotate_claim
from factcheck.workflow.review_claim import Desk


@act_command("flag")
@click.option("--reason", type=WORDS, metavar="TEXT", help="What the editor should look at.")
@click.option("--clear", is_flag=True, help="Take the flag back.")
def flag_command(desk: Desk, number: int, reviewer: str, *, reason: str | None, clear: bool) -> tuple[QueuedClaim, str]:
    """Ask the editor to look at a claim."""
    if clear == (reason is not None):
        message = "say either --reason TEXT or --clear"
        raise click.UsageError(message)
    claim = annotate_claim.flag_claim(desk, number, reason, reviewer)
    return claim, f"claim {number} is {'no longer ' if clear else ''}flagged for the editor"


@act_command("note")
@click.argument("text", type=WORDS)
def note_command(desk: Desk, number: int, reviewer: str, text: str) -> tuple[QueuedClaim, str]:
    """Leave a word about a claim to colleagues.

    No report prints it.
    """
    claim = annotate_claim.add_note(desk, number, text, reviewer)
    return claim, f"claim {number} has {len(claim.notes)} note(s)"


@on_claim("draft")
@click.option("--label", type=LABEL, metavar="LABEL", help="The label that you think of.")
@click.option("--rationale", type=WORDS, metavar="TEXT", help="Why, as far as you have it.")
@click.option("--form", type=WORDS, metavar="JSON", help="Whatever else a form holds; it is kept as it is.")
def draft_command(settings: Settings, /, number: int, *, as_json: bool, **typed: str | None) -> None:
    """Keep, or show, what you have not decided about a claim.

    Without options it is shown. A verdict ends it.
    """
    reviewer = named_reviewer(settings)
    with wiring.opened_desk(settings) as desk:
        # An empty text is something typed too; only where no option stands the draft is shown and nothing kept.
        if any(value is not None for value in typed.values()):
            annotate_claim.save_draft(desk, number, reviewer, **typed)
        draft = annotate_claim.saved_draft(desk, number, reviewer)
    if as_json:
        write(to_json(plain(draft)))
    elif draft is None:
        say(f"{reviewer} has no draft on claim {number}")
    else:
        details(plain(draft).items())


@act_command("contact")
@click.option("--asked-on", type=DAY, metavar="DATE", help="When the claimant was asked. [default: today, UTC]")
@click.option("--answer", type=WORDS, metavar="TEXT", help="What they said, if they answered.")
def contact_command(
    desk: Desk, number: int, reviewer: str, asked_on: date | None, answer: str | None
) -> tuple[QueuedClaim, str]:
    """Write down that the claimant was asked, and the answer."""
    claim = annotate_claim.record_contact(desk, number, asked_on, answer, reviewer)
    return claim, f"claim {number}: the claimant was asked, {answer or 'no answer yet'}"
