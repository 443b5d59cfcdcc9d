"""`factcheck reword`, `split`, `merge`, `not-checkable`: what a reviewer does to the claim itself."""

import click

from factcheck import wiring
from factcheck.cli.claims import told
from factcheck.cli.options import WORDS, claim_command, named_reviewer
from factcheck.cli.terminal import write
from factcheck.export.records import claim_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import amend_claim


@claim_command("reword")
@click.argument("text", type=WORDS)
def reword_command(settings: Settings, number: int, text: str, reviewer: str | None, *, as_json: bool) -> None:
    """Give claim N other words; the original is kept beside them."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = amend_claim.reword_claim(wiring.desk(opened, settings), number, text, name)
    told(claim, f"claim {number} now says: {claim.words}", as_json=as_json)


@claim_command("split")
@click.argument("texts", type=WORDS, nargs=-1, required=True, metavar="PART PART...")
def split_command(
    settings: Settings, number: int, texts: tuple[str, ...], reviewer: str | None, *, as_json: bool
) -> None:
    """Make several claims of claim N; each is queued where N stood."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        parts = amend_claim.split_claim(wiring.desk(opened, settings), number, texts, name)
    if as_json:
        write(to_json([claim_record(one) for one in parts]))
    else:
        write("\n".join(f"claim {one.id}: {one.words}" for one in parts))


@claim_command("merge")
@click.argument("into", type=int, metavar="M")
def merge_command(settings: Settings, number: int, into: int, reviewer: str | None, *, as_json: bool) -> None:
    """Mark claim N as the same as claim M, and take it out of the queue."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = amend_claim.merge_claim(wiring.desk(opened, settings), number, into, name)
    told(claim, f"claim {number} is a duplicate of claim {into}", as_json=as_json)


@claim_command("not-checkable")
@click.option("--reason", type=WORDS, required=True, metavar="TEXT", help="Why nobody can check it.")
def not_checkable_command(settings: Settings, number: int, reason: str, reviewer: str | None, *, as_json: bool) -> None:
    """Mark claim N as not checkable, and take it out of the queue."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = amend_claim.set_claim_aside(wiring.desk(opened, settings), number, reason, name)
    told(claim, f"claim {number} is not checkable: {reason}", as_json=as_json)
