"""A desk in memory, in place of the database: short, because the rules stand in the domain.

`tests/storage/test_desk_contract.py` holds it and the database to the same answers.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

from typing_extensions import override

from factcheck.domain.acts import Change
from factcheck.domain.article import Article, ArticleRead, ArticleSource, FiledArticle
from factcheck.domain.audit import FIRST_LINK, Event, Head, LinkedEvent, Verification, verify
from factcheck.domain.claim import Claim
from factcheck.domain.comparison import GivenClaim, RunAnswers
from factcheck.domain.desk import Addition, Draft, Person, require_may_set_roles, require_seen
from factcheck.domain.evidence import Evidence, Snapshot
from factcheck.domain.extraction import RUN_BEGAN, ExtractionSetup, FiledRun, Usage, WindowOutcome, by_wording
from factcheck.domain.rating import RatingScale
from factcheck.domain.review import (
    ClaimInBrief,
    ClaimQuery,
    ExtractionOrigin,
    Lease,
    PastDecision,
    Place,
    QueueCounts,
    QueuedClaim,
    Verdict,
    stages_open_to,
)
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState
from factcheck.domain.states import ASIDE, DECISIONS, UNSIGNED, Act, ClaimStatus, EditorialState, Role, Stage, role_for
from factcheck.domain.statistics import GivenVerdict, Step, Tasks, Waiting, as_judged
from factcheck.domain.versions import Lineage, PlacedClaim, StandingClaim
from factcheck.errors import (
    ArticleBusyError,
    NoSuchArticleError,
    NoSuchClaimError,
    NoSuchEvidenceError,
    NoSuchRunError,
)
from factcheck.workflow.ports import Clock, Ledger, Log, People, Queue, QueueChange, Statistics

_ALIVE = timedelta(seconds=10)


@dataclass
class Shelf:
    """Everything that a database would hold; values never change, they are replaced."""

    articles: dict[int, FiledArticle] = field(default_factory=dict)
    sentences: dict[int, tuple[Sentence, ...]] = field(default_factory=dict)
    runs: dict[int, FiledRun] = field(default_factory=dict)
    started: dict[int, datetime] = field(default_factory=dict)
    said: dict[int, dict[int, LedgerEntry]] = field(default_factory=dict)
    given: dict[int, frozenset[int]] = field(default_factory=dict)
    claims: dict[int, QueuedClaim] = field(default_factory=dict)
    verdicts: dict[int, GivenVerdict] = field(default_factory=dict)
    replaced: dict[int, list[Verdict]] = field(default_factory=dict)
    typos: dict[int, int] = field(default_factory=dict)
    evidence: dict[int, int] = field(default_factory=dict)
    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    drafts: dict[tuple[int, str], Draft] = field(default_factory=dict)
    scales: dict[tuple[str, int], RatingScale] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """A transaction: an error puts everything back."""
        before = {one.name: copy(getattr(self, one.name)) for one in fields(self)}
        try:
            yield
        except BaseException:
            for name, value in before.items():
                setattr(self, name, value)
            raise

    def add(self, event: Event) -> None:
        """Number an event and keep it."""
        self.events.append(replace(event, id=len(self.events) + 1))

    def standing(self) -> Iterator[Event]:
        """The events that were not undone, oldest first."""
        undone = {one.undoes for one in self.events}
        return (one for one in self.events if one.id not in undone)

    def claim(self, claim_id: int, now: datetime) -> QueuedClaim:
        """A claim at a moment. Raises NotFoundError."""
        if claim_id not in self.claims:
            raise NoSuchClaimError(f"there is no claim {claim_id}")
        return self.claims[claim_id].at(now)

    def queue_claim(
        self,
        claim: Claim,
        filed: FiledArticle,
        run_id: int | None,
        split_from: int | None = None,
        added: Addition | None = None,
    ) -> int:
        """Put a new claim into the queue; returns its number."""
        number, origin = len(self.claims) + 1, None
        if run_id is not None:
            setup = self.runs[run_id].setup
            told = (setup.model, setup.prompt, setup.prompt_version, setup.prompt_hash)
            origin = ExtractionOrigin(run_id, *told, setup.recording, setup.recording_sha256)
        new = QueuedClaim(number, claim.uid(filed.article.sha256), filed.id, claim, ClaimStatus.QUEUED, origin)
        self.claims[number] = replace(
            new,
            split_from=split_from,
            added=added,
            article_url=filed.article.url,
            article_sha256=filed.article.sha256,
            article_canonical_url=filed.article.canonical_url,
        )
        return number


class FakeQueue(Queue):
    """Serves the Queue port from a shelf."""

    def __init__(self, shelf: Shelf, *, has_roles: bool = False) -> None:
        self.shelf = shelf
        self.has_roles = has_roles

    @override
    def claim(self, claim_id: int, now: datetime, viewer: str | None = None) -> QueuedClaim:
        return self.shelf.claim(claim_id, now).seen_by(viewer)

    @override
    def find(
        self, query: ClaimQuery, now: datetime, limit: int | None = None, after: Place | None = None
    ) -> Iterator[QueuedClaim]:
        found = sorted((one for one in self._all(now) if _fits(one, query)), key=lambda one: one.place)
        found = [one for one in found if one.place > (after or (0, 0, 0))]
        return (one.seen_by(None) for one in found[:limit])

    @override
    def in_brief(self, query: ClaimQuery, now: datetime, limit: int) -> tuple[ClaimInBrief, ...]:
        found = (one for one in self.find(query, now) if one.vanished_in is None)
        return tuple(ClaimInBrief(one.id, one.article_id, one.words) for one in islice(found, limit))

    @override
    def count(self, query: ClaimQuery, now: datetime) -> int:
        return sum(1 for _ in self.find(query, now))

    @override
    def numbers_of(self, query: ClaimQuery, now: datetime) -> tuple[int, ...]:
        return tuple(sorted(one.id for one in self.find(query, now)))

    @override
    def articles_of(self, query: ClaimQuery, now: datetime) -> tuple[int, ...]:
        return tuple(sorted({one.article_id for one in self.find(query, now)}))

    @override
    def lease_next(
        self,
        reviewer: str,
        now: datetime,
        until: datetime,
        count: int = 1,
        stages: Sequence[Stage] = (Stage.FIRST,),
        among: ClaimQuery | None = None,
    ) -> tuple[int, ...]:
        allowed = stages_open_to(reviewer, _roles(self.shelf, reviewer) if self.has_roles else None, stages)
        waiting: list[QueuedClaim] = []
        for stage in allowed:
            waiting = [one for one in self._waiting_for(reviewer, now, stage) if among is None or _fits(one, among)]
            if waiting:
                break

        def turn(one: QueuedClaim) -> tuple[object, ...]:
            comes = 0 if one.assigned_to == reviewer else 1 if one.due_on else 2
            return comes, one.due_on or date.max, one.skips, -one.claim.check_worthiness, one.id

        best = sorted(waiting, key=turn)[:count]
        for one in sorted(best, key=lambda one: one.id):
            self.shelf.claims[one.id] = replace(one, status=stage.held, lease=Lease(reviewer, until))
            details = {"until": until.isoformat(), "role": stage.role.value}
            self.shelf.add(Event(0, now, reviewer, Act.LEASED.value, one.id, details=details))
        return tuple(sorted(one.id for one in best))

    @override
    def waiting_for(self, reviewer: str, now: datetime, among: ClaimQuery | None = None) -> dict[Stage, int]:
        roles = _roles(self.shelf, reviewer) if self.has_roles else frozenset(Role)
        free = {one: self._waiting_for(reviewer, now, one) if role_for(one) in roles else () for one in Stage}
        return {stage: sum(among is None or _fits(one, among) for one in claims) for stage, claims in free.items()}

    @override
    def scale(self, scale_id: str, version: int) -> RatingScale | None:
        return self.shelf.scales.get((scale_id, version))

    @override
    def names_beside(self, name: str) -> tuple[str, ...]:
        known = {one.actor for one in self.shelf.events if one.actor} | set(self.shelf.people)
        return () if name in known else tuple(sorted(known))

    @override
    def draft(self, claim_id: int, reviewer: str) -> Draft | None:
        return self.shelf.drafts.get((claim_id, reviewer))

    @override
    def history(self, reviewer: str, now: datetime, limit: int = 10) -> tuple[PastDecision, ...]:
        done = self.decisions(reviewer, limit)
        return tuple(
            PastDecision(one.at, Act(one.action), self.claim(one.claim_id or 0, now, reviewer)) for one in done
        )

    @override
    def decisions(self, reviewer: str, limit: int) -> tuple[Event, ...]:
        return FakeQueueChange(self.shelf, has_roles=False).decisions(reviewer, limit)

    @override
    def events_since(self, event: Event) -> tuple[Event, ...]:
        return FakeQueueChange(self.shelf, has_roles=False).events_since(event)

    @override
    def held_by(self, reviewer: str, now: datetime) -> tuple[int, ...]:
        return tuple(one.id for one in self._all(now) if one.lease and one.lease.reviewer == reviewer)

    @override
    def counts(self, now: datetime) -> QueueCounts:
        claims = list(self._all(now))
        held = [one.lease for one in claims if one.lease]
        of_status = Counter(one.status for one in claims)
        return QueueCounts(
            queued=of_status[Stage.FIRST.waiting],
            leased=len(held),
            decided=sum(one.status.is_settled for one in claims),
            next_back=min((one.until for one in held), default=None),
            awaiting_second=of_status[Stage.SECOND.waiting],
            disputed=of_status[Stage.ADJUDICATION.waiting],
            aside=sum(one.status in ASIDE for one in claims),
        )

    @override
    def verdict_counts(self) -> dict[str, int]:
        held = Counter(
            one.verdict.label
            for one in self.shelf.claims.values()
            if one.verdict and one.editorial is not EditorialState.WITHDRAWN
        )
        return dict(sorted(held.items(), key=lambda pair: (-pair[1], pair[0])))

    @override
    def snapshot(self, sha256: str) -> Snapshot | None:
        return self.shelf.snapshots.get(sha256)

    @override
    def read_for(self, claim_id: int) -> ArticleRead:
        claim = self.shelf.claims.get(claim_id)
        filed = claim and self.shelf.articles.get(claim.article_id)
        if not filed:
            return ArticleRead("")
        kept = {filed.article.snapshot.sha256} if filed.article.snapshot else set[str]()
        return ArticleRead(filed.article.text, frozenset({filed.article.sha256, *kept}))

    @override
    @contextmanager
    def changing(self) -> Iterator[QueueChange]:
        with self.shelf.changing():
            yield FakeQueueChange(self.shelf, has_roles=self.has_roles)

    def _all(self, now: datetime) -> Iterator[QueuedClaim]:
        return (one.at(now) for one in self.shelf.claims.values())

    def _waiting_for(self, reviewer: str, now: datetime, stage: Stage) -> Iterator[QueuedClaim]:
        for one in self._all(now):
            is_barred = one.vanished_in is not None if stage is Stage.FIRST else _has_read(reviewer, one)
            is_done = stage is not Stage.FIRST and _has_read(one.assigned_to or "", one)
            is_anothers = one.assigned_to not in {None, reviewer} and not is_done
            if one.status is stage.waiting and not (is_barred or is_anothers):
                yield one


class FakeQueueChange(QueueChange):
    """Serves the QueueChange port from a shelf."""

    def __init__(self, shelf: Shelf, *, has_roles: bool) -> None:
        self.shelf = shelf
        self.has_roles = has_roles

    @override
    def claim(self, claim_id: int, now: datetime) -> QueuedClaim:
        return self.shelf.claim(claim_id, now)

    @override
    def claim_of_evidence(self, evidence_id: int, now: datetime) -> QueuedClaim:
        claim = self.shelf.claims.get(self.shelf.evidence.get(evidence_id, 0))
        if claim is None or all(one.id != evidence_id for one in claim.evidence):
            raise NoSuchEvidenceError(f"there is no evidence {evidence_id}")
        return claim.at(now)

    @override
    def claim_in_words(self, article_id: int, wording: str) -> int | None:
        same = (one for one in self.shelf.claims.values() if one.article_id == article_id)
        return next((one.id for one in same if one.claim.wording == wording), None)

    @override
    def roles_of(self, person: str) -> frozenset[Role] | None:
        return _roles(self.shelf, person) if self.has_roles else None

    @override
    def takers(self, claim_id: int) -> tuple[int, ...]:
        every = self.shelf.claims.values()
        return tuple(one.id for one in every if any(it.carried_from == claim_id for it in one.readings))

    @override
    def merged_into(self, claim_id: int) -> tuple[int, ...]:
        return tuple(one.id for one in self.shelf.claims.values() if one.duplicate_of == claim_id)

    @override
    def has_signed_off(self, article_id: int) -> bool:
        of_article = (one for one in self.shelf.claims.values() if one.article_id == article_id)
        return any(one.status.is_settled and one.editorial not in UNSIGNED for one in of_article)

    @override
    def amend_article(self, article_id: int, columns: Mapping[str, Any], by: str, now: datetime) -> FiledArticle:
        filed = FiledArticle(article_id, replace(self.shelf.articles[article_id].article, **columns))
        self.shelf.articles[article_id] = filed
        self.shelf.add(Event(0, now, by, "article_set", article_id=article_id))
        return filed

    @override
    def see_changes(self, article_id: int, by: str, now: datetime) -> tuple[int, ...]:
        return ()

    @override
    def decisions(self, reviewer: str, limit: int) -> tuple[Event, ...]:
        mine = [one for one in self.shelf.standing() if one.actor == reviewer and one.action in DECISIONS]
        return tuple(reversed(mine))[:limit]

    @override
    def events_since(self, event: Event) -> tuple[Event, ...]:
        return tuple(one for one in self.shelf.standing() if one.claim_id == event.claim_id and one.id > event.id)

    @override
    def replaced_by(self, event: Event) -> Verdict | None:
        before = (
            one for one in self.shelf.replaced.get(event.claim_id or 0, ()) if (one.id or 0) < event.details["verdict"]
        )
        return next((one for one in reversed(list(before)) if self._ended_as(one) == Act.AMENDED), None)

    def _ended_as(self, verdict: Verdict) -> str | None:
        return self.shelf.verdicts[verdict.id or 0].ended_as

    @override
    def store(self, change: Change, snapshot: Snapshot | None = None) -> None:
        after, event, numbers = change.after, change.event, {}
        if event is not None:
            new = [one for one in after.readings if one.id is None]
            if new:
                numbers["verdict"] = len(self.shelf.verdicts) + 1
            verdict_id = numbers.get("verdict")
            readings = {id(one): replace(one, id=one.id or verdict_id) for one in after.readings}
            evidence = tuple(self._numbered(one, after.id, verdict_id) for one in after.evidence)
            if len(evidence) > len(change.before.evidence):
                numbers["evidence"] = evidence[-1].id or 0
            holding = readings.get(id(after.verdict), after.verdict)
            corrections = tuple(replace(one, now=readings.get(id(one.now), one.now)) for one in after.corrections)
            after = replace(after, readings=tuple(readings.values()), verdict=holding)
            after = replace(after, evidence=evidence, corrections=corrections)
            self._write_down(change.before, after, new, event)
            self.shelf.add(replace(event, details=numbers | dict(event.details)))
        if snapshot is not None:
            self.shelf.snapshots.setdefault(snapshot.sha256, snapshot)
        self.shelf.claims[after.id] = after

    def _numbered(self, evidence: Evidence, claim_id: int, verdict_id: int | None) -> Evidence:
        if evidence.id is not None:
            return evidence
        number = len(self.shelf.evidence) + 1
        self.shelf.evidence[number] = claim_id
        return replace(evidence, id=number, verdict_id=verdict_id)

    def _write_down(self, before: QueuedClaim, after: QueuedClaim, new: Iterable[Verdict], event: Event) -> None:
        """Keep every verdict that was ever given, for the statistics."""
        for number in {one.id for one in before.readings} - {one.id for one in after.readings}:
            self.shelf.verdicts[number or 0] = replace(self.shelf.verdicts[number or 0], ended_as=event.action)
        self.shelf.replaced.setdefault(after.id, []).extend(one for one in before.readings if one not in after.readings)
        for number in {one.id for one in after.readings} & self.shelf.verdicts.keys():
            self.shelf.verdicts[number or 0] = replace(self.shelf.verdicts[number or 0], ended_as=None)
        for one in new:
            if event.details.get("typo"):
                self.shelf.typos[len(self.shelf.verdicts) + 1] = before.verdict.id or 0 if before.verdict else 0
            scale, at = (one.scale, one.scale_version), one.decided_at
            given = GivenVerdict(after.id, one.reviewer, one.role, one.label, scale, at)
            self.shelf.verdicts[len(self.shelf.verdicts) + 1] = given

    @override
    def add_parts(self, whole: QueuedClaim, parts: Sequence[Claim]) -> tuple[int, ...]:
        filed = self.shelf.articles[whole.article_id]
        run_id = whole.origin.id if whole.origin else None
        return tuple(self.shelf.queue_claim(one, filed, run_id, whole.id, whole.added) for one in parts)

    @override
    def add_claim(self, article_id: int, claim: Claim, added: Addition, event: Event) -> int:
        number = self.shelf.queue_claim(claim, self.shelf.articles[article_id], None, added=added)
        entry = LedgerEntry(SentenceState.CLAIMS, detail=f"claim {number} was added by {added.by}")
        self.shelf.sentences[article_id] = tuple(
            replace(one, entry=entry)
            if one.position in claim.anchor.sentence_ids and one.entry.state is not entry.state
            else one
            for one in self.shelf.sentences[article_id]
        )
        self.shelf.add(replace(event, claim_id=number, article_id=article_id))
        return number

    @override
    def scale(self, scale_id: str, version: int) -> RatingScale | None:
        return self.shelf.scales.get((scale_id, version))

    @override
    def keep_scale(self, scale: RatingScale) -> RatingScale:
        return self.shelf.scales.setdefault((scale.id, scale.version), scale)

    @override
    def save_draft(self, draft: Draft) -> None:
        self.shelf.drafts[draft.claim_id, draft.reviewer] = draft
        details = {"label": draft.label, "rationale": draft.rationale, "form": draft.form}
        self.shelf.add(Event(0, draft.saved_at, draft.reviewer, "drafted", draft.claim_id, details=details))

    @override
    def drop_draft(self, claim_id: int, reviewer: str) -> None:
        self.shelf.drafts.pop((claim_id, reviewer), None)


class FakeLedger(Ledger):
    """Serves the Ledger port from a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    @override
    def file_article(
        self, article: Article, sentences: Sequence[Sentence], now: datetime, lineage: Lineage | None = None
    ) -> FiledArticle:
        known = self.known_article(article.sha256)
        if known is not None:
            return known
        filed = FiledArticle(len(self.shelf.articles) + 1, article)
        self.shelf.articles[filed.id], self.shelf.sentences[filed.id] = filed, tuple(sentences)
        details = {"sentences": len(sentences)}
        self.shelf.add(Event(0, now, None, "filed", article_id=filed.id, details=details))
        return filed

    @override
    def kin(self, sketch: Collection[int], addresses: Collection[str]) -> tuple[FiledArticle, ...]:
        return ()

    @override
    def claims_standing_in(self, article_id: int) -> tuple[StandingClaim, ...]:
        return ()

    @override
    def places(self, article_id: int) -> tuple[PlacedClaim, ...]:
        return ()

    @override
    def newest_places(self) -> Mapping[int, int]:
        return {}

    @override
    def later_versions(self, article_id: int) -> tuple[int, ...]:
        return ()

    @override
    def sources(self, article_id: int) -> tuple[ArticleSource, ...]:
        return ()

    @override
    def sentences(self, article_id: int) -> tuple[Sentence, ...]:
        return self.shelf.sentences.get(article_id, ())

    @override
    def sentence_counts(self) -> dict[SentenceState, int]:
        counted = Counter(one.entry.state for sentences in self.shelf.sentences.values() for one in sentences)
        return {state: counted[state] for state in SentenceState}

    @override
    def runs_kept_alive(self, clock: Clock) -> AbstractContextManager[None]:
        return nullcontext()

    @override
    def begin_run(self, article_id: int, setup: ExtractionSetup, now: datetime, by: str | None = None) -> int:
        for run in self.runs(article_id):
            if run.outcome is None and self.shelf.started[run.id] + _ALIVE > now:
                message = f"run {run.id} is asking about article {article_id}; wait for it, or stop it"
                raise ArticleBusyError(message)
        number = len(self.shelf.runs) + 1
        self.shelf.runs[number] = FiledRun(number, article_id, setup, Usage(), None, 0.0, None, now + _ALIVE)
        self.shelf.started[number] = now
        self.shelf.said[number], self.shelf.given[number] = {}, frozenset()
        self.shelf.add(Event(0, now, by, RUN_BEGAN, article_id=article_id, run_id=number))
        return number

    @override
    def record_outcome(
        self, run_id: int, article: FiledArticle, outcome: WindowOutcome, now: datetime, price: float | None = None
    ) -> int:
        if not self.shelf.said[run_id].keys().isdisjoint(outcome.entries):
            return 0
        self.shelf.said[run_id] = self.shelf.said[run_id] | outcome.entries
        self.shelf.sentences[article.id] = tuple(
            self._entered(one, outcome.entries[one.position], run_id) if one.position in outcome.entries else one
            for one in self.sentences(article.id)
        )
        known = set(self.shelf.claims)
        for claim in by_wording(outcome.claims).values():
            self._place(run_id, article, claim)
        new = [one.uid for number, one in self.shelf.claims.items() if number not in known]
        vanished = self._mark_vanished(run_id, article.id, outcome)
        details = {"sentences": sorted(outcome.entries), "claims": new, "vanished": vanished}
        self.shelf.add(Event(0, now, None, "window_landed", None, article.id, run_id, details=details))
        run = self.shelf.runs[run_id]
        usage = run.usage + outcome.usage
        prices = [one for one in (run.price if run.usage.calls else None, price) if one is not None]
        total = 0.0 if not usage.calls else sum(prices) if prices else None
        self.shelf.runs[run_id] = replace(run, usage=usage, price=total)
        return len(new)

    def _entered(self, sentence: Sentence, entry: LedgerEntry, run_id: int) -> Sentence:
        """The sentence with its new entry; a failure replaces no answer."""
        if sentence.entry.state.is_answered and not entry.state.is_answered:
            return sentence
        return replace(sentence, entry=entry, run_id=run_id)

    def _place(self, run_id: int, article: FiledArticle, claim: Claim) -> None:
        """Queue the claim, or note it as found again."""
        same = (one for one in self.shelf.claims.values() if one.article_id == article.id)
        known = next((one for one in same if one.claim.wording == claim.wording), None)
        if known is None:
            number = self.shelf.queue_claim(claim, article, run_id)
        else:
            number, found = known.id, known.claim.found_at((claim.anchor, *claim.also))
            self.shelf.claims[number] = replace(known, claim=found, vanished_in=None)
        self.shelf.given[run_id] |= {number}

    def _mark_vanished(self, run_id: int, article_id: int, outcome: WindowOutcome) -> list[int]:
        answered = {at for at, entry in outcome.entries.items() if entry.state.is_answered}
        vanished = []
        for one in list(self.shelf.claims.values()):
            stands = one.claim.anchor.sentence_ids[:1]
            is_asked = one.article_id == article_id and answered.issuperset(stands) and bool(stands)
            is_gone = one.id not in self.shelf.given[run_id] and one.split_from is None and one.added is None
            if is_asked and is_gone and one.vanished_in is None:
                self.shelf.claims[one.id] = replace(one, vanished_in=run_id)
                vanished.append(one.id)
        return vanished

    @override
    def end_run(self, run_id: int, outcome: str, now: datetime) -> None:
        self.shelf.runs[run_id] = replace(self.shelf.runs[run_id], outcome=outcome, ended_at=now)
        self.shelf.add(Event(0, now, None, "run_ended", run_id=run_id, details={"outcome": outcome}))

    @override
    def note_recording(self, run_ids: Sequence[int], recording_sha256: str, now: datetime) -> None:
        for run_id in run_ids:
            run = self.shelf.runs[run_id]
            self.shelf.runs[run_id] = replace(run, setup=replace(run.setup, recording_sha256=recording_sha256))
            self.shelf.add(Event(0, now, None, "recorded", run_id=run_id, details={"sha256": recording_sha256}))

    @override
    def article(self, article_id: int) -> FiledArticle:
        if article_id not in self.shelf.articles:
            raise NoSuchArticleError(f"there is no article {article_id}")
        return self.shelf.articles[article_id]

    @override
    def article_of(self, run: FiledRun) -> FiledArticle:
        return self.article(run.article_id)

    @override
    def filed(self, numbers: Iterable[int]) -> Iterator[FiledArticle]:
        return map(self.article, numbers)

    @override
    def known_article(self, sha256: str) -> FiledArticle | None:
        return next((one for one in self.shelf.articles.values() if one.article.sha256 == sha256), None)

    @override
    def articles(self) -> Iterator[tuple[FiledArticle, dict[SentenceState, int], int]]:
        for filed in self.shelf.articles.values():
            counts = Counter(one.entry.state for one in self.sentences(filed.id))
            yield filed, dict(counts), sum(one.article_id == filed.id for one in self.shelf.claims.values())

    @override
    def runs(self, article_id: int | None = None, among: Collection[int] | None = None) -> tuple[FiledRun, ...]:
        found = (one for one in self.shelf.runs.values() if article_id in {None, one.article_id})
        return tuple(one for one in found if among is None or one.id in among)

    @override
    def answers(self, run_id: int) -> RunAnswers:
        if run_id not in self.shelf.runs:
            raise NoSuchRunError(f"there is no run {run_id}")
        given = (self.shelf.claims[number] for number in sorted(self.shelf.given[run_id]))
        claims = tuple(GivenClaim(one.id, one.claim.text, one.claim.anchor.sentence_ids) for one in given)
        return RunAnswers(self.shelf.runs[run_id], self.shelf.said[run_id], claims)


@dataclass
class FakePeople(People):
    """Serves the People port from a shelf."""

    shelf: Shelf

    @override
    def everybody(self) -> tuple[Person, ...]:
        return tuple(sorted(self.shelf.people.values(), key=lambda one: one.name))

    @override
    def set_roles(
        self,
        name: str,
        roles: Collection[Role],
        now: datetime,
        by: str | None,
        *,
        by_rule: bool = False,
        seen: Collection[Role] | None = None,
    ) -> Person:
        known = self.shelf.people.get(name)
        if seen is not None:
            require_seen(name, seen, known.roles if known else ())
        ordered = tuple(role for role in Role if role in roles)
        if by_rule:
            require_may_set_roles(by or "", self.everybody(), Person(name, ordered, now))
        self.shelf.people[name] = Person(name, ordered, known.added_at if known else now)
        return self.shelf.people[name]


@dataclass
class FakeLog(Log):
    """Serves the Log port from a shelf."""

    shelf: Shelf

    @override
    def events(self, claim_id: int | None = None, limit: int | None = None) -> tuple[Event, ...]:
        found = [one for one in self.shelf.events if claim_id in {None, one.claim_id}]
        return tuple(found[-limit:] if limit is not None else found)

    @override
    def linked(self) -> Iterator[LinkedEvent]:
        hashes = [FIRST_LINK]
        for one in self.shelf.events:
            hashes.append(one.hash_after(hashes[-1]))
        for one, (previous, its_own) in zip(self.shelf.events, pairwise(hashes), strict=True):
            yield LinkedEvent(one.id, one, previous, its_own)

    @override
    def head(self) -> Head | None:
        *_, last = (None, *self.linked())
        return Head(last.id, last.hash) if last else None

    @override
    def origin(self) -> str | None:
        return next((one.hash for one in self.linked()), None)

    @override
    def verify(self, noted: Collection[str] = ()) -> Verification:
        return verify(self.linked(), self.head(), noted)


@dataclass
class FakeStatistics(Statistics):
    """Serves the Statistics port from a shelf."""

    shelf: Shelf

    @override
    def readings(self) -> tuple[GivenVerdict, ...]:
        kept = {number: one for number, one in self.shelf.verdicts.items() if one.ended_as != "undone"}
        timed = {number: replace(one, seconds=self._seconds(one)) for number, one in kept.items()}
        return as_judged(timed, self.shelf.typos)

    def _seconds(self, given: GivenVerdict) -> float | None:
        wanted = (given.claim_id, given.reviewer, Act.LEASED.value)
        leases = [one.at for one in self.shelf.events if (one.claim_id, one.actor, one.action) == wanted]
        before = [at for at in leases if at <= given.decided_at]
        return (given.decided_at - before[-1]).total_seconds() if before else None

    @override
    def scales(self) -> tuple[RatingScale, ...]:
        return tuple(self.shelf.scales[key] for key in sorted(self.shelf.scales))

    @override
    def ages(self, now: datetime) -> list[tuple[timedelta, int]]:
        waiting = Counter(
            self.shelf.started[one.origin.id] if one.origin else one.added.at if one.added else now
            for one in self.shelf.claims.values()
            if one.status in Stage.FIRST.states and one.vanished_in is None
        )
        return sorted(((now - at, many) for at, many in waiting.items()), reverse=True)

    @override
    def waiting(self, now: datetime) -> dict[Step, Waiting]:
        waits: dict[Step, list[datetime]] = {step: [] for step in Step}
        by_stage = dict(zip(Stage, Step, strict=False))
        for one in (claim.at(now) for claim in self.shelf.claims.values()):
            read_at = max((reading.decided_at for reading in one.readings), default=now)
            if one.status is Stage.FIRST.waiting and one.vanished_in is None:
                origin = self.shelf.started[one.origin.id] if one.origin else now
                waits[Step.FIRST_READING].append(one.added.at if one.added else origin)
            elif one.status in {Stage.SECOND.waiting, Stage.ADJUDICATION.waiting}:
                waits[by_stage[one.status.stage or Stage.SECOND]].append(read_at)
            elif one.status.is_settled and one.editorial is EditorialState.OPEN:
                waits[Step.SIGN_OFF].append(read_at)
            elif one.status.is_settled and one.editorial is EditorialState.SIGNED_OFF:
                waits[Step.PUBLICATION].append(one.editorial_acts[-1].at)
        return {step: Waiting(len(since), now - min(since)) for step, since in waits.items() if since}

    @override
    def tasks(self, day: date) -> tuple[Tasks, ...]:
        found: dict[str | None, list[date | None]] = {}
        for one in self.shelf.claims.values():
            if one.status.stage and (one.due_on or one.assigned_to) and not _has_read(one.assigned_to or "", one):
                found.setdefault(one.assigned_to, []).append(one.due_on)
        names = sorted(found, key=lambda name: (name is None, name or ""))
        days = {name: [one for one in found[name] if one] for name in names}
        return tuple(
            Tasks(name, len(found[name]), sum(one < day for one in days[name]), min(days[name], default=None))
            for name in names
        )


def _has_read(reviewer: str, claim: QueuedClaim) -> bool:
    return any(one.reviewer == reviewer for one in claim.readings)


def _roles(shelf: Shelf, person: str) -> frozenset[Role]:
    known = shelf.people.get(person)
    return frozenset(known.roles) if known else frozenset()


def _fits(claim: QueuedClaim, query: ClaimQuery) -> bool:
    said = (claim.claim.text, claim.claim.quote, claim.amendment.text if claim.amendment else "")
    asked: Sequence[Callable[[], bool]] = (
        lambda: query.status in {None, claim.status},
        lambda: claim.lease is not None or not query.held,
        lambda: query.article_id in {None, claim.article_id},
        lambda: query.editorial in {None, claim.editorial},
        lambda: claim.status.is_settled or not (query.settled or query.signed_off),
        lambda: claim.editorial not in UNSIGNED or not query.signed_off,
        lambda: bool(claim.seen_by(None).flags) or not query.flagged,
        lambda: claim.changed_in is not None or not query.changed,
        lambda: query.number in {None, claim.id},
        lambda: query.assigned_to in {None, claim.assigned_to},
        lambda: all(any(word.lower() in one.lower() for one in said) for word in query.words),
    )
    return all(one() for one in asked)
