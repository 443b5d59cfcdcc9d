"""`factcheck evidence add`, `list`, `check` and `remove`."""

from typing import Any

import click

from factcheck import wiring
from factcheck.cli.advice import with_advice
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import WORDS, Command, db_option, json_option, named_reviewer, reviewer_option
from factcheck.cli.terminal import say, write
from factcheck.domain.evidence import EvidenceDraft, SourceKind, Stance
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.review import QueuedClaim
from factcheck.domain.sources import distinct_sources, named_sources
from factcheck.errors import InputError
from factcheck.export.records import check_record, claim_record, evidence_record, to_json
from factcheck.export.sources import source_line
from factcheck.settings import Settings
from factcheck.workflow.check_evidence import CheckedEvidence, check_evidence
from factcheck.workflow.collect_evidence import AddedEvidence, add_evidence, remove_evidence


@click.group("evidence")
def evidence_command() -> None:
    """Add, list, check and remove the evidence of a claim."""


def _source_options(command: Command) -> Command:
    """What a reviewer can say about a source."""
    kinds = click.Choice([kind.value for kind in SourceKind])
    for option in (
        click.option("--quote", type=WORDS, metavar="TEXT", help="Its very words that bear on the claim."),
        click.option("--locator", type=WORDS, metavar="TEXT", help="Where they stand: a page, paragraph or time."),
        click.option("--description", type=WORDS, metavar="TEXT", help="What it is, where it has no URL."),
        click.option("--file", type=WORDS, metavar="PATH", help="A PDF, a picture, any file; it is kept."),
        click.option("--kind", type=kinds, help="How near it is to what happened."),
        click.option("--anonymous", is_flag=True, help="Nobody is named as the source."),
        click.option("--title", type=WORDS, metavar="TEXT", help="Its title. [default: the page's own]"),
        click.option("--publisher", type=WORDS, metavar="NAME", help="Who publishes it. [default: the page's own]"),
        click.option("--published", type=WORDS, metavar="DATE", help="When it came out. [default: the page's own]"),
        click.option("--archive", "archive_url", type=WORDS, metavar="URL", help="Where an archive has the page."),
    ):
        command = option(command)
    return command


@evidence_command.command("add")
@click.argument("number", type=int, metavar="N")
@click.argument("url", type=WORDS, required=False)
@click.option(
    "--stance", type=click.Choice([stance.value for stance in Stance]), required=True, help="What it does to the claim."
)
@_source_options
@click.option("--no-fetch", is_flag=True, help="Leave the page unfetched and the quote unchecked.")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def add_command(
    settings: Settings,
    /,
    number: int,
    stance: str,
    reviewer: str | None,
    *,
    no_fetch: bool,
    as_json: bool,
    **about: Any,  # noqa: ANN401 - the fields of a draft
) -> None:
    """Add a source to claim N: the page at URL, a --file, or one that you describe.

    The page is fetched and kept, and the quote is looked for in it. A page that cannot be had is
    added all the same.
    """
    kind = about.pop("kind")
    draft = EvidenceDraft(**about, stance=Stance(stance), kind=SourceKind(kind) if kind else None)
    sources = None if no_fetch and not draft.file else wiring.sources(settings)
    with wiring.stores(settings) as opened:
        added = add_evidence(wiring.desk(opened, settings), number, draft, reviewer or settings.reviewer, sources)
    _tell_trouble(added)
    write(to_json(claim_record(added.claim)) if as_json else _added(added))


@evidence_command.command("list")
@click.argument("number", type=int, metavar="N")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def list_command(settings: Settings, number: int, reviewer: str | None, *, as_json: bool) -> None:
    """Show the evidence of claim N, how its quotes stand, and how many sources it is."""
    with wiring.stores(settings) as opened:
        claim = opened.queue.claim(number, wiring.utc_now(), reviewer or settings.reviewer)
    if as_json:
        write(to_json([evidence_record(one) for one in claim.evidence]))
        return
    for one in claim.evidence:
        write(f"{one.id}. {source_line(one)}")
    write(f"claim {number} has {_sources(claim)}")


@evidence_command.command("check")
@click.argument("number", type=int, metavar="N", required=False)
@click.option("--all", "of_all", is_flag=True, help="Check the evidence of every claim.")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def check_command(settings: Settings, number: int | None, reviewer: str | None, *, of_all: bool, as_json: bool) -> int:
    """Fetch the pages of claim N's evidence again: same, changed, quote gone, gone, or unreachable."""
    if (number is None) != of_all:
        message = "whose evidence? name a claim, as in: factcheck evidence check 1, or say --all"
        raise InputError(message)
    name = reviewer or settings.reviewer
    with wiring.stores(settings) as opened:
        now = wiring.utc_now()
        claims = opened.queue.find(ClaimQuery(), now) if number is None else [opened.queue.claim(number, now, name)]
        found = []
        for one in check_evidence(wiring.desk(opened, settings), claims, name, wiring.sources(settings)):
            found.append(one)
            if not as_json:
                write(_checked(one))
    if as_json:
        write(to_json([_record(one) for one in found]))
    return ExitCode.SOURCE_GONE if any(one.check.outcome.is_loss for one in found) else ExitCode.OK


@evidence_command.command("remove")
@click.argument("evidence_id", type=int, metavar="ID")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def remove_command(settings: Settings, evidence_id: int, reviewer: str | None, *, as_json: bool) -> None:
    """Take evidence ID away from its claim; what it was stays in the database."""
    name = named_reviewer(reviewer, settings)
    with wiring.stores(settings) as opened:
        claim = remove_evidence(wiring.desk(opened, settings), evidence_id, name)
    told = f"evidence {evidence_id} is removed; claim {claim.id} has {_sources(claim)}"
    write(to_json(claim_record(claim)) if as_json else told)


def _tell_trouble(added: AddedEvidence) -> None:
    for trouble in added.trouble:
        say(f"factcheck: {with_advice(trouble)}")
    if added.is_new and added.evidence.blocks_sign_off:
        say(
            f"factcheck: the quote does not stand in {added.evidence.name!r}; nobody can sign the claim off without a "
            f"reason: compare it, then factcheck evidence remove {added.evidence.id} and add it again"
        )


def _added(added: AddedEvidence) -> str:
    state = "is new" if added.is_new else "was there already"
    return f"evidence {added.evidence.id} {state}; claim {added.claim.id} has {_sources(added.claim)}"


def _sources(claim: QueuedClaim) -> str:
    many, named = len(distinct_sources(claim.evidence)), named_sources(claim.evidence)
    return f"{many} source(s)" + (f", {named} of them named" if named < many else "")


def _checked(one: CheckedEvidence) -> str:
    outcome = one.check.outcome.value.replace("_", " ")
    detail = f" ({one.check.detail})" if one.check.detail else ""
    return f"claim {one.claim_id}, evidence {one.evidence.id}: {outcome}: {one.evidence.name}{detail}"


def _record(one: CheckedEvidence) -> dict[str, object]:
    return {"claim_id": one.claim_id, "evidence_id": one.evidence.id, **check_record(one.check)}
