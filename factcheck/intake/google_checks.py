"""Serves the CheckService port: Google's Fact Check Tools API (claims:search), one question one GET."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from typing_extensions import override

from factcheck.domain.evidence import Snapshot
from factcheck.domain.known import KnownClaim
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import (
    CheckServiceError,
    NoServiceKeyError,
    ParsingLimitError,
    RefusedServiceKeyError,
    ServiceQuotaError,
    SourceError,
)
from factcheck.intake.fetch import Asking, Limits, fetch
from factcheck.intake.parsing import parsed
from factcheck.workflow.known_ports import CheckService

SEARCH = "https://factchecktools.googleapis.com/v1alpha1/claims:search"
KEY_HEADER = "x-goog-api-key"
"""Google takes a key here as it does in the address, where it would stand in errors, logs and recordings."""

_NAME = "Google Fact Check Tools"
_LIMITS = Limits(max_bytes=5_000_000, seconds=20, seconds_a_read=10, redirects=0)  # a redirect would carry the key off
_REFUSED = frozenset({400, 401, 403})
_TOO_MANY = 429
_OK = 200
_LONGEST = 500  # characters of a question
_PAGE = 20  # answers


@dataclass(frozen=True, slots=True)
class GoogleChecks(CheckService):
    """Asks with a key, which goes out in a header and stands in nothing that is kept or told."""

    key: str | None = field(repr=False)
    limits: ParsingLimits | None = None
    search: str = SEARCH
    allow_private: bool = False
    seconds: float = _LIMITS.seconds

    @property
    @override
    def name(self) -> str:
        return _NAME

    @override
    def ask(self, words: str, language: str | None = None) -> tuple[KnownClaim, ...]:
        if not self.key:
            raise NoServiceKeyError(f"{_NAME} cannot be asked: there is no key")
        if not (self.key.isascii() and self.key.isprintable()):
            raise RefusedServiceKeyError(f"{_NAME} cannot be asked: the key holds what no key does")
        asked = {"query": words[:_LONGEST], "pageSize": str(_PAGE)} | ({"languageCode": language} if language else {})
        asking = Asking({KEY_HEADER: self.key, "accept": "application/json"}, answers=range(400, 600))
        limits = Limits(_LIMITS.max_bytes, self.seconds, _LIMITS.seconds_a_read, redirects=0)
        try:
            answer = fetch(f"{self.search}?{urlencode(asked)}", limits, allow_private=self.allow_private, asking=asking)
            self._ensure_answered(answer)
            found: list[KnownClaim] = parsed("google_answers:claims_in", _NAME, answer.content, limits=self.limits)
        except ParsingLimitError:
            raise
        except SourceError as error:
            reason = str(error).partition("; ")[0].replace(self.key, "…")
            raise CheckServiceError(f"{_NAME} gives no answer: {reason}") from error
        return tuple(found)

    def _ensure_answered(self, answer: Snapshot) -> None:
        if answer.status == _OK:
            return
        told: str = parsed("google_answers:complaint_in", _NAME, answer.content, limits=self.limits)
        told = told.replace(self.key or "", "…")
        what = f"{answer.status}{f' ({told})' if told else ''}"
        if answer.status == _TOO_MANY:
            raise ServiceQuotaError(f"{_NAME} answers {what}: its quota is used up")
        if answer.status in _REFUSED:
            raise RefusedServiceKeyError(f"{_NAME} answers {what}: it refuses the key, or the question")
        raise CheckServiceError(f"{_NAME} gives no answer: it answers {what}")
