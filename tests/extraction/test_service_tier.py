"""What OpenAI's own server is told of tiers and caches, what no other one is, and what each tier costs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from conftest import Command, Finished
from fakes import StandIn, one_claim_a_sentence

from factcheck import wiring
from factcheck.domain.extraction import ServiceTier
from factcheck.errors import InputError
from factcheck.extraction import models
from factcheck.settings import Settings
from factcheck.workflow.plan_extraction import ExtractionOptions

OPENAI = "https://api.openai.com/v1"
PRICED = """
"openai:stand-in" = { input = 1000, output = 10000, flex = { input = 500, cached_input = 50, output = 5000 } }
"""
TEXT = "Ana Silva flew to Lisbon on Monday.\n"
STANDARD, FLEX = 0.3, 0.15
"""Dollars for the stand-in's hundred prompt tokens and twenty answer tokens."""


class ToStandIn(httpx2.AsyncBaseTransport):
    """Answers what is sent to OpenAI as a stand-in would, in its place."""

    stand_in: StandIn

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        assert request.url.host == "api.openai.com"
        asked = json.loads(await request.aread())
        self.stand_in.requests.append(asked)
        status, body, headers = self.stand_in.answer(asked)  # type: ignore[misc]
        return httpx2.Response(status, json=body, headers=headers)


@pytest.fixture
def openai(monkeypatch: pytest.MonkeyPatch, folder: Path) -> StandIn:
    """OpenAI's own address, answered by a stand-in, with a key, an article and prices in the folder."""
    stand_in = StandIn()
    monkeypatch.setattr(models, "BoundedTransport", type("Transport", (ToStandIn,), {"stand_in": stand_in}))
    monkeypatch.setenv("OPENAI_API_KEY", "stand-in")
    monkeypatch.setenv("FACTCHECK_MODEL", "openai:stand-in")
    monkeypatch.setenv("FACTCHECK_PRICES", str(folder / "prices.toml"))
    (folder / "prices.toml").write_text(PRICED)
    (folder / "talks.txt").write_text(TEXT)
    return stand_in


def served_as(tier: str | None, **details: int) -> Callable[[dict[str, Any]], Any]:
    """An answer that tells by which tier it was served."""

    def answer(request: dict[str, Any]) -> Any:
        reply: Any = one_claim_a_sentence(request)
        status, body, headers = reply
        usage = body["usage"] | {"prompt_tokens_details": details}
        return status, body | {"service_tier": tier, "usage": usage}, headers

    return answer


def test_openai_gets_one_key_for_each_form(factcheck: Command, openai: StandIn) -> None:
    Path("more.txt").write_text("Snow fell in Graz. It fell in Linz too.")

    assert factcheck("extract", "talks.txt", "more.txt", "--again").code == 0

    keys = [one["prompt_cache_key"] for one in openai.requests]
    assert sorted(key.rsplit("-", 1)[1] for key in keys) == ["1", "2"]
    assert len({key.rsplit("-", 1)[0] for key in keys}) == 1
    assert all(len(key) <= 64 for key in keys)
    assert all("service_tier" not in one for one in openai.requests)


def test_chosen_tier_is_asked_for(factcheck: Command, openai: StandIn) -> None:
    assert factcheck("extract", "talks.txt", "--service-tier", "flex").code == 0

    assert [one["service_tier"] for one in openai.requests] == ["flex"]
    assert factcheck("article", 1, "--json").json["runs"][0]["parameters"]["service_tier"] == "flex"


def test_other_servers_are_told_nothing(
    factcheck: Command, stand_in: StandIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_SERVICE_TIER", "flex")
    (folder / "talks.txt").write_text(TEXT)

    assert factcheck("extract", "talks.txt").code == 0

    assert stand_in.requests
    assert all(not one.keys() & {"service_tier", "prompt_cache_key"} for one in stand_in.requests)


def test_other_servers_take_no_chosen_tier(factcheck: Command, stand_in: StandIn, folder: Path) -> None:
    (folder / "talks.txt").write_text(TEXT)

    done = factcheck("extract", "talks.txt", "--service-tier", "flex")

    assert done.code == 2
    assert "only OpenAI's own server has tiers" in done.err
    assert stand_in.requests == []


def test_address_in_langchains_variable_counts(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.setenv("OPENAI_API_BASE", f"{stand_in.address}/v1")

    with (
        pytest.raises(InputError),
        wiring.extraction_session(Settings.from_environment(), ExtractionOptions(service_tier=ServiceTier.FLEX)),
    ):
        pass


@pytest.mark.parametrize(
    ("asked", "served", "price"),
    [
        pytest.param("flex", "flex", FLEX, id="as-asked"),
        pytest.param("flex", "default", STANDARD, id="not-as-asked"),
        pytest.param("auto", "flex", FLEX, id="by-the-project"),
        pytest.param("priority", "priority", STANDARD, id="no-price"),
        pytest.param("default", "scale", STANDARD, id="unknown"),
        pytest.param("flex", None, STANDARD, id="untold"),
    ],
)
def test_server_says_what_is_paid(
    factcheck: Command, openai: StandIn, asked: str, served: str | None, price: float
) -> None:
    openai.answer = served_as(served)

    factcheck("extract", "talks.txt", "--service-tier", asked)

    assert factcheck("runs", "--json").json[0]["price"] == pytest.approx(price)


def test_cached_tokens_of_a_tier_are_counted(factcheck: Command, openai: StandIn) -> None:
    openai.answer = served_as("flex", cached_tokens=80)

    factcheck("extract", "talks.txt", "--service-tier", "flex")

    run = factcheck("runs", "--json").json[0]
    assert run["cached_tokens"] == 80
    assert run["price"] == pytest.approx((20 * 500 + 80 * 50 + 20 * 5000) / 1e6)


@pytest.mark.usefixtures("openai")
def test_dry_run_tells_the_tiers_price(factcheck: Command) -> None:
    prices = [
        factcheck("extract", "talks.txt", "--dry-run", "--json", *more).json["total"]["price"]
        for more in ([], ["--service-tier", "default"], ["--service-tier", "flex"])
    ]

    assert prices[0] == prices[1] == pytest.approx(2 * prices[2])


def test_budget_of_a_tier_buys_more(factcheck: Command, openai: StandIn) -> None:
    asked = []
    for served in ("default", "flex"):
        openai.answer, openai.requests = served_as(served), []
        text = Path(f"{served}.txt")
        text.write_text(" ".join(f"Minister {at} opened {at * 7} hospitals {served}." for at in range(1, 21)))
        bought = ("--budget", 16, "--service-tier", "flex")
        assert factcheck("extract", text, "--window", 1, "--concurrency", 1, *bought).code == 10
        asked.append(len(openai.requests))

    assert 1 < asked[0] < asked[1] < 20


@pytest.fixture
def recorded(factcheck: Command, stand_in: StandIn, folder: Path) -> dict[str, Any]:
    """What a recording of a call holds, as an earlier version would have made it at OpenAI."""
    (folder / "talks.txt").write_text(TEXT)
    (folder / "prices.toml").write_text(PRICED)
    stand_in.answer = served_as("flex")
    assert factcheck("extract", "talks.txt", "--record", "made.yaml").code == 0
    made: dict[str, Any] = yaml.safe_load((folder / "made.yaml").read_text())
    header = made["metadata"]["factcheck"]
    assert (header.pop("service_tier"), header.pop("cache_key")) == (None, False)
    header["base_url"] = OPENAI
    return made


def replayed(factcheck: Command, recorded: dict[str, Any], *options: str) -> Finished:
    """What comes of playing it."""
    Path("played.yaml").write_text(yaml.safe_dump(recorded))
    return factcheck("extract", "talks.txt", "--again", "--prices", "prices.toml", "--replay", "played.yaml", *options)


def test_older_recording_of_openai_replays(factcheck: Command, recorded: dict[str, Any]) -> None:
    assert replayed(factcheck, recorded).code == 0
    assert factcheck("article", 1, "--json").json["sentences"][0]["state"] == "claims"


def test_recording_of_a_tier_replays(
    factcheck: Command, recorded: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    header, sent = recorded["metadata"]["factcheck"], recorded["interactions"][0]["request"]["json"]
    header |= {"service_tier": "flex", "cache_key": True}
    sent |= {"service_tier": "flex", "prompt_cache_key": f"factcheck-{header['prompt_hash'][:12]}-json_schema-1"}
    monkeypatch.setenv("FACTCHECK_SERVICE_TIER", "priority")

    done = replayed(factcheck, recorded)

    assert done.code == 0
    assert factcheck("runs", "--json").json[1]["price"] == pytest.approx(FLEX)


def test_tier_that_no_recording_has_is_refused(factcheck: Command, recorded: dict[str, Any]) -> None:
    recorded["metadata"]["factcheck"]["service_tier"] = "fast"

    done = replayed(factcheck, recorded)

    assert done.code != 0
    assert "look at 'metadata.factcheck.service_tier'" in done.err
