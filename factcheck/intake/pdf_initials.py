"""The large letters that a PDF's paragraphs begin with: each goes back to its word."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from factcheck.intake.pdf_columns import Chunk
from factcheck.text.abbreviations import common_words
from factcheck.text.language import detect_language

_LARGE = 1.8  # times the size of the line beside it
_MOST = 20  # on a page
_WIDE = 1.5  # of its size the line beside it begins behind it, at most
_INITIAL = re.compile(r"\s*(?P<mark>[\"'“‘«„¿¡]?)(?P<letter>[^\W\d_])\s*")
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)")
_WORDS_OF_A_LETTER = frozenset("aioyeàèéó")


def with_initials_put_back(chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """The chunks, each large first letter as a part of the highest line that stands beside it.

    A letter that may be a word stays one, unless what it makes is a small word, or one that the page has elsewhere.
    """
    large = _LARGE * median(one.size for one in chunks) if chunks else 0.0
    initials = [at for at, one in enumerate(chunks) if one.size >= large and _INITIAL.fullmatch(one.text)]
    if not 0 < len(initials) <= _MOST:  # more of them are a word whose letters are drawn one by one
        return chunks
    made = list(chunks)
    for at in initials:
        beside = _line_beside(chunks, at)
        if beside is not None:
            made[beside] = replace(chunks[beside], text=_joined(chunks, at, beside), left=chunks[at].left)
            made[at] = replace(chunks[at], text="\n" if "\n" in chunks[at].text and at > beside else "")
    return [one for one in made if one.text]


def _line_beside(chunks: Sequence[Chunk], at: int) -> int | None:
    """The highest of the lines that begin beside a letter and are much smaller; it begins with a letter, too."""
    letter = chunks[at]
    beside = [
        number
        for number, one in enumerate(chunks)
        if letter.left < one.left <= letter.left + _WIDE * letter.size
        and 0 < one.size * _LARGE <= letter.size
        and letter.height - one.size <= one.height <= letter.height + letter.size
    ]
    first = max(beside, key=lambda number: chunks[number].height, default=None)
    return first if first is not None and _FIRST_WORD.match(chunks[first].text) else None


def _joined(chunks: Sequence[Chunk], at: int, beside: int) -> str:
    found, rest = _INITIAL.fullmatch(chunks[at].text), chunks[beside].text.lstrip()
    first = _FIRST_WORD.match(rest)
    assert found is not None and first is not None  # noqa: S101, PT018 - that is how they were found
    begun = found["mark"] + found["letter"]
    if found["letter"].lower() not in _WORDS_OF_A_LETTER:
        return begun + rest
    others = " ".join(one.text for number, one in enumerate(chunks) if number != beside)
    known = {*re.findall(r"[^\W\d_]+", others.lower()), *common_words(detect_language(f"{rest} {others}") or "en")}
    return begun + rest if (found["letter"] + first[1]).lower() in known else f"{begun} {rest}"
