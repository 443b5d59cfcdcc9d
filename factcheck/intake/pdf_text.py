"""The text of a PDF's page with its raised signs told apart and the cells of a row on one line."""

import re
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject

from factcheck.intake.superscripts import as_written

_SIGN = re.compile(r"[\d+\-\u2212*†‡§,–\s]{1,8}")
_SMALL = 0.85  # of the size of the letters before it
_WIDTH = 0.5  # of a letter, as a share of its size
_RAISED = 0.1  # of it
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})


CELL_END = " | "


def text_of(page: PageObject) -> str:
    """The page's text in the order that pypdf reads it."""
    reader = _Reader()
    page.extract_text(visitor_operand_before=reader.operator, visitor_text=reader.text)
    return "".join(_written(reader.chunks))


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A run of letters, in points: their size, and how high they stand."""

    text: str
    size: float
    left: float
    height: float


@dataclass
class _Reader:
    """Takes down what pypdf tells; text rise (`Ts`) it does not tell with the text."""

    chunks: list[_Chunk] = field(default_factory=list)
    _rise: float = 0.0
    _rise_shown: float = 0.0

    def operator(self, operator: bytes, operands: Any, *_: object) -> None:  # noqa: ANN401 - as pypdf has it
        if operator == b"Ts" and operands:
            self._rise = float(operands[0])
        elif operator == b"BT":
            self._rise = 0.0
        elif operator in _SHOWS:
            self._rise_shown = self._rise

    def text(self, text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        if text:
            self.chunks.append(_Chunk(text, abs(size * matrix[3]), matrix[4], matrix[5] + self._rise_shown))


def _written(chunks: list[_Chunk]) -> list[str]:
    parts: list[str] = []
    line: _Chunk | None = None  # the letters that a sign stands beside
    for at, chunk in enumerate(chunks):
        text = chunk.text
        if line is not None and _is_raised(chunk, line) and not parts[-1].endswith("\n"):
            after = chunks[at + 1].text if at + 1 < len(chunks) else ""
            end = text[len(text.rstrip()) :]
            text = as_written(parts[-1], text, after) + end
        elif text.strip():
            line = chunk
        if parts and line is chunk and _is_same_line(chunks[at - 1], chunk) and parts[-1].endswith("\n"):
            is_cell = chunk.left - chunks[at - 1].left > _WIDTH * chunk.size * (len(parts[-1]) + 2)
            parts[-1] = parts[-1].rstrip() + (CELL_END if is_cell else " ")
        parts.append(text)
    return parts


def _is_same_line(last: _Chunk, chunk: _Chunk) -> bool:
    """Whether some programs' ends of line, which go nowhere, stand between the two."""
    return chunk.left > last.left and abs(chunk.height - last.height) < _RAISED * chunk.size


def _is_raised(chunk: _Chunk, line: _Chunk) -> bool:
    is_small = 0 < chunk.size < _SMALL * line.size
    return is_small and chunk.height > line.height + _RAISED * line.size and bool(_SIGN.fullmatch(chunk.text))
