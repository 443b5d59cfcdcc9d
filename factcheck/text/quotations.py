"""Quotation marks laid aside, so that sentences are told apart inside a quotation too.

A splitter keeps a quotation of several sentences together, or loses its way at a mark without a
partner. Where the marks are blanks it splits `“Hello. I go,” she said.` as it splits everything.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from factcheck.domain.sentence import Span

# A single mark counts where no word goes on: the one of `didn't` stays.
_MARK = re.compile(r"[\"“”„‟‚‛«»‹›「」『』﹁﹂﹃﹄〝〞〟＂]|(?<!\w)['’‘]|['’‘](?!\w)|,(?=,\w)|(?<=,),(?=\w)")
_ASIDE = re.compile(r"(?:^|(?<=[.!?…]\s))\([^()]*[.!?…]\)(?=\s|$)")
_BEGINS_LINE = re.compile(r"\n[^\S\n]*+\Z")
_INDENT = 8
CLOSING = frozenset("”\"’'»«›‹“」』﹂﹄〞〟＂")
_ALWAYS_OPENING = frozenset("„‚,「『﹁﹃〝")
_ALWAYS_CLOSING = frozenset("」』﹂﹄〞〟")
_USUALLY_OPENING = frozenset("“‘‟‛«‹")
_MARKS = "\"'“”‘’«»‹›"  # that may stand beside another
_STRAIGHT = frozenset("\"'＂")
_EDGE_BEFORE = frozenset("([{-–—:/¿¡")
_EDGE_AFTER = frozenset(")]}-–—.,:;!?…/")


def lay_quotation_marks_aside(text: str) -> tuple[str, frozenset[int]]:
    """The text with a blank for each quotation mark and bracket around whole sentences, and the offsets that close."""
    opens_at = dict(_sides(text))
    for aside in _ASIDE.finditer(text):
        opens_at |= {aside.start(): True, aside.end() - 1: False}
    words = " ".join(text[before + 1 : after] for before, after in pairwise((-1, *sorted(opens_at), len(text))))
    return words, frozenset(offset for offset, opens in opens_at.items() if not opens)


def find_quotations(text: str) -> Iterator[Span]:
    """The outermost quotations with their marks, each within its paragraph, whose last may lack its closing mark."""
    for paragraph in re.finditer(r"(?:[^\n]|\n(?![^\S\n]*\n))+", text):
        depth = first = 0
        for offset, opens in _sides(paragraph[0]):
            if _is_no_other(paragraph[0], offset, is_inside=opens and depth > 0):
                continue
            if opens:
                first = first if depth else paragraph.start() + offset
                depth += 1
            elif depth:
                depth -= 1
                if not depth:
                    yield Span(first, paragraph.start() + offset + 1)
        if depth:
            yield Span(first, paragraph.end())


def _is_no_other(paragraph: str, offset: int, *, is_inside: bool) -> bool:
    """Whether a mark repeats another: `,,` is typed for `„`, and a quotation opens again in its next line."""
    line = paragraph[max(0, offset - _INDENT) : offset]
    return paragraph[offset] == "," or (is_inside and _BEGINS_LINE.search(line) is not None)


def _sides(text: str) -> Iterator[tuple[int, bool]]:
    """Each mark's offset, and whether it opens a quotation."""
    inside: set[str] = set()
    opened_at = -2
    for match in _MARK.finditer(text):
        offset, mark = match.start(), match[0]
        after_edge = offset == opened_at + 1 or _is_edge(text[offset - 1 : offset], _EDGE_BEFORE)
        before_edge = _is_edge(text[offset + 1 : offset + 4].lstrip(_MARKS)[:1], _EDGE_AFTER)
        opens = _opens(mark, inside, is_first=after_edge, is_last=before_edge)
        if opens:
            inside.add(mark)
            opened_at = offset
        else:
            inside -= {mark, "„", "‚"}
        yield offset, opens


def _is_edge(neighbour: str, edges: frozenset[str]) -> bool:
    return not neighbour or neighbour.isspace() or neighbour in edges


def _opens(mark: str, inside: set[str], *, is_first: bool, is_last: bool) -> bool:
    """Whether a mark opens, by its neighbours, else by itself or what is open: `“` and `»` do in some languages."""
    if mark in _ALWAYS_OPENING or mark in _ALWAYS_CLOSING:
        return mark in _ALWAYS_OPENING
    if is_first != is_last:
        return is_first
    if mark in _STRAIGHT:
        return mark not in inside
    return mark in _USUALLY_OPENING and inside.isdisjoint("„‚")
