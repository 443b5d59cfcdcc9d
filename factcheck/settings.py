"""The one reader of the environment. Command-line options win over it."""

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from factcheck.errors import InputError

DEFAULT_DB = "factcheck.db"
DEFAULT_WINDOW = 9
DEFAULT_CONCURRENCY = 4
DEFAULT_TIMEOUT = 300
_LEASE_MINUTES = "30"
_LEASE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside. `window` is in sentences, `timeout` in seconds a try."""

    db: str = DEFAULT_DB
    model: str | None = None
    reviewer: str | None = None
    lease: timedelta = timedelta(minutes=int(_LEASE_MINUTES))
    window: int = DEFAULT_WINDOW
    concurrency: int = DEFAULT_CONCURRENCY
    timeout: float = DEFAULT_TIMEOUT
    openai_base_url: str | None = None
    prices: str | None = None
    allow_private_fetch: bool = False

    @classmethod
    def from_environment(cls, db: str | None = None) -> Self:
        """Read FACTCHECK_DB, _MODEL, _REVIEWER, _LEASE_MINUTES, _PRICES and _ALLOW_PRIVATE_FETCH.

        Raises InputError.

        `db` is the command line's and wins.
        """
        minutes = os.environ.get("FACTCHECK_LEASE_MINUTES") or _LEASE_MINUTES
        if not minutes.isdecimal() or len(minutes) > _LEASE_DIGITS or not int(minutes):
            message = f"FACTCHECK_LEASE_MINUTES is {minutes[:20]!r}; set it to a whole number of minutes, 1 to 99999"
            raise InputError(message)
        return cls(
            db=db or _text("FACTCHECK_DB") or DEFAULT_DB,
            model=_text("FACTCHECK_MODEL"),
            reviewer=_text("FACTCHECK_REVIEWER"),
            lease=timedelta(minutes=int(minutes)),
            openai_base_url=_text("OPENAI_BASE_URL"),
            prices=_text("FACTCHECK_PRICES"),
            allow_private_fetch=_switch("FACTCHECK_ALLOW_PRIVATE_FETCH"),
        )


def _switch(name: str) -> bool:
    value = _text(name) or "0"
    if value not in {"0", "1"}:
        message = f"{name} is {value[:20]!r}; set it to 1, or to 0"
        raise InputError(message)
    return value == "1"


def _text(name: str) -> str | None:
    value = os.environ.get(name) or None
    try:
        (value or "").encode()
    except UnicodeEncodeError as error:
        message = f"{name} is {value!r}, which is no text; set it again"
        raise InputError(message) from error
    return value
