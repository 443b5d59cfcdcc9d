"""An article's sentences with exact offsets; page furniture, topics' headings and repeats apart."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from string import ascii_lowercase

from factcheck.domain.article import Article, Block
from factcheck.domain.block_kind import BlockKind
from factcheck.domain.sentence import CREDIT, FURNITURE, PENDING, REPEAT, LedgerEntry, Sentence, SentenceState, Span
from factcheck.text.abbreviations import common_words
from factcheck.text.boundaries import sentence_begins
from factcheck.text.credits import is_credit
from factcheck.text.folding import fold
from factcheck.text.stops import ORDINALS

DEFAULT_LANGUAGE = "en"

_STATEMENT_WORDS = 4
_SHORT_WORD = 3

_MARKER = re.compile(
    r"""
    [ \t]* (?: (?P<heading>\#{2,6})[ \t]+ | (?P<headline>\#)[ \t]+ | (?P<quote>>)[ \t]?
      | (?P<item> [•⁃][ \t]*\d{1,3}[.)] | [-*+•] | \d{1,3}[.)] )[ \t]+ )
    """,
    re.VERBOSE,
)
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]")
_ITEM = re.compile(r"[ \t]*(?:(?:#{1,6}|[-*+•])[ \t]|[•⁃]\d)")
_NUMBERED = re.compile(r"[ \t]*\d{1,3}[.)][ \t]")
_NUMBER = re.compile(r"[ \t]*(?:[•⁃][ \t]*)?(\d{1,3})[.)][ \t]")
_NEXT_NUMBER = re.compile(r"\s(?=(?:[•⁃]\s?)?(\d{1,4})[.)]\s++[^\W\d])")
_WORD = re.compile(r"[^\W_]+")
_WRAPPED_WORDS = 3
_STANDS_ALONE = re.compile(r"by\s|\w[.)]\s|\S*(?:://|@|www\.)")
_WRAPPED_WIDTH = range(50, 121)
_FURNITURE = re.compile(
    r"""
    (?: home | start | startseite | inicio | accueil ) \s* [/>›|] .*     # breadcrumb
    | leave\ a\ (?:reply|comment) .* | cancel\ reply | \d*\ ?comments?
    | your\ e-?mail\ address\ will\ not\ be\ published .* | required\ fields\ are\ marked .*
    | save\ my\ name,\ e-?mail .* | post\ comment | name\ ?\*? | e-?mail\ ?\*? | website
    | source\ link | skip\ to\ (?:main\ )?content | menu | search
    | (?:story|article)\ continues\ (?:below|after)(?:\ (?:this\ )?(?:ad|advertisement|video))? | most\ (?:read|viewed)
    | advertisement | anzeige | werbung | publicidade? | publicite\u0301 | pubblicita\u0300 | reklam[ae]? | annons
    | (?:share|tweet|pin|print)(?:\ (?:this|on|via)\b .*)? | follow\ us\b .*
    | (?:related|recommended|popular)\ (?:posts|articles|stories|news) (?:\ (?:for\ you|today|this\ (?:week|month)))? :?
    | (?:subscribe\ to|sign\ up\ for)\b .* \bnewsletters?\b .*
    | ©.* | (?:\(c\)|copyright)\ (?:©|\(c\)|\d{4}\b|by\b).* | .*\ball\ rights\ reserved\.?
    """,
    re.VERBOSE | re.DOTALL,  # so that `.*` at an end is never tried in vain
)


def sentences_of(article: Article) -> tuple[Sentence, ...]:
    """The sentences in reading order, positions from 1, each in a block of its kind.

    All are pending but furniture, repeats, topics' headings and credits of pictures.
    """
    return _sentences(article.text, article.read_as, article.blocks, article.title)


def split_sentences(text: str, language: str | None = None) -> tuple[Sentence, ...]:
    """The sentences of a text of which nothing else is known, as `sentences_of`."""
    return _sentences(text, language, (), None)


def _sentences(text: str, language: str | None, blocks: Sequence[Block], title: str | None) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    first_seen: dict[str, int] = {}
    begins = [one.span.start for one in blocks]
    small = (language or DEFAULT_LANGUAGE).split("-", maxsplit=1)[0].lower()
    for stretch, written in split_blocks(text, small):
        at = bisect_right(begins, stretch.start) - 1
        told = blocks[at].kind if at >= 0 and stretch.start < blocks[at].span.end else BlockKind.PARAGRAPH
        kind = written if told is BlockKind.PARAGRAPH else told
        if title and kind is BlockKind.PARAGRAPH and not blocks and " ".join(stretch.cut(text).split()) == title:
            kind, title = BlockKind.HEADLINE, None
        for span in _spans(text, stretch, small):
            words, position = span.cut(text), len(sentences) + 1
            if is_furniture(words):
                entry = LedgerEntry(SentenceState.NOT_CHECKABLE, FURNITURE, "part of the page, not of the article")
            elif (first := first_seen.setdefault(fold(words), position)) != position:
                entry = LedgerEntry(SentenceState.NOT_CHECKABLE, REPEAT, f"same words as sentence {first}")
            else:
                entry = _settled(words, kind)
            sentences.append(Sentence(position, span, kind, entry))
    return tuple(sentences)


def _settled(words: str, kind: BlockKind) -> LedgerEntry:
    """What code says of a sentence by its kind of block; pending if it is to be asked about."""
    if kind is BlockKind.HEADING and _names_a_topic(words):
        return LedgerEntry(SentenceState.NOT_CHECKABLE, "heading", "a section's title that names a topic")
    if kind is BlockKind.CAPTION and is_credit(words):
        return LedgerEntry(SentenceState.NOT_CHECKABLE, CREDIT, "says whose picture it is")
    return PENDING


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page rather than to the article."""
    # Folding takes `»` for a quotation mark; in a breadcrumb it is an arrow.
    return bool(_FURNITURE.fullmatch(fold(line.replace("»", ">"))))


def _names_a_topic(heading: str) -> bool:
    """Whether a section's title is a mere label: a short one, or one in title case without a figure."""
    found = re.findall(r"\w+", heading)
    if len(found) < _STATEMENT_WORDS:
        return True
    has_figure = any(char.isdigit() for char in heading)
    return not has_figure and all(word[0].isupper() for word in found if len(word) > _SHORT_WORD)


def _spans(text: str, block: Span, language: str) -> Iterator[Span]:
    """Each sentence of a block without the blanks around it."""
    words = block.cut(text)
    begins = [0] if is_furniture(words) else list(sentence_begins(words, language))
    for start, end in pairwise((*begins, len(words))):
        piece = words[start:end]
        # A row of asterisks, a lone quotation mark or nothing at all is not a sentence.
        if re.search(r"\w", piece):
            begin = block.start + start + len(piece) - len(piece.lstrip())
            yield Span(begin, begin + len(piece.strip()))


def split_blocks(text: str, language: str = DEFAULT_LANGUAGE) -> Iterator[tuple[Span, BlockKind]]:
    """Each paragraph, if hard-wrapped, or line of it, heading and list item, and its kind as far as marks tell it.

    Sentences do not end at a line's end in it; marks are left outside.
    """
    paragraphs = list(_paragraphs(text))
    numbers = {found[1] for lines in paragraphs for line in lines if (found := _number(text, line))}
    for item in (
        item
        for lines in paragraphs
        for part in _parts(text, lines)
        for stretch in _stretches(text, part)
        for lettered in _lettered(text, stretch)
        for item in _items(text, lettered, language)
    ):
        marker = _MARKER.match(text, item.start, item.end)
        if marker and language in ORDINALS and _is_ordinal(text, item, numbers, language):
            marker = None
        start = marker.end() if marker else item.start
        if text[start : item.end].strip():
            yield Span(start, item.end), BlockKind((marker and marker.lastgroup) or BlockKind.PARAGRAPH)


def _stretches(text: str, part: list[Span]) -> Iterator[Span]:
    """The part as one if its lines are hard-wrapped, else its lines, each with those that go on in small letters."""
    widths = [line.end - line.start for line in part[:-1]]
    is_wrapped = bool(widths) and all(width in _WRAPPED_WIDTH for width in widths)
    begin = part[0].start
    for line, following in pairwise(part):
        if not is_wrapped and not _goes_on(line.cut(text).rstrip(), following.cut(text).lstrip()):
            yield Span(begin, line.end)
            begin = following.start
    yield Span(begin, part[-1].end)


def _goes_on(line: str, following: str) -> bool:
    """Whether a line of some words that lacks an end is followed by a small letter, and by no list, name or address."""
    words = line.split()
    is_unfinished = (line[-1].isalnum() or line[-1] == ",") and len(words) >= _WRAPPED_WORDS
    is_prose = (
        following[0].islower() and not _STANDS_ALONE.match(following) and following.split(maxsplit=1)[0] != words[0]
    )
    return is_unfinished and is_prose


def _items(text: str, stretch: Span, language: str) -> Iterator[Span]:
    """The items of a numbered list that is written in one line, `1. … 2. …`; else the stretch itself."""
    begin, first = stretch.start, _number(text, stretch)
    number = int(first[1]) if first else 0
    for marker in _NEXT_NUMBER.finditer(text, begin, stretch.end) if first else ():
        if marker[1] != str(number + 1):
            continue
        number += 1
        before, sign = text[begin : marker.start()].rstrip(), text[marker.end()]
        # A number within a sentence may have a full stop too: `1. FC Köln stieg in die 2. Liga ab`.
        is_told = before[-1] in ".!?;:" or sign in "•⁃" or text[marker.end() + len(str(number))] == ")"
        if not is_told and (language in ORDINALS or before.split()[-1].lower() in common_words(language)):
            break
        yield Span(begin, marker.start())
        begin = marker.end()
    yield Span(begin, stretch.end)


def _lettered(text: str, stretch: Span) -> Iterator[Span]:
    """The items of a list with letters that is written in one line, `… a) … b) …`; else the stretch itself."""
    begin, cuts = stretch.start, []
    for letter in ascii_lowercase:
        marker = re.compile(rf"\s(?={letter}\)\s++[^\W\d_])").search(text, begin, stretch.end)
        if marker is None:
            break
        begin = marker.end()
        cuts.append(begin)
    starts = [stretch.start, *cuts] if len(cuts) > 1 else [stretch.start]
    yield from (Span(start, end) for start, end in pairwise([*starts, stretch.end]))


def _number(text: str, line: Span) -> re.Match[str] | None:
    return _NUMBER.match(text, line.start, line.end)


def _is_ordinal(text: str, item: Span, numbers: set[str], language: str) -> bool:
    """Whether the item's number is a word of its sentence, `19.` for `19th`: no neighbour of it begins a line."""
    found = _number(text, item)
    if not found or not numbers.isdisjoint((str(int(found[1]) - 1), str(int(found[1]) + 1))):
        return False
    word = _WORD.search(text, found.end(), item.end)
    return word is not None and (word[0][0].islower() or word[0].lower() not in common_words(language))


def _paragraphs(text: str) -> Iterator[list[Span]]:
    lines: list[Span] = []
    for match in re.finditer(r"[^\r\n\u2028\u2029]+|\r\n|[\r\n\u2028\u2029]", text):
        if match[0].strip():
            lines.append(Span(*match.span()))
        # One line feed goes on with the paragraph; two, or any other end of a line, divide.
        elif lines and text[lines[-1].end : match.end()].count("\n") != 1:
            yield lines
            lines = []
    if lines:
        yield lines


def _parts(text: str, lines: list[Span]) -> Iterator[list[Span]]:
    """A paragraph's lines, cut before each list item and on both sides of a heading."""
    part = lines[:1]
    for line in lines[1:]:
        begins = _ITEM.match(text, line.start, line.end) or _HEADING.match(text, part[0].start, part[0].end)
        # A number starts an item only in a numbered list: `12. September` may be the rest of a wrapped sentence.
        if begins or all(_NUMBERED.match(text, one.start, one.end) for one in (part[0], line)):
            yield part
            part = []
        part.append(line)
    yield part
