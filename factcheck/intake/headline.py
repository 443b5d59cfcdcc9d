"""The title and the authors of a page as a reader knows them: without the site's name, and without users of its CMS."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from factcheck.intake.linked_data import LinkedData

_JOINT = re.compile(r" (?:[|*·•»«:–—-]|::|//) | ?\| ?")
_QUOTES = str.maketrans("‘’‚‛“”„‟–—\u00a0", "''''\"\"\"\"-- ")
_SHORT = re.compile(r" \([\w.]{1,5}\)\Z")  # of an editor's name
_BY = re.compile(r"\A(?:by|von|par|por|di|door|written by|text)[:\s]\s*", re.IGNORECASE)
_NO_NAMES = frozenset(
    {"admin", "administrator", "webmaster", "root", "user", "guest", "wordpress", "unknown", "editor"}
)
_ADDRESS = re.compile(r"https?:|www\.|[@/\\]|\d{3}")
_BETWEEN = re.compile(r";|\s(?:and|und|et|&)\s")
_LEAST_TITLE = 12  # characters


def title_of(page: HtmlElement, found: str | None, told: LinkedData, site_names: Iterable[str | None]) -> str | None:
    """The found title, or the part of it that the page shows as its headline, without the name of the site."""
    title = " ".join((found or "").split())
    if not title:
        return None
    shown = [" ".join(str(one.text_content()).split()) for one in page.iter("h1")]
    known = [*told.headlines, *shown]
    for one in shown:
        if len(one) >= _LEAST_TITLE and _plain(title).startswith(_plain(one)) and _JOINT.match(title, len(one)):
            return title[: len(one)]
    if title in told.headlines:
        return title
    for one in known:
        if one in told.headlines and one in shown and _plain(one) == _plain(title):
            return one
        if len(one) >= _LEAST_TITLE and one in told.headlines and _is_part(one, title):
            return one
    return title if title in shown else _without_site(title, [*site_names, *told.publishers])


def authors_of(found: str | None, told: LinkedData, url: str | None) -> tuple[str, ...]:
    """The names of who wrote it: the persons that the page tells machines, else what was found."""
    named = [part for one in told.authors for part in _BETWEEN.split(one)] or _BETWEEN.split(found or "")
    host = _squeezed(_host(url))
    names: dict[str, str] = {}
    for name in named:
        plain = _SHORT.sub("", _BY.sub("", " ".join(name.split())))
        is_host = len(host) > 1 and _squeezed(plain) in {host, host.replace("de", "") + "de"}
        if plain and not is_host and plain.casefold() not in _NO_NAMES and not _ADDRESS.search(plain):
            names.setdefault(_squeezed(plain), plain)
    return tuple(names.values())


def is_same_title(paragraph: str, title: str) -> bool:
    """Whether the paragraph is the title, signs and capitals aside."""
    return _squeezed(paragraph) == _squeezed(title)


def _is_part(one: str, title: str) -> bool:
    """Whether it stands in the title, between joints or its ends."""
    at = title.find(one)
    if at < 0:
        return False
    before, after = title[:at], title[at + len(one) :]
    return (not before or before.endswith((": ", "| ", "- ", "– "))) and (not after or bool(_JOINT.match(after)))


def _without_site(title: str, names: Sequence[str | None]) -> str:
    sites = {_squeezed(name) for name in names if name}
    joints = list(_JOINT.finditer(title))
    if joints and _squeezed(title[joints[-1].end() :]) in sites:
        return title[: joints[-1].start()]
    if joints and _squeezed(title[: joints[0].start()]) in sites:
        return title[joints[0].end() :]
    return title


def _plain(text: str) -> str:
    return text.translate(_QUOTES)


def _squeezed(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum()).removeprefix("the")


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
