"""`factcheck claims` and `factcheck claim N`."""

from collections.abc import Iterable, Iterator

import click

from factcheck import wiring
from factcheck.cli.options import WORDS, db_option, json_option, page_options, page_size
from factcheck.cli.terminal import details, page_note, table, write
from factcheck.domain.claim import Claim
from factcheck.domain.evidence import Evidence
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import ClaimStatus
from factcheck.export.records import claim_record, to_json
from factcheck.settings import Settings

_STATUSES = [status.value for status in ClaimStatus]


@click.command("claims")
@click.option("--status", type=click.Choice(_STATUSES), help="Only claims of this status.")
@click.option("--article", "article_id", type=int, metavar="N", help="Only claims of this article.")
@click.option("--search", type=WORDS, metavar="WORDS", help="Only claims that hold all these words.")
@page_options
@json_option
@db_option
@click.pass_obj
def claims_command(
    settings: Settings,
    status: str | None,
    article_id: int | None,
    search: str | None,
    *,
    limit: int | None,
    show_all: bool,
    as_json: bool,
) -> None:
    """List the claims."""
    query = ClaimQuery(ClaimStatus(status) if status else None, article_id, tuple((search or "").split()))
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
@json_option
@db_option
@click.pass_obj
def claim_command(settings: Settings, number: int, *, as_json: bool) -> None:
    """Show a claim: its words, where they stand, its evidence and verdict."""
    with wiring.stores(settings) as opened:
        show_claim(opened, opened.queue.claim(number, wiring.utc_now()), as_json=as_json)


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
    yield f"claim {queued.id}", claim.text
    yield "state", _state(queued)
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
        yield "verdict", f"{verdict.label} ({verdict.scale} v{verdict.scale_version}) by {verdict.reviewer}"
        yield "why", verdict.rationale
    yield "evidence", [_source(one) for one in queued.evidence]
    yield "run", f"{origin.id}: {origin.model}, {origin.prompt} v{origin.prompt_version} {origin.prompt_hash[:12]}"


def _by_sentence(claim: Claim) -> Iterator[tuple[str, str]]:
    """The inferred words, those of one sentence together."""
    for place in dict.fromkeys(one.sentence_id for one in claim.inferred):
        found = ", ".join(one.word for one in claim.inferred if one.sentence_id == place)
        yield f"from sentence {place}" if place else "from nowhere", found


def _source(evidence: Evidence) -> str:
    about = ", ".join(filter(None, (evidence.title, evidence.publisher, evidence.published)))
    quote = f" “{evidence.quote}”" if evidence.quote else ""
    return f"{evidence.stance.value}: {evidence.url}{f' ({about})' if about else ''}{quote}"


def _state(queued: QueuedClaim) -> str:
    if queued.verdict:
        return queued.verdict.label
    return "vanished" if queued.vanished_in else queued.status.value


def _words(queued: QueuedClaim) -> str:
    flags = " ".join(f"[{flag.value}]" for flag in queued.claim.flags)
    return f"{queued.claim.text} {flags}".rstrip()


def _write_array(claims: Iterable[QueuedClaim]) -> None:
    """A JSON array, a claim a line, in memory that does not grow with it."""
    opening = "["
    for one in claims:
        write(f"{opening}{to_json(claim_record(one), indent=None)}")
        opening = ","
    write("[]" if opening == "[" else "]")
