"""A reviewer at the desk: claims are leased one after the other, kept while one works, and given back on leaving."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from typing_extensions import override

from factcheck.domain.review import ClaimQuery, PastDecision, QueuedClaim, Remarks
from factcheck.domain.states import IN_PLACE, Act, Stage
from factcheck.errors import ConflictError
from factcheck.workflow import add_claim, amend_claim, review_claim
from factcheck.workflow.carry_over import carry_over
from factcheck.workflow.desk_session import DeskSession
from factcheck.workflow.find_waiting import next_waiting

_HISTORY = 10
_WAITING = {Stage.ADJUDICATION: "to adjudicate", Stage.SECOND: "to read second", Stage.FIRST: "to read first"}


@dataclass
class ReviewSession(DeskSession):
    """What one reviewer does, who may ask for one `stage` of reading alone, and for claims `among` all."""

    tallied = (Act.DECIDED, Act.SKIPPED)

    stage: Stage | None = None
    among: ClaimQuery | None = None
    _taken: set[int] = field(default_factory=set)

    @override
    def begin(self) -> None:
        """Take the first claim: the one asked for by number, one that is held already, as after a crash, or the next.

        Raises NotFoundError, or ConflictError if the one asked for is not theirs to read.
        """
        self.pace = replace(self.pace, earlier=tuple(one.at for one in self.history()))
        self._taken.update(filter(self._is_asked_for, self.desk.queue.held_by(self.person, self.now())))
        if self.among and self.among.number is not None:
            self.take_up(review_claim.take_claim(self.desk, self.among.number, self.person))
        else:
            super().begin()

    @override
    def take(self) -> None:
        held = self.desk.queue.held_by(self.person, self.now())
        mine = [one for one in held if one in self._taken or self._is_asked_for(one)]
        if mine:  # as after a crash, or an undo: what they have typed about comes first
            begun = (one for one in mine if self.desk.queue.draft(one, self.person))
            self.take_up(self.look_at(next(begun, mine[0])))
        else:
            taken = review_claim.take_next(self.desk, self.person, self.stage, self.among)
            self.take_up(taken)
            if taken and taken.status.stage:
                self.pace = self.pace.one_taken(_WAITING[taken.status.stage])

    @override
    def take_up(self, claim: QueuedClaim | None) -> None:
        super().take_up(claim)
        if claim is not None:
            self._taken.add(claim.id)

    @override
    def skip(self) -> QueuedClaim:
        """Put the claim at the end of its queue, and go on."""
        with self.acting() as claim:
            self.keep_draft()
            review_claim.skip_claim(self.desk, claim.id, self.person, expect=claim.revision)
        self._done[Act.SKIPPED] += 1
        self.take()
        return claim

    @override
    def go_to(self, number: int) -> QueuedClaim:
        """Take this claim, and give back the one in hand: what is typed about it is kept."""
        before = self.claim
        if before is not None and before.id == number:
            return before
        taken = review_claim.take_claim(self.desk, number, self.person)
        self.keep_draft()
        if before is not None and before.id in self.desk.queue.held_by(self.person, self.now()):
            review_claim.release_claim(self.desk, before.id, self.person)
        self.take_up(taken)
        return taken

    def take_alike(self) -> int:
        """Take the next claim of another article that says the same as the last decided one, whose number it gives.

        Raises ConflictError where nothing was decided, or no such claim waits.
        """
        last = next((one.claim for one in self.history() if one.act is Act.DECIDED), None)
        if last is None:
            raise ConflictError("you have decided nothing yet that other claims could say the same as")
        self.go_to(next_waiting(self.desk, last).id)
        return last.id

    @override
    def count_waiting(self) -> dict[str, int]:
        free = self.desk.queue.waiting_for(self.person, self.now(), self.among)
        return {words: free[one] for one, words in _WAITING.items() if self.stage in {None, one}}

    @override
    def is_theirs(self, claim: QueuedClaim) -> bool:
        return claim.is_free_for(self.person, self.now())

    @override
    def renew(self) -> bool:
        """Let the lease last longer, once a quarter of it is over. Raises ConflictError if somebody else has it."""
        claim, now = self.claim, self.now()
        if claim is None or claim.lease is None or not claim.lease.is_due(now, self.desk.lease):
            return False
        with self.acting():
            if not claim.lease.is_live(now):  # until somebody else takes it, the claim may be decided all the same
                self.look_at(claim.id).require_free_for(self.person, now)
                return False
            renewed = review_claim.renew_lease(self.desk, claim.id, self.person)
        # All but the lease stays as it was shown: what others changed meanwhile has not been read yet.
        self.claim = replace(claim, lease=renewed.lease)
        return True

    @override
    def leave(self) -> dict[Act, int]:
        """Give back every claim that this session took or found; those that the reviewer took elsewhere stay."""
        done = super().leave()
        for number in self.desk.queue.held_by(self.person, self.now()):
            if number in self._taken:
                review_claim.release_claim(self.desk, number, self.person)
        return done

    def decide(self, label_id: str, rationale: str | None = None, remarks: Remarks | None = None) -> QueuedClaim:
        """Give the claim a verdict, and go on."""
        verdict = partial(review_claim.record_verdict, rationale=rationale, remarks=remarks)
        return self.finish(Act.DECIDED, verdict, label_id)

    def set_aside(self, reason: str) -> QueuedClaim:
        """Mark the claim as not checkable, and go on."""
        return self.finish(Act.DECIDED, amend_claim.set_claim_aside, reason)

    def merge(self, into_id: int) -> QueuedClaim:
        """Mark the claim as the same as another, and go on."""
        return self.finish(Act.DECIDED, amend_claim.merge_claim, into_id)

    def carry_over(self, from_id: int, label: str) -> QueuedClaim:
        """Give the claim the verdict that stands on another, of that label, which is said with its date, and go on."""
        return self.finish(Act.DECIDED, partial(carry_over, expect_label=label), from_id)

    def split(self, texts: Sequence[str]) -> tuple[QueuedClaim, ...]:
        """Put several claims in place of the one in hand, and go on; returns them."""
        return self.finish(Act.DECIDED, amend_claim.split_claim, texts)

    def reword(self, text: str) -> QueuedClaim:
        """Give the claim other words; the original is kept."""
        with self.acting() as claim:
            self.claim = amend_claim.reword_claim(self.desk, claim.id, text, self.person, expect=claim.revision)
        return self.claim

    def set_speaker(self, speaker: str) -> QueuedClaim:
        """Say who made the claim."""
        with self.acting() as claim:
            self.claim = amend_claim.set_speaker(self.desk, claim.id, speaker, self.person, expect=claim.revision)
        return self.claim

    def add_claim(
        self, article_id: int, position: int, text: str, quote: str | None = None, speaker: str | None = None
    ) -> QueuedClaim:
        """Queue a claim of an article's sentence that nobody has found; the one in hand stays there."""
        about = self.desk, self.ledger, article_id, position, text, self.person
        added = add_claim.add_claim(*about, quote=quote, speaker=speaker)
        if article_id in self._articles:  # its claims are to be looked for again
            self._articles[article_id].claims = None
        return added

    def flag(self, reason: str) -> QueuedClaim:
        """Ask the editor to look at the claim."""
        with self.acting() as claim:
            self.claim = amend_claim.flag_claim(self.desk, claim.id, reason, self.person, expect=claim.revision)
        return self.claim

    def undo(self) -> tuple[Act, QueuedClaim]:
        """Take the last decision back; its claim is in hand again, the one before it waits.

        What is undone in its place, as who made a claim is, gives nobody another claim. Returns what was undone.
        """
        self.keep_draft()
        action, claim = review_claim.undo_last(self.desk, self.person)
        act = Act(action)
        counted = {Act.SKIPPED: Act.SKIPPED, Act.REWORDED: None}.get(act, None if act in IN_PLACE else Act.DECIDED)
        if counted and self._done[counted]:  # what an earlier session did is not counted here
            self._done[counted] -= 1
            if counted is Act.DECIDED:
                self.pace = replace(self.pace, decided_at=self.pace.decided_at[:-1])
        if act not in IN_PLACE:
            self.take_up(claim)
        elif self.claim is not None and self.claim.id == claim.id:
            self.claim = claim
        return act, claim

    def history(self) -> tuple[PastDecision, ...]:
        """The reviewer's last decisions, latest first."""
        return self.desk.queue.history(self.person, self.now(), _HISTORY)

    def _is_asked_for(self, number: int) -> bool:
        """Whether the claim is one of those that this session takes."""
        if self.stage and self.look_at(number).status.stage is not self.stage:
            return False
        if self.among is None:
            return True
        asked = replace(self.among, number=number)
        return self.among.number in {None, number} and self.desk.queue.count(asked, self.now()) > 0
