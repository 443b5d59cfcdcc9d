"""Somebody asks over the network who may not, or not in that way."""

from factcheck.errors.of_input import InputError
from factcheck.errors.root import FactcheckError


class AccessError(FactcheckError):
    """Whoever asks over the network may not have what was asked for."""


class NotLoggedInError(AccessError):
    """Nobody knows who asks."""


class WrongPasswordError(NotLoggedInError):
    """The name and the password do not belong together; which of them is wrong is not told."""


class UsedLinkError(AccessError):
    """A link with which somebody chooses a password was used, is over, or another one was given since."""


class TooManyTriesError(AccessError):
    """So many passwords were tried that nobody may go on for a while, in seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too many wrong passwords; the next one is taken in {seconds} seconds")


class ForeignRequestError(AccessError):
    """A change is asked for by another site's page, or by one that this desk has not made for this person."""


class DeskBusyError(FactcheckError):
    """What was asked for takes long, and so much of it is under way that it is not begun now."""


class LoginError(AccessError):
    """Somebody who comes from the identity provider is not let in."""


class UnbegunLoginError(LoginError):
    """The browser has not begun the login that it comes back from, or too long ago, or has come back before."""


class RefusedLoginError(LoginError):
    """The provider lets nobody in: the person has declined, or it takes no code, or not this desk."""


class UnverifiedLoginError(LoginError):
    """What comes from the provider does not prove who somebody is: another signature, issuer, audience or nonce."""


class ClocksDifferError(LoginError):
    """A token is over, or not good yet: the clocks of the desk and of the provider differ, or it came late."""


class NamelessLoginError(LoginError):
    """A token does not say who somebody is in the way that the desk asks for."""


class StrangerError(LoginError):
    """The provider knows somebody whom the desk does not know."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the provider says that you are {name!r}, and nobody at this desk is called so")


class NoProviderError(FactcheckError):
    """The identity provider does not answer, or with nothing that can be used."""


class ServingError(InputError):
    """The desk cannot be served in the way that was asked for."""


class NoWebPackageError(ServingError):
    """What serves the desk is not installed."""


class NoWebKeyError(ServingError):
    """People have passwords, and the key that signs their sessions is missing or open to others."""


class OidcSecretError(ServingError):
    """The secret of an identity provider is not there, or open to others."""


class NoPasswordsError(ServingError):
    """The desk would be reached from elsewhere, and asks nobody who they are; or nobody could come in."""
