"""Searches, asked over real HTTP on loopback."""

import json
import sys
import threading
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest
from loopback_site import LoopbackSite, loopback_site

from factcheck.domain.lookup import LookSettings
from factcheck.errors import InputError, SourceError
from factcheck.intake.fetch import Limits
from factcheck.lookup import asking
from factcheck.lookup.langchain_tool import LangChainTool
from factcheck.lookup.table import searches
from factcheck.workflow.lookup_ports import Search

JSON = {"content-type": "application/json"}
SEARX = "/search?q=crane&format=json&language=en"
WIKI = "/w/api.php?action=query&list=search&format=json&formatversion=2&srlimit=5&srsearch=crane"


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with loopback_site() as opened:
        yield opened


@pytest.fixture
def searxng(site: LoopbackSite) -> Search:
    [found] = searches(LookSettings(("searxng",), searxng=site.address))[0]
    return found


@pytest.fixture
def wikipedia(site: LoopbackSite) -> Search:
    [found] = searches(LookSettings(("wikipedia",), wikipedia=f"{site.address}/w/api.php"))[0]
    return found


def put(site: LoopbackSite, path: str, body: object, status: int = 200, headers: Mapping[str, str] = JSON) -> None:
    site.pages[path] = status, headers, body if isinstance(body, bytes) else json.dumps(body).encode()


def test_searxng_names_pages(site: LoopbackSite, searxng: Search) -> None:
    found = [
        {"url": "https://a.example/1", "title": "One", "content": "A crane\nfell."},
        {"url": "javascript:alert(1)", "title": "Two"},
        "no object",
    ]
    put(site, SEARX, {"query": "crane", "results": found})

    [hit] = searxng.hits("crane", "en")

    assert (hit.url, hit.title, hit.snippet) == ("https://a.example/1", "One", "A crane fell.")


def test_wikipedia_names_articles(site: LoopbackSite, wikipedia: Search) -> None:
    found = [{"title": "Mecca crane collapse", "snippet": '<span class="searchmatch">Crane</span> &amp; mosque'}]
    put(site, WIKI, {"query": {"search": found}})

    [hit] = wikipedia.hits("crane", "en")

    assert hit.url == f"{site.address}/wiki/Mecca_crane_collapse"
    assert hit.snippet == "Crane & mosque"


def test_wikipedia_is_asked_in_the_claims_language(site: LoopbackSite) -> None:
    [search] = searches(LookSettings(("wikipedia",), wikipedia=site.address + "/{language}/w/api.php"))[0]
    for language in ("de", "en"):
        put(site, f"/{language}{WIKI}", {"query": {"search": [{"title": language}]}})

    told = [search.hits("crane", one)[0].title for one in ("de-AT", "en", None, "../evil", "x@y")]

    assert told == ["de", "en", "en", "en", "en"]


def test_refused_query_is_told(site: LoopbackSite, wikipedia: Search) -> None:
    put(site, WIKI, {"error": {"code": "x", "info": "The search\nis down."}})

    with pytest.raises(SourceError, match=r"^wikipedia refuses the query: The search is down\.$"):
        wikipedia.hits("crane", "en")


@pytest.mark.parametrize(
    ("status", "told"),
    [(403, "settings.yml"), (429, "too often"), (401, "refuses the key"), (503, "503"), (404, "404")],
)
def test_refusal_is_one_line(site: LoopbackSite, searxng: Search, status: int, told: str) -> None:
    put(site, SEARX, b"<html>no</html>", status)

    with pytest.raises(SourceError) as raised:
        searxng.hits("crane", "en")

    assert str(raised.value).startswith("searxng answers ")
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html>", "no JSON that can be read"),
        (b"\xff\xfe", "no JSON that can be read"),
        (b"[" * 100_000, "no JSON that can be read"),
        (b'{"results": 5}', "no list of what it has found"),
        (b'{"results": null}', "no list of what it has found"),
        (b"[1, 2, 3]", "no list of what it has found"),
        (b"[]", "no list of what it has found"),
        (b"null", "no list of what it has found"),
        (b'{"results": [1, 2, 3]}', "a list of what is no page"),
        (b'"too many\\nrequests"', "no list of what it has found: too many requests"),
        (b'{"error": "too many\\nrequests"}', "no list of what it has found: too many requests"),
        (b'{"error": {"message": "key k3y-0123456789abcdefghij"}}', "no list of what it has found: key …"),
        (b'{"detail": "' + b"x" * 5000 + b'"}', f"no list of what it has found: {'x' * 160}"),
    ],
)
def test_answer_without_a_list_is_a_failure(site: LoopbackSite, searxng: Search, body: bytes, told: str) -> None:
    put(site, SEARX, body)

    with pytest.raises(SourceError) as raised:
        searxng.hits("crane", "en")

    assert str(raised.value) == f"searxng answers with {told}"


def test_nothing_found_is_no_failure(site: LoopbackSite, searxng: Search, wikipedia: Search) -> None:
    put(site, SEARX, {"query": "crane", "results": [], "unresponsive_engines": []})
    put(site, WIKI, {"batchcomplete": True, "query": {"search": []}})

    assert searxng.hits("crane", "en") == wikipedia.hits("crane", "en") == []


@pytest.mark.parametrize("body", [{}, [], {"query": {"search": None}}, {"query": {"search": [1]}}, {"error": "down"}])
def test_wikipedia_without_a_list_has_failed(site: LoopbackSite, wikipedia: Search, body: object) -> None:
    put(site, WIKI, body)

    with pytest.raises(SourceError, match=r"^wikipedia "):
        wikipedia.hits("crane", "en")


def test_endless_answer_is_cut_off(site: LoopbackSite, searxng: Search) -> None:
    put(site, SEARX, b"x" * 3_000_000)

    with pytest.raises(SourceError, match="searxng cannot be asked: it is larger than"):
        searxng.hits("crane", "en")


def test_own_host_leads_to_no_other_private_one(site: LoopbackSite, searxng: Search) -> None:
    with loopback_site() as other:
        put(other, "/secret", {"results": [{"url": "https://a.example/"}]})
        put(site, SEARX, b"", 302, {"location": f"{other.address}/secret"})

        with pytest.raises(SourceError, match="leads to"):
            searxng.hits("crane", "en")

        assert other.asked == []


def test_hanging_search_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_LIMITS", Limits(seconds=0.2, seconds_a_read=0.2))
    with loopback_site() as site:
        site.pages = _Hanging()  # type: ignore[assignment]
        [search] = searches(LookSettings(("searxng",), searxng=site.address))[0]

        with pytest.raises(SourceError, match="searxng cannot be asked: it does not answer"):
            search.hits("crane", "en")

        site.pages.free.set()  # type: ignore[attr-defined]


class _Hanging:
    def __init__(self) -> None:
        self.free = threading.Event()

    def get(self, *_: object) -> int:
        self.free.wait(60)
        return 404


def test_search_without_address_is_told() -> None:
    found, troubles = searches(LookSettings(("searxng", "wikipedia")))

    assert [one.name for one in found] == ["wikipedia"]
    assert "set searxng" in troubles[0]


def test_unknown_search_is_refused() -> None:
    with pytest.raises(InputError, match="'altavista' is no search"):
        searches(LookSettings(("altavista",)))


def tool(monkeypatch: pytest.MonkeyPatch, answer: Any) -> LangChainTool:
    """A search by the dotted name of a stand-in's class, which answers so, or raises it."""

    class Tool:
        def invoke(self, query: str) -> Any:
            if isinstance(answer, BaseException):
                raise answer
            return answer(query) if callable(answer) else answer

    module = ModuleType("stand_in_search")
    module.Search = Tool  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "stand_in_search", module)
    return LangChainTool("stand_in_search.Search", seconds=0.5)


@pytest.mark.parametrize(
    "answer",
    [
        {"query": "crane", "results": [{"url": "https://a.example/", "title": "A", "content": "It fell."}]},
        [{"link": "https://a.example/", "title": "A", "snippet": "It fell."}],
        '[{"link": "https://a.example/", "title": "A", "snippet": "It fell."}]',
    ],
)
def test_tool_of_langchain_is_asked(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    [hit] = tool(monkeypatch, answer).hits("crane", "en")

    assert (hit.url, hit.title, hit.snippet) == ("https://a.example/", "A", "It fell.")


def test_failing_tool_tells_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    key = "tvly-0123456789abcdefghij"
    failing = tool(monkeypatch, ValueError(f"401 for https://api.example/?key={key}\nsecond line with {key}"))

    with pytest.raises(SourceError) as raised:
        failing.hits("crane", "en")

    assert str(raised.value).startswith("stand_in_search.Search fails: ValueError: 401 for https://api.example/?…")
    assert key not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (SystemExit(3), "fails: SystemExit: 3"),
        ("plain words", "answers with no list of what it has found: plain words"),
        ({"error": "quota exceeded"}, "fails: quota exceeded"),
        ({"error": ValueError("quota exceeded")}, "fails: quota exceeded"),
        (None, "answers with no list of what it has found"),
        ([1], "answers with a list of what is no page"),
    ],
)
def test_strange_tool_has_failed(monkeypatch: pytest.MonkeyPatch, answer: object, told: str) -> None:
    with pytest.raises(SourceError) as raised:
        tool(monkeypatch, answer).hits("crane", "en")

    assert str(raised.value) == f"stand_in_search.Search {told}"


def test_hanging_tool_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()

    with pytest.raises(SourceError, match=r"does not answer within 0\.5 s"):
        tool(monkeypatch, lambda _: free.wait(60)).hits("crane", "en")

    free.set()


def test_tool_that_is_not_installed_says_how() -> None:
    with pytest.raises(SourceError, match="pip install no-such-package"):
        LangChainTool("no_such_package.Search").hits("crane", "en")
    with pytest.raises(SourceError, match="has no 'Nothing'"):
        LangChainTool("json.Nothing").hits("crane", "en")
