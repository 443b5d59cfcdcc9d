"""`factcheck flag`, `note`, `draft`, `contact`: what anybody may leave on a claim."""

from datetime import date

import click

from factcheck import wiring
from factcheck.cli.claims import told
from factcheck.cli.options import DAY, WORDS, claim_command, named_reviewer
from factcheck.cli.terminal import details, say, write
from factcheck.export.records import draft_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import annotate_claim


@claim_command("flag")
@click.option("--reason", type=WORDS, metavar="TEXT", help="What the editor should look at.")
@click.option("--clear", is_flag=True, help="Take the flag back.")
def flag_command(
    settings: Settings, number: int, reason: str | None, reviewer: str | None, *, clear: bool, as_json: bool
) -> None:
    """Ask the editor to look at claim N."""
    if clear == (reason is not None):
        message = "say either --reason TEXT or --clear"
        raise click.UsageError(message)
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = annotate_claim.flag_claim(wiring.desk(opened, settings), number, reason, name)
    told(claim, f"claim {number} is {'no longer ' if clear else ''}flagged for the editor", as_json=as_json)


@claim_command("note")
@click.argument("text", type=WORDS)
def note_command(settings: Settings, number: int, text: str, reviewer: str | None, *, as_json: bool) -> None:
    """Leave a word about claim N to colleagues; no report prints it."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = annotate_claim.add_note(wiring.desk(opened, settings), number, text, name)
    told(claim, f"claim {number} has {len(claim.notes)} note(s)", as_json=as_json)


@claim_command("draft")
@click.option("--label", type=WORDS, help="The label that you think of.")
@click.option("--rationale", type=WORDS, metavar="TEXT", help="Why, as far as you have it.")
@click.option("--form", type=WORDS, metavar="JSON", help="Whatever else a form holds; it is kept as it is.")
def draft_command(
    settings: Settings, /, number: int, reviewer: str | None, *, as_json: bool, **typed: str | None
) -> None:
    """Keep what you have not decided about claim N; without options, show it. A verdict ends it."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        desk = wiring.desk(opened, settings)
        if any(value is not None for value in typed.values()):
            annotate_claim.save_draft(desk, number, name, **typed)
        desk.queue.claim(number, desk.clock(), name)
        draft = desk.queue.draft(number, name)
    if as_json:
        write(to_json(draft_record(draft) if draft else None))
    elif draft is None:
        say(f"{name} has no draft on claim {number}")
    else:
        details(draft_record(draft).items())


@claim_command("contact")
@click.option("--asked-on", type=DAY, metavar="DATE", help="When the claimant was asked. [default: today, UTC]")
@click.option("--answer", type=WORDS, metavar="TEXT", help="What they said, if they answered.")
def contact_command(
    settings: Settings, number: int, asked_on: date | None, answer: str | None, reviewer: str | None, *, as_json: bool
) -> None:
    """Write down that the claimant of claim N was asked, and the answer."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        desk = wiring.desk(opened, settings)
        claim = annotate_claim.record_contact(desk, number, asked_on or desk.clock().date(), answer, name)
    told(claim, f"claim {number}: the claimant was asked, {answer or 'no answer yet'}", as_json=as_json)
