"""Somebody asks over the network who may not, or not in that way."""

from factcheck.errors.of_input import InputError
from factcheck.errors.root import FactcheckError


class AccessError(FactcheckError):
    """Whoever asks over the network may not have what was asked for."""


class NotLoggedInError(AccessError):
    """Nobody knows who asks."""


class WrongPasswordError(NotLoggedInError):
    """The name and the password do not belong together; which of them is wrong is not told."""


class TooManyTriesError(AccessError):
    """So many passwords were tried that nobody may go on for a while, in seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too many wrong passwords; the next one is taken in {seconds} seconds")


class ForeignRequestError(AccessError):
    """A change is asked for by another site's page, or by one that this desk has not made for this person."""


class DeskBusyError(FactcheckError):
    """What was asked for takes long, and so much of it is under way that it is not begun now."""


class ServingError(InputError):
    """The desk cannot be served in the way that was asked for."""


class NoWebPackageError(ServingError):
    """What serves the desk is not installed."""


class NoWebKeyError(ServingError):
    """People have passwords, and the key that signs their sessions is missing or open to others."""


class NoPasswordsError(ServingError):
    """The desk would be reached from elsewhere, and asks for no passwords."""
