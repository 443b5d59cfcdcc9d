"""When a page was published, where the page itself says so; a date in its sentences is none.

A folder of the page's address that is a day goes before what machines read: JSON-LD, `meta` elements, microdata; and
that before what people read, a date in a byline. A day counts as it is written, in the zone of whoever wrote it. The
time of day is that of the first of them that tells one for this day, rather with its zone than without.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import chain, islice
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from factcheck.intake.dates_in_text import day_in, may_be_other_day, month_names
from factcheck.intake.linked_data import LinkedData
from factcheck.intake.moments_in_text import moment_in

_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "article:published_date",
    "bt:pubdate", "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dc.created", "dc.date", "dc:date", "dcterms.date", "pubdate", "publishdate", "publish_date",
    "publish-date", "published_time", "publication_date", "published-date", "published_date", "date_published",
    "originalpublicationdate", "article_date_original", "shareaholic:article_published_time", "rnews:datepublished",
    "iso-8601-publish-date", "displaydate", "pub_date", "date",
)  # fmt: skip
"""Names of `meta` elements, the surest first."""

_PAGES = ("page", "work", "review", "recipe", "howto", "episode")
"""How the names of types end that a page may be; films and houses have days of their own."""

_IN_SCRIPT = re.compile(r"\"datePublished\"\s{0,9}:\s{0,9}\"([^\"]{8,40})\"")
# A folder for each day holds what appeared on it, in the site's own zone; a number in a name may be any.
_FOLDERS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2}|[a-z]{3})/(\d{1,2})/")
_IN_NAME = re.compile(r"[/_-]((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?![\da-z])")
_CUES = re.compile(r"date|datum|time(?!-?line)|publi|post|byline|dateline|meta|author|autor|fecha|parution|info")
_ELSEWHERE = re.compile(
    r"comment|related|sidebar|widget(?! blog)|footer|recommend|teaser|popular|latest|trending|promo|ticker"
)
_ELSEWHERE_TAGS = frozenset({
    "aside", "footer", "nav", "blockquote", "script", "style", "noscript", "form", "select", "figure", "figcaption",
})  # fmt: skip
_UPDATED = re.compile(r"updat|modif|aktualis|actuali|mise à jour|aggiornat|zmian|oppdater|uppdater", re.IGNORECASE)
_OF_MANUSCRIPT = re.compile(
    r"(?<![^\W\d_])(?:received|submitted|accepted|revised|eingegangen|eingereicht|angenommen|reçu|soumis|accepté"
    r"|recibido|aceptado|ricevuto|accettato|recebido|aceit[eo])(?![^\W\d_])",
    re.IGNORECASE,
)
"""Of what journals did with it before."""
_OTHER_DAYS = re.compile(f"{_UPDATED.pattern}|{_OF_MANUSCRIPT.pattern}", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?<![^\W\d_])(?:publish|publi[éecs]|publik|posted|veröffentlicht|erstellt|pubblicat|opublikowan)", re.IGNORECASE
)
_LEAD = re.compile(
    r"\W{0,3}(?:first )?(?:publi\w{0,8}|posted|erstellt|veröffentlicht|stand|pubblicat|opublikowan|data|date|am|on)\b",
    re.IGNORECASE,
)
_BESIDES = 45  # characters of a byline beside its date, where nothing else says that it is one
_SENTENCE_ENDS = (".", "!", "?", "…")
_MOST_CHARS = 160  # of a byline
_MOST_DATES = 200
_UNSURE = 2
_PROSE = 300  # characters of paragraphs, behind which days are those of what is told
_LEAST_PROSE, _MOST_OF_ONE = 60, 200  # characters of one of them
_CLOSING = "\"'”’»)"
_MOST_WALKED = 20_000  # elements
_FIRST_DAY = date(1990, 1, 1)  # before the web
_FIRST_ZONE, _LAST_ZONE = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))

_Text = tuple[str, str | None]
"""Words with a date, and the language that they are in."""


class PageDate(NamedTuple):
    """The day that a page names, and the moment if it names that; `other` is the day that its numbers may mean, too."""

    day: date
    at: datetime | None = None
    other: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to be told: a moment and its zone."""
        return self.at is not None and self.at.tzinfo is not None

    def with_moment(self, at: datetime | None) -> "PageDate":
        """The date with this moment, if it may be one of its day and tells more."""
        if at is None or self.is_whole or (self.at and not at.tzinfo) or not _may_be_on(self.day, at):
            return self
        return PageDate(self.day, at, self.other)

    def as_read(self, read: "PageDate | None") -> "PageDate":
        """The date with the moment that people read, or theirs where it is what the numbers may mean, too."""
        return read if read and read.day == self.other else self.with_moment(read and read.at)


def machine_date(page: HtmlElement, told: LinkedData, url: str | None, today: date) -> PageDate | None:
    """What the page names in its address or tells machines; None where it tells none, or a day that cannot be."""
    language = page.get("lang")
    found = next((PageDate(day) for day in _of_url(url, _FOLDERS) if day and _can_be(day, today)), None)
    texts = chain(_of_linked_data(told), _of_meta(page, language), _of_microdata(page, language))
    for text, words in islice(texts, _MOST_DATES):
        day = None if found else day_in(text, words)
        if day and _can_be(day, today):
            found = PageDate(day, other=day.replace(month=day.day, day=day.month) if may_be_other_day(text) else None)
        if found:
            found = found.with_moment(moment_in(text, words))
            if found.is_whole:
                break
    return found or next((PageDate(day) for day in _of_url(url, _IN_NAME) if day and _can_be(day, today)), None)


def _can_be(day: date, today: date) -> bool:
    return _FIRST_DAY <= day <= today + timedelta(days=1)


def _may_be_on(day: date, at: datetime) -> bool:
    """Whether it is that day somewhere at the moment: a page may name its reader's day and the moment of UTC."""
    if at.date() == day:
        return True
    if at.tzinfo is None or not abs(at.date() - day) <= timedelta(days=1):
        return False
    return any(at.astimezone(one).date() == day for one in (_LAST_ZONE, _FIRST_ZONE))


def byline_date(page: HtmlElement, today: date) -> PageDate | None:
    """The first date under the headline, or above it, that is in no sentence: of a publication, else of a change.

    Behind the beginning of the text the days of timelines, tables and events stand; one that is said to be of the page
    counts there, unless there are several.
    """
    language = page.get("lang")
    found: list[_Found] = []
    behind: list[_Found] = []
    is_below, walked, prose = False, 0, 0
    waiting = [page]
    while waiting and walked < _MOST_WALKED and len(found) + len(behind) < _MOST_DATES:
        element = waiting.pop()
        walked += 1
        if not isinstance(element.tag, str) or _is_elsewhere_itself(element):
            continue
        if element.tag == "h1":
            is_below, prose = True, 0
        prose += _prose(element)
        day = _of_byline(element, language)
        if day and _can_be(day, today):
            one = _found(element, day, language, is_below=is_below)
            (found if prose < _PROSE else behind).append(one)
        else:
            waiting += reversed(element)
    behind = [one for one in behind if one.sureness < _UNSURE]
    if len({one.dated.day for one in behind}) == 1:
        found += behind
    return min(found, key=lambda one: one[:3]).dated if found else None


class _Found(NamedTuple):
    """A date of a line, and what tells how likely it is that of the page: what is less goes first."""

    is_above: bool
    sureness: int
    is_change: bool
    dated: PageDate


def _found(element: HtmlElement, day: date, language: str | None, *, is_below: bool) -> _Found:
    around = _around(element)
    is_change = bool(_UPDATED.search(f"{_names(element)} {_told(element, around)}"))
    dated = PageDate(day)
    inside = (one.get("datetime", "") for one in element.iter("time"))
    for text in () if is_change else (_of_publication(_said(element)), *inside):
        dated = dated.with_moment(moment_in(text, language))
    return _Found(not is_below, _sureness(element, around), is_change, dated)


def _prose(element: HtmlElement) -> int:
    """The characters of a paragraph that is more than a byline; of a long one, which may be a standfirst, not all."""
    if element.tag == "p":
        words = " ".join(str(element.text_content()).split())
    elif element.tag == "div":
        words = " ".join(" ".join(filter(None, (element.text, *(one.tail for one in element)))).split())
    else:
        return 0
    is_sentence = len(words) >= _LEAST_PROSE and words.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
    return min(len(words), _MOST_OF_ONE) if is_sentence else 0


def _of_publication(words: str) -> str:
    """What of a line that tells more is about the publication, not about what was done to it behind or before it."""
    published, other = _PUBLISHED.search(words), _OTHER_DAYS.search(words)
    if published is None or other is None:
        return words
    later = _OTHER_DAYS.search(words, published.end())
    return words[published.start() : later.start() if later else len(words)]


def _told(element: HtmlElement, around: str) -> str:
    """The words that tell whether it is of a publication or of a change: its own, the last ones before it, or all."""
    own = " ".join(str(element.text_content()).split())
    if _PUBLISHED.search(own) or _UPDATED.search(own):
        return _of_publication(own)
    before = around.partition(own)[0] if own else ""
    cues = [*_PUBLISHED.finditer(before), *_UPDATED.finditer(before)]
    return max(cues, key=lambda one: one.start())[0] if cues else around


def _sureness(element: HtmlElement, around: str) -> int:
    """How sure it is that a date is the page's own; 0 is surest, `_UNSURE` least so."""
    if _LEAD.match(around):
        return 0
    return 1 if element.tag == "time" or _CUES.search(_names(element)) else _UNSURE


def _of_linked_data(told: LinkedData) -> Iterator[_Text]:
    """Of the article, then of the page itself."""
    pages = (one for one in told.others if all(kind.lower().endswith(_PAGES) for kind in one.types))
    for thing in (*told.articles, *pages):
        yield from ((text, "en") for text in thing.texts("datePublished"))
    for script in told.broken:
        yield from ((found[1], None) for found in _IN_SCRIPT.finditer(script))


def _of_meta(page: HtmlElement, language: str | None) -> Iterator[_Text]:
    said: dict[str, str] = {}
    for element in page.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            if name := element.get(attribute):
                said.setdefault(name.strip().lower(), element.get("content") or "")
    yield from ((said[name], language) for name in _META if name in said)


def _of_microdata(page: HtmlElement, language: str | None) -> Iterator[_Text]:
    for element in page.iterfind(".//*[@itemprop]"):
        if "datePublished" in element.get("itemprop").split() and not _is_elsewhere(element):
            yield _said(element), language
    for element in page.iterfind(".//*[@pubdate]"):
        yield _said(element), language


def _of_url(url: str | None, pattern: re.Pattern[str]) -> Iterator[date | None]:
    try:
        path = urlsplit(url or "").path.lower()
    except ValueError:
        return
    if found := pattern.search(path):
        year, month, day = found.groups()
        number = month if month.isdigit() else month_names("en").get(month, 0)
        yield day_in(f"{year}-{number}-{day}")


def _of_byline(element: HtmlElement, language: str | None) -> date | None:
    if element.tag in {"html", "body", "head"}:
        return None
    is_time, cue = element.tag == "time", _CUES.search(_names(element))
    if not is_time and not cue and element.tag not in _LINES:
        return None
    text = _short_text(element)
    if text is None or (is_time and _short_text(element.getparent()) is None and element.getparent().tag == "p"):
        return None
    if _is_of_manuscript(element, text):
        return None
    day = day_in(_of_publication(_said(element)), language)
    told = _of_publication(text)
    is_sentence = text.endswith(_SENTENCE_ENDS) or (len(told) > _BESIDES and not _LEAD.match(told))
    return None if is_sentence and not (is_time or cue) else day


def _is_of_manuscript(element: HtmlElement, text: str) -> bool:
    """Whether its words, or the last ones before it on its line, name a day before the publication."""
    if not text or _PUBLISHED.search(text) or _UPDATED.search(text):
        return False
    parent = element.getparent()
    before = ((_short_text(parent) if parent is not None else None) or "").partition(text)[0]
    cues = [*_PUBLISHED.finditer(before), *_OTHER_DAYS.finditer(before)]
    last = max(cues, key=lambda one: one.start())[0] if cues else ""
    return bool(_OF_MANUSCRIPT.search(text) or _OF_MANUSCRIPT.fullmatch(last))


_LINES = frozenset({"p", "span", "div", "small", "em", "i", "li", "font", "b", "strong", "h5", "h6", "td", "dd"})


def _said(element: HtmlElement) -> str:
    value = element.get("content") or element.get("datetime")
    return value if value and value[:4].isdigit() else str(element.text_content())


def _short_text(element: HtmlElement) -> str | None:
    """Its words, if they are few."""
    parts: list[str] = []
    length = 0
    for text in islice(element.itertext(), _MOST_CHARS):
        parts += text.split()
        length += len(text.strip())
        if length > _MOST_CHARS:
            return None
    return " ".join(parts)


def _around(element: HtmlElement) -> str:
    """What names the element, and its words with those just before it."""
    parent = element.getparent()
    near = _short_text(parent) if parent is not None else None
    return (near if near is not None else _short_text(element)) or ""


def _names(element: HtmlElement) -> str:
    return " ".join(element.get(one, "") for one in ("class", "id", "itemprop", "data-testid")).lower()


def _is_elsewhere(element: HtmlElement) -> bool:
    return any(map(_is_elsewhere_itself, (element, *element.iterancestors())))


def _is_elsewhere_itself(element: HtmlElement) -> bool:
    return element.tag in _ELSEWHERE_TAGS or (
        element.tag not in {"html", "body", "article", "main"} and bool(_ELSEWHERE.search(_names(element)))
    )
