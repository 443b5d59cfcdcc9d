"""An editor at the desk: verdicts to sign off, then those to publish, one after the other; and those published."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from typing_extensions import override

from factcheck.domain.desk import Concern
from factcheck.domain.review import ClaimQuery, QueuedClaim, in_words
from factcheck.domain.states import IN_PLACE, Act, EditorialState
from factcheck.errors import ConflictError, FactcheckError, NothingToUndoError, NotReadyError, PublishedAlreadyError
from factcheck.workflow import edit_claim, review_claim
from factcheck.workflow.desk_session import DeskSession
from factcheck.workflow.edit_claim import Amended

_TO_DO = (EditorialState.OPEN, EditorialState.SIGNED_OFF)
_PUBLIC = (EditorialState.PUBLISHED, EditorialState.CORRECTED)


@dataclass
class EditingSession(DeskSession):
    """What one editor does. Nothing is leased: these claims have been read.

    There are two rounds, of what waits and of what is published; `shows_published` tells which one it is. `marked`
    are claims to do the same to, by number, each in the revision in which it was seen.
    """

    tallied = (Act.SIGNED_OFF, Act.PUBLISHED, Act.REJECTED, Act.CORRECTED, Act.WITHDRAWN)

    shows_published: bool = False
    marked: dict[int, str] = field(default_factory=dict)
    _passed: set[int] = field(default_factory=set)

    @override
    def take(self) -> None:
        found = self._next()
        if found is None and self._passed:
            self._passed.clear()  # those that were passed over come round again
            found = self._next()
        self.take_up(self.look_at(found) if found else None)

    @override
    def skip(self) -> QueuedClaim:
        claim = self.in_hand()
        self.keep_draft()
        self._passed.add(claim.id)
        self.take()
        return claim

    @override
    def count_waiting(self) -> dict[str, int]:
        counts = (self.desk.queue.count(query, self.now()) for query in _queries(_TO_DO))
        waiting = dict(zip(("to sign off", "to publish"), counts, strict=True))
        changed = self.desk.queue.count(ClaimQuery(changed=True), self.now())
        return waiting | ({"published on changed words": changed} if changed else {})

    @override
    def is_theirs(self, claim: QueuedClaim) -> bool:
        is_public = self.claim is not None and self.claim.editorial.is_public
        return claim.status.is_settled and claim.editorial in (_PUBLIC if is_public else _TO_DO)

    def turn(self) -> None:
        """Go to the round of what is published, or back to what waits."""
        self.keep_draft()
        self.shows_published = not self.shows_published
        self._passed.clear()
        self.take()

    @override
    def go_to(self, number: int) -> QueuedClaim:
        """Put this claim in hand, in either round. Raises NotFoundError, ConflictError if it has no verdict to edit."""
        claim = self.look_at(number)
        if not claim.status.is_settled or claim.editorial not in _TO_DO + _PUBLIC:
            state = claim.status if claim.editorial is EditorialState.OPEN else claim.editorial
            raise ConflictError(f"claim {number} is {in_words(state)}: it has no verdict to edit")
        self.keep_draft()
        self.take_up(claim)
        return claim

    def needs_sign_off(self, claim: QueuedClaim) -> bool:
        """Whether the verdict waits for a sign-off, the first or, where something is in its way, another one."""
        is_signed = claim.editorial is EditorialState.SIGNED_OFF
        return claim.editorial is EditorialState.OPEN or (is_signed and bool(edit_claim.in_the_way(self.desk, claim)))

    def concerns(self, claim: QueuedClaim) -> Mapping[Concern, bool]:
        """What speaks against the verdict, and whether a sign-off needs a reason to go on all the same."""
        found = review_claim.concerns_about(self.desk, claim, self.person)
        return {one: self.desk.sign_off.demands(one) for one in found}

    def sign_off(self, despite: str | None = None, amendment: Amended | None = None) -> QueuedClaim:
        """Sign the verdict off, or the editor's own in its place, and go on. Raises NotReadyError without a reason."""
        what = partial(edit_claim.sign_off, despite=despite, amendment=amendment)
        return self.finish(Act.SIGNED_OFF, what)

    def sign_off_and_publish(self, despite: str | None = None) -> QueuedClaim:
        """Sign the verdict off, unless it is already, publish it, and go on. Raises NotReadyError without a reason."""
        is_signed_now = self.needs_sign_off(self.in_hand())
        done = self.finish(Act.PUBLISHED, partial(edit_claim.sign_off_and_publish, despite=despite))
        self._done[Act.SIGNED_OFF] += is_signed_now
        return done

    def publish(self) -> QueuedClaim:
        """Publish the verdict, and go on."""
        return self.finish(Act.PUBLISHED, edit_claim.publish)

    def reject(self, comment: str) -> QueuedClaim:
        """Send the claim back to be read anew, and go on."""
        return self.finish(Act.REJECTED, partial(edit_claim.reject, comment=comment))

    def correct(
        self, label_id: str, reason: str, rationale: str | None = None, words: str | None = None
    ) -> QueuedClaim:
        """Replace the published verdict by one of another label, and go on; other words are refused with it."""
        self._passed.add(self.in_hand().id)
        what = partial(edit_claim.correct, reason=reason, rationale=rationale, words=words)
        return self.finish(Act.CORRECTED, what, label_id)

    def correct_typo(self, reason: str, rationale: str | None = None, words: str | None = None) -> QueuedClaim:
        """Put words of what is published right, and go on."""
        self._passed.add(self.in_hand().id)
        what = partial(edit_claim.correct_typo, reason=reason, rationale=rationale, words=words)
        return self.finish(Act.CORRECTED, what)

    def withdraw(self, reason: str) -> QueuedClaim:
        """Take the published verdict back, and go on."""
        return self.finish(Act.WITHDRAWN, partial(edit_claim.withdraw, reason=reason))

    def undo(self) -> tuple[Act, QueuedClaim]:
        """Take the last sign-off or amendment back that is not published; its claim is in hand again.

        What the editor did as a reader of claims stays. Returns what was undone.
        """
        self.keep_draft()
        try:
            action, claim = review_claim.undo_last(self.desk, self.person, IN_PLACE)
        except NothingToUndoError as error:
            raise NothingToUndoError(self.person, "unpublished sign-off") from error
        act = Act(action)
        if self._done[act]:  # what an earlier session did is not counted here
            self._done[act] -= 1
            self.pace = replace(self.pace, decided_at=self.pace.decided_at[:-1])
        if claim.status.is_settled:
            self.take_up(claim)
        return act, claim

    def mark(self) -> bool:
        """Mark the claim, to be done together with others, and go on; or unmark it. Tells whether it is marked now."""
        claim = self.in_hand()
        if claim.editorial.is_public:
            raise PublishedAlreadyError(claim.id)
        if self.marked.pop(claim.id, None) is not None:
            return False
        self.marked[claim.id] = claim.revision
        self.skip()
        return True

    def finish_marked(
        self, acts: Collection[Act], despite: str | None = None
    ) -> tuple[list[QueuedClaim], list[FactcheckError]]:
        """Sign the marked claims off, publish them, or both, each by itself; returns those done, and what failed.

        What is not ready to be signed off stays marked. `despite` says of all why to go on.
        """
        do = _do(acts, despite)
        done: list[QueuedClaim] = []
        failed: list[FactcheckError] = []
        for number, revision in sorted(self.marked.items()):
            try:
                is_signed = self.look_at(number).editorial is EditorialState.SIGNED_OFF
                done.append(do(self.desk, number, self.person, expect=revision))
            except FactcheckError as error:
                failed.append(error)
                if isinstance(error, NotReadyError):
                    continue
            else:
                self._done.update({Act.PUBLISHED} if is_signed and Act.PUBLISHED in acts else acts)
                self.pace = replace(self.pace, decided_at=(*self.pace.decided_at, self.now()))
            del self.marked[number]
        if self.claim is None or any(one.id == self.claim.id for one in done):
            self.take()
        return done, failed

    def _next(self) -> int | None:
        """The first claim that waits and was not passed over: one more than those is read at most."""
        most = len(self._passed) + 1
        queries = _queries(_PUBLIC if self.shows_published else _TO_DO)
        if self.shows_published:
            queries.insert(0, ClaimQuery(changed=True))  # what may have become wrong comes first
        found = chain.from_iterable(self.desk.queue.find(query, self.now(), most) for query in queries)
        return next((one.id for one in found if one.id not in self._passed), None)


def _queries(states: Collection[EditorialState]) -> list[ClaimQuery]:
    return [ClaimQuery(editorial=one, settled=True) for one in states]


def _do(acts: Collection[Act], despite: str | None) -> Callable[..., QueuedClaim]:
    if Act.SIGNED_OFF not in acts:
        return edit_claim.publish
    both = edit_claim.sign_off_and_publish if Act.PUBLISHED in acts else edit_claim.sign_off
    return partial(both, despite=despite)
