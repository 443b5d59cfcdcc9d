"""The rules of ClaimReview as one table: id, severity, source and advice; below it, the checks by property."""

import html
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import inf
from typing import Any
from urllib.parse import urlsplit

from factcheck.domain.markup import FoundReview, Thing

_SUMMARY_LENGTH = 75
# float() would take "inf", "nan" and "1_000", too.
_NUMBER = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?\s*", re.ASCII)
_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_TIME = r"T(?:[01]\d|2[0-4])(?::[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?)?(?:Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?"
_ISO_8601 = re.compile(rf"{_DATE}|\d{{4}}-\d\d-\d\d{_TIME}|\d{{8}}(?:T\d{{4,6}}(?:Z|[+-]\d{{2,4}})?)?", re.ASCII)
_DAY_OF = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?", re.ASCII)
_ZONE_SPREAD = timedelta(days=1)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CONTEXT = re.compile(r"(?:https?://)?(?:www\.)?schema\.org/?(?:docs/jsonldcontext\.jsonl?d?)?#?", re.IGNORECASE)


class Severity(StrEnum):
    """Whether an aggregator may refuse the markup, or only gets less from it."""

    ERROR = "error"
    WARNING = "warning"


class Specification(StrEnum):
    """Where a rule is written."""

    GOOGLE = "https://developers.google.com/search/docs/appearance/structured-data/factcheck (2025-12-10)"
    SCHEMA_ORG = "https://schema.org/ClaimReview (30.0)"
    JSON_LD = "https://www.w3.org/TR/json-ld11/"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `id` is the path of the property and what is wrong with it."""

    id: str
    severity: Severity
    source: Specification
    advice: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken, by its id: where, how, who says so, and what to do."""

    rule: str
    severity: Severity
    source: Specification
    path: str
    message: str
    advice: str


_error, _warning = Severity.ERROR, Severity.WARNING
_google, _schema_org, _json_ld = Specification.GOOGLE, Specification.SCHEMA_ORG, Specification.JSON_LD

_NUMBERS = ("ratingValue", "bestRating", "worstRating")

RULES = (
    Rule("type", _error, _google, 'say "@type": "ClaimReview"'),
    Rule("context:wrong", _error, _json_ld, 'say "@context": "https://schema.org"'),
    Rule("context:missing", _warning, _json_ld, 'say "@context": "https://schema.org"'),
    Rule("claimReviewed:missing", _error, _google, "sum up the claim in text"),
    Rule("claimReviewed:long", _warning, _google, f"aim for less than {_SUMMARY_LENGTH} characters"),
    Rule("claimReviewed:html", _warning, _schema_org, "write plain text without entities"),
    Rule("claimReviewed:rating", _warning, _google, "leave the rating to reviewRating"),
    Rule("url:missing", _error, _google, "link to the page with the full fact check"),
    Rule("url:not-absolute", _error, _google, "begin with https:// and the domain"),
    Rule("url:other-domain", _error, _google, "link to the page's own domain or below"),
    Rule("reviewRating:missing", _error, _google, "give a Rating object"),
    Rule("reviewRating.alternateName:missing", _error, _google, "give the label in words"),
    # It has the id of the rule before it: what is missing is the same, and a name makes it only a warning.
    Rule("reviewRating.alternateName:missing", _warning, _google, "say alternateName, not name"),
    Rule("reviewRating.ratingValue:not-a-number", _error, _google, "write a number, or leave out all three"),
    Rule("reviewRating.bestRating:not-a-number", _error, _google, "write a number, or leave out all three"),
    Rule("reviewRating.worstRating:not-a-number", _error, _google, "write a number, or leave out all three"),
    Rule("reviewRating:no-number", _warning, _google, "give the three numbers if the scale has any"),
    Rule("reviewRating:incomplete", _warning, _google, "give all three numbers, or none"),
    Rule("reviewRating.worstRating:below-1", _error, _google, "let the scale begin at 1"),
    Rule("reviewRating:worst>=best", _error, _google, "let best, the truest, be the largest"),
    Rule("reviewRating.ratingValue:out-of-range", _error, _google, "keep from worst to best"),
    Rule("author:missing", _warning, _google, "name who publishes the fact check"),
    Rule("author:no-name-or-url", _error, _google, "give the publisher's name or url"),
    Rule("author:not-an-object", _warning, _schema_org, "give an Organization or Person"),
    Rule("itemReviewed:missing", _warning, _google, "give a Claim object"),
    Rule("itemReviewed:not-Claim", _warning, _google, 'say "@type": "Claim"'),
    Rule("itemReviewed.author:missing", _warning, _google, "say who made the claim, if known"),
    Rule("itemReviewed.author:no-name", _error, _google, "give the name, or no author"),
    Rule("itemReviewed.author:not-an-object", _warning, _schema_org, "give an Organization or Person"),
    Rule("itemReviewed.appearance:not-an-object", _warning, _schema_org, "give a CreativeWork with its url"),
    Rule("itemReviewed.appearance:no-url", _warning, _google, "give its address"),
    Rule("itemReviewed.datePublished:not-iso8601", _warning, _google, "write YYYY-MM-DD"),
    Rule(
        "itemReviewed.datePublished:after-check",
        _warning,
        _google,
        "say when the claim appeared",
    ),
    Rule("datePublished:missing", _warning, _google, "say when the check appeared"),
    Rule("datePublished:not-iso8601", _warning, _google, "write YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"),
)
"""Every rule about one ClaimReview. What breaks no rule of severity error is what aggregators read."""

_PLACES = {(rule.id, rule.severity): place for place, rule in enumerate(RULES)}


def findings_about(review: FoundReview) -> tuple[Finding, ...]:
    """What is wrong with one ClaimReview, in the order of the rules. No shape is believed: a page may hold anything."""
    thing = review.thing
    found = [*_of_type(review), *_of_claim(thing), *_of_url(review), *_of_author(thing), *_of_item(thing)]
    # Google reads the first rating, and so do the rules.
    for rating in thing.things("reviewRating")[:1]:
        found += [*_of_label(rating), *_of_numbers(rating)]
    for name in ("claimReviewed", "url", "datePublished"):
        if not thing.texts(name):
            found.append(_absent(f"{name}:missing", thing, name))
    for name, values in (("reviewRating", thing.things), ("itemReviewed", thing.things), ("author", thing.parts)):
        if not values(name):
            found.append(_absent(f"{name}:missing", thing, name))
    found += [*_of_date("datePublished:not-iso8601", thing), *_of_order(thing)]
    return tuple(sorted(found, key=lambda one: _PLACES[one.rule, one.severity]))


def is_absolute(url: str) -> bool:
    """Whether the text is an http(s) address with a host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_on_domain(url: str, page_url: str) -> bool:
    """Whether an address is on the domain of a page or below it; a leading `www.` of the page does not count."""
    host, page = ((urlsplit(one.strip()).hostname or "").rstrip(".") for one in (url, page_url))
    domain = page.removeprefix("www.")
    return host == domain or host.endswith(f".{domain}")


def days_of(text: str) -> tuple[date, date] | None:
    """The first and the last day of a date or moment in ISO 8601, which may be of a month or a year; else None."""
    if not _ISO_8601.fullmatch(text.strip()):
        return None
    year, month, day = (int(one) if one else None for one in _DAY_OF.match(text.strip()).groups())  # type: ignore[union-attr]
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return first, date(first.year, 12, 31)
    return first, first if day is not None else date(first.year, first.month, monthrange(first.year, first.month)[1])


def number_of(value: object) -> float | None:
    """The number that a value is or spells, None for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        # A JSON file may hold an integer that overflows a float.
        return float(value) if abs(value) < 1e308 else None  # noqa: PLR2004
    return float(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


def _of_type(found: FoundReview) -> Iterator[Finding]:
    path, types = found.thing.path, found.thing.types
    if "ClaimReview" not in types:
        named = ", ".join(types) or "nothing"
        yield _breaks("type", f"{path}.@type", f"it has claimReviewed, but its type is {named!r}")
    if found.context is None:
        yield _breaks("context:missing", f"{path}.@context", "no vocabulary is named")
    elif not _names_schema_org(found.context):
        yield _breaks("context:wrong", f"{path}.@context", f"{_shown(found.context)} is not schema.org")


def _names_schema_org(context: Any) -> bool:  # noqa: ANN401 - whatever a page holds
    if isinstance(context, list):
        return any(map(_names_schema_org, context))
    if isinstance(context, dict):
        return any(map(_names_schema_org, (one for one in context.values() if isinstance(one, str))))
    return isinstance(context, str) and bool(_CONTEXT.fullmatch(context.strip()))


def _of_claim(thing: Thing) -> Iterator[Finding]:
    path, ratings = f"{thing.path}.claimReviewed", thing.things("reviewRating")[:1]
    labels = {label.strip().casefold() for one in ratings for label in one.texts("alternateName")}
    for text in thing.texts("claimReviewed"):
        said = text.strip()
        if len(said) >= _SUMMARY_LENGTH:
            yield _breaks("claimReviewed:long", path, f"it has {len(said)} characters")
        if html.unescape(text) != text or _TAG.search(text):
            yield _breaks("claimReviewed:html", path, f"{_shown(text)} holds HTML")
        if any(said.casefold().startswith((f"{label}:", f"[{label}]")) for label in labels):
            yield _breaks("claimReviewed:rating", path, f"{_shown(text)} begins with the rating")


def _of_url(found: FoundReview) -> Iterator[Finding]:
    path, page = f"{found.thing.path}.url", found.page_url
    for url in found.thing.texts("url")[:1]:
        if not is_absolute(url):
            yield _breaks("url:not-absolute", path, f"{_shown(url)} is not absolute")
        elif page and not is_on_domain(url, page):
            yield _breaks("url:other-domain", path, f"{_shown(url)} is not on the domain of {_shown(page)}")


def _of_label(rating: Thing) -> Iterator[Finding]:
    if rating.texts("alternateName"):
        return
    if names := rating.texts("name"):
        message = f"the label stands in name: {_shown(names[0])}"
        yield _breaks("reviewRating.alternateName:missing", f"{rating.path}.alternateName", message, _warning)
    else:
        yield _absent("reviewRating.alternateName:missing", rating, "alternateName")


def _of_numbers(rating: Thing) -> Iterator[Finding]:
    value, best, worst = (number_of(next((one.value for one in rating.parts(name)), None)) for name in _NUMBERS)
    given = sum(one is not None for one in (value, best, worst))
    for name in _NUMBERS:
        for part in rating.parts(name):
            if number_of(part.value) is None:
                yield _breaks(f"reviewRating.{name}:not-a-number", part.path, f"{_shown(part.value)} is not a number")
    if not given:
        yield _breaks("reviewRating:no-number", rating.path, "there is no numeric rating")
    elif given < len(_NUMBERS):
        message = "ratingValue, bestRating and worstRating are not all there"
        yield _breaks("reviewRating:incomplete", rating.path, message)
    yield from _of_range(rating.path, value, best, worst)


def _of_range(path: str, value: float | None, best: float | None, worst: float | None) -> Iterator[Finding]:
    """What is wrong with a scale, of which only half may be given, and with a value on it."""
    if worst is not None and worst < 1:
        yield _breaks("reviewRating.worstRating:below-1", f"{path}.worstRating", f"{worst:g} is below 1")
    lowest, highest = -inf if worst is None else worst, inf if best is None else best
    if lowest >= highest:
        yield _breaks("reviewRating:worst>=best", path, f"worstRating {lowest:g} is not below bestRating {highest:g}")
    elif value is not None and not lowest <= value <= highest:
        bounds = " to ".join("?" if one is None else f"{one:g}" for one in (worst, best))
        message = f"{value:g} is not within {bounds}"
        yield _breaks("reviewRating.ratingValue:out-of-range", f"{path}.ratingValue", message)


def _of_author(thing: Thing) -> Iterator[Finding]:
    named = any(one.texts("name") or one.texts("url") for one in thing.things("author")) or thing.texts("author")
    if thing.parts("author") and not named:
        yield _breaks("author:no-name-or-url", f"{thing.path}.author", "it has neither name nor url")
    yield from _text_for_a_thing("author:not-an-object", thing, "author")


def _of_item(thing: Thing) -> Iterator[Finding]:
    items = thing.things("itemReviewed")
    if items and not any("Claim" in one.types for one in items):
        types = ", ".join(items[0].types) or "nothing"
        yield _breaks("itemReviewed:not-Claim", f"{items[0].path}.@type", f"its type is {types!r}")
    if items and not any(one.parts("author") for one in items):
        yield _absent("itemReviewed.author:missing", items[0], "author")
    for item in items:
        has_name = any(one.texts("name") for one in item.things("author")) or item.texts("author")
        if item.parts("author") and not has_name:
            yield _breaks("itemReviewed.author:no-name", f"{item.path}.author", "it is there and has no name")
        yield from _text_for_a_thing("itemReviewed.author:not-an-object", item, "author")
        yield from _text_for_a_thing("itemReviewed.appearance:not-an-object", item, "appearance", "firstAppearance")
        for work in (*item.things("appearance"), *item.things("firstAppearance")):
            if not any(map(is_absolute, work.texts("url"))):
                yield _breaks("itemReviewed.appearance:no-url", f"{work.path}.url", "there is no absolute address")
        yield from _of_date("itemReviewed.datePublished:not-iso8601", item)


def _of_date(rule: str, thing: Thing) -> Iterator[Finding]:
    for text in thing.texts("datePublished"):
        if days_of(text) is None:
            yield _breaks(rule, f"{thing.path}.datePublished", f"{_shown(text)} is not ISO 8601")


def _of_order(thing: Thing) -> Iterator[Finding]:
    """A claim that is dated after its check. What has a time may be a day off: zones differ."""
    checks = [days[1] for text in thing.texts("datePublished") if (days := days_of(text))]
    for item in thing.things("itemReviewed") if checks else ():
        for text in item.texts("datePublished"):
            days, slack = days_of(text), _ZONE_SPREAD if "T" in text else timedelta()
            if days and days[0] - max(checks) > slack:
                path = f"{item.path}.datePublished"
                yield _breaks("itemReviewed.datePublished:after-check", path, f"{_shown(text)} is after the check")


def _text_for_a_thing(rule: str, owner: Thing, *names: str) -> Iterator[Finding]:
    for part in (one for name in names for one in owner.parts(name)):
        if not isinstance(part.value, dict):
            yield _breaks(rule, part.path, f"{_shown(part.value)} is no object")


def _absent(rule: str, thing: Thing, name: str) -> Finding:
    parts = thing.parts(name)
    message = f"{_shown(parts[0].value)} will not do" if parts else "it is missing"
    return _breaks(rule, f"{thing.path}.{name}", message)


def _breaks(rule_id: str, path: str, message: str, severity: Severity | None = None) -> Finding:
    """The finding of a rule; `severity` is for an id that two rules have, where the first is not meant."""
    rule = next(one for one in RULES if one.id == rule_id and severity in {None, one.severity})
    return Finding(rule.id, rule.severity, rule.source, path, message, rule.advice)


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = repr(value)
    return f"{text[:_SUMMARY_LENGTH]}…" if len(text) > _SUMMARY_LENGTH else text
