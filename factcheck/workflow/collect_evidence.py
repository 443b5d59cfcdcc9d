"""What a reviewer does with evidence: add a source to a claim, with its snapshot, and remove one."""

from dataclasses import dataclass, replace
from datetime import datetime

from factcheck.domain import acts
from factcheck.domain.acts import Actor
from factcheck.domain.claim import AnchorStatus
from factcheck.domain.evidence import (
    CheckOutcome,
    Evidence,
    EvidenceCheck,
    EvidenceDraft,
    QuoteStatus,
    Snapshot,
    Stance,
)
from factcheck.domain.review import QueuedClaim, require_reviewer
from factcheck.errors import ArchiveError, PageGoneError, PageRefusedError, SourceError
from factcheck.text.anchoring import Anchorer
from factcheck.workflow.ports import Sources
from factcheck.workflow.review_claim import Desk

_FOUND = {AnchorStatus.EXACT: QuoteStatus.EXACT, AnchorStatus.NORMALISED: QuoteStatus.NORMALISED}


@dataclass(frozen=True, slots=True)
class AddedEvidence:
    """A claim with the evidence that was added, or that it had already; `trouble` is what went wrong on the way."""

    claim: QueuedClaim
    evidence: Evidence
    is_new: bool
    trouble: tuple[SourceError, ...] = ()


def add_evidence(
    desk: Desk, claim_id: int, draft: EvidenceDraft, reviewer: str | None, sources: Sources | None = None
) -> AddedEvidence:
    """Add a source to a claim; the same words of it twice stay one. Raises InputError, NotFoundError.

    With `sources` the page is fetched, or the file read, and the quote looked for in it. A page
    that cannot be had is added all the same, and the trouble told; a file must be readable.
    """
    reviewer, now = reviewer and require_reviewer(reviewer), desk.clock()
    evidence = draft.added(Stance.CONTEXT, now, reviewer)
    desk.queue.claim(claim_id, now)  # an unknown claim costs no fetch
    snapshot: Snapshot | None = None
    trouble: list[SourceError] = []
    if sources is not None:
        evidence, snapshot, trouble = _with_snapshot(evidence, draft.file, sources, now)
        evidence, unsaved = _archived(evidence, sources)
        trouble += unsaved
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, now)
        seen = claim.seen_by(reviewer)
        known = next((one for one in seen.evidence if one.is_same_as(evidence)), None)
        if known is not None:
            return AddedEvidence(seen, known, is_new=False)
        change.store(acts.sourced(claim, evidence), snapshot)
        claim = change.claim(claim_id, now).seen_by(reviewer)
    return AddedEvidence(claim, claim.evidence[-1], is_new=True, trouble=tuple(trouble))


def remove_evidence(desk: Desk, evidence_id: int, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Take a piece of evidence away from its claim; its row stays. Raises NotFoundError, ConflictError.

    What a published verdict rests on stays: readers have seen it.
    """
    reviewer, now = require_reviewer(reviewer), desk.clock()
    with desk.queue.changing() as change:
        claim = change.claim_of_evidence(evidence_id, now)
        claim.require_unchanged(expect, reviewer)
        change.store(acts.unsourced(claim, Actor(reviewer, now), evidence_id))
        return change.claim(claim.id, now).seen_by(reviewer)


def quote_status(quote: str | None, text: str) -> QuoteStatus:
    """How well the quote stands in the text, found as claims are in their article."""
    if not quote or not text:
        return QuoteStatus.UNCHECKED
    return _FOUND.get(Anchorer(text, ()).standing(quote), QuoteStatus.MISSING)


def failed_check(error: SourceError, now: datetime, reviewer: str | None) -> EvidenceCheck:
    """The look that brought nothing, and why."""
    outcome = CheckOutcome.UNREACHABLE
    if isinstance(error, PageGoneError):
        outcome = CheckOutcome.GONE
    elif isinstance(error, PageRefusedError):
        outcome = CheckOutcome.REFUSED
    return EvidenceCheck(now, outcome, detail=str(error), checked_by=reviewer)


def _with_snapshot(
    evidence: Evidence, file: str | None, sources: Sources, now: datetime
) -> tuple[Evidence, Snapshot | None, list[SourceError]]:
    """The evidence resting on what its source holds now, or with the look that failed, and why it did."""
    if not (file or evidence.url):
        return evidence, None, []
    try:
        snapshot = sources.open_file(file) if file else sources.fetch(evidence.url or "")
    except SourceError as error:
        if file:
            raise
        return replace(evidence, last_check=failed_check(error, now, evidence.added_by)), None, [error]
    reading = sources.read(snapshot)
    status = quote_status(evidence.quote, reading.text)
    check = EvidenceCheck.of_snapshot(now, CheckOutcome.TAKEN, status, snapshot, evidence.added_by)
    return replace(evidence.resting_on(snapshot, reading, status, now), last_check=check), snapshot, []


def _archived(evidence: Evidence, sources: Sources) -> tuple[Evidence, list[SourceError]]:
    """The evidence with the archive's address of its page, where an archive is asked."""
    check = evidence.last_check
    if not (sources.archives and evidence.url and check and check.url) or evidence.archive_url:
        return evidence, []
    try:
        return replace(evidence, archive_url=sources.archive(evidence.url)), []
    except SourceError as error:
        return evidence, [ArchiveError(f"the archive did not save the page: {error}")]
