"""Evidence: a source that bears on a claim, and the words of it that do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from factcheck.domain.rating import AveritecClass
from factcheck.errors import InputError


class Stance(StrEnum):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"

    @classmethod
    def of_verdict(cls, averitec: AveritecClass) -> "Stance":
        """The stance of evidence that is given together with a verdict of that class."""
        return {
            AveritecClass.SUPPORTED: cls.SUPPORTS,
            AveritecClass.REFUTED: cls.REFUTES,
        }.get(averitec, cls.CONTEXT)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source that bears on the claim, with the words that do."""

    url: str
    stance: Stance
    added_at: datetime
    quote: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    added_by: str | None = None

    def __post_init__(self) -> None:
        require_web_address(self.url)


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """Evidence as a reviewer names it; the desk adds who and when."""

    url: str
    stance: Stance | None = None
    quote: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None

    def added(self, stance: Stance, now: datetime, reviewer: str | None) -> Evidence:
        """The evidence that this becomes; `stance` is for a draft that names none. Raises InputError."""
        return Evidence(
            url=self.url,
            stance=self.stance or stance,
            added_at=now,
            quote=self.quote,
            title=self.title,
            publisher=self.publisher,
            published=self.published,
            added_by=reviewer,
        )


def require_web_address(url: str) -> str:
    """The url if it is an absolute http or https address. Raises InputError."""
    try:
        parts = urlsplit(url)
        named = any(char.isalnum() for char in parts.hostname or "") and parts.port != 0
        good = parts.scheme in {"http", "https"} and named and parts.username is None
    except ValueError:
        good = False
    if not good or any(char.isspace() or not char.isprintable() for char in url):
        message = f"{url!r} is not a web address; evidence needs http:// or https://, a host, and no password"
        raise InputError(message)
    return url
