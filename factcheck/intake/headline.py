"""The title of a page as a reader knows it, without the site's name, and the headline that stands over its article."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from factcheck.intake.authors import squeezed
from factcheck.intake.linked_data import LinkedData

_JOINT = re.compile(r" (?:[|*·•»«:–—-]|::|//) | ?\| ?")
_WORD = re.compile(r"\w{3,}")
_QUOTES = str.maketrans("‘’‚‛“”„‟–—\u00a0", "''''\"\"\"\"-- ")
_LEAST_TITLE = 12  # characters
_MOST_OF_LABEL = 3  # words of the name of a section
_MOST_SECONDS = 20  # headings
_LEAST_LABEL = 4  # of a host, which may be the site's name


class Titles(NamedTuple):
    """What a page is called, and what it shows over its article: most pages have one for both."""

    title: str
    headline: str


def titles_of(
    page: HtmlElement, found: str | None, told: LinkedData, site_names: Iterable[str | None], url: str | None
) -> Titles | None:
    """The title is the headline that JSON-LD and the browser's tab agree on, else the one that is found or shown."""
    sites = {squeezed(name) for name in (*site_names, *told.publishers, *_labels(url)) if name} - {""}
    shown = [_line(str(one.text_content())) for one in page.iter("h1")]
    title = _below_label(page, _shown_title(_line(found or ""), shown, _seconds(page), told, sites), sites)
    if not title:
        return None
    agreed = _agreed(page, told, sites)
    if agreed is None or any(_is_part(_plain(one), _plain(agreed)) for one in (title, *shown) if one):
        return Titles(title, title)
    # Where the two differ, the one is of those who edit the page, the other may be that of the day or of a test.
    return Titles(agreed, title if any(_plain(one) == _plain(title) for one in shown) else agreed)


def is_same_title(paragraph: str, title: str) -> bool:
    """Whether the paragraph is the title, signs and capitals aside."""
    return squeezed(paragraph) == squeezed(title)


def _shown_title(title: str, shown: list[str], seconds: list[str], told: LinkedData, sites: AbstractSet[str]) -> str:
    """The found title, or the part of it that the page shows as its headline, without the name of the site."""
    known = [*told.headlines, *shown]
    for one in (*shown, *seconds):
        if len(one) >= _LEAST_TITLE and _plain(title).startswith(_plain(one)) and _JOINT.match(title, len(one)):
            return title[: len(one)]
    if title in told.headlines and title in shown:
        return title
    for one in known:
        if one in told.headlines and one in shown and _plain(one) == _plain(title):
            return one
        if len(one) >= _LEAST_TITLE and one in told.headlines and _is_part(one, title):
            return _without_site(one, sites)
    return title if title in shown else _without_site(title, sites)


def _below_label(page: HtmlElement, title: str, sites: AbstractSet[str]) -> str:
    """The second heading with which the browser's tab begins, where the first is the name of a site or of a section."""
    tab = _line(page.findtext(".//head/title") or "")
    if known := _named_in_tab(page, title, tab):
        return known
    joints = list(_JOINT.finditer(tab))
    names = {*sites, squeezed(tab[joints[-1].end() :])} if joints else sites
    is_label = squeezed(title) in names or len(title.split()) <= _MOST_OF_LABEL
    if not is_label or _plain(tab).startswith(_plain(title)):
        return title
    seconds = _seconds(page)
    begun = (one for one in seconds if len(one) >= _LEAST_TITLE and _plain(tab).startswith(_plain(one)))
    return next((one for one in begun if len(one) == len(tab) or _JOINT.match(tab, len(one))), title)


def _named_in_tab(page: HtmlElement, title: str, tab: str) -> str | None:
    """The heading that the browser's tab begins or ends with, where it has no word of what was taken for the title."""
    if not frozenset(_WORD.findall(_plain(title).lower())).isdisjoint(_WORD.findall(_plain(tab).lower())):
        return None
    shown = [_line(str(one.text_content())) for one in islice(page.iter("h1"), _MOST_SECONDS)]
    return next(
        (
            one
            for one in (*shown, *_seconds(page))
            if len(one) >= _LEAST_TITLE and (_plain(tab).startswith(_plain(one)) or _plain(tab).endswith(_plain(one)))
        ),
        None,
    )


def _seconds(page: HtmlElement) -> list[str]:
    return [_line(str(one.text_content())) for one in islice(page.iter("h2"), _MOST_SECONDS)]


def _agreed(page: HtmlElement, told: LinkedData, sites: AbstractSet[str]) -> str | None:
    """The headline of JSON-LD that begins the words of the browser's tab."""
    tab = _line(page.findtext(".//head/title") or "")
    for told_headline in told.headlines:
        one = _without_site(told_headline, sites)
        is_begun = len(one) >= _LEAST_TITLE and _plain(tab).startswith(_plain(one))
        if is_begun and (len(tab) == len(one) or _JOINT.match(tab, len(one))):
            return one
    return None


def _is_part(one: str, title: str) -> bool:
    """Whether it stands in the title, between joints or its ends."""
    at = title.find(one)
    if at < 0:
        return False
    before, after = title[:at], title[at + len(one) :]
    return (not before or before.endswith((": ", "| ", "- ", "– "))) and (not after or bool(_JOINT.match(after)))


def _without_site(title: str, sites: AbstractSet[str]) -> str:
    joints = list(_JOINT.finditer(title))
    if joints and squeezed(title[joints[-1].end() :]) in sites:
        return title[: joints[-1].start()]
    if joints and squeezed(title[: joints[0].start()]) in sites:
        return title[joints[0].end() :]
    return title


def _labels(url: str | None) -> list[str]:
    """The name of the host, and that without its ending, as sites call themselves."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return []
    label = host.rpartition(".")[0].rpartition(".")[2]
    return [host, host.rpartition(".")[0], *([label] if len(label) >= _LEAST_LABEL else [])]


def _line(words: str) -> str:
    return " ".join(words.split())


def _plain(text: str) -> str:
    return text.translate(_QUOTES)
