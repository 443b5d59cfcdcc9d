import pytest

from factcheck.domain.cost import FREE, Estimate, Price, Prices, dollars, tokens, total_price
from factcheck.domain.extraction import Usage

MINI = Price(0.15, 0.075, 0.6)
BIG = Price(2.5, 1.25, 10)


@pytest.mark.parametrize(
    ("usage", "paid"),
    [
        pytest.param(Usage(1, 1_000_000, 0, 0), 0.15, id="prompt"),
        pytest.param(Usage(1, 1_000_000, 1_000_000, 0), 0.075, id="cached"),
        pytest.param(Usage(1, 1_000_000, 400_000, 1_000_000), 0.09 + 0.03 + 0.6, id="all-three"),
        pytest.param(Usage(1, 1_000_000, 2_000_000, 0), 0.075, id="more-cached-than-sent"),
        pytest.param(Usage(), 0, id="nothing"),
    ],
)
def test_cached_tokens_have_their_price(usage: Usage, paid: float) -> None:
    assert MINI.of(usage) == pytest.approx(paid)


def test_uncounted_call_has_no_price() -> None:
    assert MINI.of(Usage(calls=1)) is None
    assert FREE.of(Usage(calls=1)) == 0
    assert MINI.of(Usage(2, 1000, 0, 100, uncounted=1)) is None


@pytest.mark.parametrize(
    ("usage", "told"),
    [
        (Usage(), "0 prompt and 0 answer tokens"),
        (Usage(2, uncounted=2), "unknown tokens"),
        (Usage(2, 1000, 0, 20, uncounted=1), "1,000 prompt and 20 answer tokens (1 of 2 calls not counted)"),
    ],
)
def test_uncounted_tokens_are_never_zero(usage: Usage, told: str) -> None:
    assert tokens(usage) == told


def test_estimate_has_expected_and_highest_price() -> None:
    estimate = Estimate(1, 1000, 100, 3000, 900) + Estimate(1, 1000, 100, 3000, 900)

    assert MINI.expected(estimate) == pytest.approx((2000 * 0.15 + 200 * 0.6) / 1e6)
    assert MINI.at_most(estimate) == pytest.approx((6000 * 0.15 + 1800 * 0.6) / 1e6)


def test_batch_costs_half_of_each_price() -> None:
    assert Price(10, 4, 100).in_batch() == Price(5, 2, 50)
    assert Prices(({"openai:gpt-4o": BIG},)).in_batch().of_model("openai:gpt-4o-2024-08-06") == BIG.in_batch()


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_impossible_price_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="is not a price"):
        Price(0, value, 0)


@pytest.mark.parametrize(
    ("name", "price"),
    [
        pytest.param("openai:gpt-4o", BIG, id="as-written"),
        pytest.param("openai:gpt-4o-2024-08-06", BIG, id="dated"),
        pytest.param("openai:gpt-4o-mini-2024-07-18", MINI, id="longest-wins"),
        pytest.param("openai:gpt-4o-audio-preview", None, id="another-model"),
        pytest.param("openai:gpt-4o-2024-08-06-ft", None, id="more-than-a-date"),
        pytest.param("openai:qwen2.5-7b", FREE, id="pattern"),
        pytest.param("openai:qwen-max", BIG, id="longer-pattern"),
        pytest.param("openai:qwen", MINI, id="exact-beats-pattern"),
        pytest.param("anthropic:gpt-4o", None, id="another-provider"),
    ],
)
def test_longest_fitting_entry_wins(name: str, price: Price | None) -> None:
    table = {
        "openai:gpt-4o": BIG,
        "openai:gpt-4o-mini": MINI,
        "openai:qwen*": FREE,
        "openai:qwen-m*": BIG,
        "openai:qwen": MINI,
    }

    assert Prices((table,)).of_model(name) == price


def test_first_table_wins() -> None:
    prices = Prices(({"openai:*": FREE}, {"openai:gpt-4o": BIG, "mistralai:small": MINI}))

    assert (prices.of_model("openai:gpt-4o"), prices.of_model("mistralai:small")) == (FREE, MINI)


def test_unknown_prices_are_counted_apart() -> None:
    assert total_price([0.5, None, 0.25, None]) == (0.75, 2)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (None, "unknown"),
        (0, "$0.00"),
        (0.05, "$0.05"),
        (0.0123, "$0.0123"),
        (0.00012345, "$0.000123"),
        (0.00001, "$0.00001"),
        (2e-7, "less than $0.000001"),
        (1234.5, "$1,234.50"),
    ],
)
def test_small_amounts_stay_readable(amount: float | None, told: str) -> None:
    assert dollars(amount) == told
