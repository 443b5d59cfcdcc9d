"""The clock that use cases are given."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from factcheck.errors import DatabaseError

_AGAIN = timedelta(minutes=5)


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass
class ServerClock:
    """The clock of a desk that several machines work at: the server's, whatever each of them takes for the time.

    Else a lease would end for one of them while it holds for another. How far the machine's own clock is off is asked
    now and then.
    """

    server_time: Callable[[], datetime]
    _asked: datetime | None = None
    _off: timedelta = timedelta()

    def __call__(self) -> datetime:
        """The moment, in UTC. Raises DatabaseError while the server has never answered."""
        now = utc_now()
        if self._asked is None:
            self._ask()
        elif not timedelta() <= now - self._asked < _AGAIN:
            with suppress(DatabaseError):
                self._ask()
        return utc_now() + self._off

    def _ask(self) -> None:
        self._off = self.server_time() - utc_now()
        self._asked = utc_now()
