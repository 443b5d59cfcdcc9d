"""`factcheck review`, `next`, `verdict`, `skip`, `release`, `renew`, `undo`, `history`: a reviewer's day."""

import sys
from shlex import quote
from textwrap import fill
from typing import Any

import click

from factcheck import wiring
from factcheck.cli.acts import Acted, act_command, judging_command
from factcheck.cli.advice import FILL_QUEUE
from factcheck.cli.claims import show_claim
from factcheck.cli.damage import stores_to_list
from factcheck.cli.exit_codes import ExitCode
from factcheck.cli.options import MANY, WORDS, among_options, command, label_options, named_reviewer, reviewer_option
from factcheck.cli.terminal import say, show_list, spoken, write
from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.domain.states import IN_PLACE, Act, ClaimStatus, EditorialState, ReadingRole, Stage
from factcheck.errors import InputError
from factcheck.export.records import claim_record, to_json
from factcheck.settings import Settings
from factcheck.workflow import look_up, review_claim
from factcheck.workflow.explain_queue import why_nothing_free
from factcheck.workflow.review_claim import Desk


@command("review", reviewer_option)
@click.option("--to-sign-off", is_flag=True, help="As an editor: sign verdicts off, publish or reject them.")
@click.option("--second", is_flag=True, help="Only second readings.")
@among_options
def review_command(
    settings: Settings, *, to_sign_off: bool, second: bool, among: ClaimQuery | None, as_json: bool
) -> None:
    """Review claims on the full screen, with single keys; `?` shows them.

    It is drawn on stderr, so that what was done can be printed on stdout at the end.
    """
    name = named_reviewer(settings)
    if to_sign_off and (second or among):
        message = "--to-sign-off takes every verdict that waits for an editor; it goes with no choice of claims"
        raise click.UsageError(message)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InputError("the review screen needs a terminal; without one use: factcheck next, factcheck verdict")
    if among:
        with wiring.stores(settings) as opened:
            look_up.require_any(opened, among)
    done = wiring.review_on_screen(settings, name, Stage.SECOND if second else None, among, to_sign_off=to_sign_off)
    if as_json:
        write(to_json({"reviewer": name} | {act.value: many for act, many in done.items()}))
    else:
        counts = ", ".join(f"{many} {spoken(act)}" for act, many in done.items())
        write(f"{name}: {counts}" if to_sign_off else f"{name}: {counts}; what you held is given back")


@command("next", reviewer_option)
@click.option("--first", "stage", flag_value=Stage.FIRST, help="Only a first reading.")
@click.option("--second", "stage", flag_value=Stage.SECOND, help="Only a second reading.")
@click.option("--adjudicate", "stage", flag_value=Stage.ADJUDICATION, help="Only a claim whose readers differ.")
@among_options
def next_command(settings: Settings, stage: Stage | None, *, among: ClaimQuery | None, as_json: bool) -> int:
    """Take the next claim to read.

    It is yours until the lease ends. What keeps a verdict from being published comes first: claims whose two
    readers differ, then second readings of what others have read, then first readings; within these your tasks,
    then what is due, then the claim most worth checking.
    """
    name = named_reviewer(settings)
    if among and among.number is not None and (stage or among != ClaimQuery(number=among.number)):
        message = "--claim N says which claim it is; it goes with no other choice"
        raise click.UsageError(message)
    with wiring.stores(settings) as opened:
        desk = wiring.desk(opened, settings)
        if among:
            look_up.require_any(opened, among)
        claim = _taken(desk, name, stage, among)
        if claim is None:
            why = why_nothing_free(desk, name, is_narrowed=among is not None)
            say(f"factcheck: {why}; {FILL_QUEUE}" if why.is_empty else f"factcheck: {why}")
            return ExitCode.NOTHING_FREE
        show_claim(look_up.claim_in_context(opened, claim.id, name), desk, as_json=as_json)
        others = [str(number) for number in look_up.held_claims(opened, name) if number != claim.id]
    # No label is broken at its hyphen: a person copies it into the next command.
    labels = fill(f"labels: {', '.join(label.id for label in desk.scale.labels)}", 78, break_on_hyphens=False)
    say(f"decide: factcheck verdict {claim.id} LABEL --reviewer {quote(name)}\n{labels}")
    if others:
        say(f"you also hold: {', '.join(others)}")
    return ExitCode.OK


@judging_command("verdict")
@click.option("--rationale", type=WORDS, metavar="TEXT", help="Why, in a sentence or two.")
@click.option("--evidence", "urls", type=WORDS, multiple=True, metavar="URL", help="A source; may be given again.")
@label_options()
def verdict_command(desk: Desk, number: int, reviewer: str, *, label: str, urls: tuple[str, ...], **said: Any) -> Acted:  # noqa: ANN401
    """Decide a claim.

    You do it as its first or second reader, or as its adjudicator, and hold it, or it is free.
    Evidence given here takes the verdict's stance: it supports what is called true and refutes what
    is called false.
    """
    sources = [EvidenceDraft(url) for url in urls]
    claim = review_claim.record_verdict(desk, number, label, reviewer, evidence=sources, **said)
    what_follows = {
        ClaimStatus.AWAITING_SECOND: f" ({claim.second_asked}: it waits for a second reader)",
        ClaimStatus.AGREED: " (both readers agree)",
        ClaimStatus.DISPUTED: " (the readers differ: it waits for an adjudicator)",
    }.get(claim.status, "")
    return claim, f"claim {number} is {desk.scale.label(label).id}{what_follows}: {claim.words}"


@act_command("skip")
def skip_command(desk: Desk, number: int, reviewer: str) -> Acted:
    """Put a claim at the end of the queue."""
    return review_claim.skip_claim(desk, number, reviewer), f"claim {number} is at the end of the queue"


@act_command("release")
def release_command(desk: Desk, number: int, reviewer: str) -> Acted:
    """Give a claim that you hold back to the queue."""
    return review_claim.release_claim(desk, number, reviewer), f"claim {number} is back in the queue"


@act_command("renew")
def renew_command(desk: Desk, number: int, reviewer: str) -> Acted:
    """Hold a claim for longer: a full lease from now."""
    claim = review_claim.renew_lease(desk, number, reviewer)
    until = f"{claim.lease.until:%Y-%m-%d %H:%M} UTC" if claim.lease else "now"
    return claim, f"claim {number} is yours until {until}"


@command("undo", reviewer_option)
def undo_command(settings: Settings, *, as_json: bool) -> None:
    """Take back your last decision that nobody has built on.

    The claim is yours again, if you had it to read. A sign-off can be taken back until it is published.
    """
    name = named_reviewer(settings)
    with wiring.opened_desk(settings) as desk:
        action, claim = review_claim.undo_last(desk, name)
    if as_json:
        write(to_json({"undone": action, "claim": claim_record(claim)}))
    else:
        write(f"undone: claim {claim.id} is no longer {spoken(action)}{_as_it_is(claim, Act(action))}")


@command("history", reviewer_option)
@click.option("--limit", type=MANY, default=10, show_default=True, help="So many, latest first.")
def history_command(settings: Settings, limit: int, *, as_json: bool) -> None:
    """List your last decisions.

    The one that `undo` looks at first stands on top.
    """
    name = named_reviewer(settings)
    with stores_to_list(settings) as opened:
        done = look_up.history(opened, name, limit)
        show_list(
            done,
            lambda one: {"at": one.at.isoformat(), "act": one.act.value, "claim": claim_record(one.claim)},
            {"when": "left", "#": "right", "what": "left", "claim": "wide"},
            lambda one: (f"{one.at:%Y-%m-%d %H:%M}", one.claim.id, spoken(one.act), one.claim.words),
            as_json=as_json,
        )


def _taken(desk: Desk, name: str, stage: Stage | None, among: ClaimQuery | None) -> QueuedClaim | None:
    if among and among.number is not None:
        return review_claim.take_claim(desk, among.number, name)
    return review_claim.take_next(desk, name, stage, among)


def _as_it_is(claim: QueuedClaim, undone: Act) -> str:
    """How a claim stands after something was undone: in the person's hands or, as the editor's part, in nobody's."""
    if undone not in IN_PLACE:
        return "; you hold it again"
    verdict = claim.verdict
    if undone is Act.ATTRIBUTED or verdict is None:
        return f" as you said; it is said by {claim.speaker or 'nobody named'}"
    waits = "it waits for a sign-off"
    if claim.editorial is EditorialState.SIGNED_OFF:
        waits = "the sign-off before stands again" if claim.is_as_signed_off else "what was signed off was another one"
    own = "; undo again to take your verdict back too" if verdict.role is ReadingRole.EDITOR else ""
    return f"; its verdict is {verdict.label} by {verdict.reviewer}, and {waits}{own}"
