"""The price file: US dollars a million tokens, shipped with the package, overlaid by the user's own."""

from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

from pydantic import ValidationError

from factcheck.domain.cost import Price, Prices
from factcheck.errors import InputError, PricesFileError
from factcheck.toml_files import Table, read_toml

_LINE = '"openai:NAME" = { input = 0.15, output = 0.60 }'


class _TierPrice(Table):
    input: float
    cached_input: float | None = None
    cache_write: float | None = None
    output: float

    def price(self, tiers: Mapping[str, Price]) -> Price:
        cached = self.input if self.cached_input is None else self.cached_input
        return Price(self.input, cached, self.output, self.cache_write, tiers)


class _Price(_TierPrice):
    flex: _TierPrice | None = None
    priority: _TierPrice | None = None
    batch: _TierPrice | None = None


_TIERS = ("flex", "priority", "batch")
_NUMBERS = ("input", "cached_input", "output")


def read_prices(file: str | Path | None) -> Prices:
    """The shipped prices, with those of a file laid over them. Raises InputError for a broken file."""
    with as_file(files("factcheck") / "prices.toml") as path:
        shipped = _table("prices.toml", path)
    return Prices((shipped,) if file is None else (_table(str(file), Path(file)), shipped))


def _table(file: str, path: Path) -> dict[str, Price]:
    try:
        entries = read_toml(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise PricesFileError(f"the prices {file!r} cannot be read: {reason}") from error
    except ValueError as error:
        raise InputError(f"the prices {file!r} are not TOML: {error}; write lines such as {_LINE}") from error
    return {name: _price(file, name, entry) for name, entry in entries.items()}


def _price(file: str, name: str, entry: object) -> Price:
    """A price from a number, which stands for all three, or from a table of them."""
    parts = entry if isinstance(entry, dict) else dict.fromkeys(_NUMBERS, entry)
    try:
        read = _Price.model_validate(parts)
        tiers = {tier: told.price({}) for tier in _TIERS if (told := getattr(read, tier)) is not None}
        return read.price(tiers)
    except ValueError as error:
        where, value, advice = name, entry, "say dollars a million tokens, 0 or more"
        if isinstance(error, ValidationError):
            mistake = error.errors()[0]
            key, kind = ".".join(map(str, mistake["loc"])), mistake["type"]
            if kind == "missing":
                advice = f"add {key}"
            elif parts is entry:
                where, value = f"{name}.{key}", mistake["input"]
            if kind == "extra_forbidden":
                advice = f"the keys are {', '.join(_Price.model_fields)}"
        message = f"the prices {file!r} hold {where!r} = {value!r}, which is not a price; {advice}, as in {_LINE}"
        raise InputError(message) from error
