"""The price file: US dollars a million tokens, shipped with the package, overlaid by the user's own."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from factcheck.domain.cost import Price, Prices
from factcheck.errors import InputError, PricesFileError

_KEYS = ("input", "cached_input", "output")
_LINE = '"openai:NAME" = { input = 0.15, output = 0.60 }'


def read_prices(file: str | Path | None) -> Prices:
    """The shipped prices, with those of a file laid over them. Raises InputError for a broken file."""
    shipped = _table("prices.toml", files("factcheck").joinpath("prices.toml").read_text("utf-8"))
    if file is None:
        return Prices((shipped,))
    try:
        own = Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        message = f"the prices {str(file)!r} cannot be read: {reason}"
        raise PricesFileError(message) from error
    return Prices((_table(str(file), own), shipped))


def _table(file: str, content: str) -> dict[str, Price]:
    try:
        entries = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        message = f"the prices {file!r} are not TOML: {error}; write lines such as {_LINE}"
        raise InputError(message) from error
    return {name: _price(file, name, entry) for name, entry in entries.items()}


def _price(file: str, name: str, entry: object) -> Price:
    """A price from a number, which stands for all three, or from a table of them."""
    parts: Mapping[str, Any] = entry if isinstance(entry, Mapping) else dict.fromkeys(_KEYS, entry)
    for key, value in parts.items():
        where = f"{name}.{key}" if parts is entry else name
        if key not in _KEYS:
            raise _no_price(file, where, value, f"the keys are {', '.join(_KEYS)}")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _no_price(file, where, value, "say dollars a million tokens")
    for key in ("input", "output"):
        if key not in parts:
            raise _no_price(file, name, entry, f"add {key}")
    try:
        return Price(parts["input"], parts.get("cached_input", parts["input"]), parts["output"])
    except (ValueError, OverflowError) as error:
        raise _no_price(file, name, entry, "say dollars a million tokens, 0 or more") from error


def _no_price(file: str, key: str, value: object, advice: str) -> InputError:
    return InputError(f"the prices {file!r} hold {key!r} = {value!r}, which is not a price; {advice}, as in {_LINE}")
