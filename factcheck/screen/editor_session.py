"""An editor at the desk: verdicts to sign off, then those to publish, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from factcheck.domain.queries import ClaimQuery
from factcheck.domain.review import QueueCounts, QueuedClaim
from factcheck.domain.states import EditorialState
from factcheck.errors import ConflictError
from factcheck.screen.keys import EDITOR_ACTS
from factcheck.screen.session import Session, Summary
from factcheck.workflow import edit_claim

_WAITING = tuple(
    ClaimQuery(editorial=editorial, settled=True) for editorial in (EditorialState.OPEN, EditorialState.SIGNED_OFF)
)


@dataclass
class EditorSession(Session):
    """What one editor does from opening the screen to leaving it. Nothing is leased: nobody reads these claims."""

    acts = EDITOR_ACTS

    _passed: set[int] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=lambda: {"signed_off": 0, "published": 0, "rejected": 0})

    def begin(self) -> None:
        """Take up the first claim that waits."""
        self.take()

    def take(self) -> None:
        """Take up the next claim; those that were passed over come again once all others are done."""
        found = self._next()
        if found is None and self._passed:
            self._passed.clear()
            found = self._next()
        self.show(self.look_at(found) if found else None)

    def sign_off(self) -> str:
        """Sign the verdict off, and go on."""
        return self._edited("signed_off", lambda one: edit_claim.sign_off(self.desk, one, self.reviewer))

    def publish(self) -> str:
        """Publish the verdict, and go on."""
        return self._edited("published", lambda one: edit_claim.publish(self.desk, one, self.reviewer))

    def reject(self, comment: str) -> str:
        """Send the claim back to be read anew, and go on."""
        return self._edited("rejected", lambda one: edit_claim.reject(self.desk, one, self.reviewer, comment))

    def skip(self) -> str:
        """Leave the claim as it is, and go on."""
        claim = self.in_hand()
        self.keep_draft()
        self._passed.add(claim.id)
        self.take()
        return f"claim {claim.id} stays as it is"

    def counts(self) -> QueueCounts:
        """As many claims wait for an editor; the other counts are the queue's."""
        waiting = sum(self.desk.queue.count(query, self.now()) for query in _WAITING)
        return replace(super().counts(), queued=waiting)

    def why_nothing(self) -> str:
        """That nothing waits."""
        return "no verdict waits for an editor"

    def has_lost_claim(self) -> bool:
        """Whether the claim in hand waits for no editor any more."""
        return self.current is not None and not _waits(self.look_at(self.current.id))

    def leave(self) -> Summary:
        """Store what is typed; there is nothing to give back."""
        self.keep_draft()
        return Summary(self._counts)

    def _edited(self, what: str, edit: Callable[[int], QueuedClaim]) -> str:
        claim = self.in_hand()
        self._require_unchanged(claim)
        edit(claim.id)
        self._counts[what] += 1
        return self.done(f"claim {claim.id} is {what.replace('_', ' ')}")

    def _require_unchanged(self, shown: QueuedClaim) -> None:
        """Raise ConflictError for a claim that is not what the editor has read; it is then shown anew."""
        found = self.look_at(shown.id)
        if found != shown:
            self.current = found
            message = f"claim {shown.id} has changed since it was shown; read it again"
            raise ConflictError(message)

    def _next(self) -> int | None:
        return next(
            (
                one.id
                for query in _WAITING
                for one in self.desk.queue.find(query, self.now(), len(self._passed) + 1)
                if one.id not in self._passed
            ),
            None,
        )


def _waits(claim: QueuedClaim) -> bool:
    return claim.status.is_settled and claim.editorial in {EditorialState.OPEN, EditorialState.SIGNED_OFF}
