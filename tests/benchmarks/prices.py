"""Writes factcheck/prices.toml from what genai-prices (MIT licence) knows of the models that chat completions reach.

    pip install genai-prices==0.2.3
    python tests/benchmarks/prices.py [PROVIDERS] > factcheck/prices.toml

PROVIDERS is the folder prices/providers of a checkout of github.com/pydantic/genai-prices: it tells on which day a
price was last compared with the provider's page, which the package leaves out.

Read the difference before you commit it. The package is not asked when the program runs: its data are those of its
release, as this file's are, and loading it takes longer than the rest of a command's start.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import genai_prices
import yaml
from genai_prices.data import providers
from genai_prices.types import ModelInfo, ModelPrice, Provider, StartDateConstraint

TODAY = date(2026, 11, 29)
"""The day for which prices are asked."""

PROVIDERS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "google_genai",
    "mistral": "mistralai",
    "deepseek": "deepseek",
}
"""By its name the name that LangChain has for each."""

_OTHER_KINDS = re.compile(
    r"audio|codex|computer|cyber|deep-research|embed|gpt-oss|image|turbo-instruct|live|moderation|nano-banana|ocr|omni|"
    r"realtime|robotics|rosalind|search|transcri|tts|vision|voxtral|whisper|^ada|^babbage|^curie|^davinci|^ft:|\.ft-|^text-|:"
)
"""Names of models that take no chat completion, or are somebody else's to serve."""

_ELSEWHERE = re.compile(r"^gpt-(?:\d-\d|35)|-thinking$")
"""Names that other servers have for a provider's models."""

_DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8})$")
_RESPONSES_ONLY = re.compile(r"^(?:gpt-[\d.]+|o\d)-pro$")
_KINDS = {
    "input_mtok": "input",
    "cache_read_mtok": "cached_input",
    "cache_write_mtok": "cache_write",
    "output_mtok": "output",
}
_TIERS = {"flex": ("service_tier", "flex"), "priority": ("service_tier", "priority"), "batch": ("processing", "batch")}

_UNSEEN = f"in {genai_prices.__version__}"

Numbers = dict[str, Decimal]
"""Dollars by the names that they have in the file."""

_HEAD = """\
# US dollars for a million tokens: input, cached_input (without it, cached tokens cost what others do), cache_write
# (prompt tokens that the server puts into its cache, where it asks more for them) and output, by "provider:model".
# flex, priority and batch are other tiers of the same model. An entry holds for a model with a date behind its name
# too; patterns (*, ?) are allowed; the longest entry that fits wins. A number alone stands for all of them.
#
# Prices change. Lay a file of this form over this one with --prices FILE or FACTCHECK_PRICES:
# its entries win. A model of your own that costs nothing is one line there:
#
#     "openai:qwen*" = 0
#
# All are list prices as of {today}, from the release {version} of genai-prices (MIT licence, github.com/pydantic/
# genai-prices), written by tests/benchmarks/prices.py. "since" is the day from which the provider asks this;
# "seen" is the day on which that project last compared the price with the provider's own page, as its sources of
# 2026-08-21 (commit 47df840) say; "in" is for what came after these, with the release. The other tiers of OpenAI's
# models are of 2026-10-12.
# - Where a prompt beyond some 100,000 tokens costs more, the lower price is given: no call is so long.
# - Where the hour decides (DeepSeek), the highest price of the day is given.
"""


def main() -> int:
    """Print the file."""
    sys.stdout.write(file_text(_seen(Path(sys.argv[1])) if len(sys.argv) > 1 else {}))
    return 0


def file_text(seen: Mapping[str, tuple[str, Numbers]]) -> str:
    """The file, with when a price was last compared, and what it was then, by the model's name."""
    lines = [_HEAD.format(today=TODAY, version=genai_prices.__version__)]
    for provider in providers:
        if provider.id in PROVIDERS:
            lines.append(f"\n# {provider.name}: {(provider.pricing_urls or ['?'])[0]}\n")
            for model, names, price, tiers in models(provider):
                day, then = seen.get(model.id, ("", {}))
                told = ", ".join([_toml(price), *(f"{tier} = {{ {_toml(one)} }}" for tier, one in tiers.items())])
                lines.append(f"# {_since(model) or (day if then == price else _UNSEEN)}\n")
                lines += [f'"{PROVIDERS[provider.id]}:{name}" = {{ {told} }}\n' for name in names]
    return "".join(lines)


def models(provider: Provider) -> Iterator[tuple[ModelInfo, list[str], Numbers, dict[str, Numbers]]]:
    """The models that chat completions reach, with their names, what they cost, and what their tiers do."""
    for model in provider.models:
        price = _at_most(model, {})
        if _OTHER_KINDS.search(model.id) or _RESPONSES_ONLY.search(model.id) or not {"input", "output"} <= price.keys():
            continue
        if provider.id == "google" and not model.id.startswith("gemini-"):
            continue  # Vertex's, or free
        tiers = {tier: _at_most(model, {key: word}) for tier, (key, word) in _TIERS.items()}
        # A tier that the package does not know of costs what it says of the standard one.
        known = {dict(one.when).get(key) for one in model.price_variants or () for key in one.when}
        told = {tier: one for tier, one in tiers.items() if _TIERS[tier][1] in known and one != price}
        names = sorted({name for name in _names(model) if provider.find_model(name) is model})
        if names:
            yield model, names, price, told


def _names(model: ModelInfo) -> Iterator[str]:
    """Its own name, and those that its rule gives whole."""
    rule: Any = model.match
    equals = [getattr(one, "equals", None) for one in getattr(rule, "or_", [rule])]
    names = {model.id, model.id.removesuffix("-latest"), *filter(None, equals)}
    for name in names:
        if not (_OTHER_KINDS.search(name) or _ELSEWHERE.search(name) or _DATED.sub("", name) in names - {name}):
            yield name


def _at_most(model: ModelInfo, context: dict[str, str]) -> Numbers:
    """The prices of the dearest hour of the day."""
    hours = (datetime.combine(TODAY, time(hour, 30), UTC) for hour in range(24))
    return max((_numbers(model.get_prices(at, context)) for at in hours), key=lambda one: one.get("input", Decimal()))


def _numbers(prices: ModelPrice) -> Numbers:
    told: Mapping[str, Any] = vars(prices)
    return {
        ours: getattr(told[name], "base", told[name]) for name, ours in _KINDS.items() if told.get(name) is not None
    }


def _since(model: ModelInfo) -> str:
    if not isinstance(model.prices, list):
        return ""
    starts = [one.constraint.start_date for one in model.prices if isinstance(one.constraint, StartDateConstraint)]
    return f"since {max(day for day in starts if day <= TODAY)}" if any(day <= TODAY for day in starts) else ""


def _seen(folder: Path) -> dict[str, tuple[str, Numbers]]:
    """When a price was compared with the provider's page, and which one, by the model's name."""
    found = {}
    for provider in PROVIDERS:
        for model in yaml.safe_load((folder / f"{provider}.yml").read_text("utf-8"))["models"]:
            prices = model.get("prices")
            if model.get("prices_checked") and isinstance(prices, dict):
                bases = {name: one["base"] if isinstance(one, dict) else one for name, one in prices.items()}
                numbers = {ours: Decimal(str(bases[name])) for name, ours in _KINDS.items() if name in bases}
                found[model["id"]] = f"seen {model['prices_checked']}", numbers
    return found


def _toml(numbers: Numbers) -> str:
    return ", ".join(f"{name} = {float(number)!r}" for name, number in numbers.items())


if __name__ == "__main__":
    sys.exit(main())
