"""Others' checks in a page, in JSON or in lines of it, one after the other; `known_files` runs it within bounds.

A feed of hundreds of megabytes is never held: of large JSON an item of its list is, of lines a line.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

import ijson

from factcheck.domain.evidence import is_web_address
from factcheck.domain.known import BadEntry, Entry, KnownClaim, KnownRating
from factcheck.domain.markup import FoundReview, Thing, means_claim_review
from factcheck.intake.lenient_json import read_json
from factcheck.intake.page_markup import markup_of
from factcheck.workflow.lint_markup import summary_of

_AT_ONCE = 500
_LONGEST_LINE = 2_000_000
_LISTS = ("dataFeedElement", "@graph", "itemListElement", "claims", "items")
"""Where a feed may hold its items; else in its first list of objects."""
_AHEAD = 50_000  # of a parser's events, within which a feed begins with its items
_PARTS = frozenset({"DataFeedItem", "Claim", "Organization", "Person", "Rating", "CreativeWork", "ImageObject"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_CLAIM, _MOST_WORDS, _MOST_URL, _MOST_NUMBER = 2000, 300, 2048, 40


def whole(path: str, source: str, page_url: str | None, is_page: bool) -> Iterator[list[Entry]]:  # noqa: FBT001 - called by its name in another process
    """The entries of a page, or of JSON that fits into memory. Raises EncodingError."""
    markup = markup_of(Path(path).read_bytes(), source, page_url, is_page)
    reviews = (_entry(one, one.thing.path) for one in markup.reviews)
    broken = (
        BadEntry("$" if one.block is None else f"block {one.block}", one.complaint)
        for one in markup.broken
        if not one.repairs and (one.is_about_claims or one.block is None)
    )
    yield from _batches(chain(reviews, broken))


def lines(path: str) -> Iterator[list[Entry]]:
    """The entries of a file with a JSON value on each line."""
    with Path(path).open("rb") as file:
        yield from _batches(_of_lines(file))


def feed(path: str) -> Iterator[list[Entry]]:
    """The entries of JSON that does not fit into memory, item by item of its list."""
    with Path(path).open("rb") as file:
        yield from _batches(_of_feed(file))


def _of_lines(file: IO[bytes]) -> Iterator[Entry]:
    number = 0
    while line := file.readline(_LONGEST_LINE + 1):
        number += 1
        place = f"line {number}"
        if len(line) > _LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(_LONGEST_LINE)
            yield BadEntry(place, f"it is longer than {_LONGEST_LINE:,} bytes")
            continue
        text = line.decode("utf-8-sig", "replace").strip()
        if not text:
            continue
        read = read_json(text)
        if not read.values:
            yield BadEntry(place, read.complaint or "it holds nothing")
        for value in read.values:
            yield from _entries_of(value, place)


def _of_feed(file: IO[bytes]) -> Iterator[Entry]:
    start = 3 if file.read(3) == b"\xef\xbb\xbf" else 0
    file.seek(start)
    number = 0
    try:
        prefix = _list_in(file)
        file.seek(start)
        for number, value in enumerate(ijson.items(file, prefix, use_float=True), 1):
            yield from _entries_of(value, f"item {number}")
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        told = next(iter(error.args), "")
        reason = " ".join((told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)).split())[:100]
        yield BadEntry(f"item {number + 1}", f"the JSON is broken here, and nothing behind it is read: {reason}")


def _list_in(file: IO[bytes]) -> str:
    """Where the items of a feed stand, as ijson names it; a lone object is an item itself."""
    found: list[str] = []
    before = ""
    # Without use_float the parser breaks down over a number of thousands of figures.
    for prefix, event, _ in islice(ijson.parse(file, use_float=True), _AHEAD):
        if event == "start_map" and before == "start_array" and prefix.count(".") <= 1:
            found.append(prefix)
            if prefix == "item" or prefix.removesuffix(".item") in _LISTS:
                return str(prefix)
        before = event
    return found[0] if found else ""


def _entries_of(value: object, place: str) -> Iterator[Entry]:
    """The reviews in one value, or that there is none."""
    objects = list(_objects(value))
    known = {str(one["@id"]): one for one in objects if "@id" in one and set(one) - {"@id", "@type"}}
    is_empty = True
    for one in objects:
        kind = one.get("@type")
        if isinstance(kind, str) and kind in _PARTS and "claimReviewed" not in one:
            continue
        thing = Thing(one, place, known)
        if means_claim_review(thing):
            is_empty = False
            yield _entry(FoundReview(thing, "json-ld"), place)
    if is_empty:
        yield BadEntry(place, "it holds no ClaimReview")


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """As `nested`, without the paths, which take a third of the time that a large feed takes."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += [part for key, part in one.items() if isinstance(part, dict | list) and key != "@context"][::-1]
        elif isinstance(one, list):
            waiting += reversed(one)


def _entry(found: FoundReview, place: str) -> Entry:
    thing, said = found.thing, summary_of(found.thing)
    claim = words(said.claim, _MOST_CLAIM)
    url = _address(said.url or "", found.page_url or "")
    if claim is None:
        return BadEntry(place, "it says no claim (claimReviewed)")
    if len(url) > _MOST_URL or not is_web_address(url):
        return BadEntry(place, f"its url is no address of the web: {url[:80]!r}" if url else "it has no url")
    value, worst, best = map(_number, (said.rating_value, said.worst, said.best))
    publisher = said.reviewer or next((name for one in thing.things("publisher") for name in one.texts("name")), None)
    language = next(iter(thing.texts("inLanguage")), None)
    return KnownClaim(
        claim=claim,
        url=url,
        rating=KnownRating(words(said.rating_label), value, worst, best, day(said.date)),
        publisher=words(publisher) or (urlsplit(url).hostname or "").removeprefix("www."),
        claimant=words(said.claimant),
        claimed_on=day(said.claim_date),
        language=words(language, _MOST_NUMBER),
        headline=next((words(one) for name in ("headline", "name") for one in thing.texts(name)), None),
    )


def _address(told: str, page_url: str) -> str:
    """The address that a review names, as it is meant on its page; the page's own where it names none."""
    try:
        return urljoin(page_url, told.strip())
    except ValueError:  # it leads nowhere
        return told.strip()


def words(text: str | None, most: int = _MOST_WORDS) -> str | None:
    """The text on one line, bounded, as a database can keep it: JSON may hold halves of characters."""
    whole = " ".join((text or "").replace("\0", " ").split())[:most]
    return whole.encode("utf-8", "replace").decode() or None


def _number(value: object) -> str | None:
    is_told = isinstance(value, str | int | float) and not isinstance(value, bool)
    return words(str(value), _MOST_NUMBER) if is_told else None


def day(text: str | None) -> date | None:
    """The day with which a moment in ISO 8601 begins, if there is such a day."""
    found = _DAY.match((text or "").strip())
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, _AT_ONCE)):
        yield batch
