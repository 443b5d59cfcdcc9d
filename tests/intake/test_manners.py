"""Robots.txt and pauses, over real HTTP on loopback."""

from collections.abc import Iterator

import pytest
from loopback_site import LoopbackSite, loopback_site

from factcheck import __version__
from factcheck.domain.parsing import ParsingLimits
from factcheck.errors import PageRefusedError, SourceError
from factcheck.intake.fetch import Asking, fetch
from factcheck.intake.manners import Manners


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    """A site without pages."""
    with loopback_site() as found:
        yield found


def manners(limits: ParsingLimits | None = None) -> Manners:
    return Manners(pause=0, allow_private=True, limits=limits)


def test_robots_are_asked_once_a_host(site: LoopbackSite) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /secret"
    polite = manners()

    polite.before(f"{site.address}/1")
    polite.before(f"{site.address}/2")

    assert site.asked == ["/robots.txt"]


@pytest.mark.parametrize(
    "rules",
    [
        b"User-agent: *\nDisallow: /secret",
        b"User-agent: factcheck-desk\nDisallow: /\n\nUser-agent: *\nAllow: /",
        b"User-agent: *\nDisallow: /*.html$",
        b"\xef\xbb\xbfuser-agent: *\r\ndisallow: /secret/",
    ],
)
def test_forbidden_page_is_not_fetched(site: LoopbackSite, rules: bytes) -> None:
    site.pages["/robots.txt"] = rules

    with pytest.raises(PageRefusedError, match=r"secret/a.html' is not fetched: 'http.*/robots.txt' forbids it; save"):
        manners().before(f"{site.address}/secret/a.html")


@pytest.mark.parametrize("status", [404, 401, 403])
def test_site_without_rules_allows_everything(site: LoopbackSite, status: int) -> None:
    site.pages["/robots.txt"] = status

    manners().before(f"{site.address}/a")


def test_rules_that_cannot_be_told_forbid_everything(site: LoopbackSite) -> None:
    site.pages["/robots.txt"] = 503

    with pytest.raises(SourceError, match=r"/a' is not fetched: 'http.*/robots.txt' answers 503"):
        manners().before(f"{site.address}/a")


def test_robots_need_not_be_asked(site: LoopbackSite) -> None:
    Manners(robots=False, pause=0).before(f"{site.address}/a")

    assert site.asked == []


def test_rules_of_many_stars_are_answered(site: LoopbackSite) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /" + b"*a" * 60 + b"*b"

    manners(limits=ParsingLimits(seconds=2)).before(f"{site.address}/{'a' * 1000}")


def test_redirect_is_asked_about_too(site: LoopbackSite) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /secret", "/a": (302, {"location": "/secret"}, b"")}

    with pytest.raises(PageRefusedError, match="/secret' is not fetched"):
        fetch(f"{site.address}/a", allow_private=True, asking=Asking(before=manners().before))

    assert site.asked == ["/robots.txt", "/a"]


def test_robots_of_a_private_host_are_not_fetched(site: LoopbackSite) -> None:
    Manners(pause=0).before(f"{site.address}/a")  # the page itself is refused with its own name

    assert site.asked == []


def test_pause_is_kept_for_each_host() -> None:
    slept: list[float] = []
    now = [100.0]
    polite = Manners(robots=False, pause=5, sleep=slept.append, clock=lambda: now[0])

    for seconds, address in ((0, "https://a.example/1"), (2, "https://b.example/1"), (0, "https://a.example/2")):
        now[0] += seconds
        polite.before(address)

    assert slept == [3]


def test_longer_pause_of_a_site_is_kept(site: LoopbackSite) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 7"
    slept: list[float] = []
    polite = Manners(pause=0, allow_private=True, sleep=slept.append, clock=lambda: 0.0)

    polite.before(f"{site.address}/1")
    polite.before(f"{site.address}/2")

    assert slept == [7]


def test_fetch_names_the_tool_and_its_version(site: LoopbackSite) -> None:
    site.pages["/a"] = b"Words."

    fetch(f"{site.address}/a", allow_private=True)

    assert site.headers[0]["user-agent"] == f"factcheck-desk/{__version__}"


def test_unchanged_page_is_an_answer_where_it_is_asked_for(site: LoopbackSite) -> None:
    site.article("/a", "Bridge", etag='"1"')
    asking = Asking({"if-none-match": '"1"'}, answers={304})

    page = fetch(f"{site.address}/a", allow_private=True, asking=asking)

    assert (page.status, page.content, page.etag) == (304, b"", '"1"')
