"""A reviewer at the desk: the claim in hand, the text typed about it, and what each act does to both.

No terminal is needed for any of it. Each act leaves `current` at the claim that is to be shown next.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Claim
from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.queries import ClaimQuery
from factcheck.domain.review import Confidence, ErrorType, PastDecision, QueueCounts, QueuedClaim, Remarks
from factcheck.domain.sentence import Sentence
from factcheck.domain.states import Act, Stage
from factcheck.errors import ConflictError
from factcheck.screen.forms import day, parts
from factcheck.screen.keys import ACTS, Acts
from factcheck.screen.pace import Progress
from factcheck.workflow import amend_claim, annotate_claim, review_claim
from factcheck.workflow.collect_evidence import AddedEvidence, add_evidence
from factcheck.workflow.explain_queue import why_nothing_free
from factcheck.workflow.find_similar import PastVerdicts, SimilarVerdict, similar_verdicts
from factcheck.workflow.ports import Ledger, Sources
from factcheck.workflow.review_claim import Desk

HISTORY = 10
_RENEWED_BELOW = 3 / 4
_OTHERS = 500
"""So many claims of an article are marked beside the one in hand."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its sentences."""

    filed: FiledArticle
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a session has come to: how many claims were decided, skipped, signed off, by the words for it."""

    counts: Mapping[str, int]


@dataclass
class Session:
    """What one reviewer does from opening the screen to leaving it."""

    acts: ClassVar[Acts] = ACTS

    desk: Desk
    ledger: Ledger
    reviewer: str
    past: PastVerdicts
    sources: Callable[[], Sources] | None = None
    current: QueuedClaim | None = None
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    progress: Progress = field(default_factory=Progress)
    skipped: int = 0
    _mine: set[int] = field(default_factory=set)
    _readings: dict[int, Reading] = field(default_factory=dict)
    _neighbours: dict[int, dict[int, Claim]] = field(default_factory=dict)
    _kept: str = ""

    def begin(self) -> None:
        """Take the first claim: one that the reviewer holds already, as after a crash, else the next."""
        earlier = tuple(one.at for one in self.desk.queue.history(self.reviewer, self.now(), HISTORY))
        self.progress = replace(self.progress, earlier=earlier)
        self._mine.update(self.desk.queue.held_by(self.reviewer, self.now()))
        self.take()

    def now(self) -> datetime:
        """The moment, by the desk's clock."""
        return self.desk.clock()

    def take(self) -> None:
        """Take up a claim that the reviewer holds already, else lease the next; None in hand if none is free."""
        held = self.desk.queue.held_by(self.reviewer, self.now())
        if held:
            self.show(self.desk.queue.claim(held[0], self.now(), self.reviewer))
        else:
            self.show(review_claim.take_next(self.desk, self.reviewer))
            self.progress = self.progress.one_less()

    def why_nothing(self) -> str:
        """Why there is no claim in hand."""
        return str(why_nothing_free(self.desk, self.reviewer))

    def look_again(self) -> None:
        """Read the claim in hand anew, after something was added to it."""
        if self.current is not None:
            self.current = self.desk.queue.claim(self.current.id, self.now(), self.reviewer)

    def decide(self, label_id: str) -> str:
        """Give the claim a verdict with the reasons typed, and go on; returns what was done, in words."""
        claim, reasons = self.in_hand(), self.typed.get("reasons", {})
        rationale = reasons.get("rationale", "").strip() or None
        remarks = _remarks(reasons)
        review_claim.record_verdict(self.desk, claim.id, label_id, self.reviewer, rationale, (), remarks)
        return self.done(f"claim {claim.id} is {label_id}")

    def skip(self) -> str:
        """Put the claim at the end of its queue, and go on."""
        claim = self.in_hand()
        self.keep_draft()
        review_claim.skip_claim(self.desk, claim.id, self.reviewer)
        self.skipped += 1
        self.take()
        return f"claim {claim.id} is at the end of the queue"

    def set_aside(self, reason: str) -> str:
        """Mark the claim as not checkable, and go on."""
        claim = self.in_hand()
        amend_claim.set_claim_aside(self.desk, claim.id, reason, self.reviewer)
        return self.done(f"claim {claim.id} is not checkable")

    def merge(self, into_id: int) -> str:
        """Mark the claim as the same as another, and go on."""
        claim = self.in_hand()
        amend_claim.merge_claim(self.desk, claim.id, into_id, self.reviewer)
        return self.done(f"claim {claim.id} is the same as claim {into_id}")

    def split(self, text: str) -> str:
        """Put the parts, one a line, in place of the claim, and go on."""
        claim = self.in_hand()
        made = amend_claim.split_claim(self.desk, claim.id, parts(text), self.reviewer)
        return self.done(f"claim {claim.id} is split into {', '.join(str(one.id) for one in made)}")

    def correct(self, text: str) -> str:
        """Give the claim other words; the original is kept."""
        claim = self.in_hand()
        self.current = amend_claim.reword_claim(self.desk, claim.id, text, self.reviewer)
        return f"the words of claim {claim.id} are corrected"

    def flag(self, reason: str) -> str:
        """Ask the editor to look at the claim."""
        self.current = annotate_claim.flag_claim(self.desk, self.in_hand().id, reason, self.reviewer)
        return f"claim {self.current.id} is flagged for the editor"

    def note(self, text: str) -> str:
        """Leave a word to colleagues."""
        self.current = annotate_claim.add_note(self.desk, self.in_hand().id, text, self.reviewer)
        return f"claim {self.current.id} has a note"

    def add_source(self, number: int, draft: EvidenceDraft) -> AddedEvidence:
        """Add a source to a claim, its page fetched: that may take long, and touches nothing of the session."""
        sources = self.sources() if self.sources else None
        return add_evidence(self.desk, number, draft, self.reviewer, sources)

    def undo(self) -> str:
        """Take the last decision back; its claim is in hand again, the one before it waits."""
        self.keep_draft()
        action, claim = review_claim.undo_last(self.desk, self.reviewer)
        decided = self.progress.decided_at
        self.progress = replace(self.progress, decided_at=decided[:-1])
        self.show(claim)
        return f"undone: claim {claim.id} is no longer {action.replace('_', ' ')}"

    def history(self) -> tuple[PastDecision, ...]:
        """The reviewer's last decisions, latest first."""
        return self.desk.queue.history(self.reviewer, self.now(), HISTORY)

    def renew(self) -> None:
        """Let the lease last longer, once a quarter of it is over; activity calls this."""
        claim = self.current
        if claim is None or claim.lease is None:
            return
        if claim.lease.until - self.now() < self.desk.lease * _RENEWED_BELOW:
            self.current = review_claim.renew_lease(self.desk, claim.id, self.reviewer)

    def keep(self, form: str, typed: Mapping[str, str]) -> None:
        """Remember what is typed in a form; `keep_draft` stores it."""
        filled = {name: text for name, text in typed.items() if text.strip()}
        if filled:
            self.typed[form] = filled
        else:
            self.typed.pop(form, None)

    def keep_draft(self) -> bool:
        """Store what is typed about the claim in hand, if it has changed; tells whether it had."""
        form = json.dumps(self.typed, ensure_ascii=False, sort_keys=True) if self.typed else ""
        if self.current is None or form == self._kept:
            return False
        rationale = self.typed.get("reasons", {}).get("rationale")
        annotate_claim.save_draft(self.desk, self.current.id, self.reviewer, None, rationale, form)
        self._kept = form
        return True

    def leave(self) -> Summary:
        """Store what is typed and give back every claim that this session took or found in hand."""
        if self.current is not None:
            self.keep_draft()
        for number in self.desk.queue.held_by(self.reviewer, self.now()):
            if number in self._mine:
                review_claim.release_claim(self.desk, number, self.reviewer)
        return Summary({"decided": len(self.progress.decided_at), "skipped": self.skipped})

    def reading(self, claim: QueuedClaim) -> Reading:
        """The article of a claim; read once."""
        if claim.article_id not in self._readings:
            filed = self.ledger.article(claim.article_id)
            self._readings[claim.article_id] = Reading(filed, self.ledger.sentences(claim.article_id))
        return self._readings[claim.article_id]

    def knows_others(self, claim: QueuedClaim) -> bool:
        """Whether `others` has its answer at hand."""
        return claim.article_id in self._neighbours

    def others(self, claim: QueuedClaim) -> list[Claim]:
        """The other claims of the article, as many as are marked; they are read once."""
        if not self.knows_others(claim):
            found = self.desk.queue.find(ClaimQuery(article_id=claim.article_id), self.now(), _OTHERS)
            self._neighbours[claim.article_id] = {one.id: one.claim for one in found}
        return [one for number, one in self._neighbours[claim.article_id].items() if number != claim.id]

    def counts(self) -> QueueCounts:
        """How full the queue is; slow where it is long, and it touches nothing else."""
        return self.desk.queue.counts(self.now())

    def counted(self, counts: QueueCounts) -> None:
        """Remember how full the queue is."""
        self.progress = replace(self.progress, counts=counts)

    def look_at(self, number: int) -> QueuedClaim:
        """Another claim, as this reviewer may see it. Raises NotFoundError."""
        return self.desk.queue.claim(number, self.now(), self.reviewer)

    def require(self, act: Act) -> None:
        """Raise ConflictError where the act cannot be done to the claim in hand."""
        self.in_hand().require(act, self.reviewer, self.now())

    def has_lost_claim(self) -> bool:
        """Whether the claim in hand has become somebody else's, or is settled."""
        claim = self.current
        return claim is not None and not self.look_at(claim.id).is_free_for(self.reviewer, self.now())

    def similar(self, claim: QueuedClaim) -> tuple[SimilarVerdict, ...]:
        """What this desk has decided about claims in like words; slow on a long desk's first question."""
        return similar_verdicts(self.desk, self.past, claim, self.reviewer)

    def in_hand(self) -> QueuedClaim:
        """The claim that acts are about. Raises ConflictError if there is none."""
        if self.current is None:
            message = "no claim is in hand; wait for one, or leave"
            raise ConflictError(message)
        return self.current

    def done(self, told: str) -> str:
        """Count a decision, and go on."""
        self.progress = replace(self.progress, decided_at=(*self.progress.decided_at, self.now()))
        self.take()
        return told

    def show(self, claim: QueuedClaim | None) -> None:
        """Put a claim in hand, with what was typed about it before."""
        self.current, self.typed, self._kept = claim, {}, ""
        if claim is None:
            return
        self._mine.add(claim.id)
        draft = self.desk.queue.draft(claim.id, self.reviewer)
        if draft is not None and draft.form:
            self.typed, self._kept = _typed_in(draft.form), draft.form


def adjudicates(claim: QueuedClaim) -> bool:
    """Whether the claim is read by an adjudicator."""
    return claim.status.stage is Stage.ADJUDICATION


def _remarks(reasons: Mapping[str, str]) -> Remarks:
    return Remarks(
        known_as_of=day(reasons.get("known_as_of", "")),
        confidence=Confidence(reasons["confidence"]) if reasons.get("confidence") else None,
        note=reasons.get("remark", "").strip() or None,
        error_type=ErrorType(reasons["error_type"]) if reasons.get("error_type") else None,
    )


def _typed_in(form: str) -> dict[str, dict[str, str]]:
    """What a draft's form holds; another program's form holds nothing for this one."""
    try:
        stored = json.loads(form)
    except json.JSONDecodeError:
        return {}
    if not isinstance(stored, dict):
        return {}
    return {
        name: {key: text for key, text in typed.items() if isinstance(text, str)}
        for name, typed in stored.items()
        if isinstance(typed, dict)
    }
