"""Programs at the desk: the tokens that they show, and what they have been let do once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factcheck.domain.states import Role
from factcheck.errors import MissingScopeError


class Scope(StrEnum):
    """What a token is good for. Every token reads; the workflow's rules hold for what it does besides."""

    READ = "read"
    SUGGEST = "suggest"
    EXTRACT = "extract"
    REVIEW = "review"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What lets a program act under a name of the desk, until a moment in UTC. Its secret is kept nowhere.

    `id` is 0 until it is stored.
    """

    id: int
    name: str
    scopes: tuple[Scope, ...]
    added_at: datetime
    expires_at: datetime
    added_by: str | None = None
    revoked_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether it still opens the desk."""
        return self.revoked_at is None and now < self.expires_at

    @property
    def machine(self) -> str:
        """What the program is called where a machine speaks and nobody's name may stand."""
        return f"token {self.id}"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles in which a program may act, if its person has them: an editor's takes a scope of its own."""
        return frozenset(one for one in Role if one is not Role.EDITOR or Scope.EDIT in self.scopes)

    def require(self, scope: Scope) -> None:
        """Raise MissingScopeError unless it is good for this."""
        if scope is not Scope.READ and scope not in self.scopes:
            raise MissingScopeError(self.name, scope.value)


@dataclass(frozen=True, slots=True)
class KeyUse:
    """What a program names so that an act is done once, however often it is sent: its token, a key, the act's hash."""

    token_id: int
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class UsedKey:
    """An act that was done under a key: the hash of what was asked for, and the claim that it was done to.

    Of one that began a run, the article and the run; of one that took a decision back, what the log calls that.
    """

    fingerprint: str
    claim_id: int | None
    article_id: int | None = None
    run_id: int | None = None
    undone: str | None = None
