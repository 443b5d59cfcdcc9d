"""When feeds and sitemaps say that a page has changed: dates of RFC 822 and of ISO 8601, and others."""

import re
from calendar import timegm
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_tz
from functools import cache
from time import struct_time
from typing import NamedTuple

_LONGEST = 100  # characters of a date
_MOST_ODD = 300  # dates of a listing that are read with patience: each takes some milliseconds

_RFC_822 = re.compile(
    r"(?:[A-Za-z]{2,9},?\s+)?(?P<moment>\d{1,2}\s+[A-Za-z]{3,9}\s+\d{2}(?:\d{2})?\s+\d{1,2}:\d{2}(?::\d{2})?)"
    r"(?:\s+\(?(?P<zone>[A-Za-z]{1,5}|(?:GMT|UTC?)?[+-]\d{1,2}(?::?\d{2})?)\)?)?"
)
_IN_DIGITS = re.compile(r"(?P<first>\d{1,2})(?P<between>[./-])(?P<second>\d{1,2})(?P=between)\d{4}\b")
_CLOCK = re.compile(r"\d:\d")
_MOST_MONTHS = 12
_SHARED = frozenset({"IST"})  # the name of India's zone, of Israel's and of Ireland's


class Stamp(NamedTuple):
    """A moment in UTC. `is_day` says that only a day is told; `is_unsure` that what stands there is not certain."""

    at: datetime | None = None
    is_day: bool = False
    is_unsure: bool = False


class Dates:
    """Reads the dates of one listing, whose language may be known. A moment without a zone is taken for UTC."""

    def __init__(self, language: str = "") -> None:
        self._languages = list(dict.fromkeys(filter(None, (re.split("[-_]", language.lower())[0][:3], "en"))))
        self._odd = 0

    def read(self, text: str, parsed: struct_time | None = None) -> Stamp:
        """What a date says; `parsed` is what a parser of feeds makes of it, who guesses at what he does not know."""
        told = text.strip()
        if not told:
            return Stamp()
        if len(told) > _LONGEST:
            return Stamp(is_unsure=True)
        return _iso(told) or _rfc_822(told) or self._odd_one(told) or _guessed(parsed)

    def _odd_one(self, told: str) -> Stamp | None:
        """A date as no standard has it, in the words and the order of the listing's language."""
        self._odd += 1
        if self._odd > _MOST_ODD:
            return None
        found = _by_words(told, self._languages)
        if found is None:
            return None
        in_digits = _IN_DIGITS.search(told)
        is_unsure = in_digits is not None and _is_either(in_digits)
        return Stamp(found, _CLOCK.search(told) is None, is_unsure)


def latest(stamps: list[Stamp]) -> Stamp:
    """The last of what an entry tells; it is unsure if one of them is."""
    dated = [one for one in stamps if one.at is not None]
    last = max(dated, key=lambda one: one.at or datetime.min.replace(tzinfo=UTC), default=Stamp())
    return last._replace(is_unsure=any(one.is_unsure for one in stamps))


def _iso(told: str) -> Stamp | None:
    try:
        at = datetime.fromisoformat(told)
        return Stamp(at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC), _is_iso_day(told))
    except (ValueError, OverflowError):
        return None


def _is_iso_day(told: str) -> bool:
    try:
        date.fromisoformat(told)
    except ValueError:
        return False
    return True


def _rfc_822(told: str) -> Stamp | None:
    found = _RFC_822.fullmatch(told)
    parsed = parsedate_tz(found["moment"]) if found else None
    if found is None or parsed is None:
        return None
    zone = (found["zone"] or "").upper()
    offset = _offset(zone) if zone else timedelta()
    try:
        at = datetime(*parsed[:6], tzinfo=UTC) - (offset or timedelta())
    except (ValueError, OverflowError):
        return None
    return Stamp(at, is_unsure=offset is None or zone in _SHARED)


@cache
def _offset(zone: str) -> timedelta | None:
    """How far a zone is ahead of UTC, by its digits or by the name; None where nobody knows the name."""
    told = parsedate_tz(f"1 Jan 2000 00:00:00 {zone}")
    if zone in {"GMT", "UT", "UTC", "Z"}:
        return timedelta()
    if told and told[9]:  # those of RFC 822, whose names others give to other zones
        return timedelta(seconds=told[9])
    from dateparser.timezone_parser import pop_tz_offset_from_string

    _, found = pop_tz_offset_from_string(f"10:00 {zone}")
    offset = found.utcoffset(None) if found else None
    return offset if isinstance(offset, timedelta) else None


def _by_words(told: str, languages: list[str]) -> datetime | None:
    from dateparser import parse

    in_digits = _IN_DIGITS.search(told)
    settings = {
        "PARSERS": ["absolute-time"],  # nothing that counts from now
        "STRICT_PARSING": True,
        "TIMEZONE": "UTC",
        "TO_TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
    }
    if in_digits and (in_digits["between"] == "." or int(in_digits["first"]) > _MOST_MONTHS):
        settings["DATE_ORDER"] = "DMY"
    try:
        found = parse(told, languages=languages, settings=settings)
    except (ValueError, OverflowError, TypeError):  # of a language that it does not know, too
        return _by_words(told, ["en"]) if languages != ["en"] else None
    return found.astimezone(UTC) if isinstance(found, datetime) else None


def _is_either(in_digits: re.Match[str]) -> bool:
    """Whether nobody can say which of two numbers is the month."""
    first, second = int(in_digits["first"]), int(in_digits["second"])
    return in_digits["between"] != "." and max(first, second) <= _MOST_MONTHS and first != second


def _guessed(parsed: struct_time | None) -> Stamp:
    try:
        return Stamp(datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None, is_unsure=True)
    except (OverflowError, ValueError, OSError):
        return Stamp(is_unsure=True)
