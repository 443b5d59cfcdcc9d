"""Passwords by Argon2, as pwdlib recommends it."""

from functools import cached_property
from secrets import token_urlsafe
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from typing_extensions import override

from factcheck.workflow.account_ports import Passwords

_AT_ONCE = 2
"""Each takes 64 MiB: more at once would let whoever knocks fill the memory."""


class ArgonPasswords(Passwords):
    """Serves the Passwords port."""

    def __init__(self) -> None:
        self._hasher = PasswordHash.recommended()
        self._turn = BoundedSemaphore(_AT_ONCE)

    @override
    def hashed(self, password: str) -> str:
        with self._turn:
            return self._hasher.hash(password)

    @override
    def fits(self, password: str, hashed: str | None) -> tuple[bool, str | None]:
        against = hashed or self._nobodys
        with self._turn:
            try:
                fits, newer = self._hasher.verify_and_update(password, against)
            except UnknownHashError:
                return False, None
        return (fits, newer) if hashed else (False, None)

    @cached_property
    def _nobodys(self) -> str:
        """A hash that no password has: who has none is looked at for as long as anybody."""
        return self.hashed(token_urlsafe(32))
