"""JSON as pages carry it: read strictly, or mended where only one reading is possible."""

import html
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'  # an unclosed string runs to the end: each character is read once
_OPENINGS = ("\ufeff", "<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[")
_CLOSINGS = (";", "//-->", "// -->", "-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>")
_WRAPPERS = 4  # a comment in a CDATA section in a comment, and one more
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*+|/\*.*?(?:\*/|\Z)", re.DOTALL)
_TRAILING_COMMA = re.compile(rf"({_STRING})|,(?=\s*+[}}\]])", re.DOTALL)
_QUOTE_ESCAPE = re.compile(r"\\(?:(')|.)", re.DOTALL)
_BETWEEN = re.compile(r"[\s,;]*+")


@dataclass(frozen=True, slots=True)
class LenientJson:
    """What a text holds, if it can be read; `complaint` is a strict reader's, `repairs` name what was mended.

    `repeated` are the keys that an object has more than once: which of their values counts is each reader's own choice.
    """

    values: tuple[Any, ...]
    complaint: str | None = None
    repairs: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


def read_json(text: str) -> LenientJson:
    """Read one JSON value, or what is left of it after repairs that leave no choice."""
    keys = _Keys()
    try:
        value = json.loads(text, parse_constant=_refused, object_pairs_hook=keys.object_of)
        return LenientJson((value,), repeated=tuple(keys.repeated))
    except json.JSONDecodeError as error:
        complaint = f"{error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        complaint = "it is nested too deeply"
    except ValueError as error:  # such as an integer of more digits than Python reads
        complaint = str(error)[:200]
    return _mended(text, complaint)


def _mended(text: str, complaint: str) -> LenientJson:
    repairs: list[str] = []
    # One repair after the other, each kept, until what is left can be read.
    for name, mend in _REPAIRS:
        mended = mend(text)
        if name and mended == text:
            continue
        text = mended
        repairs += filter(None, [name])
        for strict in (True, False):
            constants, keys = dict[str, str](), _Keys()
            values = _values(text, constants, keys, strict=strict)
            if values is not None:
                further = (
                    None if strict else "line breaks or other control characters inside strings",
                    f"{' and '.join(constants)} read as text" if constants else None,
                    "several values one behind the other" if len(values) > 1 else None,
                )
                return LenientJson(values, complaint, (*repairs, *filter(None, further)), tuple(keys.repeated))
    return LenientJson((), complaint)


class _Keys:
    """Makes objects as JSON readers do, where the last of two equal keys counts, and notes such keys."""

    def __init__(self) -> None:
        self.repeated: dict[str, None] = {}

    def object_of(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            seen = Counter(name for name, _ in pairs)
            self.repeated |= dict.fromkeys(name for name, many in seen.items() if many > 1)
        return made


def _values(text: str, constants: dict[str, str], keys: _Keys, *, strict: bool) -> tuple[Any, ...] | None:
    decoder = json.JSONDecoder(
        strict=strict,
        parse_constant=lambda name: constants.setdefault(name, name),
        object_pairs_hook=keys.object_of,
    )
    values: list[Any] = []
    at = _BETWEEN.match(text).end()  # type: ignore[union-attr] # it matches nothing, too
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        # `"a": 1` without its braces is a text and then a colon, and not a value of a page.
        if not isinstance(value, dict | list):
            return None
        values.append(value)
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
    return tuple(values) or None


def _unwrapped(text: str) -> str:
    for _ in range(_WRAPPERS):
        text = text.strip()
        for opening in _OPENINGS:
            text = text.removeprefix(opening)
        for closing in _CLOSINGS:
            text = text.removesuffix(closing)
    return text.strip()


def _keeping_strings(pattern: re.Pattern[str]) -> Callable[[str], str]:
    return lambda text: pattern.sub(lambda match: match[1] or "", text)


_REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("", lambda text: text),
    ("HTML comment, CDATA or semicolon around it", _unwrapped),
    ("HTML entities for its quotation marks", lambda text: text if '"' in text else html.unescape(text)),
    ("comments", _keeping_strings(_COMMENT)),
    ("trailing commas", _keeping_strings(_TRAILING_COMMA)),
    (r"escapes that JSON lacks (\')", lambda text: _QUOTE_ESCAPE.sub(lambda match: match[1] or match[0], text)),
)


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")
