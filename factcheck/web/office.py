"""What the web room is given: an open desk, what serves its ports, and under which address it stands."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, cast
from urllib.parse import urlsplit

from fastapi import Depends, Request

from factcheck.domain.identity import ProviderSettings
from factcheck.web.places import Places, SourcesInTurn
from factcheck.web.submissions import Submissions
from factcheck.web.under_way import UnderWay
from factcheck.workflow.account_ports import IdentityProvider
from factcheck.workflow.build_report import Newsroom
from factcheck.workflow.log_in import Doorkeeper
from factcheck.workflow.look_for_evidence import DeskLook
from factcheck.workflow.ports import Sources, Stores
from factcheck.workflow.review_claim import Desk
from factcheck.workflow.submit_article import SubmitArticles


@dataclass(frozen=True, slots=True)
class Address:
    """The one origin under which people reach the desk, such as `https://desk.example.org`."""

    origin: str

    @property
    def is_secure(self) -> bool:
        """Whether what goes there is encrypted on its way."""
        return self.origin.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """What a `Host` header may say. A loopback desk has two names."""
        parts = urlsplit(self.origin)
        port = f":{parts.port}" if parts.port else ""
        names = {"127.0.0.1", "localhost"} if parts.hostname in {"127.0.0.1", "localhost"} else {_host(self.origin)}
        return frozenset(f"{name}{port}" for name in names)

    @property
    def origins(self) -> frozenset[str]:
        """What an `Origin` header may say."""
        scheme = urlsplit(self.origin).scheme
        return frozenset(f"{scheme}://{host}" for host in self.hosts)


@dataclass(frozen=True, slots=True)
class Office:
    """One open desk, for all requests at once.

    `secret` signs what browsers bring back. Where `is_guarded` is false whoever reaches the desk is trusted with
    any name, as at a terminal, and `person` is who they are unless they say otherwise; where it is true everybody
    logs in, by a password, by an identity provider, or by either.

    Of the forty threads that requests are answered in, `reading`, `fetches` and the provider's eight leave ten to
    everybody else: a file may take 20 MB and what parses it some more, and a page the time of its server.
    """

    stores: Stores
    desk: Desk
    address: Address
    secret: bytes = field(repr=False)
    is_guarded: bool
    door: Doorkeeper
    newsroom: Callable[[], Newsroom]
    articles: SubmitArticles
    submissions: Submissions = field(default_factory=Submissions)
    reading: Places = field(default_factory=lambda: Places("files or pages are being read", at_once=2, waiting=8))
    fetches: Places = field(default_factory=lambda: Places("pages are being fetched", at_once=8, waiting=4))
    has_roles: bool = False
    sources: Callable[[], Sources] | None = None
    look: DeskLook | None = None
    person: str | None = None
    takes_passwords: bool = True
    provider: IdentityProvider | None = None
    identity: ProviderSettings | None = None
    under_way: UnderWay = field(default_factory=UnderWay)
    sending: Counter[str] = field(default_factory=Counter)
    """How many files each person is sending now."""

    @property
    def asks_passwords(self) -> bool:
        """Whether anybody logs in by a password here."""
        return self.is_guarded and self.takes_passwords

    def fetching(self) -> Sources | None:
        """What pages are fetched with while somebody waits for the answer; None where nothing can be fetched."""
        return SourcesInTurn(self.sources(), self.fetches) if self.sources else None


def office_of(request: Request) -> Office:
    """The office of the application that was asked, which may stand in another one."""
    return cast("Office", request.app.state.office)


InOffice = Annotated[Office, Depends(office_of)]


def _host(origin: str) -> str:
    host = urlsplit(origin).hostname or ""
    return f"[{host}]" if ":" in host else host
