"""A program asks, and may not, or not in that way."""

from factcheck.errors.of_desk import NotFoundError
from factcheck.errors.of_input import InputError
from factcheck.errors.of_web import AccessError, NotLoggedInError


class UnknownTokenError(NotLoggedInError):
    """A program shows no token, or one that opens nothing."""


class MissingScopeError(AccessError):
    """A token is not good for what was asked for."""

    def __init__(self, name: str, scope: str) -> None:
        self.name, self.scope = name, scope
        super().__init__(f"the token of {name!r} does not have the scope {scope!r}")


class NoSuchTokenError(NotFoundError):
    """No token has the number."""


class NoSuchWebhookError(NotFoundError):
    """No webhook that hears something has the number."""


class UnreadRevisionError(InputError):
    """A program judges a claim without saying in which revision it has read it."""

    def __init__(self, claim: int) -> None:
        self.claim = claim
        super().__init__(f"claim {claim} is judged in the revision in which it was read: none is named")


class KeyUsedError(InputError):
    """Another request has used an idempotency key meanwhile. No conflict over a claim, after which others are tried."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the idempotency key {key!r} was used meanwhile")


class OtherRequestError(InputError):
    """An idempotency key was used before, for something else."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"the idempotency key {key!r} was used for another request")
