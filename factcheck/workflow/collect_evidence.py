"""What is done with evidence: a source is added with its snapshot, removed, and looked at again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from factcheck.domain import acts
from factcheck.domain.acts import Actor
from factcheck.domain.evidence import (
    CheckOutcome,
    Evidence,
    EvidenceCheck,
    EvidenceDraft,
    PageText,
    QuoteStatus,
    Snapshot,
    SourceDoubt,
    Stance,
)
from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.errors import ArchiveError, NoSuchEvidenceError, PageGoneError, PageRefusedError, SourceError
from factcheck.workflow.ports import Queue, QueueChange, Sources
from factcheck.workflow.review_claim import Desk, require_known
from factcheck.workflow.source_doubts import UnderCheck, change_told, doubts_about, standing, with_quote_looked_for

_Found = tuple[Snapshot, PageText] | SourceError


@dataclass(frozen=True, slots=True)
class AddedEvidence:
    """A claim with the evidence that was added, or that it had already; `trouble` is what went wrong on the way."""

    claim: QueuedClaim
    evidence: Evidence
    is_new: bool
    trouble: tuple[SourceError, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedEvidence:
    """A piece of evidence after a look at its source, and the claim that it is of."""

    claim_id: int
    evidence: Evidence
    check: EvidenceCheck


def add_evidence(  # noqa: PLR0913 - what is added, where its page comes from, and when
    desk: Desk,
    claim_id: int,
    draft: EvidenceDraft,
    reviewer: str | None,
    sources: Sources | None = None,
    *,
    fetched_at: datetime | None = None,
    content: bytes | None = None,
    expect: str | None = None,
) -> AddedEvidence:
    """Add a source to a claim; the same words of it twice stay one. Raises InputError, NotFoundError, MovedOnError.

    With `sources` the page is fetched, or the file read, and the quote looked for in it. A page
    that cannot be had is added all the same, and the trouble told; a file must be readable. `fetched_at` is when
    `sources` have fetched the page, if that was before; `content` is the file's where it was handed in, so that
    `draft.file` is its name alone and nothing is opened.
    """
    reviewer, now = reviewer and require_known(desk, reviewer), desk.clock()
    evidence = draft.added(Stance.CONTEXT, now, reviewer)
    claim = desk.queue.claim(claim_id, now)
    claim.require_unchanged(expect, reviewer)  # one that moved on, or that nobody knows, costs no fetch
    under_check = _under_check(desk, claim)
    snapshot: Snapshot | None = None
    trouble: list[SourceError] = []
    if sources is not None and (draft.file or evidence.url):
        looks = _Looks(desk.queue, sources)
        found = looks.of_file(draft.file, content) if draft.file else looks.of_page(evidence.url or "")
        evidence, snapshot = looks.at(evidence, found, under_check, fetched_at or now, reviewer)
        trouble = [found] if isinstance(found, SourceError) else []
        if sources.archives and evidence.url and snapshot and snapshot.url and not evidence.archive_url:
            try:
                said = "" if isinstance(found, SourceError) else found[1].text
                evidence = replace(evidence, archive_url=sources.archive(evidence.url, said))
            except SourceError as error:
                trouble.append(ArchiveError(f"the archive did not save the page: {error}"))
    with desk.queue.changing() as change:
        now = desk.clock()  # others may have done much while the page was fetched
        evidence, claim = replace(evidence, added_at=now), change.claim(claim_id, now)
        claim.require_unchanged(expect, reviewer)
        seen = claim.seen_by(reviewer)
        known = next((one for one in seen.evidence if one.is_same_as(evidence)), None)
        if known is not None:
            return AddedEvidence(seen, known, is_new=False)
        by = Actor(reviewer or "", now, desk.roles_of(change, reviewer or ""))
        change.store(acts.sourced(claim, evidence, by), snapshot)
        claim = change.claim(claim_id, now)
    # Who has said no name sees nothing of it on a claim that is read blind, themselves or not.
    return AddedEvidence(claim.seen_by(reviewer), claim.evidence[-1], is_new=True, trouble=tuple(trouble))


def remove_evidence(desk: Desk, evidence_id: int, reviewer: str, *, expect: str | None = None) -> QueuedClaim:
    """Take a piece of evidence away from its claim; its row stays. Raises NotFoundError, ConflictError.

    What a published verdict rests on stays: readers have seen it.
    """
    with _changing_evidence(desk, evidence_id, reviewer, expect) as (change, claim, _, by):
        change.store(acts.unsourced(claim, by, evidence_id))
        return change.claim(claim.id, by.at).seen_by(by.name)


def edit_evidence(
    desk: Desk,
    evidence_id: int,
    reviewer: str,
    changed: Mapping[str, Any],
    sources: Sources | None = None,
    *,
    expect: str | None = None,
) -> QueuedClaim:
    """Tell a piece of evidence in another way: the fields of `EvidenceDraft` that are `changed`, but for its source.

    Another quote is looked for in the snapshot that the evidence rests on. Raises InputError, NotFoundError,
    ConflictError: what a published verdict rests on stays.
    """
    with _changing_evidence(desk, evidence_id, reviewer, expect) as (change, claim, was, by):
        told = replace(was, **changed)
        if told.quote != was.quote:
            told = with_quote_looked_for(told, PageText())
            snapshot = desk.queue.snapshot(was.sha256) if was.sha256 else None
            if sources is not None and snapshot is not None and told.quote:
                told = with_quote_looked_for(told, sources.read(snapshot))
        change.store(acts.resourced(claim, by, told))
        return change.claim(claim.id, by.at).seen_by(by.name)


@contextmanager
def _changing_evidence(
    desk: Desk, evidence_id: int, reviewer: str, expect: str | None
) -> Iterator[tuple[QueueChange, QueuedClaim, Evidence, Actor]]:
    """A transaction, a piece of evidence with its claim as they stand in it, and who is to change it.

    Raises NotFoundError, also for what is hidden from who reads the claim blind, and MovedOnError.
    """
    reviewer = require_known(desk, reviewer)
    with desk.queue.changing() as change:
        now = desk.clock()
        claim = change.claim_of_evidence(evidence_id, now)
        evidence = next((one for one in claim.seen_by(reviewer).evidence if one.id == evidence_id), None)
        if evidence is None:
            raise NoSuchEvidenceError(f"there is no evidence {evidence_id}")
        claim.require_unchanged(expect, reviewer)
        yield change, claim, evidence, Actor(reviewer, now, desk.roles_of(change, reviewer))


def check_evidence(
    desk: Desk, claim_id: int | None, reviewer: str | None, sources: Sources
) -> Iterator[CheckedEvidence]:
    """Fetch the pages of a claim's evidence again, or of every claim's, and store what each look told.

    Each address is fetched once, however many claims rest on it. No snapshot is ever replaced.
    Evidence that rested on none yet, or on one without its quote, rests on the new one from now on; of a published
    verdict only where nothing was kept, and the quote stands in it. What people say of a source while its page is
    fetched stands, and the look is told of that; one that they take away meanwhile is passed over.
    Raises NotFoundError, MisspeltNameError.
    """
    reviewer = reviewer and require_known(desk, reviewer)
    looks, now = _Looks(desk.queue, sources), desk.clock()
    claims = desk.queue.find(ClaimQuery(), now) if claim_id is None else [desk.queue.claim(claim_id, now, reviewer)]
    for claim in claims:
        for evidence in claim.evidence:
            looked = _looked_at(desk, claim.id, evidence, looks, reviewer) if evidence.url else None
            if looked is not None and looked.last_check is not None:
                yield CheckedEvidence(claim.id, looked, looked.last_check)


def _looked_at(desk: Desk, claim_id: int, seen: Evidence, looks: "_Looks", reviewer: str | None) -> Evidence | None:
    """The evidence as it stands after a look at its page, which is stored; None if it is gone by then."""
    found, now = looks.of_page(seen.url or ""), desk.clock()
    under_check = _under_check(desk, desk.queue.claim(claim_id, now))
    looks.at(seen, found, under_check, now, reviewer)  # what was kept of it is read now: no transaction waits for that
    with desk.queue.changing() as change:
        claim = change.claim(claim_id, begun := desk.clock())
        was = next((one for one in claim.evidence if one.id == seen.id), None)
        if was is None:
            return None
        looked, snapshot = looks.at(was, found, under_check, now, reviewer)
        looked = _as_published(was, looked) if claim.editorial.is_seen else looked
        change.store(acts.looked_at(claim, looked, begun), snapshot)
        return looked


def _as_published(was: Evidence, looked: Evidence) -> Evidence:
    """What a published verdict rests on stays, whatever its page says today: readers have seen it.

    Where nothing was kept of the page, what holds its quote may be.
    """
    is_first = was.sha256 is None and looked.quote_status.stands
    return looked if is_first else replace(was, last_check=looked.last_check)


def _under_check(desk: Desk, claim: QueuedClaim) -> UnderCheck:
    return UnderCheck.of(claim, desk.queue.read_for(claim.id))


@dataclass
class _Looks:
    """Pages as they are today, each fetched once, and as they were, each read once from its snapshot."""

    queue: Queue
    sources: Sources
    _today: dict[str, _Found] = field(default_factory=dict)
    _before: dict[str, PageText | SourceError] = field(default_factory=dict)
    _raised: dict[tuple[str | None, str, UnderCheck], tuple[SourceDoubt, ...]] = field(default_factory=dict)

    def of_page(self, url: str) -> _Found:
        """What the address holds today."""
        if url not in self._today:
            try:
                snapshot = self.sources.fetch(url)
                page = self.sources.read(snapshot)
                if page.wall:
                    raise PageRefusedError(f"{url!r} shows {page.wall}; save the page and give the file")
                self._today[url] = snapshot, page
            except SourceError as error:
                self._today[url] = error
        return self._today[url]

    def of_file(self, path: str, content: bytes | None) -> _Found:
        """What the file holds; it is opened unless its content is there. Raises SourceError."""
        snapshot = self.sources.open_file(path) if content is None else self.sources.as_file(content, path)
        return snapshot, self.sources.read(snapshot)

    def at(
        self, evidence: Evidence, found: _Found, under_check: UnderCheck, now: datetime, reviewer: str | None
    ) -> tuple[Evidence, Snapshot | None]:
        """The evidence with this look as its last, and the snapshot that was taken."""
        if isinstance(found, SourceError):
            kinds = {PageGoneError: CheckOutcome.GONE, PageRefusedError: CheckOutcome.REFUSED}
            outcome = next((one for kind, one in kinds.items() if isinstance(found, kind)), CheckOutcome.UNREACHABLE)
            check = EvidenceCheck(now, outcome, detail=str(found), checked_by=reviewer)
            return replace(evidence, last_check=check.after(evidence.last_check)), None
        snapshot, page = found
        status, of_quote = standing(evidence.quote, page)
        outcome, detail = self._outcome(evidence, status, snapshot, page)
        if outcome is CheckOutcome.UNREACHABLE:
            check = EvidenceCheck(now, outcome, detail=detail, checked_by=reviewer)
            return replace(evidence, last_check=check.after(evidence.last_check)), None
        doubts = of_quote.union(self._doubts(evidence, snapshot, page, under_check))
        if SourceDoubt.MOVED in doubts:
            detail = "; ".join(filter(None, (f"it leads to {snapshot.url}", detail)))
        check = replace(EvidenceCheck.of_snapshot(now, outcome, status, snapshot, reviewer), detail=detail)
        if outcome is CheckOutcome.TAKEN or (evidence.blocks_sign_off and status.stands):
            evidence = evidence.resting_on(snapshot, page, status, now)
        return replace(evidence, doubts=tuple(sorted(doubts)), last_check=check), snapshot

    def _doubts(
        self, evidence: Evidence, snapshot: Snapshot, page: PageText, under_check: UnderCheck
    ) -> tuple[SourceDoubt, ...]:
        """What the page raises, looked for once for each address and article."""
        key = evidence.url, snapshot.sha256, under_check
        if key not in self._raised:
            self._raised[key] = tuple(doubts_about(evidence, snapshot, page, under_check))
        return self._raised[key]

    def _outcome(
        self, evidence: Evidence, status: QuoteStatus, snapshot: Snapshot, page: PageText
    ) -> tuple[CheckOutcome, str | None]:
        """What has become of the page, and why that is all that can be said."""
        before = self.queue.snapshot(evidence.sha256) if evidence.sha256 else None
        if before is None:
            return CheckOutcome.TAKEN, None
        is_missed = evidence.quote_status.stands and not status.stands
        if snapshot.sha256 == before.sha256:
            told = "the page is as it was, and does not show the quote"
            return (CheckOutcome.QUOTE_GONE, told) if is_missed else (CheckOutcome.SAME, None)
        if is_missed and status is QuoteStatus.UNCHECKED:
            return CheckOutcome.UNREACHABLE, "its page shows no text today"
        return (CheckOutcome.QUOTE_GONE, None) if is_missed else self._compared(before, page, evidence.quote)

    def _compared(self, before: Snapshot, page: PageText, quote: str | None) -> tuple[CheckOutcome, str | None]:
        """Whether the page says what it said, and what it says otherwise."""
        read_before = self._as_kept(before)
        if isinstance(read_before, SourceError):
            told = f"its bytes are others; what was kept of it cannot be read any more: {read_before}"
            return CheckOutcome.CHANGED, told
        # The article is the same, whatever stands around it; files without text differ by their bytes.
        was, now = (one.body or " ".join(one.text.split()) for one in (read_before, page))
        told_anew = change_told(read_before, page, quote)
        is_same = bool(was) and was == now and told_anew is None
        return (CheckOutcome.SAME if is_same else CheckOutcome.CHANGED), told_anew

    def _as_kept(self, snapshot: Snapshot) -> PageText | SourceError:
        """What a snapshot says; the bounds may be lower than when it was kept."""
        if snapshot.sha256 not in self._before:
            try:
                self._before[snapshot.sha256] = self.sources.read(snapshot)
            except SourceError as error:
                self._before[snapshot.sha256] = error
        return self._before[snapshot.sha256]
