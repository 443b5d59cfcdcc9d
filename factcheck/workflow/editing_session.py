"""An editor at the desk: verdicts to sign off, then those to publish, one after the other."""

from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from typing_extensions import override

from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.domain.states import Act, EditorialState
from factcheck.workflow import edit_claim
from factcheck.workflow.desk_session import DeskSession

_WAITING = [ClaimQuery(editorial=one, settled=True) for one in (EditorialState.OPEN, EditorialState.SIGNED_OFF)]


@dataclass
class EditingSession(DeskSession):
    """What one editor does. Nothing is leased: these claims have been read."""

    tallied = (Act.SIGNED_OFF, Act.PUBLISHED, Act.REJECTED)

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
    def go_to(self, number: int) -> QueuedClaim:
        found = self.look_at(number)
        if not found.status.is_settled:
            found.require(Act.SIGNED_OFF, self.person, self.now())
        self.keep_draft()
        self.take_up(found)
        return found

    @override
    def count_waiting(self) -> dict[str, int]:
        counts = (self.desk.queue.count(query, self.now()) for query in _WAITING)
        return dict(zip(("to sign off", "to publish"), counts, strict=True))

    @override
    def is_theirs(self, claim: QueuedClaim) -> bool:
        return claim.status.is_settled and claim.editorial in {EditorialState.OPEN, EditorialState.SIGNED_OFF}

    def sign_off(self) -> QueuedClaim:
        """Sign the verdict off, and go on."""
        return self.finish(Act.SIGNED_OFF, edit_claim.sign_off)

    def publish(self) -> QueuedClaim:
        """Publish the verdict, and go on."""
        return self.finish(Act.PUBLISHED, edit_claim.publish)

    def reject(self, comment: str) -> QueuedClaim:
        """Send the claim back to be read anew, and go on."""
        return self.finish(Act.REJECTED, partial(edit_claim.reject, comment=comment))

    def _next(self) -> int | None:
        """The first claim that waits and was not passed over: one more than those is read at most."""
        most = len(self._passed) + 1
        found = chain.from_iterable(self.desk.queue.find(query, self.now(), most) for query in _WAITING)
        return next((one.id for one in found if one.id not in self._passed), None)
