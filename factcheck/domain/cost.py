"""What calls cost: prices a million tokens, estimates before a call, dollars after it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from fnmatch import fnmatchcase
from math import isfinite
from types import MappingProxyType

from factcheck.domain.extraction import Billing, ServiceTier, Usage, WindowOutcome

_MILLION = 1_000_000
_CENT = 0.01
_DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8})")

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
    """US dollars a million tokens. Raises ValueError for what cannot be a price.

    `cache_write` is for prompt tokens that the server puts into its cache, where it asks more for them; `tiers` has
    the prices of other ways to be served, by the name that the server has for each.
    """

    input: float
    cached_input: float
    output: float
    cache_write: float | None = None
    tiers: Mapping[str, "Price"] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __post_init__(self) -> None:
        for value in (self.input, self.cached_input, self.output, self.cache_write or 0):
            if not isfinite(value) or value < 0:
                raise ValueError(f"{value!r} is not a price")

    def at(self, tier: str | None) -> "Price":
        """The price at a tier; that of the standard one where no other is known."""
        return self.tiers.get(tier or "", self)

    def highest(self, asked: ServiceTier | None) -> "Price":
        """What no call can exceed that asks for a tier: it may be served at the standard one all the same."""
        is_open = asked in {None, ServiceTier.AUTO}  # the project's setting decides
        of_all = (self, *(self.tiers.values() if is_open else [self.at(asked)]))
        return Price(
            max(one.input for one in of_all),
            max(one.cached_input for one in of_all),
            max(one.output for one in of_all),
            max(one.cache_write or 0 for one in of_all),
        )

    def of(self, usage: Usage, cache_written: int = 0) -> float | None:
        """Dollars for what was used; None if the server did not count all of it, unless the model is free."""
        if self != FREE and (usage.uncounted or (usage.calls and not usage.prompt_tokens)):
            return None
        # A server may tell more cached tokens than the prompt has.
        cached = min(usage.cached_tokens, usage.prompt_tokens)
        written = min(cache_written, usage.prompt_tokens - cached)
        fresh = usage.prompt_tokens - cached
        dearer = written * ((self.cache_write or self.input) - self.input)
        return self._dollars(fresh, usage.completion_tokens) + (cached * self.cached_input + dearer) / _MILLION

    def of_outcome(self, outcome: WindowOutcome) -> float | None:
        """Dollars for the calls of a window, each at the tier at which it was served; None if one is not counted."""
        billed = outcome.billed or (Billing(outcome.usage),)
        prices = [self.at(one.tier).of(one.usage, one.cache_written) for one in billed]
        total, unknown = total_price(prices)
        return None if unknown else total

    def expected(self, estimate: Estimate) -> float:
        """Dollars that the calls will cost if the estimate is right and nothing is cached."""
        return self._dollars(estimate.prompt_tokens, estimate.answer_tokens)

    def at_most(self, estimate: Estimate) -> float:
        """Dollars that the calls cannot exceed: each answer as long as its call allows, nothing found in a cache."""
        dearer = max(0.0, (self.cache_write or 0) - self.input) * estimate.most_prompt_tokens / _MILLION
        return self._dollars(estimate.most_prompt_tokens, estimate.most_answer_tokens) + dearer

    def in_batch(self) -> "Price":
        """The price of the same tokens in a batch, as the table has it, else at the usual share."""
        share, written = BATCH_SHARE, self.cache_write
        halved = Price(self.input * share, self.cached_input * share, self.output * share, written and written * share)
        return self.tiers.get(_BATCH, halved)

    def _dollars(self, prompt_tokens: int, answer_tokens: int) -> float:
        return (prompt_tokens * self.input + answer_tokens * self.output) / _MILLION


_BATCH = "batch"

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
