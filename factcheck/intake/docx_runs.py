"""The runs of a Word paragraph, put together: raised figures as what they mean, formulas apart from other numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from typing import TYPE_CHECKING

from factcheck.intake.docx_xml import value_of
from factcheck.intake.superscripts import as_written

if TYPE_CHECKING:
    from lxml import etree

_LEAST_HIGHER = 4  # halves of a point
_MOST_AROUND = 30  # characters, which tell what a raised sign means


class Raising(Enum):
    """How a run says that its letters stand higher than others."""

    NONE = auto()
    AS_SUPERSCRIPT = auto()
    BY_ITS_PLACE = auto()
    """Moved up, as people also do to set a line right: no figure is taken for a note's mark by that alone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph's text."""

    text: str
    raising: Raising | None = None
    is_formula: bool = False


def raising_of(about: "etree._Element | None") -> Raising | None:
    """What the properties of a run or a style say; None where they say nothing."""
    if about is None:
        return None
    aligned, place = value_of(about.find("{*}vertAlign")), value_of(about.find("{*}position"))
    if aligned == "superscript":
        return Raising.AS_SUPERSCRIPT
    if place is not None and place.isascii() and place.isdigit():
        is_higher = len(place) < len("1000") and int(place) >= _LEAST_HIGHER
        return Raising.BY_ITS_PLACE if is_higher else Raising.NONE
    return None if aligned is None else Raising.NONE


def joined(pieces: Iterable[Piece]) -> str:
    """The text of the pieces; raised ones that stand side by side are one sign, however they are divided."""
    groups = list(_groups(one for one in pieces if one.text))
    said: list[str] = []
    before = ""
    for at, (raising, text) in enumerate(groups):
        after = groups[at + 1][1][:_MOST_AROUND] if at + 1 < len(groups) else ""
        part = text if raising is None else _as_meant(before, text, after, raising)
        before = (before + part)[-_MOST_AROUND:]
        said.append(part)
    return "".join(said)


def _groups(pieces: Iterable[Piece]) -> Iterator[tuple[Raising | None, str]]:
    ends = ""
    for raising, group in groupby(pieces, key=_raised):
        parts: list[str] = []
        for one in group:
            # Whole numbers before a formula, as in 2 1/2.
            is_apart = one.is_formula and ends.isdigit() and one.text[0].isalnum()
            parts.append(f" {one.text}" if is_apart else one.text)
            ends = one.text[-1]
        yield raising, "".join(parts)


def _raised(piece: Piece) -> Raising | None:
    return None if piece.raising is Raising.NONE or piece.is_formula else piece.raising


def _as_meant(before: str, text: str, after: str, raising: Raising) -> str:
    sign = text.strip()
    meant = as_written(before, sign, after) if sign else ""
    kept = sign if raising is Raising.BY_ITS_PLACE and not meant else meant
    return text.replace(sign, kept, 1) if sign else text
