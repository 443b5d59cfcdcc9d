"""The price file: shipped, overlaid, broken."""

import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from factcheck.domain.cost import FREE, Estimate, Price
from factcheck.domain.extraction import ServiceTier, Usage
from factcheck.errors import InputError, PricesFileError
from factcheck.extraction.prices import read_prices


def written(folder: Path, content: str) -> Path:
    path = folder / "own.toml"
    path.write_text(content)
    return path


@pytest.mark.parametrize(
    "model", ["gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "o4-mini", "gpt-5"]
)
def test_known_models_have_shipped_prices(model: str) -> None:
    price = read_prices(None).of_model(f"openai:{model}")

    assert price is not None
    assert 0 < price.cached_input < price.input < price.output


@pytest.mark.parametrize(
    ("model", "price"),
    [
        pytest.param("openai:gpt-4o-mini", Price(0.15, 0.075, 0.6), id="no-flex"),
        pytest.param("openai:gpt-5-mini", Price(0.125, 0.0125, 1.0), id="flex"),
        pytest.param("openai:gpt-5-mini-2025-08-07", Price(0.125, 0.0125, 1.0), id="dated"),
        pytest.param("openai:gpt-6-luna", Price(0.05, 0.005, 0.25, 0.0625), id="cache-write"),
        pytest.param("anthropic:claude-haiku-4-5-20251001", Price(1.0, 0.1, 5.0, 1.25), id="anthropic"),
        pytest.param("google_genai:gemini-2.5-pro", Price(1.25, 0.125, 10.0), id="google"),
        pytest.param("mistralai:mistral-large-2512", Price(0.5, 0.05, 1.5), id="mistral"),
        pytest.param("deepseek:deepseek-v4-flash", Price(0.3, 0.006, 1.2), id="dearest-hour"),
    ],
)
def test_shipped_price_at_flex_is_known(model: str, price: Price) -> None:
    known = read_prices(None).of_model(model)

    assert known is not None
    assert replace(known.at("flex"), tiers={}) == price


def test_shipped_prices_are_what_their_source_says() -> None:
    pytest.importorskip("genai_prices", reason="pip install -e .[benchmark]")
    from benchmarks.prices import file_text  # noqa: PLC0415 - it loads that package

    written = tomllib.loads(file_text({}))

    assert tomllib.loads((files("factcheck") / "prices.toml").read_text("utf-8")) == written


def test_each_shipped_price_has_its_date() -> None:
    lines = (files("factcheck") / "prices.toml").read_text("utf-8").splitlines()
    above = ""
    for line in lines:
        above = line if line.startswith("#") or not line else above
        assert not line.startswith('"') or re.match(r"# (?:since|seen) \d{4}-\d\d-\d\d$|# in \d+\.\d+\.\d+$", above)


def test_price_of_cache_writes_counts() -> None:
    price = Price(10, 1, 100, 12.5)
    used = Usage(1, prompt_tokens=1000, cached_tokens=300, completion_tokens=10)

    assert price.of(used, cache_written=500) == pytest.approx((200 * 10 + 500 * 12.5 + 300 * 1 + 10 * 100) / 1e6)
    assert price.of(used, cache_written=5000) == pytest.approx((700 * 12.5 + 300 * 1 + 10 * 100) / 1e6)
    most = Estimate(calls=1, most_prompt_tokens=1000, most_answer_tokens=10)
    assert price.at_most(most) == pytest.approx((1000 * 12.5 + 10 * 100) / 1e6)


@pytest.mark.parametrize(
    ("asked", "output"),
    [(None, 20), (ServiceTier.AUTO, 20), (ServiceTier.DEFAULT, 10), (ServiceTier.FLEX, 10), (ServiceTier.PRIORITY, 20)],
)
def test_no_call_costs_more_than_its_tier_or_the_standard(asked: ServiceTier | None, output: float) -> None:
    price = Price(1, 1, 10, tiers={"flex": Price(0.5, 0.5, 5), "priority": Price(2, 2, 20)})

    assert price.highest(asked).output == output


def test_own_file_lies_over_shipped_one(tmp_path: Path) -> None:
    prices = read_prices(written(tmp_path, '"openai:*" = 0\n"mistralai:small" = { input = 1, output = 3 }\n'))

    assert prices.of_model("openai:gpt-4o") == FREE
    assert prices.of_model("mistralai:small") == Price(1, 1, 3)


def test_models_beside_own_file_keep_prices(tmp_path: Path) -> None:
    assert read_prices(written(tmp_path, '"openai:qwen*" = 0')).of_model("openai:gpt-4o") is not None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param('"a:b" = "free"', "'a:b' = 'free'", id="words"),
        pytest.param('"a:b" = true', "'a:b' = True", id="truth"),
        pytest.param('"a:b" = { input = 1, output = -2 }', r"'output': -2", id="negative"),
        pytest.param('"a:b" = { input = 1, output = nan }', r"'output': nan", id="no-number"),
        pytest.param(f'"a:b" = 1{"0" * 400}', "which is not a price", id="too-large"),
        pytest.param('"a:b" = { input = 1 }', "add output", id="missing"),
        pytest.param('"a:b" = { input = 1, output = 2, cached = 3 }', "'a:b.cached' = 3", id="misspelt"),
        pytest.param('"a:b" = { input = 1, output = "2" }', "'a:b.output' = '2'", id="text"),
        pytest.param("a:b = 1", "are not TOML", id="no-toml"),
        pytest.param('"a:b" = { input = 1, output = 2, flex = { input = 1 } }', "add flex.output", id="half-a-tier"),
    ],
)
def test_broken_price_is_named(tmp_path: Path, content: str, told: str) -> None:
    path = written(tmp_path, content)

    with pytest.raises(InputError, match=told) as caught:
        read_prices(path)
    assert repr(str(path)) in str(caught.value)
    assert '"openai:NAME" = {' in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_unreadable_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(PricesFileError, match=r"own\.toml' cannot be read: .*"):
        read_prices(path)
