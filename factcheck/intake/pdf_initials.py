"""The large letters that a PDF's paragraphs begin with: each goes back to its word."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from factcheck.intake.pdf_lines import Piece
from factcheck.text.abbreviations import common_words
from factcheck.text.language import detect_language

_LARGE = 1.8  # times the size of the line beside it
_MOST = 20  # on a page
_WIDE = 1.5  # of its size the line beside it begins behind it, at most
_INITIAL = re.compile(r"(?P<mark>[\"'“‘«„¿¡]?)(?P<letter>[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS_OF_A_LETTER = frozenset("aioyeàèéó")


def with_initials_put_back(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, each large first letter as a part of the highest line that stands beside it."""
    large = _LARGE * median(one.size for one in pieces) if pieces else 0.0
    initials = [one for one in pieces if one.size >= large and _INITIAL.fullmatch(one.text)]
    made = list(pieces)
    # More of them are words whose letters are drawn one by one.
    for letter in initials if len(initials) <= _MOST else ():
        line = max((one for one in made if _is_beside(one, letter)), key=lambda one: one.base, default=None)
        if line is not None and _WORD.match(line.text):
            others = " ".join(one.text for one in made if one not in {line, letter})
            made[made.index(line)] = replace(line, text=_joined(letter.text, line.text, others), left=letter.left)
            made.remove(letter)
    return made


def _is_beside(line: Piece, letter: Piece) -> bool:
    return (
        letter.left < line.left <= letter.left + _WIDE * letter.size
        and line.size * _LARGE <= letter.size
        and letter.base - line.size <= line.base <= letter.base + letter.size
    )


def _joined(initial: str, line: str, others: str) -> str:
    """The line with its letter. One that may be a word stays one, unless the page or the language has what it makes."""
    letter, first = initial[-1].lower(), _WORD.match(line)
    if letter not in _WORDS_OF_A_LETTER or first is None:
        return initial + line
    known = {*_WORD.findall(others.lower()), *common_words(detect_language(f"{line} {others}") or "en")}
    return initial + line if letter + first[0].lower() in known else f"{initial} {line}"
