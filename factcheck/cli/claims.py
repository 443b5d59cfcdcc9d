"""`factcheck claims` and `factcheck claim N`."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import click

from factcheck import wiring
from factcheck.cli.options import WORDS, db_option, json_option, page_options, page_size, reviewer_option
from factcheck.cli.terminal import details, page_note, table, write
from factcheck.domain.claim import Claim
from factcheck.domain.desk import EditorialAct
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.review import QueuedClaim, Verdict
from factcheck.domain.states import ClaimStatus, EditorialState
from factcheck.export.evidence_lines import source_line
from factcheck.export.records import claim_record, to_json
from factcheck.settings import Settings

_STATUSES = [status.value for status in ClaimStatus]
_EDITORIAL = [state.value for state in EditorialState]


@click.command("claims")
@click.option("--status", type=click.Choice(_STATUSES), help="Only claims of this status.")
@click.option("--article", "article_id", type=int, metavar="N", help="Only claims of this article.")
@click.option("--search", type=WORDS, metavar="WORDS", help="Only claims that hold all these words.")
@click.option("--editorial", type=click.Choice(_EDITORIAL), help="Only claims that stand so with the editor.")
@click.option("--to-sign-off", is_flag=True, help="Only verdicts that wait for a sign-off.")
@click.option("--flagged", is_flag=True, help="Only claims that a reviewer has flagged for the editor.")
@page_options
@json_option
@db_option
@click.pass_obj
def claims_command(  # noqa: PLR0913 - its options
    settings: Settings,
    status: str | None,
    article_id: int | None,
    search: str | None,
    editorial: str | None,
    *,
    to_sign_off: bool,
    flagged: bool,
    limit: int | None,
    show_all: bool,
    as_json: bool,
) -> None:
    """List the claims."""
    wanted = EditorialState.OPEN if to_sign_off else EditorialState(editorial) if editorial else None
    words = tuple((search or "").split())
    query = ClaimQuery(ClaimStatus(status) if status else None, article_id, words, wanted, to_sign_off, flagged)
    with wiring.stores(settings) as opened:
        now = wiring.utc_now()
        if article_id is not None:
            opened.ledger.article(article_id)
        size = page_size(limit, show_all=show_all, as_json=as_json)
        if as_json:
            _write_array(opened.queue.find(query, now, size))
            return
        found = list(opened.queue.find(query, now, size))
        total = opened.queue.count(query, now) if len(found) == size else len(found)
    show_claims(found)
    page_note(len(found), total)


@click.command("claim")
@click.argument("number", type=int, metavar="N")
@reviewer_option
@json_option
@db_option
@click.pass_obj
def claim_command(settings: Settings, number: int, reviewer: str | None, *, as_json: bool) -> None:
    """Show a claim: its words, where they stand, its evidence and verdict.

    While a second reading is out, the first one shows to its own reader alone (--reviewer).
    """
    with wiring.stores(settings) as opened:
        claim = opened.queue.claim(number, wiring.utc_now(), reviewer or settings.reviewer)
        show_claim(opened, claim, as_json=as_json)


def told(claim: QueuedClaim, sentence: str, *, as_json: bool) -> None:
    """What became of a claim: a sentence for people, the claim for machines."""
    write(to_json(claim_record(claim)) if as_json else sentence)


def show_claims(claims: Iterable[QueuedClaim]) -> None:
    """A table of claims on stdout."""
    columns = (("#", "right"), ("state", "left"), ("worth", "right"), ("claim", "wide"))
    table(columns, ((one.id, _state(one), f"{one.claim.check_worthiness:.1f}", _words(one)) for one in claims))


def show_claim(opened: wiring.Stores, queued: QueuedClaim, *, as_json: bool) -> None:
    """One claim on stdout, with the article's own words around it."""
    if as_json:
        write(to_json(claim_record(queued)))
        return
    filed = opened.ledger.article(queued.article_id)
    wanted = queued.claim.anchor.sentence_ids
    sentences = [one for one in opened.ledger.sentences(filed.id) if one.position in wanted]
    details(_pairs(queued, filed.name, [one.span.cut(filed.article.text) for one in sentences]))


def _pairs(queued: QueuedClaim, article: str, around: list[str]) -> Iterator[tuple[str, object]]:
    claim, verdict, origin = queued.claim, queued.verdict, queued.origin
    yield f"claim {queued.id}", queued.words
    yield "as extracted", claim.text if queued.amendment else None
    yield "state", _state(queued)
    yield from _desk_pairs(queued)
    if queued.vanished_in:
        yield "vanished", f"run {queued.vanished_in} asked about its sentence again and did not find it"
    if queued.lease:
        yield "leased", f"by {queued.lease.reviewer} until {queued.lease.until:%Y-%m-%d %H:%M} UTC"
    yield "said by", claim.speaker
    yield "worth", f"{claim.check_worthiness:.1f} {claim.reason}"
    yield "flags", [str(one) for one in claim.flagged]
    yield "quote", f"{claim.quote} ({claim.anchor.status.value})"
    yield "inferred", [f"{words} ({place})" for place, words in _by_sentence(claim)]
    yield "article", f"{queued.article_id}: {article}"
    yield "sentence", around
    yield "also in", [f"sentence {', '.join(map(str, one.sentence_ids))}" for one in claim.also]
    if verdict:
        yield "verdict", _judged(verdict)
        yield "why", verdict.rationale
    if len(queued.readings) > 1 or not verdict:
        yield "readings", [f"{one.role.value}: {_judged(one)} {one.rationale or ''}" for one in queued.readings]
    yield (
        "corrected",
        [f"{one.at:%Y-%m-%d}: was {one.was.label}, is {one.now.label}: {one.reason}" for one in queued.corrections],
    )
    yield "evidence", [f"{one.id}. {source_line(one)}" for one in queued.evidence]
    yield "run", f"{origin.id}: {origin.model}, {origin.prompt} v{origin.prompt_version} {origin.prompt_hash[:12]}"


def _desk_pairs(queued: QueuedClaim) -> Iterator[tuple[str, object]]:
    """What the desk has done with the claim besides its verdict."""
    yield "editor", [_edited(one) for one in queued.editorial_acts]
    yield "flagged", f"{queued.flag.reason} ({queued.flag.reviewer})" if queued.flag else None
    yield "not checkable", queued.aside
    yield "same as", queued.duplicate_of
    yield "part of", queued.split_from
    yield "second reading", queued.second_asked
    if queued.contact:
        yield "claimant", f"asked on {queued.contact.asked_on}: {queued.contact.answer or 'no answer yet'}"
    yield "notes", [f"{one.reviewer}: {one.text}" for one in queued.notes]


def _edited(done: EditorialAct) -> str:
    comment = f": {done.comment}" if done.comment else ""
    return f"{_spoken(done.act)} by {done.editor} {done.at:%Y-%m-%d}{comment}"


def _judged(verdict: Verdict) -> str:
    known = f", as known on {verdict.known_as_of}" if verdict.known_as_of else ""
    sure = f", confidence {verdict.confidence.value}" if verdict.confidence else ""
    return f"{verdict.label} ({verdict.scale} v{verdict.scale_version}) by {verdict.reviewer}{known}{sure}"


def _by_sentence(claim: Claim) -> Iterator[tuple[str, str]]:
    """The inferred words, those of one sentence together."""
    for place in dict.fromkeys(one.sentence_id for one in claim.inferred):
        found = ", ".join(one.word for one in claim.inferred if one.sentence_id == place)
        yield f"from sentence {place}" if place else "from nowhere", found


def _state(queued: QueuedClaim) -> str:
    if queued.verdict:
        edited = queued.editorial is not EditorialState.OPEN
        return f"{queued.verdict.label}, {_spoken(queued.editorial)}" if edited else queued.verdict.label
    return "vanished" if queued.vanished_in else _spoken(queued.status)


def _spoken(state: StrEnum) -> str:
    return state.value.replace("_", " ")


def _words(queued: QueuedClaim) -> str:
    flags = " ".join(f"[{flag.value}]" for flag in queued.claim.flags)
    return f"{queued.words} {flags}".rstrip()


def _write_array(claims: Iterable[QueuedClaim]) -> None:
    """A JSON array, a claim a line, in memory that does not grow with it."""
    opening = "["
    for one in claims:
        write(f"{opening}{to_json(claim_record(one), indent=None)}")
        opening = ","
    write("[]" if opening == "[" else "]")
