"""`factcheck add`, `reword`, `assign`, `note` and others: what is done to a claim besides judging it."""

from datetime import date
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.acts import Acted, act_command, judging_command
from factcheck.cli.options import DAY, LABEL, WORDS, command, named_reviewer, number_argument, reviewer_option
from factcheck.cli.terminal import details, say, write
from factcheck.export.records import claim_record, plain, to_json
from factcheck.settings import Settings
from factcheck.workflow import amend_claim
from factcheck.workflow.add_claim import add_claim
from factcheck.workflow.carry_over import carry_over
from factcheck.workflow.review_claim import Desk

_clear = click.option("--clear", is_flag=True, help="Take it back.")


@command("add", click.argument("text", type=WORDS), reviewer_option)
@click.option("--article", "article_id", type=int, required=True, metavar="N", help="The article that makes it.")
@click.option("--sentence", "position", type=int, required=True, metavar="K", help="Its sentence: factcheck article N.")
@click.option("--quote", type=WORDS, metavar="TEXT", help="The sentence's words for it. [default: all of them]")
@click.option("--speaker", type=WORDS, metavar="NAME", help="Who says it. [default: whom the article names]")
def add_command(
    settings: Settings,
    /,
    *,
    article_id: int,
    position: int,
    as_json: bool,
    text: str,
    **said: Any,  # noqa: ANN401
) -> None:
    """Queue a claim that extraction has overlooked."""
    reviewer = named_reviewer(settings)
    with wiring.stores(settings) as opened:
        desk = wiring.desk(opened, settings)
        claim = add_claim(desk, opened.ledger, article_id, position, text, reviewer, **said)
    write(to_json(claim_record(claim)) if as_json else f"claim {claim.id} is queued: {claim.words}")


@act_command("reword")
@click.argument("text", type=WORDS)
def reword_command(desk: Desk, number: int, reviewer: str, text: str) -> Acted:
    """Give a claim other words; the original is kept."""
    claim = amend_claim.reword_claim(desk, number, text, reviewer)
    return claim, f"claim {number} now says: {claim.words}"


@command("split", number_argument, reviewer_option)
@click.argument("texts", type=WORDS, nargs=-1, required=True, metavar="PART PART...")
def split_command(settings: Settings, number: int, texts: tuple[str, ...], *, as_json: bool) -> None:
    """Make several claims of one, each queued where it stood."""
    reviewer = named_reviewer(settings)
    with wiring.opened_desk(settings) as desk:
        parts = amend_claim.split_claim(desk, number, texts, reviewer)
    sentence = "\n".join(f"claim {one.id}: {one.words}" for one in parts)
    write(to_json([claim_record(one) for one in parts]) if as_json else sentence)


@act_command("merge")
@click.argument("into", type=int, metavar="M")
def merge_command(desk: Desk, number: int, reviewer: str, into: int) -> Acted:
    """Take a claim that says the same as another out of the queue."""
    claim = amend_claim.merge_claim(desk, number, into, reviewer)
    return claim, f"claim {number} is a duplicate of claim {into}"


@judging_command("same")
@click.argument("earlier", type=int, metavar="M")
def same_command(desk: Desk, number: int, reviewer: str, *, earlier: int, expect: str | None) -> Acted:
    """Give a claim the verdict that stands on another, with that one's date.

    It is your reading of N, and says where it comes from; none of the sources of M come along. For two claims of
    which only one is to be read, see merge.
    """
    claim = carry_over(desk, number, earlier, reviewer, expect=expect)
    reading = claim.readings[-1]
    told = f"carried over from claim {earlier}, as known on {reading.known_as_of}, without its sources"
    return claim, f"claim {number} is {reading.label}, {told}: {claim.words}"


@act_command("not-checkable")
@click.option("--reason", type=WORDS, required=True, metavar="TEXT", help="Why nobody can check it.")
def not_checkable_command(desk: Desk, number: int, reviewer: str, reason: str) -> Acted:
    """Take a claim that nobody can check out of the queue."""
    return amend_claim.set_claim_aside(desk, number, reason, reviewer), f"claim {number} is not checkable: {reason}"


@act_command("speaker")
@click.argument("name", type=WORDS)
def speaker_command(desk: Desk, number: int, reviewer: str, name: str) -> Acted:
    """Say who made a claim; reports name them."""
    claim = amend_claim.set_speaker(desk, number, name, reviewer)
    return claim, f"claim {number} is said by {claim.speaker}"


@act_command("assign")
@click.argument("assignee", type=WORDS, required=False, metavar="NAME")
@_clear
def assign_command(desk: Desk, number: int, reviewer: str, *, assignee: str | None, clear: bool) -> Acted:
    """Make a claim somebody's task; nobody else is given it."""
    _require_one(clear, assignee, "NAME")
    claim = amend_claim.assign_claim(desk, number, assignee, reviewer)
    return claim, f"claim {number} is {claim.assigned_to or 'nobody'}'s task"


@act_command("due")
@click.argument("day", type=DAY, required=False, metavar="DATE")
@_clear
def due_command(desk: Desk, number: int, reviewer: str, *, day: date | None, clear: bool) -> Acted:
    """Say by which day a claim is to be decided; it comes first then."""
    _require_one(clear, day, "DATE")
    claim = amend_claim.set_due(desk, number, day, reviewer)
    return claim, f"claim {number} is due on {claim.due_on}" if claim.due_on else f"claim {number} is due on no day"


@act_command("flag")
@click.option("--reason", type=WORDS, metavar="TEXT", help="What the editor should look at.")
@_clear
def flag_command(desk: Desk, number: int, reviewer: str, *, reason: str | None, clear: bool) -> Acted:
    """Ask the editor to look at a claim."""
    _require_one(clear, reason, "--reason TEXT")
    claim = amend_claim.flag_claim(desk, number, reason, reviewer)
    return claim, f"claim {number} is {'no longer ' if clear else ''}flagged for the editor"


@act_command("note")
@click.argument("text", type=WORDS)
def note_command(desk: Desk, number: int, reviewer: str, text: str) -> Acted:
    """Leave a word about a claim to colleagues.

    No report prints it.
    """
    claim = amend_claim.add_note(desk, number, text, reviewer)
    return claim, f"claim {number} has {len(claim.notes)} note(s)"


@command("draft", number_argument, reviewer_option)
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
            amend_claim.save_draft(desk, number, reviewer, **typed)
        draft = amend_claim.saved_draft(desk, number, reviewer)
    if as_json:
        write(to_json(plain(draft)))
    elif draft is None:
        say(f"{reviewer} has no draft on claim {number}")
    else:
        details(plain(draft).items())


@act_command("contact")
@click.option("--asked-on", type=DAY, metavar="DATE", help="When the claimant was asked. [default: today, UTC]")
@click.option("--answer", type=WORDS, metavar="TEXT", help="What they said, if they answered.")
def contact_command(desk: Desk, number: int, reviewer: str, asked_on: date | None, answer: str | None) -> Acted:
    """Write down that the claimant was asked, and the answer."""
    claim = amend_claim.record_contact(desk, number, asked_on, answer, reviewer)
    stands = claim.contact.answer if claim.contact else None
    return claim, f"claim {number}: the claimant was asked, {stands or 'no answer yet'}"


def _require_one(clear: bool, said: object, name: str) -> None:  # noqa: FBT001 - an option as it was given
    if clear == (said is not None):
        message = f"say either {name} or --clear"
        raise click.UsageError(message)
