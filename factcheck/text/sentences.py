"""An article's sentences with exact offsets, page furniture and repeats told apart."""

import re
from collections.abc import Iterator
from itertools import pairwise

from factcheck.domain.sentence import PENDING, REPEAT, LedgerEntry, Sentence, SentenceState, Span
from factcheck.text.blocks import split_blocks
from factcheck.text.boundaries import sentence_begins
from factcheck.text.folding import fold

DEFAULT_LANGUAGE = "en"

_STATEMENT_WORDS = 4
_SHORT_WORD = 3

_FURNITURE = re.compile(
    r"""
    (?: home | start | startseite | inicio | accueil ) \s* [/>›|] .*     # breadcrumb
    | leave\ a\ (?:reply|comment) .* | cancel\ reply | \d*\ ?comments?
    | your\ e-?mail\ address\ will\ not\ be\ published .* | required\ fields\ are\ marked .*
    | save\ my\ name,\ e-?mail .* | post\ comment | name\ ?\*? | e-?mail\ ?\*? | website
    | source\ link | skip\ to\ (?:main\ )?content | advertisement | menu | search
    | (?:share|tweet|pin|print)(?:\ (?:this|on|via)\b .*)? | follow\ us\b .*
    | (?:related|recommended|popular)\ (?:posts|articles|stories|news) (?:\ (?:for\ you|today|this\ (?:week|month)))? :?
    | (?:subscribe\ to|sign\ up\ for)\b .* \bnewsletters?\b .*
    | ©.* | (?:\(c\)|copyright)\ (?:©|\(c\)|\d{4}\b|by\b).* | .*\ball\ rights\ reserved\.?
    """,
    re.VERBOSE,
)


def split_sentences(text: str, language: str | None = None) -> tuple[Sentence, ...]:
    """The sentences of a text in reading order, positions counted from 1.

    Page furniture and repeats of an earlier sentence are entered into the ledger at once;
    everything else is pending.
    """
    sentences: list[Sentence] = []
    first_seen: dict[str, int] = {}
    for span, is_heading in _spans(text, (language or DEFAULT_LANGUAGE).split("-", maxsplit=1)[0].lower()):
        words, position, entry = span.cut(text), len(sentences) + 1, PENDING
        if is_furniture(words):
            entry = LedgerEntry(SentenceState.NOT_CHECKABLE, "furniture", "part of the page, not of the article")
        elif (first := first_seen.setdefault(fold(words), position)) != position:
            entry = LedgerEntry(SentenceState.NOT_CHECKABLE, REPEAT, f"same words as sentence {first}")
        elif is_heading and _names_a_topic(words):
            entry = LedgerEntry(SentenceState.NOT_CHECKABLE, "heading", "a section's title that names a topic")
        sentences.append(Sentence(position, span, is_heading, entry))
    return tuple(sentences)


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page rather than to the article."""
    # Folding takes `»` for a quotation mark; in a breadcrumb it is an arrow.
    return bool(_FURNITURE.fullmatch(fold(line.replace("»", ">"))))


def _names_a_topic(heading: str) -> bool:
    """Whether a section's title is a label such as `Future Outlook`, and no statement.

    Short ones are, and longer ones in title case without a figure. `Unemployment fell to 3 %`
    is asked about like any sentence.
    """
    found = re.findall(r"\w+", heading)
    if len(found) < _STATEMENT_WORDS:
        return True
    has_figure = any(char.isdigit() for char in heading)
    return not has_figure and all(word[0].isupper() for word in found if len(word) > _SHORT_WORD)


def _spans(text: str, language: str) -> Iterator[tuple[Span, bool]]:
    """Each sentence without the blanks around it, and whether it is a section's title."""
    for block in split_blocks(text):
        words = block.span.cut(text)
        begins = [0] if is_furniture(words) else list(sentence_begins(words, language))
        for start, end in pairwise((*begins, len(words))):
            piece = words[start:end]
            # A row of asterisks, a lone quotation mark or nothing at all is not a sentence.
            if re.search(r"\w", piece):
                begin = block.span.start + start + len(piece) - len(piece.lstrip())
                yield Span(begin, begin + len(piece.strip())), block.is_heading
