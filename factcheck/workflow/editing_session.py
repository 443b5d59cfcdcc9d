"""An editor at the desk: verdicts to sign off, then those to publish, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from typing_extensions import override

from factcheck.domain.queries import ClaimQuery
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import Act, EditorialState
from factcheck.workflow import edit_claim
from factcheck.workflow.desk_session import DeskSession

_WAITING = tuple(
    ClaimQuery(editorial=editorial, settled=True) for editorial in (EditorialState.OPEN, EditorialState.SIGNED_OFF)
)


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
    def count_waiting(self) -> int:
        return sum(self.desk.queue.count(query, self.now()) for query in _WAITING)

    @override
    def is_theirs(self, claim: QueuedClaim) -> bool:
        return claim.status.is_settled and claim.editorial in {EditorialState.OPEN, EditorialState.SIGNED_OFF}

    def sign_off(self) -> QueuedClaim:
        """Sign the verdict off, and go on."""
        return self._edit(edit_claim.sign_off, Act.SIGNED_OFF)

    def publish(self) -> QueuedClaim:
        """Publish the verdict, and go on."""
        return self._edit(edit_claim.publish, Act.PUBLISHED)

    def reject(self, comment: str) -> QueuedClaim:
        """Send the claim back to be read anew, and go on."""
        return self._edit(partial(edit_claim.reject, comment=comment), Act.REJECTED)

    def _edit(self, edit: Callable[..., QueuedClaim], act: Act) -> QueuedClaim:
        with self.acting() as claim:
            edited = edit(self.desk, claim.id, self.person, expect=claim.revision)
        self.count(act)
        return edited

    def _next(self) -> int | None:
        """The first claim that waits and was not passed over: one more than those is read at most."""
        return next(
            (
                one.id
                for query in _WAITING
                for one in self.desk.queue.find(query, self.now(), len(self._passed) + 1)
                if one.id not in self._passed
            ),
            None,
        )
