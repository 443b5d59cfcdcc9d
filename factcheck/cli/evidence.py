"""`factcheck evidence add`, `list`, `check`, `edit` and `remove`."""

from collections.abc import Callable
from typing import Any

import click
from typing_extensions import override

from factcheck import wiring
from factcheck.cli.acts import Acted, act_command
from factcheck.cli.advice import with_advice
from factcheck.cli.damage import stores_to_list
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import (
    WORDS,
    Command,
    OneOf,
    command,
    named_reviewer,
    number_argument,
    reviewer_option,
)
from factcheck.cli.terminal import say, spoken, write
from factcheck.domain.evidence import Evidence, EvidenceDraft, SourceKind, Stance, distinct_sources, named_sources
from factcheck.domain.review import QueuedClaim
from factcheck.errors import InputError
from factcheck.export.evidence_lines import source_line
from factcheck.export.records import claim_record, evidence_record, plain, to_json
from factcheck.settings import Settings
from factcheck.workflow import look_up
from factcheck.workflow.collect_evidence import add_evidence, check_evidence, edit_evidence, remove_evidence
from factcheck.workflow.review_claim import Desk


class _Cleared(OneOf[SourceKind]):
    """One of them, or an empty text for none."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if value == "" else super().convert(value, param, ctx)


def _text_option(name: str, told: str, metavar: str = "TEXT") -> Callable[[Command], Command]:
    return click.option(name, type=WORDS, metavar=metavar, help=told)


@click.group("evidence")
def evidence_command() -> None:
    """Add, list, check, edit and remove the evidence of a claim."""


@command(
    "add", number_argument, click.argument("url", type=WORDS, required=False), reviewer_option, of=evidence_command
)
@click.option("--stance", type=OneOf(Stance), required=True, help="What it does to the claim.")
@click.option("--quote", type=WORDS, metavar="TEXT", help="Its very words that bear on the claim.")
@click.option("--locator", type=WORDS, metavar="TEXT", help="Where they stand: a page, paragraph or time.")
@click.option("--description", type=WORDS, metavar="TEXT", help="What it is, where it has no URL.")
@click.option("--file", type=WORDS, metavar="PATH", help="A PDF, a picture, any file; it is kept.")
@click.option("--kind", type=OneOf(SourceKind), help="How near it is to what happened.")
@click.option("--anonymous", is_flag=True, help="Nobody is named as the source.")
@click.option("--title", type=WORDS, metavar="TEXT", help="Its title. [default: the page's own]")
@click.option("--publisher", type=WORDS, metavar="NAME", help="Who publishes it. [default: the page's own]")
@click.option("--published", type=WORDS, metavar="DATE", help="When it came out. [default: the page's own]")
@click.option("--archive", "archive_url", type=WORDS, metavar="URL", help="Where an archive has the page.")
@click.option("--no-fetch", is_flag=True, help="Leave the page unfetched and the quote unchecked.")
def add_command(settings: Settings, /, number: int, *, no_fetch: bool, as_json: bool, **about: Any) -> None:  # noqa: ANN401 - a draft's fields
    """Add a source to claim N: the page at URL, a --file, or one that you describe.

    The page is fetched and kept, and the quote is looked for in it. A page that cannot be had is
    added all the same.
    """
    draft = EvidenceDraft(**about)
    # A file is read even with --no-fetch: nothing is fetched for it.
    sources = None if no_fetch and not draft.file else wiring.sources(settings)
    with wiring.opened_desk(settings) as desk:
        added = add_evidence(desk, number, draft, settings.reviewer, sources)
    for trouble in added.trouble:
        say(f"factcheck: {with_advice(trouble)}")
    if added.is_new:
        tell_of_quote(added.evidence)
    state = "is new" if added.is_new else "was there already"
    sentence = f"evidence {added.evidence.id} {state}; claim {added.claim.id} has {_counted(added.claim)}"
    write(to_json(claim_record(added.claim)) if as_json else sentence)


@command("list", number_argument, reviewer_option, of=evidence_command)
def list_command(settings: Settings, number: int, *, as_json: bool) -> None:
    """Show the evidence of claim N, how its quotes stand, and how many sources it is."""
    with stores_to_list(settings) as opened:
        claim = look_up.claim(opened, number, settings.reviewer)
        if as_json:
            write(to_json([evidence_record(one) for one in claim.evidence]))
            return
        for one in claim.evidence:
            write(f"{one.id}. {source_line(one)}")
        write(f"claim {number} has {_counted(claim)}")


@command("check", click.argument("number", type=int, metavar="N", required=False), reviewer_option, of=evidence_command)
@click.option("--all", "of_all", is_flag=True, help="Check the evidence of every claim.")
def check_command(settings: Settings, number: int | None, *, of_all: bool, as_json: bool) -> int:
    """Fetch the pages of claim N's evidence again: same, changed, quote gone, gone, or unreachable."""
    if (number is None) != of_all:
        raise InputError("whose evidence? name a claim, as in: factcheck evidence check 1, or say --all")
    found = []
    with wiring.opened_desk(settings) as desk:
        # Each look is told when it is over: all the pages of a large desk take their time.
        for one in check_evidence(desk, number, settings.reviewer, wiring.sources(settings)):
            found.append(one)
            if not as_json:
                seen = f"{spoken(one.check.outcome)}: {one.evidence.name}"
                is_missing = one.check.is_loss and not one.check.outcome.is_loss
                why = one.check.detail or ("the quote is not in it" if is_missing else None)
                detail = f" ({why})" if why else ""
                write(f"claim {one.claim_id}, evidence {one.evidence.id}: {seen}{detail}")
    if as_json:
        records = ({"claim_id": one.claim_id, "evidence_id": one.evidence.id, **plain(one.check)} for one in found)
        write(to_json(list(records)))
    return ExitCode.SOURCE_GONE if any(one.check.is_loss for one in found) else ExitCode.OK


@command("edit", click.argument("number", type=int, metavar="ID"), reviewer_option, of=evidence_command)
@click.option("--stance", type=OneOf(Stance), help="What it does to the claim.")
@click.option("--kind", type=_Cleared(SourceKind), help="How near it is to what happened.")
@_text_option("--quote", "Its very words that bear on the claim; they are looked for anew.")
@_text_option("--locator", "Where they stand.")
@_text_option("--description", "What it is.")
@_text_option("--title", "Its title.")
@_text_option("--publisher", "Who publishes it.", "NAME")
@_text_option("--published", "When it came out.", "DATE")
@_text_option("--archive-url", "Where an archive has the page.", "URL")
def edit_command(settings: Settings, number: int, *, as_json: bool, **told: Any) -> None:  # noqa: ANN401 - a source's fields
    """Tell evidence ID in another way; an empty text takes away what was told."""
    reviewer = named_reviewer(settings)
    changed = {name: value or None for name, value in told.items() if value is not None}
    if not changed:
        message = "say what is to be told in another way, such as --stance or --quote"
        raise click.UsageError(message)
    with wiring.opened_desk(settings) as desk:
        claim = edit_evidence(desk, number, reviewer, changed, wiring.sources(settings))
    tell_of_quote(next(one for one in claim.evidence if one.id == number))
    write(to_json(claim_record(claim)) if as_json else f"evidence {number} of claim {claim.id} is told anew")


@act_command("remove", click.argument("number", type=int, metavar="ID"), of=evidence_command)
def remove_command(desk: Desk, number: int, reviewer: str) -> Acted:
    """Take evidence ID away from its claim; what it was stays in the database."""
    claim = remove_evidence(desk, number, reviewer)
    return claim, f"evidence {number} is removed; claim {claim.id} has {_counted(claim)}"


def tell_of_quote(evidence: Evidence) -> None:
    """Say so if the quote was not found, and what to do."""
    if evidence.blocks_sign_off:
        say(
            f"factcheck: the quote does not stand in {evidence.name!r}; nobody can sign the claim off without a "
            f"reason: compare it, then factcheck evidence edit {evidence.id} --quote TEXT, "
            f"or factcheck evidence remove {evidence.id}"
        )


def _counted(claim: QueuedClaim) -> str:
    many, named = len(distinct_sources(claim.evidence)), named_sources(claim.evidence)
    return f"{many} source(s)" + (f", {named} of them named" if named < many else "")
