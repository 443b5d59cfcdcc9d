"""What a page says of itself beside its words: its own address, its publisher, its subtitle, when it was changed."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from html import unescape
from typing import TypedDict
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from factcheck.domain.evidence import is_web_address, own_address, without_trackers
from factcheck.intake.headline import is_same_title
from factcheck.intake.linked_data import LinkedData

_CHANGED = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
)
_SUBTITLE = frozenset({"standfirst", "subtitle", "subtitel", "untertitel", "subheadline", "subheading", "dek", "deck"})
_TOKENS = re.compile(r"[a-z]+", re.IGNORECASE)
_SHORTEST, _LONGEST = 20, 400  # characters of a subtitle
_MOST_WALKED = 20_000  # elements
_FIRST_DAY = date(1990, 1, 1)  # before the web


class PageAbout(TypedDict):
    """Fields of the article; None where the page says nothing."""

    canonical_url: str | None
    publisher: str | None
    subtitle: str | None
    modified: date | None


def about_page(page: HtmlElement, told: LinkedData, url: str | None, today: date) -> PageAbout:
    """What the page says; `url` is where it was fetched, None for a file."""
    named = _meta(page)
    changed = (_day(text) for text in (*_texts(told, "dateModified"), *(named.get(one, "") for one in _CHANGED)))
    days = (one for one in changed if one and _FIRST_DAY <= one <= today + timedelta(days=1))
    publishers = (*told.publishers, named.get("og:site_name", ""))
    return PageAbout(
        canonical_url=_own_address(page, named, url),
        publisher=next((_line(one) for one in publishers if one.strip()), None),
        subtitle=next(_subtitles(page, told), None),
        modified=next(days, None),
    )


def _meta(page: HtmlElement) -> dict[str, str]:
    """The first content of each `meta` element, by its name in small letters."""
    named: dict[str, str] = {}
    for one in page.iter("meta"):
        name = one.get("property") or one.get("name") or one.get("itemprop")
        if name and one.get("content", "").strip():
            named.setdefault(name.strip().lower(), one.get("content", "").strip())
    return named


def _own_address(page: HtmlElement, named: dict[str, str], url: str | None) -> str | None:
    """The address that the page gives as its own, without trackers; of another host it is none."""
    for address in _addresses(page, named, url):
        if own_address(url or address, address) == address:
            # Some sites call their front page the address of each of their pages.
            is_front = [urlsplit(one).path in {"", "/"} for one in (address, url or address)]
            if is_front != [True, False]:
                return without_trackers(address)
    return None


def named_address(page: HtmlElement, url: str | None) -> str | None:
    """The address that the page gives as that of what it shows, of whatever host: a copy may name what it is of."""
    return next(map(without_trackers, _addresses(page, _meta(page), url)), None)


def _addresses(page: HtmlElement, named: dict[str, str], url: str | None) -> Iterator[str]:
    links = [one.get("href", "") for one in page.iter("link") if "canonical" in one.get("rel", "").lower().split()]
    for found in (*links, named.get("og:url", "")):
        try:
            address = urljoin(url or "", found.strip())
        except ValueError:
            continue
        if found.strip() and is_web_address(address):
            yield address


def _subtitles(page: HtmlElement, told: LinkedData) -> Iterator[str]:
    """What stands under the headline, as machines are told it, then as its element is named."""
    titles = [*told.headlines, *(str(one.text_content()) for one in page.iter("h1"))]
    shown = (str(one.text_content()) for one in _named_elements(page))
    for text in map(_line, (*_texts(told, "alternativeHeadline"), *shown)):
        if _SHORTEST <= len(text) <= _LONGEST and not any(is_same_title(text, one) for one in titles):
            yield text


def _named_elements(page: HtmlElement) -> Iterator[HtmlElement]:
    for number, one in enumerate(page.iter(etree.Element)):
        if number > _MOST_WALKED:
            return
        words = {word.lower() for word in _TOKENS.findall(f"{one.get('class', '')} {one.get('data-testid', '')}")}
        if one.tag in {"p", "h2", "h3", "div"} and (
            one.get("itemprop", "").lower() == "alternativeheadline" or words & _SUBTITLE
        ):
            yield one


def _texts(told: LinkedData, name: str) -> Iterable[str]:
    return (unescape(text) for one in told.articles for text in one.texts(name))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _line(text: str) -> str:
    return " ".join(text.split())
