"""The one reader of the environment. Command-line options win over it."""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from factcheck.errors import InputError

DEFAULT_DB = "factcheck.db"
_LEASE_MINUTES = "30"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside. `window` is in sentences, `timeout` in seconds a try."""

    db: str = DEFAULT_DB
    model: str | None = None
    reviewer: str | None = None
    lease: timedelta = timedelta(minutes=int(_LEASE_MINUTES))
    window: int = 9
    concurrency: int = 4
    timeout: float = 300.0
    openai_base_url: str | None = None

    @classmethod
    def from_environment(cls, db: str | None = None) -> Self:
        """Read FACTCHECK_DB, FACTCHECK_MODEL, FACTCHECK_REVIEWER, FACTCHECK_LEASE_MINUTES. Raises InputError.

        `db` is the command line's and wins.
        """
        minutes = os.environ.get("FACTCHECK_LEASE_MINUTES") or _LEASE_MINUTES
        if not minutes.isdecimal() or not int(minutes):
            message = f"FACTCHECK_LEASE_MINUTES is {minutes!r}; set it to a whole number of minutes, 1 or more"
            raise InputError(message)
        return cls(
            db=db or os.environ.get("FACTCHECK_DB") or DEFAULT_DB,
            model=os.environ.get("FACTCHECK_MODEL") or None,
            reviewer=os.environ.get("FACTCHECK_REVIEWER") or None,
            lease=timedelta(minutes=int(minutes)),
            openai_base_url=os.environ.get("OPENAI_BASE_URL") or None,
        )
