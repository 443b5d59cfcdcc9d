"""Sends bytes to an address of the public web, once, with bounds on time and on what is read of the answer."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx2
from typing_extensions import override

from factcheck.domain.webhooks import origin_of
from factcheck.errors import SourceError
from factcheck.intake.fetch import UNANSWERED, USER_AGENT
from factcheck.intake.guard import GuardedBackend, GuardedTransport
from factcheck.workflow.webhook_ports import Postman

_SECONDS = 15.0
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class GuardedPostman(Postman):
    """Serves the port over HTTP. No redirect is followed: what is signed for one address goes to no other."""

    allow_private: bool = False

    @override
    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        shown = origin_of(url)
        backend = GuardedBackend(shown, _SECONDS, _MOST_BYTES, allow_private=self.allow_private)
        named = {"user-agent": USER_AGENT, **headers}
        try:
            with (
                httpx2.Client(transport=GuardedTransport(backend), timeout=_SECONDS, trust_env=False) as client,
                client.stream("POST", url, headers=named, content=body) as answer,
            ):
                status = answer.status_code  # what it says besides is not read
        except UNANSWERED as error:
            raise SourceError(f"{shown!r} does not answer: {error or type(error).__name__}") from error
        if not 200 <= status < 300:  # noqa: PLR2004 - a success
            raise SourceError(f"{shown!r} answers {status}")
