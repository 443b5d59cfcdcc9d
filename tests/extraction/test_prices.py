"""The price file: shipped, overlaid, broken."""

from pathlib import Path

import pytest

from factcheck.domain.cost import FREE, Price
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
