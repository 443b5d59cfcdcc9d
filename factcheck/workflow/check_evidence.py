"""Look at the sources of claims again: what is the same, changed, gone, or without its quote."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from factcheck.domain import acts
from factcheck.domain.evidence import CheckOutcome, Evidence, EvidenceCheck, PageText, QuoteStatus, Snapshot
from factcheck.domain.review import ClaimQuery
from factcheck.errors import SourceError
from factcheck.workflow.collect_evidence import failed_check, quote_status
from factcheck.workflow.ports import Queue, Sources
from factcheck.workflow.review_claim import Desk


@dataclass(frozen=True, slots=True)
class CheckedEvidence:
    """A piece of evidence after a look at its source, and the claim that it is of."""

    claim_id: int
    evidence: Evidence
    check: EvidenceCheck


def check_evidence(
    desk: Desk, claim_id: int | None, reviewer: str | None, sources: Sources
) -> Iterator[CheckedEvidence]:
    """Fetch the pages of a claim's evidence again, or of every claim's, and store what each look told.

    Each address is fetched once, however many claims rest on it. No snapshot is ever replaced.
    Evidence that rested on none yet, or on one without its quote, rests on the new one from now on.
    Raises NotFoundError.
    """
    looks, now = _Looks(desk.queue, sources), desk.clock()
    claims = desk.queue.find(ClaimQuery(), now) if claim_id is None else [desk.queue.claim(claim_id, now, reviewer)]
    for claim in claims:
        for evidence in claim.evidence:
            if evidence.url is None:
                continue
            now = desk.clock()
            looked, snapshot = looks.at(evidence, now, reviewer)
            with desk.queue.changing() as change:
                current = change.claim(claim.id, now)
                # A source that was taken away during the fetch has no use for the look at it.
                if any(one.id == evidence.id for one in current.evidence):
                    change.store(acts.looked_at(current, looked), snapshot)
            assert looked.last_check is not None  # noqa: S101 - each look leaves one
            yield CheckedEvidence(claim.id, looked, looked.last_check)


@dataclass
class _Looks:
    """Pages as they are today, each fetched once, and as they were, read from their snapshots."""

    queue: Queue
    sources: Sources
    _today: dict[str, tuple[Snapshot, PageText] | SourceError] = field(default_factory=dict)

    def at(self, evidence: Evidence, now: datetime, reviewer: str | None) -> tuple[Evidence, Snapshot | None]:
        """The evidence with this look as its last, and the snapshot that was taken."""
        found = self._fetched(evidence.url or "")
        if isinstance(found, SourceError):
            return replace(evidence, last_check=failed_check(found, now, reviewer)), None
        snapshot, page = found
        status = quote_status(evidence.quote, page.text)
        outcome = self._outcome(evidence, status, snapshot, page)
        check = EvidenceCheck.of_snapshot(now, outcome, status, snapshot, reviewer)
        if outcome is CheckOutcome.TAKEN or (evidence.blocks_sign_off and status.stands):
            evidence = evidence.resting_on(snapshot, page, status, now)
        return replace(evidence, last_check=check), snapshot

    def _fetched(self, url: str) -> tuple[Snapshot, PageText] | SourceError:
        if url not in self._today:
            try:
                snapshot = self.sources.fetch(url)
                self._today[url] = snapshot, self.sources.read(snapshot)
            except SourceError as error:
                self._today[url] = error
        return self._today[url]

    def _outcome(self, evidence: Evidence, status: QuoteStatus, snapshot: Snapshot, page: PageText) -> CheckOutcome:
        before = self.queue.snapshot(evidence.sha256) if evidence.sha256 else None
        if before is None:
            return CheckOutcome.TAKEN
        if evidence.quote_status.stands and not status.stands:
            return CheckOutcome.QUOTE_GONE
        is_same = snapshot.sha256 == before.sha256 or _says_the_same(self.sources.read(before), page)
        return CheckOutcome.SAME if is_same else CheckOutcome.CHANGED


def _says_the_same(before: PageText, today: PageText) -> bool:
    """Whether the article is the same, whatever stands around it; files without text differ by their bytes."""
    was, now = (one.body or " ".join(one.text.split()) for one in (before, today))
    return bool(was) and was == now
