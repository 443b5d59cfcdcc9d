"""Article text and metadata out of a page, by trafilatura; `html` runs it within bounds."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import zip_longest

from lxml.html import HtmlElement
from trafilatura.settings import Document

from factcheck.domain.article import Article
from factcheck.domain.block_kind import BlockKind
from factcheck.domain.evidence import PageText
from factcheck.intake.authors import authors_of
from factcheck.intake.charset import decoded_page, refuse_broken
from factcheck.intake.headline import Titles, is_same_title, titles_of
from factcheck.intake.html import head_of
from factcheck.intake.joiners import Joiners
from factcheck.intake.linked_data import LinkedData, drop_others, linked_data
from factcheck.intake.other_stories import disown_authors
from factcheck.intake.page_about import about_page, named_address
from factcheck.intake.page_blocks import Words, told_apart, with_blocks
from factcheck.intake.page_date import PageDate, byline_date, machine_date
from factcheck.intake.page_text import extracted
from factcheck.intake.page_tree import page_tree
from factcheck.intake.page_words import words_of
from factcheck.intake.stubs import stub_of, wall_of
from factcheck.intake.visible import clean

_LANGUAGE = re.compile(rb"<html[^<>]*?\slang\s*+=\s*+[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_LARGE = 3_000_000  # bytes
_FIRST_PARAGRAPHS = 5
_SAID_AGAIN = frozenset({BlockKind.HEADING, BlockKind.STANDFIRST, BlockKind.CAPTION})


def article_of_page(
    content: bytes, url: str | None, now: datetime, encoding: str | None, header_encoding: str | None, name: str
) -> Article:
    """As `article_from_html`; `name` is for what is said of the page. Raises EncodingError."""
    page = decoded_page(content, name, encoding, header_encoding)
    joiners = Joiners.of(page.text)
    tree = page_tree(joiners.hidden(page.text))
    if tree is None:
        return Article(text="", retrieved_at=now, url=url)
    # Looked for in a tree as it came: what follows takes away what no reader sees.
    told = linked_data(tree, url)
    about = about_page(tree, told, url, now.date())
    found, titles, when = _extracted(tree, told, url, now)
    if found is None:
        return Article(text="", retrieved_at=now, url=url)
    paragraphs = [line for line in map(_line, (found.text or "").split("\n")) if line]
    blocks = _under_headline(tree, paragraphs, titles)
    language = _LANGUAGE.search(_COMMENT.sub(b"", head_of(content)))
    text, placed = with_blocks([Words(one.kind, joiners.put_back(one.text)) for one in blocks])
    refuse_broken(text, page, content, name)
    return Article(
        text=text,
        retrieved_at=now,
        title=titles and joiners.put_back(titles.title),
        url=url or found.url,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        published=when and when.day,
        published_at=when and when.at,
        language=language[1].decode() if language else None,
        blocks=placed,
        canonical_url=about["canonical_url"],
        publisher=about["publisher"] and joiners.put_back(about["publisher"]),
        subtitle=about["subtitle"] and joiners.put_back(about["subtitle"]),
        modified=about["modified"],
        stub=stub_of(tree, told, paragraphs, url),
    )


def _under_headline(tree: HtmlElement, paragraphs: list[str], titles: Titles | None) -> list[Words]:
    """The blocks of the article, its headline first; many pages say that in the article, too."""
    if not titles or not paragraphs:
        return told_apart(tree, paragraphs)
    is_headline = [_is_one_of(titles, one) for one in paragraphs[:_FIRST_PARAGRAPHS]]
    paragraphs[:] = [one for one, same in zip_longest(paragraphs, is_headline) if not same]
    blocks = told_apart(tree, paragraphs)
    again = (one.kind in _SAID_AGAIN and _is_one_of(titles, one.text) for one in blocks)
    blocks = [one for one, same in zip(blocks, list(again), strict=True) if not same]
    return [Words(BlockKind.HEADLINE, titles.headline), *blocks] if paragraphs else blocks


def _is_one_of(titles: Titles, words: str) -> bool:
    return any(is_same_title(words, one) for one in titles)


def text_of_page(content: bytes, url: str | None, header_encoding: str | None, name: str) -> PageText:
    """As `read_html`."""
    page = decoded_page(content, name, header=header_encoding)
    joiners = Joiners.of(page.text)
    text = joiners.hidden(page.text)
    seen, on_request = map(joiners.put_back, words_of(page_tree(text)))
    words = PageText(seen, on_request=on_request, is_parted=True)
    tree = page_tree(text) if len(content) <= _LARGE else None
    if tree is None:
        return words
    told, now = linked_data(tree, url), datetime.now(UTC)
    about = about_page(tree, told, url, now.date())
    words = replace(words, canonical_url=about["canonical_url"], named_url=named_address(tree, url))
    found, titles, when = _extracted(tree, told, url, now)
    lines = [line for line in map(_line, ((found.text if found else "") or "").split("\n")) if line]
    words = replace(words, wall=wall_of(tree, lines or seen.splitlines()))
    if found is None:
        return words
    return replace(
        words,
        body=" ".join(joiners.put_back(found.text or "").split()),
        title=titles and joiners.put_back(titles.title),
        publisher=_line(found.sitename or found.hostname),
        published=when and when.day.isoformat(),
    )


def _extracted(
    tree: HtmlElement, told: LinkedData, url: str | None, now: datetime
) -> tuple[Document | None, Titles | None, PageDate | None]:
    """What trafilatura finds in the page as its reader sees it, with what the page itself says about it."""
    canonical = tree.find(".//link[@rel='canonical'][@href]")
    address = url if url or canonical is None else canonical.get("href")
    when = machine_date(tree, told, address, now.date())
    clean(tree)
    if when is None or when.at is None or when.other:
        read = byline_date(tree, now.date())
        when = when.as_read(read) if when else read
    drop_others(tree, url)
    disown_authors(tree)
    found = extracted(tree, told, url)
    if found is None:
        return None, None, when
    found.author = "; ".join(authors_of(tree, found.author, told, address))
    return found, titles_of(tree, found.title, told, (found.sitename, found.hostname), address), when


def _line(words: str | None) -> str | None:
    return " ".join((words or "").split()) or None
