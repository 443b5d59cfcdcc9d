"""What a page tells machines about its article, as JSON-LD of schema.org."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from factcheck.domain.markup import Thing, nested
from factcheck.intake.lenient_json import read_json

_ARTICLES = ("article", "posting", "report", "story")  # how the names of its types end in schema.org
_OF_OTHERS = re.compile(
    r"\.(?:itemListElement|hasPart|citation|mentions|comment|review|isPartOf|associatedMedia|video|image|isBasedOn"
    r"|isBasedOnUrl|about|subjectOf|workExample|exampleOfWork|translationOfWork|workTranslation|itemReviewed|relatedLink"
    r"|significantLink|isRelatedTo|isSimilarTo|archivedAt)\b"
)
_ENTRIES = re.compile(r"\.liveBlogUpdate\b")
_ADDRESSES = ("url", "mainEntityOfPage", "@id")
_LEAST_ALIKE = 0.5  # of the words of a story's headline stand in those of its page
_MOST_THINGS = 2000


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The things of a page, without those of other pages: its articles first; the entries of its live blog.

    `broken` are the texts of those that cannot be read.
    """

    articles: Sequence[Thing]
    others: Sequence[Thing]
    entries: Sequence[Thing]
    broken: Sequence[str]

    @property
    def headlines(self) -> tuple[str, ...]:
        """The headlines of its articles."""
        return tuple(" ".join(unescape(text).split()) for one in self.articles for text in one.texts("headline"))

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote the first article that names anybody: persons, or else what is named in their place."""
        for one in self.articles:
            persons = list(_persons(one, self.publishers))
            if named := persons or [name for name in _named(one) if name not in self.publishers]:
                return _as_lines(named)
        return ()

    @property
    def is_by_organization(self) -> bool:
        """Whether all that the first article with an author names is called an organization."""
        authored = next((one for one in self.articles if one.parts("author")), None)
        things = authored.things("author") if authored else ()
        is_all = authored is not None and len(things) == len(authored.parts("author"))
        return is_all and all(any(kind.endswith("Organization") for kind in one.types) for one in things)

    @property
    def named_authors(self) -> tuple[str, ...]:
        """All that the first article which names anybody calls its author, be it the publisher."""
        return next((_as_lines(named) for one in self.articles if (named := _named(one))), ())

    @property
    def publishers(self) -> tuple[str, ...]:
        """The names of who publishes them."""
        return tuple(name for one in self.articles for thing in one.things("publisher") for name in thing.texts("name"))


def _persons(article: Thing, publishers: Sequence[str]) -> Iterator[str]:
    """The names of those that are called persons, and of those beside them that are a mere name, but for publishers."""
    things = {thing.path: thing for thing in article.things("author") if "Person" in thing.types}
    for part in article.parts("author") if things else ():
        if isinstance(part.value, str):
            yield from (part.value,) if " " in part.value.strip() and part.value not in publishers else ()
        elif part.path in things:
            yield from things[part.path].texts("name")


def _named(article: Thing) -> list[str]:
    return [*article.texts("author"), *(name for thing in article.things("author") for name in thing.texts("name"))]


def _as_lines(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(unescape(name).split()) for name in names))


def linked_data(page: HtmlElement, url: str | None = None) -> LinkedData:
    """The JSON-LD of a page, as far as it can be read; `url` is where it was fetched."""
    scripts = [(one.text or "", read_json(one.text or "").values) for one in _scripts(page)]
    found = [one for _, values in scripts for value in values for one in nested(value, "$")][:_MOST_THINGS]
    known = {str(one["@id"]): one for one, _, _ in found if "@id" in one and set(one) - {"@id", "@type"}}
    things = [Thing(one, path, known) for one, path, _ in found if not _OF_OTHERS.search(path)]
    entries = [one for one in things if _ENTRIES.search(one.path)]
    own = [one for one in things if not _ENTRIES.search(one.path)]
    is_own = _OwnStory(page, url)
    return LinkedData(
        articles=[one for one in own if _is_article(one) and is_own(one)],
        others=[one for one in own if not _is_article(one)],
        entries=[one for one in entries if _is_article(one)],
        broken=[text for text, values in scripts if not values],
    )


def drop_others(page: HtmlElement, url: str | None) -> None:
    """Take out of the page's JSON-LD other stories and single entries, for readers of it that tell none apart."""
    is_own = _OwnStory(page, url)
    for script in _scripts(page):
        values = read_json(script.text or "").values
        found = [Thing(one, path) for value in values for one, path, _ in nested(value, "$")]
        others = [one for one in found if _is_article(one) and not (_is_of_page(one.path) and is_own(one))]
        if others:
            for one in others:
                if isinstance(one.properties, dict):
                    one.properties.clear()
            script.text = _dumped(values)


class _OwnStory:
    """Tells the story of a page from others that it tells machines of: these stand elsewhere, under other headlines."""

    def __init__(self, page: HtmlElement, url: str | None) -> None:
        links = (one.get("href") for one in page.iter("link") if "canonical" in one.get("rel", "").lower().split())
        told = {(one.get("property") or "").lower(): one.get("content", "") for one in page.iter("meta")}
        self._addresses = {_place(one) for one in (url, *links, told.get("og:url")) if one} - {""}
        shown = (str(one.text_content()) for one in page.iter("h1", "title"))
        self._words = set(_words(" ".join((*shown, told.get("og:title", "")))))

    def __call__(self, story: Thing) -> bool:
        values = (part.value for name in _ADDRESSES for part in story.parts(name))
        addresses = {_place(one.get("@id") if isinstance(one, dict) else one) for one in values} - {""}
        words = [word for text in story.texts("headline")[:1] for word in _words(unescape(text))]
        if not addresses or addresses & self._addresses or not words or not self._words:
            return True
        return sum(word in self._words for word in words) >= _LEAST_ALIKE * len(words)


def _scripts(page: HtmlElement) -> Iterator[HtmlElement]:
    return (one for one in page.iter("script") if "ld+json" in one.get("type", "").lower())


def _is_article(thing: Thing) -> bool:
    return any(one.lower().endswith(_ARTICLES) for one in thing.types)


def _is_of_page(path: str) -> bool:
    return not _OF_OTHERS.search(path) and not _ENTRIES.search(path)


def _place(address: object) -> str:
    """Host and path of an address, by which two are compared; empty where it is none of the web."""
    if not isinstance(address, str):
        return ""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}" if parts.netloc else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _dumped(values: Sequence[object]) -> str:
    try:
        return json.dumps(values[0] if len(values) == 1 else values)
    except RecursionError:
        return ""
