"""An assistant at the desk: the SDK's own client talks to `factcheck mcp`.

Most tests have it in their own process. The list of tools, a recording, a suggestion and the loopback are asked of a
process of its own, as an assistant starts it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from conftest import ROOT, Command
from fakes import StandIn
from loopback_site import LoopbackSite, loopback_site
from mcp import Client, StdioServerParameters
from mcp.server import MCPServer
from mcp_types import CallToolResult, TextContent

from factcheck import wiring
from factcheck.settings import Settings

ARTICLE = ROOT / "cassettes" / "articles" / "mecca_crane.txt"
RECORDING = ROOT / "cassettes" / "articles" / "mecca_crane.yaml"
TEXT = "At least 107 people died in Mecca when a crane fell. Wind blew on Tuesday."
TOLL = "Civil defence in Mecca counted 107 dead on that evening."

Call = tuple[str, dict[str, Any]]
Ask = Callable[..., list[CallToolResult]]


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with loopback_site() as opened:
        yield opened


@pytest.fixture
def desk(factcheck: Command, folder: Path, stand_in: StandIn) -> Command:
    """A desk of two claims; the model that made them answers no more."""
    (folder / "a.txt").write_text(TEXT)
    assert factcheck("extract", "a.txt").code == 0
    stand_in.answer = lambda _: (500, b"", {})
    return factcheck


@pytest.fixture
def ask(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Calls tools of the server that the command would serve, one after the other."""

    def asked(*calls: Call, options: tuple[str, ...] = ()) -> list[CallToolResult]:
        told: list[CallToolResult] = []

        def served(server: MCPServer, transport: str) -> None:
            assert transport == "stdio"
            told.extend(anyio.run(_called, server, calls))

        with monkeypatch.context() as patch:
            patch.setattr(MCPServer, "run", served)
            done = factcheck("mcp", *options)
        assert (done.code, done.out) == (0, "")
        return told

    return asked


@pytest.fixture
def ask_process(folder: Path) -> Ask:
    """The same over stdio, in a process of its own."""

    def asked(*calls: Call, options: tuple[str, ...] = ()) -> list[CallToolResult]:
        return anyio.run(_called, _server(folder, options), calls)

    return asked


def test_only_these_tools_are_there_and_none_decides(folder: Path) -> None:
    async def listed() -> list[tuple[str, bool | None]]:
        async with Client(_server(folder)) as client:
            assert "no verdict" in (client.instructions or "")
            tools = (await client.list_tools()).tools
            return [(one.name, one.annotations.read_only_hint if one.annotations else None) for one in tools]

    assert anyio.run(listed) == [
        ("extract_claims", True),
        ("search_known_claims", True),
        ("read_queue", True),
        ("read_claim", True),
        ("suggest_evidence", False),
    ]


def test_claims_of_a_text_are_tied_to_its_words(ask_process: Ask, folder: Path) -> None:
    text = ARTICLE.read_text("utf-8")

    [found] = ask_process(("extract_claims", {"text": text}), options=("--replay", str(RECORDING)))

    claims = _told(found)["claims"]
    assert len(claims) > 5
    start, end = claims[0]["places"][0]
    assert text[start:end] in claims[0]["quote"]
    assert not (folder / "factcheck.db").exists()


def test_budget_bounds_all_that_is_asked(
    ask: Ask, folder: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "prices.toml").write_text('"openai:stand-in" = { input = 1.0, output = 1000.0 }\n')
    monkeypatch.setenv("FACTCHECK_PRICES", str(folder / "prices.toml"))
    calls = tuple(("extract_claims", {"text": f"A crane fell in {year}."}) for year in range(1990, 1998))

    done = ask(*calls, options=("--model", "openai:stand-in", "--budget", "0.92"))

    refused = [one for one in done if one.is_error]
    many = len(stand_in.requests)
    assert 0 < many < len(calls)
    assert {"nothing was asked" in _text(one) for one in refused} == {True}
    assert "budget of $0.92" in _text(refused[0])


@pytest.mark.usefixtures("desk")
def test_queue_is_read_in_pages(ask: Ask) -> None:
    [first] = ask(("read_queue", {"limit": 1}))
    told = _told(first)
    [second] = ask(("read_queue", {"limit": 1, "cursor": told["next"], "status": "queued"}))

    assert (told["total"], [one["number"] for one in told["claims"]]) == (2, [1])
    assert ([one["number"] for one in _told(second)["claims"]], _told(second)["next"]) == ([2], None)


def test_second_reading_stays_blind(desk: Command, ask: Ask, folder: Path) -> None:
    (folder / "factcheck.toml").write_text('[second_reading]\nlabels = ["false"]\n')
    desk("note", 1, "It is plain wrong.", "--reviewer", "ana")
    desk("verdict", 1, "false", "--reviewer", "ana", "--rationale", "No.", "--evidence", "https://a.example/no")

    [blind, after] = ask(("read_claim", {"number": 1}), ("read_queue", {}))
    desk("verdict", 1, "false", "--reviewer", "ben")
    [seen] = ask(("read_claim", {"number": 1}))

    assert (_told(blind)["verdict"], _told(blind)["evidence"], _told(after)["claims"][0]["sources"]) == (None, [], 0)
    assert "no" not in {word.strip('",.') for word in json.dumps(_told(blind)).split()}
    assert _told(seen)["verdict"]["label"] == "false"
    assert "plain wrong" not in json.dumps(_told(seen))  # notes are for colleagues
    assert "ana" not in json.dumps(_told(seen))


def test_suggestion_waits_for_a_person(desk: Command, ask_process: Ask, site: LoopbackSite) -> None:
    url = site.article("/toll", TOLL)
    words = {"number": 1, "url": url, "quote": TOLL, "reading": "supports"}

    [made, again, read] = ask_process(
        ("suggest_evidence", words),
        ("suggest_evidence", words),
        ("read_claim", {"number": 1}),
        options=("--name", "scout"),
    )

    assert _told(made) == {"claim": 1, "passage": 1, "is_new": True, "is_evidence": False}
    assert _told(again)["is_new"] is False
    assert _told(read)["evidence"] == []
    assert [one["found_by"] for one in _told(read)["suggestions"]] == ["a machine, scout"]
    assert "a machine, scout" in desk("look", 1, "--last").out
    desk("look", 1, "--take", 1, "--stance", "supports", "--reviewer", "ana")
    [evidence] = desk("evidence", "list", 1, "--json").json
    assert (evidence["quote"], evidence["quote_status"]) == (TOLL, "exact")
    assert desk("audit", "verify").code == 0


def test_suggestion_that_was_set_aside_is_read_no_more(desk: Command, ask: Ask, site: LoopbackSite) -> None:
    url = site.article("/toll", TOLL)
    ask(("suggest_evidence", {"number": 1, "url": url, "quote": TOLL, "reading": "supports"}))
    with wiring.stores(Settings()) as opened:
        lookup = opened.lookups.last(1)
        assert lookup is not None
        opened.lookups.set_aside(1, 1, "ana", lookup.at)

    [read] = ask(("read_claim", {"number": 1}))

    assert _told(read)["suggestions"] == []
    assert [one["is_set_aside"] for one in desk("look", 1, "--last", "--json").json["pages"]] == [True]


def test_invented_words_are_refused(desk: Command, ask: Ask, site: LoopbackSite) -> None:
    url = site.article("/toll", TOLL)

    [refused] = ask(
        ("suggest_evidence", {"number": 1, "url": url, "quote": "108 died.", "reading": "refutes"}),
    )

    assert refused.is_error
    assert "the quote does not stand in" in _text(refused)
    assert "0 page(s)" in desk("look", 1, "--last").out


def test_known_claims_are_searched(desk: Command, ask: Ask) -> None:
    known = ROOT / "cassettes" / "stand_in" / "known_claims.json"
    assert desk("known", "import", known).code == 0

    [found] = ask(("search_known_claims", {"words": "the bridge of Kelso"}))

    assert _told(found)["checks"]
    assert {"claim", "url", "rating", "differs"} <= _told(found)["checks"][0].keys()


REFUSED: list[tuple[Call, str]] = [
    (("read_claim", {"number": 9}), "there is no claim 9"),
    (("read_claim", {"number": 2**70}), "number"),
    (("read_queue", {"cursor": "1-2"}), "no cursor"),
    (("read_queue", {"cursor": "9" * 59}), "no cursor"),
    (("read_queue", {"article": 9}), "there is no article 9"),
    (("read_queue", {"words": "\0"}), "character NUL"),
    (("read_queue", {"status": "published?"}), "status"),
    (("extract_claims", {"text": "A crane fell."}), "no model is named"),
    (("suggest_evidence", {"number": 1, "url": "http://127.0.0.1:9/", "quote": "A.", "reading": "supports"}), "9"),
    (("give_verdict", {"number": 1, "label": "true"}), "give_verdict"),
]


@pytest.mark.usefixtures("desk")
def test_what_cannot_be_done_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FACTCHECK_MODEL")

    for (call, fact), refused in zip(REFUSED, ask(*(call for call, _ in REFUSED)), strict=True):
        assert refused.is_error, call
        assert fact in _text(refused), call
        assert "Traceback" not in _text(refused), call


def test_where_the_desk_stands_is_told_to_no_machine(ask: Ask, folder: Path) -> None:
    (folder / "factcheck.db").write_bytes(b"no database" * 1_000)

    for refused in ask(("read_queue", {}), ("search_known_claims", {"words": "a bridge"})):
        assert refused.is_error
        assert "the desk cannot answer now" in _text(refused)
        assert "factcheck.db" not in _text(refused)


def test_private_pages_are_not_fetched_for_a_machine(
    desk: Command, ask: Ask, site: LoopbackSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE_FETCH", "0")
    url = site.article("/toll", TOLL)

    [refused] = ask(("suggest_evidence", {"number": 1, "url": url, "quote": TOLL, "reading": "supports"}))

    assert refused.is_error
    assert site.asked == []
    assert desk("look", 1, "--last", "--json").json["pages"] == []


@pytest.mark.usefixtures("desk")
def test_loopback_serves_the_same(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "factcheck", "mcp", "--http", str(port)]
    url = f"http://127.0.0.1:{port}/mcp"

    async def read() -> CallToolResult:
        async with Client(url) as client:
            return await client.call_tool("read_claim", {"number": 1})

    with subprocess.Popen(words, cwd=folder, env=_environment(), stderr=subprocess.PIPE) as server:
        try:
            _wait_for(port)
            assert _told(anyio.run(read))["claim"].startswith("At least 107")
            for sent in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
                assert httpx2.post(url, headers=sent, json={}, trust_env=False).status_code in {403, 421}
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate()


def test_missing_package_is_told_with_what_brings_it(factcheck: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "factcheck.assistants.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp.server", None)

    done = factcheck("mcp")

    assert done.code == 2
    assert "pip install 'factcheck-desk[mcp]'" in done.err


def _wait_for(port: int) -> None:
    waited = time.monotonic() + 60
    while time.monotonic() < waited:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)


def _environment() -> dict[str, str]:
    return dict(os.environ) | {"PYTHONPATH": str(ROOT)}


def _server(folder: Path, options: tuple[str, ...] = ()) -> StdioServerParameters:
    words = ["-m", "factcheck", "mcp", *options]
    return StdioServerParameters(command=sys.executable, args=words, env=_environment(), cwd=folder)


async def _called(server: MCPServer | StdioServerParameters, calls: tuple[Call, ...]) -> list[CallToolResult]:
    async with Client(server) as client:
        return [await client.call_tool(*one) for one in calls]


def _told(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, _text(result)
    assert isinstance(result.structured_content, dict)
    told: dict[str, Any] = json.loads(json.dumps(result.structured_content))
    return told


def _text(result: CallToolResult) -> str:
    return " ".join(one.text for one in result.content if isinstance(one, TextContent))
