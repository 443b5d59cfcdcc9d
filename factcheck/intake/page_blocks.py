"""The blocks of a page's article: which kind each paragraph is that was found, and the captions that were lost."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from factcheck.domain.article import Block
from factcheck.domain.block_kind import BlockKind
from factcheck.domain.sentence import Span
from factcheck.intake.authors import begins_as_byline, byline_of
from factcheck.intake.corrections import corrections
from factcheck.intake.dates_in_text import first_day
from factcheck.intake.page_outline import Piece, key_of, outline
from factcheck.text.sentences import is_furniture

_BULLET = re.compile(r"[-–•]\s+")
_ROW = re.compile(r"\|.*\|?")
_LEAST_KEY = 12  # letters of a paragraph that is told by where it stands
_OF_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING, BlockKind.QUOTE, BlockKind.TABLE})
_TITLES = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ABOUT = frozenset({"description", "og:description", "twitter:description"})
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)\b", re.IGNORECASE)
_MOST_COLUMNS = 60
_PARAGRAPHS = 2  # that stand side by side: a body
_BEFORE_STANDFIRST = 2  # paragraphs that were found, the last of which a standfirst may be
_NEIGHBOURS = 20  # captions before one that may hold all of it, as in `Image 1 of 4 …`
_BEFORE_HEADLINE = 2  # blocks: the picture above it
_BEFORE_BODY = 12  # blocks that may stand between a headline and the article, pictures among them
_LEAST_STANDFIRST = 6  # words
_FIGURES = 4  # letters to each, at least
_MOST_STANDFIRSTS = 3  # in the header of an article
_SENTENCE = re.compile(r"[.!?…][\"'”’»“)\]]{0,3}\Z")
_LEADS = re.compile(r"(?:^|[\s_-])(?:lead|intro|summary|excerpt|vorspann|bajada|entradilla)(?:$|[\s_-])")


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of an article, and its kind."""

    kind: BlockKind
    text: str


def told_apart(page: HtmlElement, paragraphs: Sequence[str]) -> list[Words]:
    """The paragraphs with their kinds, and between them the captions and posts that the page shows there."""
    pieces = list(outline(page))
    places = _places(pieces, paragraphs)
    found = [one for one in places if one is not None]
    body = sorted({one for one in found if pieces[one].kind in _OF_BODY})
    if not body:
        return [Words(*_by_marks(one)) for one in paragraphs]
    introducing = _standfirsts(page, pieces, body)
    standfirsts = {pieces[one].key for one in introducing}
    lost = sorted({*_lost(pieces, body, found), *(one for one in introducing if one not in found)})
    told: list[Words] = []
    at = 0
    for paragraph, place in zip(paragraphs, places, strict=True):
        if place is not None and place >= at:
            told += (_lost_words(pieces[one], standfirsts) for one in lost if at <= one < place)
            at = place + 1
        kind, text = _by_marks(paragraph)
        told.append(Words(kind if place is None else _kind(pieces[place], kind, standfirsts), text))
    told += (_lost_words(pieces[one], standfirsts) for one in lost if one >= at)
    return [one for one in told if any(map(str.isalnum, one.text))]


def _lost_words(piece: Piece, standfirsts: AbstractSet[str]) -> Words:
    return Words(_kind(piece, piece.kind, standfirsts), piece.words)


def with_blocks(blocks: Sequence[Words]) -> tuple[str, tuple[Block, ...]]:
    """The text of an article, a blank line between its blocks, and where each of them stands."""
    placed, at = [], 0
    for one in blocks:
        placed.append(Block(Span(at, at + len(one.text)), one.kind))
        at += len(one.text) + 2
    return "\n\n".join(one.text for one in blocks), tuple(placed)


def _by_marks(paragraph: str) -> tuple[BlockKind, str]:
    """The kind that the marks of the extraction tell, and the words without these."""
    if bullet := _BULLET.match(paragraph):
        return BlockKind.ITEM, paragraph[bullet.end() :]
    if _ROW.fullmatch(paragraph):
        return BlockKind.TABLE, _row(paragraph)
    return BlockKind.PARAGRAPH, paragraph


def _row(paragraph: str) -> str:
    """The cells with bars between them; one that is empty keeps its place, so that others keep their column."""
    cells = [one.strip() for one in paragraph.strip().removeprefix("|").split("|")]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > _MOST_COLUMNS:  # nobody reads by column there
        cells = list(filter(None, cells))
    return " ".join(" | ".join(cells).split())


def _kind(piece: Piece, by_marks: BlockKind, standfirsts: AbstractSet[str]) -> BlockKind:
    if piece.key in standfirsts:
        return BlockKind.STANDFIRST
    if piece.kind is BlockKind.HEADLINE or (piece.kind is BlockKind.STANDFIRST and piece.element.tag in _TITLES):
        return BlockKind.HEADING  # the page's own headline goes before
    return by_marks if piece.kind in {BlockKind.PARAGRAPH, BlockKind.STANDFIRST} else piece.kind


def _places(pieces: Sequence[Piece], paragraphs: Sequence[str]) -> list[int | None]:
    """Where in the outline each paragraph stands: the first such block behind the one before, else the first at all."""
    known: dict[str, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        known[piece.key].append(number)
    found: list[int | None] = []
    last = -1
    for paragraph in paragraphs:
        numbers = known.get(key_of(paragraph), ())
        behind = bisect_right(numbers, last)
        place = numbers[behind if behind < len(numbers) else 0] if numbers else None
        found.append(place)
        last = last if place is None or len(pieces[place].key) < _LEAST_KEY else max(last, place)
    return found


def _standfirsts(page: HtmlElement, pieces: Sequence[Piece], body: Sequence[int]) -> list[int]:
    """What introduces the article: told by its class, or by what the page says of itself, and apart from the body.

    So do the sentences below the headline in a `header`, but for the byline.
    """
    said = {
        key_of(one.get("content", "")) for one in page.iter("meta") if one.get("name", one.get("property")) in _ABOUT
    }
    parents = Counter(pieces[one].element.getparent() for one in body)
    begin = max(0, _headline(pieces, body[0]))
    near = [
        number
        for number in range(begin, body[min(len(body), _BEFORE_STANDFIRST) - 1] + 1)
        if _is_prose(pieces[number].words) and not _leads_away(pieces[number], set())
    ]
    told = [
        number
        for number in near
        if pieces[number].kind is BlockKind.STANDFIRST
        or (pieces[number].key in said and parents[pieces[number].element.getparent()] < _PARAGRAPHS)
    ]
    header = _header(page, pieces[begin])
    lost = (one for one in near if one not in body and _introduces(pieces[one]))
    in_header = (one for one in lost if header in pieces[one].element.iterancestors())
    return sorted({*told[:1], *islice(in_header, _MOST_STANDFIRSTS)}) if header is not None else told[:1]


def _header(page: HtmlElement, headline: Piece) -> HtmlElement | None:
    """The `header` around the headline, if it is that of the article, and not of the site."""
    header = next(headline.element.iterancestors("header"), None)
    if header is None or headline.kind is not BlockKind.HEADLINE:
        return None
    is_of_article = next(header.iterancestors("article", "main"), None) is not None
    is_in_tab = key_of(page.findtext(".//head/title") or "").startswith(headline.key)
    return header if is_of_article or is_in_tab else None


def _introduces(piece: Piece) -> bool:
    """Whether it is a sentence, or what stands in larger letters or under such a name."""
    is_dated = first_day(piece.words) is not None
    is_byline = begins_as_byline(piece.words) and (is_dated or byline_of(piece.words) is not None)
    is_lead = piece.element.tag in _TITLES or bool(_LEADS.search(piece.element.get("class", "").lower()))
    return not is_byline and (bool(_SENTENCE.search(piece.words)) or (is_lead and not is_dated))


def _is_prose(words: str) -> bool:
    """Whether it may be a sentence: a byline with a day and a time is none."""
    letters = sum(map(str.isalpha, words))
    return len(words.split()) >= _LEAST_STANDFIRST and letters > _FIGURES * sum(map(str.isdigit, words))


def _headline(pieces: Sequence[Piece], body: int) -> int:
    """Where the headline of the article stands, or where its pictures might begin."""
    headlines = (one for one in range(body, -1, -1) if pieces[one].kind is BlockKind.HEADLINE)
    return next(headlines, body - _BEFORE_BODY)


def _lost(pieces: Sequence[Piece], body: Sequence[int], found: Sequence[int]) -> list[int]:
    """The captions of the article's pictures, the posts in it, and what corrects it, that were not found."""
    homes = {pieces[one].home for one in body} - {None}
    asides = {aside for one in body for aside in pieces[one].asides}
    begin, end = _headline(pieces, body[0]), body[-1]
    correcting = set(corrections(pieces, homes, begin, end))
    said, lost, keys = {pieces[one].key for one in found}, list[int](), list[str]()
    for number, piece in enumerate(pieces):
        is_at_home = piece.home in homes or (piece.home is None and begin - _BEFORE_HEADLINE <= number <= end)
        is_wanted = piece.kind is BlockKind.CAPTION or (piece.kind is BlockKind.EMBED and body[0] < number < end)
        is_of_article = is_wanted and is_at_home and not is_furniture(piece.words) and not _leads_away(piece, asides)
        if not is_of_article and number not in correcting:
            continue
        key = piece.key
        if key not in said and not key.endswith(tuple(keys[-_NEIGHBOURS:])):
            said.add(key)
            lost.append(number)
            keys.append(key)
    return lost


def _leads_away(piece: Piece, asides: AbstractSet[HtmlElement]) -> bool:
    """Whether it is in a box beside the article, or a link to something else than its picture."""
    if not asides >= frozenset(piece.asides):
        return True
    around = next((one for one in piece.element.iterancestors("a") if one.get("href", "#") != "#"), None)
    linked = "".join(str(one.text_content()) for one in piece.element.iter("a"))
    return (around is not None and not _PICTURE.search(around.get("href", ""))) or key_of(linked) == piece.key
