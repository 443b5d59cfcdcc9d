"""What the screen shows, before any terminal: text with marks, made harmless as it comes in.

Foreign text comes in by `said` or `harmless` alone, and never as markup, so that it cannot style or link itself.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache
from itertools import islice

from textual.content import Content

from factcheck.export.visible import visible

_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters that show nothing."""

_JOINERS = "\u200c\u200d"
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")

_COMPARED_WORDS = 400
_PILED_MARKS = 4
_GAP = "  "
_REPLACEMENT = "\ufffd"
_RIGHT_TO_LEFT = {"R", "AL"}
_LETTERS_LOOKED_AT = 400


class Ink(StrEnum):
    """How a stretch of text is drawn: each a weight, a line or a reversal; colour only strengthens what they say."""

    STRONG = "bold"
    FAINT = "dim"
    QUOTED = "reverse"
    OTHER = "underline"
    MACHINE = "italic"
    ADDED = "bold underline"
    REMOVED = "strike"
    WARNING = "bold $warning"


own = Content.styled
"""Makes a passage out of the screen's own words, blanks as they are."""


def said(text: str, ink: str = "") -> Content:
    """A passage of one line out of any text."""
    return own(" ".join(harmless(text).split()), ink)


def joined(passages: Iterable[Content], between: str = "\n") -> Content:
    """Contents under each other, or with other words between them; empty ones are left out."""
    return Content(between).join(one for one in passages if one)


def difference(before: str, after: str) -> Content:
    """Both texts in one: words that go are struck out in `[-…-]`, words that come underlined in `{+…+}`."""
    old, new = (re.findall(r"\S+", harmless(text))[:_COMPARED_WORDS] for text in (before, after))
    stretches: list[Content] = []
    for what, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = " ".join(old[first:last]), " ".join(new[start:end])
        if what == "equal":
            stretches.append(own(gone))
            continue
        stretches += [own(f"[-{gone}-]", Ink.REMOVED)] if gone else []
        stretches += [own(f"{{+{come}+}}", Ink.ADDED)] if come else []
    return joined(stretches, " ")


def flowed(passages: Iterable[Content], width: int) -> Content:
    """Contents beside each other on lines of so many cells, none of them broken."""
    rows: list[Content] = []
    for one in passages:
        if rows and rows[-1].cell_length + len(_GAP) + one.cell_length <= width:
            rows[-1] += _GAP + one
        else:
            rows.append(one)
    return joined(rows)


def harmless(text: str) -> str:
    """The text with each character that steers, hides or piles up replaced by U+FFFD; its length stays.

    Line feeds stay, other blanks become a plain one.
    """
    shown = re.sub(r"[^\S\n]", " ", visible(text))
    if shown.isascii():
        return shown
    shown = "".join(_REPLACEMENT if _hides(char) else char for char in shown)
    shown = re.sub(rf"(?s)(.?)([{_JOINERS}])", _joined, shown)
    return _without_piles(shown) if any(map(unicodedata.combining, set(shown))) else shown


def pasted(text: str) -> str:
    """Text out of another program: what steers, hides or piles up is dropped, for nobody saw it there.

    Its lines stay lines, whatever ends them: terminals hand a line's end over as a carriage return.
    """
    return harmless(_LINE_ENDS.sub("\n", text)).replace(_REPLACEMENT, "")


def pasted_line(text: str) -> str:
    """As `pasted`, for where one line has room: blanks in place of the ends of lines."""
    lines = pasted(text).split("\n")
    return lines[0] if len(lines) == 1 else " ".join(one.strip() for one in lines if one.strip())


def is_right_to_left(text: str) -> bool:
    """Whether most letters at the beginning of a text are read from right to left."""
    letters = list(islice((unicodedata.bidirectional(char) for char in text if char.isalpha()), _LETTERS_LOOKED_AT))
    return sum(one in _RIGHT_TO_LEFT for one in letters) * 2 > len(letters)


@cache
def _hides(char: str) -> bool:
    """Whether a character steers or shows nothing: format characters, half pairs, and some that pass for letters."""
    return char in _FILLERS or (unicodedata.category(char) in {"Cf", "Cs"} and char not in _JOINERS)


def _joined(found: re.Match[str]) -> str:
    """A joiner, which is left where it shapes something: a letter, or a letter's mark, before it."""
    before, joiner = found.groups()
    return before + (joiner if before and unicodedata.category(before)[0] in "LM" else _REPLACEMENT)


def _without_piles(text: str) -> str:
    """More marks on one letter than any script writes would climb over the lines above."""
    shown, pile = [], 0
    for char in text:
        pile = pile + 1 if unicodedata.combining(char) else 0
        shown.append(char if pile <= _PILED_MARKS else _REPLACEMENT)
    return "".join(shown)
