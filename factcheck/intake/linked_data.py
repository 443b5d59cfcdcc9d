"""What a page tells machines about its article, as JSON-LD of schema.org."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from lxml.html import HtmlElement

from factcheck.domain.markup import Thing, nested
from factcheck.intake.lenient_json import read_json

_ARTICLES = ("article", "posting", "report", "story")  # how the names of its types end in schema.org
_OF_OTHERS = re.compile(
    r"\.(?:itemListElement|hasPart|citation|mentions|comment|review|isPartOf|associatedMedia|video|image)\b"
)
_MOST_THINGS = 2000


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The things of a page, without those of other pages: its articles first. `scripts` are their texts."""

    articles: Sequence[Thing]
    others: Sequence[Thing]
    scripts: Sequence[str]

    @property
    def headlines(self) -> tuple[str, ...]:
        """The headlines of its articles."""
        return tuple(" ".join(unescape(text).split()) for one in self.articles for text in one.texts("headline"))

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote the first article that names anybody: persons, or else what is named in their place."""
        for one in self.articles:
            persons = [
                name for thing in one.things("author") if "Person" in thing.types for name in thing.texts("name")
            ]
            if named := persons or [name for name in _named(one) if name not in self.publishers]:
                return _as_lines(named)
        return ()

    @property
    def named_authors(self) -> tuple[str, ...]:
        """All that the first article which names anybody calls its author, be it the publisher."""
        return next((_as_lines(named) for one in self.articles if (named := _named(one))), ())

    @property
    def publishers(self) -> tuple[str, ...]:
        """The names of who publishes them."""
        return tuple(name for one in self.articles for thing in one.things("publisher") for name in thing.texts("name"))


def _named(article: Thing) -> list[str]:
    return [*article.texts("author"), *(name for thing in article.things("author") for name in thing.texts("name"))]


def _as_lines(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(unescape(name).split()) for name in names))


def linked_data(page: HtmlElement) -> LinkedData:
    """The JSON-LD of a page, as far as it can be read."""
    scripts = [one.text or "" for one in page.iter("script") if "ld+json" in one.get("type", "").lower()]
    found = [one for text in scripts for value in read_json(text).values for one in nested(value, "$")][:_MOST_THINGS]
    known = {str(one["@id"]): one for one, _, _ in found if "@id" in one and set(one) - {"@id", "@type"}}
    things = [Thing(one, path, known) for one, path, _ in found if not _OF_OTHERS.search(path)]
    are_articles = [any(one.lower().endswith(_ARTICLES) for one in thing.types) for thing in things]
    articles = [thing for thing, is_article in zip(things, are_articles, strict=True) if is_article]
    others = [thing for thing, is_article in zip(things, are_articles, strict=True) if not is_article]
    return LinkedData(articles, others, scripts)
