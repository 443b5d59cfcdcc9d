"""Moments in a few words, such as a byline or a `datetime` attribute: a day with the time beside it, and its zone."""

import re
from datetime import date, datetime, time, timedelta, timezone

from factcheck.intake.dates_in_text import MOST_CHARS, first_day

_HALF_DAY = 12  # hours
_HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "sast": 2, "eest": 3, "msk": 3,
    "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
}  # fmt: skip
"""The zones of RFC 5322, and others that news of one place alone is written in: not IST, which is three."""

_CLOCK = (
    r"(?<![\d:.])(?P<h>\d{1,2})"
    r"(?: ?(?P<sign>[:h.]?) ?(?P<m>[0-5]\d)(?:[:.]?(?P<s>[0-5]\d)(?:[.,]\d{1,9})?)?)?(?!\d)"
    r"(?: ?(?:(?P<noon>[ap])\.?m\b\.?|(?P<uhr>uhr)\b))?"
    r"(?: ?\(?(?P<zone>(?:GMT|UTC)?[+\-\u2212]\d\d(?::?\d\d)?(?!\d)|[a-z]{1,4}\b))?"
)
# The gap holds no digit, so that a number of something else is not stepped over.
_AFTER = re.compile(rf"(?P<gap>\D{{0,20}}?){_CLOCK}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_CLOCK}(?P<gap>\D{{0,12}})\Z", re.IGNORECASE)
_NEAR = 40  # characters before a day in which its time may stand
_OF_ANOTHER = re.compile(r"updat|modif|aktuali|actuali|aggiorn|\|", re.IGNORECASE)


def moment_in(text: str, language: str | None = None) -> datetime | None:
    """The first day in the text with the time that stands beside it; None where there is none.

    It is aware where the text names the zone. `language` is that of `day_in`.
    """
    plain = " ".join(text[:MOST_CHARS].split())
    found = first_day(plain, language)
    if found is None:
        return None
    for clock in (_AFTER.match(plain, found.end), _BEFORE.search(plain[: found.start][-_NEAR:])):
        if clock and not _OF_ANOTHER.search(clock["gap"]) and _is_clock(clock):
            return _moment(found.day, clock)
    return None


def _is_clock(found: re.Match[str]) -> bool:
    """A number is no time by itself, and a dot parts days from months, too, unless a word says what it is."""
    is_iso = found["gap"] == "T" and found["m"]
    return bool(found["sign"] in {":", "h"} or found["noon"] or found["uhr"] or is_iso or _named_zone(found["zone"]))


def _moment(day: date, clock: re.Match[str]) -> datetime | None:
    hour, noon = int(clock["h"]), clock["noon"]
    if noon:
        if not 1 <= hour <= _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + (_HALF_DAY if noon.lower() == "p" else 0)
    try:
        at = datetime.combine(day, time(hour, int(clock["m"] or 0), int(clock["s"] or 0)))
        return at.replace(tzinfo=_zone(clock["zone"]))
    except ValueError:
        return None


def _named_zone(zone: str | None) -> timezone | None:
    hours = _HOURS.get((zone or "").lower())
    return None if hours is None else timezone(timedelta(hours=hours))


def _zone(name: str | None) -> timezone | None:
    """Of an offset or a name; None where it is neither. Raises ValueError over an offset of more than a day."""
    sign = re.search(r"[+\-\u2212]", name or "")
    if name is None or sign is None:
        return _named_zone(name)
    digits = name[sign.end() :].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(offset if sign[0] == "+" else -offset)
