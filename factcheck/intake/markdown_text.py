"""Markdown as its reader sees it: no marks, what front matter says as metadata, each block of its kind."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import yaml
from lxml.html import HtmlElement, document_fromstring
from markdown_it import MarkdownIt
from markdown_it.token import Token

from factcheck.domain.article import Article
from factcheck.domain.block_kind import BlockKind
from factcheck.domain.evidence import is_web_address
from factcheck.intake.authors import Byline, byline_of
from factcheck.intake.headline import is_same_title
from factcheck.intake.joiners import without_marks
from factcheck.intake.markdown import FRONT_MATTER
from factcheck.intake.page_blocks import Words, with_blocks
from factcheck.intake.page_outline import outline
from factcheck.intake.plain import reads_like_title
from factcheck.intake.visible import clean

_NOTES = re.compile(r"\[\^[\w-]{1,40}\]:?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_FIRST_BLOCKS = 3  # among which the headline may stand
_LEAST_YEAR = 100  # no list begins with it
_DATES = ("date", "published", "publishDate")


def article_of_markdown(text: str, url: str | None, now: datetime) -> Article:
    """As `article_from_markdown`."""
    said, body = front_matter(without_marks(text))
    blocks = list(_blocks(body))
    byline = _take_byline(blocks)
    title = _words(said, "title") or _title(blocks)
    if title:
        places = [at for at, one in enumerate(blocks[:_FIRST_BLOCKS]) if is_same_title(one.text, title)]
        at = places[0] if places else 0
        blocks[at : at + len(places[:1])] = [Words(BlockKind.HEADLINE, blocks[at].text if places else title)]
        if subtitle := _words(said, "subtitle"):
            blocks.insert(at + 1, Words(BlockKind.STANDFIRST, subtitle))
    stored, placed = with_blocks(blocks)
    address, language = _words(said, "canonical_url", "canonicalURL", "url"), _words(said, "lang", "language") or ""
    return Article(
        text=stored,
        retrieved_at=now,
        title=title,
        url=url or (address if address and is_web_address(address) else None),
        authors=tuple(_authors(said)) or byline.names,
        published=_day(next((said[name] for name in _DATES if name in said), None)) or byline.day,
        language=language if _LANGUAGE.fullmatch(language) else None,
        blocks=placed,
    )


def front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """What stands between two rows of marks at the beginning, as YAML or TOML, and the text behind it."""
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text
    try:
        is_yaml = found["mark"] == "---"
        said = yaml.safe_load(found["said"]) if is_yaml else tomllib.loads(found["said"])
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        return {}, text
    return (said, text[found.end() :]) if isinstance(said, dict) else ({}, text)


def _blocks(body: str) -> Iterator[Words]:
    # Indented lines are code to Markdown; in an article they are paragraphs.
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("code")
    tokens = reader.parse(_NOTES.sub("", body))
    _tell_numbers(tokens)
    page = document_fromstring(f"<html><body>{reader.renderer.render(tokens, reader.options, {})}</body></html>")
    clean(page)
    _tell_captions(page)
    is_first = True
    for piece in outline(page):
        one = Words(piece.kind, piece.words)
        if piece.kind is BlockKind.HEADLINE:
            yield one if is_first else replace(one, kind=BlockKind.HEADING)
            is_first = False
        else:
            yield one


def _tell_numbers(tokens: Sequence[Token]) -> None:
    """Leave the number in an item that is none: a sentence that begins with a year is taken for one of a list."""
    for at, opened in reversed(list(enumerate(tokens))):  # what stands within others first
        if opened.type == "ordered_list_open":
            ends = next(end for end in range(at, len(tokens)) if _closes(tokens[end], opened))
            items = [one for one in range(at, ends) if _is_item(tokens[one], opened)]
            numbers = [int(tokens[one].info) for one in items]
            for before, number, item in zip([None, *numbers], numbers, items, strict=False):
                follows = number in {before, before + 1} if before is not None else number == 1 or len(numbers) > 1
                is_next = follows and numbers[0] < _LEAST_YEAR
                words = next((tokens[one] for one in range(item, ends) if tokens[one].type == "inline"), None)
                if not is_next and words is not None and words.children is not None:
                    words.children.insert(0, Token("text", "", 0, content=f"{number}. "))


def _closes(token: Token, opened: Token) -> bool:
    return token.type == "ordered_list_close" and token.level == opened.level


def _is_item(token: Token, opened: Token) -> bool:
    return token.type == "list_item_open" and token.level == opened.level + 1


def _tell_captions(page: HtmlElement) -> None:
    """Emphasis below a picture, and nothing else, is its caption."""
    for element in page.iter("p"):
        before = element.getprevious()
        is_below = before is not None and before.find(".//img") is not None and not before.text_content().strip()
        said = element.text_content().strip()
        emphasised = "".join(str(one.text_content()) for one in element if one.tag in {"em", "i"}).strip()
        if said and said == emphasised and (is_below or element.find(".//img") is not None):
            element.tag = "figcaption"


def _take_byline(blocks: list[Words]) -> Byline:
    """Take the line out that says who wrote it, below the headline; a later one is of somebody who is quoted."""
    for at, one in enumerate(blocks[:_FIRST_BLOCKS]):
        if one.kind is BlockKind.PARAGRAPH and (found := byline_of(one.text)):
            del blocks[at]
            return found
    return Byline((), None)


def _title(blocks: Sequence[Words]) -> str | None:
    """The first heading of the first level, else the first line if that reads like a headline."""
    headline = next((one.text for one in blocks if one.kind is BlockKind.HEADLINE), None)
    first = next((one.text for one in blocks if one.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}), "")
    return headline or (first if reads_like_title(first) else None)


def _words(said: Mapping[str, Any], *names: str) -> str | None:
    found = (said[name] for name in names if isinstance(said.get(name), str))
    return " ".join(next(found, "").split()) or None


def _authors(said: Mapping[str, Any]) -> Iterator[str]:
    told = said.get("authors", said.get("author", ()))
    for one in told if isinstance(told, list) else [told]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            yield " ".join(name.split())


def _day(told: object) -> date | None:
    if isinstance(told, datetime):
        return told.date()
    try:
        return told if isinstance(told, date) else date.fromisoformat(str(told)[:10])
    except ValueError:
        return None
