"""What calls cost: prices a million tokens, estimates before a call, dollars after it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from fnmatch import fnmatchcase
from math import isfinite

from factcheck.domain.extraction import Usage

_MILLION = 1_000_000
_CENT = 0.01
_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}")

BATCH_SHARE = 0.5
"""Of the list price, for each token in a batch: help.openai.com/en/articles/9197833-batch-api-faq, on 2026-11-29."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Tokens that calls are thought to take, and the most that they can."""

    calls: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    most_prompt_tokens: int = 0
    most_answer_tokens: int = 0

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a million tokens. Raises ValueError for what cannot be a price."""

    input: float
    cached_input: float
    output: float

    def __post_init__(self) -> None:
        for value in (self.input, self.cached_input, self.output):
            if not isfinite(value) or value < 0:
                raise ValueError(f"{value!r} is not a price")

    def of(self, usage: Usage) -> float | None:
        """Dollars for what was used; None if the server did not count all of it, unless the model is free."""
        if self != FREE and (usage.uncounted or (usage.calls and not usage.prompt_tokens)):
            return None
        # A server may tell more cached tokens than the prompt has.
        cached = min(usage.cached_tokens, usage.prompt_tokens)
        fresh = usage.prompt_tokens - cached
        return self._dollars(fresh, usage.completion_tokens) + cached * self.cached_input / _MILLION

    def expected(self, estimate: Estimate) -> float:
        """Dollars that the calls will cost if the estimate is right and nothing is cached."""
        return self._dollars(estimate.prompt_tokens, estimate.answer_tokens)

    def at_most(self, estimate: Estimate) -> float:
        """Dollars that the calls cannot exceed: each answer as long as its call allows, nothing cached."""
        return self._dollars(estimate.most_prompt_tokens, estimate.most_answer_tokens)

    def in_batch(self) -> "Price":
        """The price of the same tokens in a batch."""
        return Price(*(one * BATCH_SHARE for one in astuple(self)))

    def _dollars(self, prompt_tokens: int, answer_tokens: int) -> float:
        return (prompt_tokens * self.input + answer_tokens * self.output) / _MILLION


FREE = Price(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Prices:
    """Tables of prices by `provider:model`, the one that wins first."""

    tables: tuple[Mapping[str, Price], ...] = ()

    def of_model(self, name: str) -> Price | None:
        """The price of a model, None if it is in no table.

        An entry names a model, with any date behind it (`gpt-4o` is `gpt-4o-2024-08-06` too, and
        not `gpt-4o-mini`), or holds a glob pattern (`openai:qwen*`). The longest one wins.
        """
        for table in self.tables:
            fitting = [entry for entry in table if _fits(entry, name)]
            if fitting:
                return table[max(fitting, key=lambda entry: (entry == name, len(entry)))]
        return None

    def in_batch(self) -> "Prices":
        """The same tables at the price of batches."""
        return Prices(tuple({name: price.in_batch() for name, price in table.items()} for table in self.tables))


def total_price(prices: Iterable[float | None]) -> tuple[float, int]:
    """The sum of the known ones, and how many are unknown."""
    told = list(prices)
    known = [price for price in told if price is not None]
    return sum(known, 0.0), len(told) - len(known)


def dollars(amount: float | None) -> str:
    """An amount for people: in cents, with the digits behind them where they say something."""
    if amount is None:
        return "unknown"
    if amount == 0 or amount >= _CENT:
        return f"${amount:,.4f}".removesuffix("00")
    return f"${amount:.6f}".rstrip("0") if amount >= 1 / _MILLION else "less than $0.000001"


def tokens(usage: Usage) -> str:
    """Tokens for people: never 0 where the server did not count."""
    if not usage.is_counted:
        return "unknown tokens"
    told = f"{usage.prompt_tokens:,} prompt and {usage.completion_tokens:,} answer tokens"
    return f"{told} ({usage.uncounted} of {usage.calls} calls not counted)" if usage.uncounted else told


def _fits(entry: str, name: str) -> bool:
    if entry == name or fnmatchcase(name, entry):
        return True
    return name.startswith(entry) and _DATED.fullmatch(name, len(entry)) is not None
