"""Who somebody is by the word of an identity provider, and which provider is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from factcheck.errors import InputError, NamelessLoginError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names of this machine, to which nobody else has a way."""
_LONGEST_NAME = 200


class IdentityClaim(StrEnum):
    """What of a verified token says who somebody is at the desk."""

    EMAIL = "email"
    USERNAME = "preferred_username"


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """The provider that is believed, by its issuer, and what this desk is to it.

    `people` holds names of the desk by what the claim says, where both differ. Raises InputError for an issuer that is
    asked without encryption elsewhere than on this machine.
    """

    issuer: str
    client_id: str
    claim: IdentityClaim = IdentityClaim.EMAIL
    people: Mapping[str, str] = field(default_factory=dict)
    secret: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not may_be_asked(self.issuer, of=self.issuer) or urlsplit(self.issuer).query:
            raise InputError(f"the issuer {self.issuer!r} is no https address, or http on this machine alone")
        if not self.client_id.strip():
            raise InputError("an identity provider knows this desk by a client_id, and it is empty")

    @property
    def host(self) -> str:
        """What people know the provider by."""
        return urlsplit(self.issuer).hostname or self.issuer

    def person_in(self, claims: Mapping[str, object]) -> str:
        """The name at the desk of whom a verified token tells of. Raises NamelessLoginError."""
        told = claims.get(self.claim)
        if not isinstance(told, str) or not 0 < len(told) <= _LONGEST_NAME or not told.isprintable():
            raise NamelessLoginError(f"the provider tells no {self.claim.value} of you")
        if self.claim is IdentityClaim.EMAIL and claims.get("email_verified") is not True:
            raise NamelessLoginError(f"the provider has not verified that {told!r} is your address")
        return self.people.get(told, told)


def may_be_asked(address: str, *, of: str) -> bool:
    """Whether an address of the provider of that issuer is https, or http while neither of them leaves this machine."""
    try:
        parts, issuer = urlsplit(address), urlsplit(of)
        is_odd = not parts.hostname or parts.port == 0 or parts.username is not None or bool(parts.fragment)
    except ValueError:
        return False
    is_here = {parts.hostname, issuer.hostname} <= LOOPBACK
    return not is_odd and address.isprintable() and parts.scheme in ({"https", "http"} if is_here else {"https"})
