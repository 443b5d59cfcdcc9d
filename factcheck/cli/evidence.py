"""`factcheck evidence add`."""

import click

from factcheck import wiring
from factcheck.cli.options import WORDS, db_option, json_option, reviewer_option
from factcheck.cli.terminal import write
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.export.records import claim_record, to_json
from factcheck.settings import Settings
from factcheck.workflow.collect_evidence import add_evidence


@click.group("evidence")
def evidence_command() -> None:
    """Add evidence to a claim."""


@evidence_command.command("add")
@click.argument("number", type=int, metavar="N")
@click.argument("url", type=WORDS)
@click.option(
    "--stance", type=click.Choice([stance.value for stance in Stance]), required=True, help="What it does to the claim."
)
@click.option("--quote", type=WORDS, metavar="TEXT", help="The words of the source that bear on the claim.")
@click.option("--title", type=WORDS, metavar="TEXT", help="The title of the source.")
@click.option("--publisher", type=WORDS, metavar="NAME", help="Who publishes it.")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def add_command(
    settings: Settings,
    /,
    number: int,
    url: str,
    stance: str,
    reviewer: str | None,
    *,
    as_json: bool,
    **about: str | None,
) -> None:
    """Add the source at URL to claim N."""
    draft = EvidenceDraft(url, Stance(stance), **about)
    with wiring.stores(settings) as opened:
        claim = add_evidence(wiring.desk(opened, settings), number, draft, reviewer or settings.reviewer)
    if as_json:
        write(to_json(claim_record(claim)))
    else:
        write(f"claim {number} has {len(claim.evidence)} source(s)")
