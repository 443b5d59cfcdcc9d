"""The rules of ClaimReview as one table: id, severity, source, advice and the check itself.

An id is the path of the property and what is wrong with it. Checks are handed whatever a page
holds and must not believe its shape.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from factcheck.domain.markup import FoundReview, Part, Thing

_SUMMARY_LENGTH = 75
_NUMBER = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?\s*", re.ASCII)
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_TIME = r"T(?:[01]\d|2[0-4])(?::[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?)?(?:Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?"
_ISO_8601 = re.compile(rf"{_DATE}|\d{{4}}-\d\d-\d\d{_TIME}|\d{{8}}(?:T\d{{4,6}}(?:Z|[+-]\d{{2,4}})?)?", re.ASCII)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CONTEXT = re.compile(r"(?:https?://)?(?:www\.)?schema\.org/?(?:docs/jsonldcontext\.jsonl?d?)?#?", re.IGNORECASE)


class Severity(StrEnum):
    """Whether an aggregator may refuse the markup, or only gets less from it."""

    ERROR = "error"
    WARNING = "warning"


class Source(StrEnum):
    """Where a rule is written."""

    GOOGLE = "https://developers.google.com/search/docs/appearance/structured-data/factcheck (2025-12-10)"
    SCHEMA_ORG = "https://schema.org/ClaimReview (30.0)"
    JSON_LD = "https://www.w3.org/TR/json-ld11/"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check found, and where."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `check` yields what breaks it."""

    id: str
    severity: Severity
    source: Source
    advice: str
    check: Callable[[FoundReview], Iterator[Problem]]


def is_absolute(url: str) -> bool:
    """Whether the text is an http(s) address with a host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_on_domain(url: str, page_url: str) -> bool:
    """Whether an address is on the domain of a page or below it; a leading `www.` of the page is no domain."""
    host, page = ((urlsplit(one.strip()).hostname or "").rstrip(".") for one in (url, page_url))
    domain = page.removeprefix("www.")
    return host == domain or host.endswith(f".{domain}")


def number_of(value: object) -> float | None:
    """The number that a value is or spells, None if it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if abs(value) < float("inf") and abs(value) < 1e308 else None  # noqa: PLR2004
    return float(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


def _type(found: FoundReview) -> Iterator[Problem]:
    if "ClaimReview" not in found.thing.types:
        named = ", ".join(found.thing.types) or "nothing"
        yield Problem(f"{found.thing.path}.@type", f"it has claimReviewed, but its type is {named!r}")


def _wrong_context(found: FoundReview) -> Iterator[Problem]:
    if found.context is not None and not _names_schema_org(found.context):
        yield Problem(f"{found.thing.path}.@context", f"{_shown(found.context)} is not schema.org")


def _no_context(found: FoundReview) -> Iterator[Problem]:
    if found.context is None:
        yield Problem(f"{found.thing.path}.@context", "no vocabulary is named")


def _names_schema_org(context: Any) -> bool:  # noqa: ANN401 - whatever a page holds
    if isinstance(context, list):
        return any(map(_names_schema_org, context))
    if isinstance(context, dict):
        return any(map(_names_schema_org, (one for one in context.values() if isinstance(one, str))))
    return isinstance(context, str) and bool(_CONTEXT.fullmatch(context.strip()))


def _no_text(name: str) -> Callable[[FoundReview], Iterator[Problem]]:
    def check(found: FoundReview) -> Iterator[Problem]:
        if not found.thing.texts(name):
            yield _absent(found.thing, name)

    return check


def _long_claim(found: FoundReview) -> Iterator[Problem]:
    for text in found.thing.texts("claimReviewed"):
        if len(text.strip()) >= _SUMMARY_LENGTH:
            yield Problem(f"{found.thing.path}.claimReviewed", f"it has {len(text.strip())} characters")


def _claim_with_markup(found: FoundReview) -> Iterator[Problem]:
    for text in found.thing.texts("claimReviewed"):
        if html.unescape(text) != text or _TAG.search(text):
            yield Problem(f"{found.thing.path}.claimReviewed", f"{_shown(text)} holds HTML")


def _claim_with_rating(found: FoundReview) -> Iterator[Problem]:
    labels = {label.strip().casefold() for one in _ratings(found) for label in one.texts("alternateName")}
    for text in found.thing.texts("claimReviewed"):
        if any(text.strip().casefold().startswith((f"{label}:", f"[{label}]")) for label in labels):
            yield Problem(f"{found.thing.path}.claimReviewed", f"{_shown(text)} begins with the rating")


def _relative_url(found: FoundReview) -> Iterator[Problem]:
    for url in found.thing.texts("url")[:1]:
        if not is_absolute(url):
            yield Problem(f"{found.thing.path}.url", f"{_shown(url)} is not absolute")


def _other_domain(found: FoundReview) -> Iterator[Problem]:
    for url in found.thing.texts("url")[:1]:
        if found.page_url and is_absolute(url) and not is_on_domain(url, found.page_url):
            yield Problem(f"{found.thing.path}.url", f"{_shown(url)} is not on the domain of {_shown(found.page_url)}")


def _ratings(found: FoundReview) -> tuple[Thing, ...]:
    return found.thing.things("reviewRating")[:1]


def _no_rating(found: FoundReview) -> Iterator[Problem]:
    if not _ratings(found):
        yield _absent(found.thing, "reviewRating")


def _no_label(found: FoundReview) -> Iterator[Problem]:
    for rating in _ratings(found):
        if not rating.texts("alternateName") and not rating.texts("name"):
            yield _absent(rating, "alternateName")


def _label_in_name(found: FoundReview) -> Iterator[Problem]:
    for rating in _ratings(found):
        if not rating.texts("alternateName") and rating.texts("name"):
            yield Problem(
                f"{rating.path}.alternateName", f"the label stands in name: {_shown(rating.texts('name')[0])}"
            )


def _not_a_number(name: str) -> Callable[[FoundReview], Iterator[Problem]]:
    def check(found: FoundReview) -> Iterator[Problem]:
        for rating in _ratings(found):
            for part in rating.parts(name):
                if number_of(part.value) is None:
                    yield Problem(part.path, f"{_shown(part.value)} is not a number")

    return check


def _numbers(rating: Thing) -> tuple[float | None, float | None, float | None]:
    """Value, best and worst, None where there is no number."""
    value, best, worst = (
        next(iter(map(_number_of_part, rating.parts(name))), None)
        for name in ("ratingValue", "bestRating", "worstRating")
    )
    return value, best, worst


def _number_of_part(part: Part) -> float | None:
    return number_of(part.value)


def _no_number(found: FoundReview) -> Iterator[Problem]:
    for rating in _ratings(found):
        if _numbers(rating) == (None, None, None):
            yield Problem(rating.path, "there is no numeric rating")


def _incomplete(found: FoundReview) -> Iterator[Problem]:
    for rating in _ratings(found):
        numbers = _numbers(rating)
        if None in numbers and numbers != (None, None, None):
            yield Problem(rating.path, "ratingValue, bestRating and worstRating are not all there")


def _worst_below_one(found: FoundReview) -> Iterator[Problem]:
    for rating in _ratings(found):
        _, _, worst = _numbers(rating)
        if worst is not None and worst < 1:
            yield Problem(f"{rating.path}.worstRating", f"{worst:g} is below 1")


def _worst_not_below_best(found: FoundReview) -> Iterator[Problem]:
    for rating in _ratings(found):
        _, best, worst = _numbers(rating)
        if best is not None and worst is not None and worst >= best:
            yield Problem(rating.path, f"worstRating {worst:g} is not below bestRating {best:g}")


def _out_of_range(found: FoundReview) -> Iterator[Problem]:
    for rating in _ratings(found):
        value, best, worst = _numbers(rating)
        if value is None or (best is not None and worst is not None and worst >= best):
            continue
        if (best is not None and value > best) or (worst is not None and value < worst):
            bounds = " to ".join("?" if one is None else f"{one:g}" for one in (worst, best))
            yield Problem(f"{rating.path}.ratingValue", f"{value:g} is not within {bounds}")


def _no_author(found: FoundReview) -> Iterator[Problem]:
    if not found.thing.parts("author"):
        yield _absent(found.thing, "author")


def _nameless_author(found: FoundReview) -> Iterator[Problem]:
    authors = found.thing.things("author")
    named = any(one.texts("name") or one.texts("url") for one in authors) or found.thing.texts("author")
    if found.thing.parts("author") and not named:
        yield Problem(f"{found.thing.path}.author", "it has neither name nor url")


def _items(found: FoundReview) -> tuple[Thing, ...]:
    return found.thing.things("itemReviewed")


def _no_item(found: FoundReview) -> Iterator[Problem]:
    if not _items(found):
        yield _absent(found.thing, "itemReviewed")


def _item_is_no_claim(found: FoundReview) -> Iterator[Problem]:
    items = _items(found)
    if items and not any("Claim" in one.types for one in items):
        named = ", ".join(items[0].types) or "nothing"
        yield Problem(f"{items[0].path}.@type", f"its type is {named!r}")


def _no_claimant(found: FoundReview) -> Iterator[Problem]:
    items = _items(found)
    if items and not any(one.parts("author") for one in items):
        yield _absent(items[0], "author")


def _nameless_claimant(found: FoundReview) -> Iterator[Problem]:
    for item in _items(found):
        named = any(one.texts("name") for one in item.things("author")) or item.texts("author")
        if item.parts("author") and not named:
            yield Problem(f"{item.path}.author", "it is there and has no name")


def _not_iso_8601(found: FoundReview) -> Iterator[Problem]:
    yield from _bad_dates(found.thing)


def _claim_not_iso_8601(found: FoundReview) -> Iterator[Problem]:
    for item in _items(found):
        yield from _bad_dates(item)


def _bad_dates(thing: Thing) -> Iterator[Problem]:
    for text in thing.texts("datePublished"):
        if not _ISO_8601.fullmatch(text.strip()):
            yield Problem(f"{thing.path}.datePublished", f"{_shown(text)} is not ISO 8601")


def _appearance_without_url(found: FoundReview) -> Iterator[Problem]:
    for item in _items(found):
        for work in (*item.things("appearance"), *item.things("firstAppearance")):
            if not any(map(is_absolute, work.texts("url"))):
                yield Problem(f"{work.path}.url", "there is no absolute address")


def _text_for_a_thing(*names: str) -> Callable[[FoundReview], Iterator[Problem]]:
    """Finds text in properties of the review, or of what it reviews, that want an object."""

    def check(found: FoundReview) -> Iterator[Problem]:
        of_item = names[0].startswith("itemReviewed.")
        for owner in _items(found) if of_item else (found.thing,):
            for part in (one for name in names for one in owner.parts(name.removeprefix("itemReviewed."))):
                if not isinstance(part.value, dict):
                    yield Problem(part.path, f"{_shown(part.value)} is no object")

    return check


def _absent(thing: Thing, name: str) -> Problem:
    parts = thing.parts(name)
    message = f"{_shown(parts[0].value)} will not do" if parts else "it is missing"
    return Problem(f"{thing.path}.{name}", message)


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = repr(value)
    return f"{text[:_SUMMARY_LENGTH]}…" if len(text) > _SUMMARY_LENGTH else text


_error, _warning = Severity.ERROR, Severity.WARNING
_google, _schema_org, _json_ld = Source.GOOGLE, Source.SCHEMA_ORG, Source.JSON_LD

RULES: tuple[Rule, ...] = (
    Rule("type", _error, _google, 'say "@type": "ClaimReview"', _type),
    Rule("context:wrong", _error, _json_ld, 'say "@context": "https://schema.org"', _wrong_context),
    Rule("context:missing", _warning, _json_ld, 'say "@context": "https://schema.org"', _no_context),
    Rule("claimReviewed:missing", _error, _google, "sum up the claim in text", _no_text("claimReviewed")),
    Rule("claimReviewed:long", _warning, _google, f"aim for less than {_SUMMARY_LENGTH} characters", _long_claim),
    Rule("claimReviewed:html", _warning, _schema_org, "write plain text without entities", _claim_with_markup),
    Rule("claimReviewed:rating", _warning, _google, "leave the rating to reviewRating", _claim_with_rating),
    Rule("url:missing", _error, _google, "link to the page with the full fact check", _no_text("url")),
    Rule("url:not-absolute", _error, _google, "begin with https:// and the domain", _relative_url),
    Rule("url:other-domain", _error, _google, "link to the page's own domain or below", _other_domain),
    Rule("reviewRating:missing", _error, _google, "give a Rating object", _no_rating),
    Rule("reviewRating.alternateName:missing", _error, _google, "give the label in words", _no_label),
    Rule("reviewRating.alternateName:missing", _warning, _google, "say alternateName, not name", _label_in_name),
    *(
        Rule(
            f"reviewRating.{name}:not-a-number",
            _error,
            _google,
            "write a number, or leave out all three",
            _not_a_number(name),
        )
        for name in ("ratingValue", "bestRating", "worstRating")
    ),
    Rule("reviewRating:no-number", _warning, _google, "give the three numbers if the scale has any", _no_number),
    Rule("reviewRating:incomplete", _warning, _google, "give all three numbers, or none", _incomplete),
    Rule("reviewRating.worstRating:below-1", _error, _google, "let the scale begin at 1", _worst_below_one),
    Rule("reviewRating:worst>=best", _error, _google, "let best, the truest, be the largest", _worst_not_below_best),
    Rule("reviewRating.ratingValue:out-of-range", _error, _google, "keep from worst to best", _out_of_range),
    Rule("author:missing", _warning, _google, "name who publishes the fact check", _no_author),
    Rule("author:no-name-or-url", _error, _google, "give the publisher's name or url", _nameless_author),
    Rule("author:not-an-object", _warning, _schema_org, "give an Organization or Person", _text_for_a_thing("author")),
    Rule("itemReviewed:missing", _warning, _google, "give a Claim object", _no_item),
    Rule("itemReviewed:not-Claim", _warning, _google, 'say "@type": "Claim"', _item_is_no_claim),
    Rule("itemReviewed.author:missing", _warning, _google, "say who made the claim, if known", _no_claimant),
    Rule("itemReviewed.author:no-name", _error, _google, "give the name, or no author", _nameless_claimant),
    Rule(
        "itemReviewed.author:not-an-object",
        _warning,
        _schema_org,
        "give an Organization or Person",
        _text_for_a_thing("itemReviewed.author"),
    ),
    Rule(
        "itemReviewed.appearance:not-an-object",
        _warning,
        _schema_org,
        "give a CreativeWork with its url",
        _text_for_a_thing("itemReviewed.appearance", "itemReviewed.firstAppearance"),
    ),
    Rule("itemReviewed.appearance:no-url", _warning, _google, "give its address", _appearance_without_url),
    Rule("itemReviewed.datePublished:not-iso8601", _warning, _google, "write YYYY-MM-DD", _claim_not_iso_8601),
    Rule("datePublished:missing", _warning, _google, "say when the check appeared", _no_text("datePublished")),
    Rule("datePublished:not-iso8601", _warning, _google, "write YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ", _not_iso_8601),
)
"""Every rule about one ClaimReview. What breaks no rule of severity error is what aggregators read."""
