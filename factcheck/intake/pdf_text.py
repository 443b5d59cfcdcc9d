"""The text of a PDF's page: raised signs told apart, the cells of a row on one line, headlines blocks of their own."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject

from factcheck.intake.pdf_columns import Chunk, in_reading_order
from factcheck.intake.pdf_initials import with_initials_put_back
from factcheck.intake.pdf_jumps import part_columns
from factcheck.intake.pdf_space import Matrix, moved, times
from factcheck.intake.pdf_unseen import drop_unseen
from factcheck.intake.superscripts import as_written

_LIGATURES = {0xFB00 + at: letters for at, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_SIGN = re.compile(r"[\d+\-\u2212*†‡§,–\s]{1,8}")
_SLASH = re.compile(r"\s*[/\u2044\u2215]\s*")
_SMALL = 0.85  # of the size of the letters before it
_WIDTH = 0.5  # of a letter, as a share of its size
_RAISED = 0.1  # of it
_LARGER = 1.15  # times the size of the letters around it: of another block
_APART = 1.7  # lines of one headline, as a share of their size
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_DROPPED_CAP = 2  # letters


CELL_END = " | "


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The text of a page, and what stands in its largest letters, None where all are much alike."""

    text: str
    headline: str | None
    cipher: float = 0.0  # the share of letters that nobody can tell


def text_of(page: PageObject) -> PdfPage:
    """The page's text in the order of its columns, a blank line where the size of its letters changes."""
    cipher = drop_unseen(page)
    part_columns(page)
    reader = _Reader()
    page.extract_text(visitor_operand_before=reader.operator, visitor_text=reader.text)
    lines = _lines(_written(in_reading_order(with_initials_put_back(reader.chunks))))
    usual = Counter[float]()
    for one in lines:
        usual[round(one.size, 1)] += len(one.text)
    body = usual.most_common(1)[0][0] if usual else 0.0
    blocks = _blocks(lines, body)
    largest = max(blocks, key=lambda one: one.size, default=None)
    is_headline = largest is not None and largest.size > _LARGER * body and any(map(str.isalpha, largest.text))
    headline = " ".join(largest.text.split()) if largest and is_headline else None
    return PdfPage("".join(one.text for one in blocks), headline, cipher)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its end, the size of most of its letters in points, and how high they stand."""

    text: str
    size: float
    height: float


@dataclass
class _Reader:
    """Takes down what pypdf tells; text rise (`Ts`) it does not tell with the text."""

    chunks: list[Chunk] = field(default_factory=list)
    _rise: float = 0.0
    _rise_shown: float = 0.0

    def operator(self, operator: bytes, operands: Any, *_: object) -> None:  # noqa: ANN401 - as pypdf has it
        if operator == b"Ts" and operands:
            self._rise = float(operands[0])
        elif operator == b"BT":
            self._rise = 0.0
        elif operator in _SHOWS:
            self._rise_shown = self._rise

    def text(self, text: str, outer: list[float], inner: list[float], _: object, size: float) -> None:
        if text:
            left, height = moved(_matrix(outer), *moved(_matrix(inner), 0.0, self._rise_shown))
            level = times(_matrix(inner), _matrix(outer))[3]  # none of what is drawn sideways
            self.chunks.append(Chunk(text.translate(_LIGATURES), abs(size * level), left, height))


def _matrix(numbers: list[float]) -> Matrix:
    a, b, c, d, left, up = numbers
    return (a, b, c, d, left, up)


def _written(chunks: Sequence[Chunk]) -> list[tuple[str, Chunk]]:
    """What stands in the text for each chunk."""
    parts: list[str] = []
    line: Chunk | None = None  # the letters that a sign stands beside
    for at, chunk in enumerate(chunks):
        text = chunk.text
        if line is not None and _is_raised(chunk, line) and not parts[-1].endswith("\n"):
            after = chunks[at + 1].text if at + 1 < len(chunks) else ""
            end = text[len(text.rstrip()) :]
            if _is_numerator(chunks, at, line):
                text = f" {text}" if parts[-1][-1:].isdigit() else text
            else:
                text = as_written(parts[-1], text, after) + end
        elif text.strip():
            line = chunk
        if parts and line is chunk and _is_same_line(chunks[at - 1], chunk) and parts[-1].endswith("\n"):
            is_cell = chunk.left - chunks[at - 1].left > _WIDTH * chunk.size * (len(parts[-1]) + 2)
            parts[-1] = parts[-1].rstrip() + (CELL_END if is_cell else " ")
        parts.append(text)
    return list(zip(parts, chunks, strict=True))


def _lines(parts: Sequence[tuple[str, Chunk]]) -> list[_Line]:
    lines: list[_Line] = []
    begun: list[tuple[str, Chunk]] = []
    for text, chunk in parts:
        for piece in text.splitlines(keepends=True):
            begun.append((piece, chunk))
            if piece.endswith("\n"):
                lines.append(_line(begun))
                begun = []
    return [*lines, _line(begun)] if begun else lines


def _line(parts: Sequence[tuple[str, Chunk]]) -> _Line:
    text, (words, chunk) = "".join(piece for piece, _ in parts), max(parts, key=lambda one: len(one[0].strip()))
    return _Line(text, chunk.size if words.strip() else 0.0, chunk.height)


def _blocks(lines: Sequence[_Line], body: float) -> list[_Line]:
    """The lines with a blank one where the letters grow or shrink, and those of a headline as one."""
    blocks: list[_Line] = []
    last: _Line | None = None  # with words
    for line in lines:
        if last is None or not line.size or len(last.text.strip()) <= _DROPPED_CAP:
            blocks.append(line)
        elif max(last.size, line.size) > _LARGER * min(last.size, line.size):
            blocks.append(_Line(f"\n{line.text}", line.size, line.height))
        elif line.size > _LARGER * body and last is blocks[-1] and 0 < last.height - line.height < _APART * line.size:
            blocks[-1] = _Line(f"{last.text.rstrip()} {line.text}", last.size, line.height)
        else:
            blocks.append(line)
        last = blocks[-1] if line.size else last
    return blocks


def _is_same_line(last: Chunk, chunk: Chunk) -> bool:
    """Whether some programs' ends of line, which go nowhere, stand between the two."""
    return chunk.left > last.left and abs(chunk.height - last.height) < _RAISED * chunk.size


def _is_raised(chunk: Chunk, line: Chunk) -> bool:
    is_small = 0 < chunk.size < _SMALL * line.size
    return is_small and chunk.height > line.height + _RAISED * line.size and bool(_SIGN.fullmatch(chunk.text))


def _is_numerator(chunks: Sequence[Chunk], at: int, line: Chunk) -> bool:
    """Whether a slash and other small digits follow the raised digits: they are no footnote's mark then."""
    following = chunks[at + 1 : at + 3]
    if not chunks[at].text.strip().isdigit() or not following:
        return False
    slash = _SLASH.match(following[0].text)
    if slash is None:
        return False
    below = following[0] if slash.end() < len(following[0].text) else following[-1]
    digits = below.text[slash.end() :] if below is following[0] else below.text
    return digits.strip().isdigit() and 0 < below.size < _SMALL * line.size
