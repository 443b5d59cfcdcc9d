"""Paragraphs, headings and list items of a plain or Markdown text, with offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.domain.sentence import Span

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


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text in which sentences do not end at a line's end; a headline does not count as a heading."""

    span: Span
    is_heading: bool


def split_blocks(text: str) -> Iterator[Block]:
    """Each paragraph, if hard-wrapped, or line of it, heading and list item; Markdown's marks are left outside."""
    for paragraph in _paragraphs(text):
        for part in _parts(text, paragraph):
            widths = [line.end - line.start for line in part[:-1]]
            is_wrapped = bool(widths) and all(width in _WRAPPED_WIDTH for width in widths)
            for stretch in [Span(part[0].start, part[-1].end)] if is_wrapped else part:
                marker = _MARKER.match(text, stretch.start, stretch.end)
                start = marker.end() if marker else stretch.start
                if text[start : stretch.end].strip():
                    yield Block(Span(start, stretch.end), is_heading=bool(marker and marker["heading"]))


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
