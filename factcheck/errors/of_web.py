"""Somebody asks over the network who may not, or not in that way."""

from factcheck.errors.of_input import InputError
from factcheck.errors.root import FactcheckError


class AccessError(FactcheckError):
    """Whoever asks over the network may not have what was asked for."""


class NotLoggedInError(AccessError):
    """Nobody knows who asks."""


class ForeignRequestError(AccessError):
    """A change is asked for by another site's page, or by one that this desk has not made for this person."""


class ServingError(InputError):
    """The desk cannot be served in the way that was asked for."""


class NoWebPackageError(ServingError):
    """What serves the desk is not installed."""


class NoPasswordsError(ServingError):
    """The desk would be reached from elsewhere, and asks for no passwords."""
