"""An article's sentences with exact offsets, as sentencex finds them, put right; page furniture and repeats apart."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from factcheck.domain.sentence import PENDING, REPEAT, LedgerEntry, Sentence, SentenceState, Span
from factcheck.text.folding import fold
from factcheck.text.quotations import lay_quotation_marks_aside

DEFAULT_LANGUAGE = "en"

_STATEMENT_WORDS = 4
_SHORT_WORD = 3

_MARKER = re.compile(
    r"""
    [ \t]* (?: (?P<heading>\#{2,6})[ \t]+ | \#[ \t]+ | >[ \t]?
      | [•⁃][ \t]*\d{1,3}[.)][ \t]+ | [-*+•][ \t]+ | \d{1,3}[.)][ \t]+ )
    """,
    re.VERBOSE,
)
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]")
_ITEM = re.compile(r"[ \t]*(?:(?:#{1,6}|[-*+•])[ \t]|[•⁃]\d)")
_NUMBERED = re.compile(r"[ \t]*\d{1,3}[.)][ \t]")
_WRAPPED_WIDTH = range(50, 121)
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
_NONBLANK = re.compile(r"\S")
# Possessive (`*+`), so that a thousand blanks before anything else are not tried one by one.
_BEHIND_QUOTATION = re.compile(
    r"""
    (?<!\s) [.!?…。！？] | \s*+ [,;，]
    | \s*+ (?:[A-Z][\w.'’-]*\ ){1,3} (?:said|says|asked|asks|added|replied|shouted|wrote|told\ \w+) [.,]
    | [^\W\d_]{1,8} (?:说|說|问|問|称|稱|表示|[说說问問]道) (?:。|，(?![“「『]))       # he says, but not: and says, “…
    | と | って | など
    | [\s–—-]*+ (?P<first>\w)
    """,
    re.VERBOSE,
)
# What sentencex takes for the end of a sentence, though a capital follows.
_NO_END = {
    "en": re.compile(r"\b(?:Ms|Atty)\.$"),
    "de": re.compile(
        r"\b(?:[Ii]m|[Aa]m|[Dd]er|[Dd]es|[Dd]em|[Dd]en|[Dd]ie|[Dd]as|[Zz]um|[Zz]ur|[Vv]om|[Bb]eim)\s\d{1,3}\.$"
        r"|\b(?:Abs|Bd|Okt|Dez|geb|gest|inkl|Hrsg)\.$"
    ),
}
_LONGEST_NO_END = 12


def split_sentences(text: str, language: str | None = None) -> tuple[Sentence, ...]:
    """The sentences in reading order, positions from 1; all are pending but furniture, repeats and topics' headings."""
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
    """Whether a section's title is a mere label: a short one, or one in title case without a figure."""
    found = re.findall(r"\w+", heading)
    if len(found) < _STATEMENT_WORDS:
        return True
    has_figure = any(char.isdigit() for char in heading)
    return not has_figure and all(word[0].isupper() for word in found if len(word) > _SHORT_WORD)


def _spans(text: str, language: str) -> Iterator[tuple[Span, bool]]:
    """Each sentence without the blanks around it, and whether it is a section's title."""
    for block, is_heading in split_blocks(text):
        words = block.cut(text)
        begins = [0] if is_furniture(words) else list(sentence_begins(words, language))
        for start, end in pairwise((*begins, len(words))):
            piece = words[start:end]
            # A row of asterisks, a lone quotation mark or nothing at all is not a sentence.
            if re.search(r"\w", piece):
                begin = block.start + start + len(piece) - len(piece.lstrip())
                yield Span(begin, begin + len(piece.strip())), is_heading


def sentence_begins(words: str, language: str) -> Iterator[int]:
    """The offset of each sentence's first character, the first of them 0; a closing mark stays with its sentence."""
    unquoted, closing = lay_quotation_marks_aside(words)
    yield 0
    for boundary in get_sentence_boundaries(language, unquoted):
        # A paragraph's break is a segment of its own to sentencex: the word behind it begins the sentence.
        first = _NONBLANK.search(unquoted, boundary["start_index"])
        begin = first.start() if first else 0
        # It begins behind the last closing mark before its first word, with the blanks and opening marks between.
        while begin > 0 and unquoted[begin - 1].isspace() and begin - 1 not in closing:
            begin -= 1
        if begin - 1 in closing:
            # What follows a quotation may belong to its sentence, as `he asked` does behind `“Why?”`.
            follows = _BEHIND_QUOTATION.match(words, begin)
            goes_on = follows is not None and (follows["first"] is None or follows["first"].islower())
        else:
            # The full stop may part two letters or figures, as in `LL.AA.` and `3.Arroz`, or abbreviate.
            char, no_end = words[begin], _NO_END.get(language)
            is_inside = words[begin - 1] == "." and (char.isdecimal() or char.lower() != char.upper())
            before = words[max(0, begin - _LONGEST_NO_END) : begin].rstrip()
            goes_on = is_inside or (no_end is not None and no_end.search(before) is not None)
        if begin and not goes_on:
            yield begin


def split_blocks(text: str) -> Iterator[tuple[Span, bool]]:
    """Each paragraph, if hard-wrapped, or line of it, heading and list item, and whether it is a heading.

    Sentences do not end at a line's end in it; Markdown's marks are left outside. A headline is not a heading.
    """
    for paragraph in _paragraphs(text):
        for part in _parts(text, paragraph):
            widths = [line.end - line.start for line in part[:-1]]
            is_wrapped = bool(widths) and all(width in _WRAPPED_WIDTH for width in widths)
            for stretch in [Span(part[0].start, part[-1].end)] if is_wrapped else part:
                marker = _MARKER.match(text, stretch.start, stretch.end)
                start = marker.end() if marker else stretch.start
                if text[start : stretch.end].strip():
                    yield Span(start, stretch.end), bool(marker and marker["heading"])


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
