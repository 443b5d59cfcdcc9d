"""Lines as a printed page has them, made into paragraphs: what was broken to fit is joined again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_FULL = 0.7  # of the text's width
_ITEM = re.compile(r"(?:[-*+•▪‣–—]|\d{1,3}[.)])\s")
# From a word's beginning, since a long word would be tried from each of its letters.
_HYPHENATED = re.compile(r"(?<!\w)(\w*[a-zß-öø-ÿ])([-\u2010\u00ad])\n([a-zß-öø-ÿ]\w*)")
_BROKEN = re.compile(r"(?<=\w[-\u2010])\n(?=\w)")
_WORD = re.compile(r"\w+(?:[-\u2010]\w+)*")


def reflowed(pages: Sequence[str]) -> str:
    """The text of the pages without their numbers, a blank line between paragraphs, and divided words whole again.

    A word is joined if it stands whole elsewhere, or its second half nowhere; else it keeps its hyphen.
    """
    lines = [line for number, page in enumerate(pages, 1) for line in _lines(page, number)]
    paragraphs = ["\n".join(part) for part in _paragraphs(lines)]
    words = Counter(_WORD.findall("\n".join(paragraphs).lower()))
    return "\n\n".join(_joined(part, words) for part in paragraphs)


def _lines(page: str, number: int) -> list[str]:
    """The page's lines, without a first or last one that is nothing but its number."""
    lines = [" ".join(line.split()) for line in page.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    for at in (-1, 0):
        if lines and re.fullmatch(rf"\W*(?:page\s+)?{number}(?:\s*(?:of|/)\s*\d+)?\W*", lines[at], re.IGNORECASE):
            lines.pop(at)
    return lines


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    """A paragraph goes on after a line that is nearly full, and where the next one begins small."""
    widths = sorted(len(line) for line in lines if line)
    # Of the longest lines a tenth is left out: a table or a running head may be wider than the text.
    full = _FULL * widths[len(widths) * 9 // 10] if widths else 0
    part: list[str] = []
    for line in lines:
        goes_on = part and line and not _ITEM.match(line) and (len(part[-1]) >= full or line[0].islower())
        if part and not goes_on:
            yield part
            part = []
        if line:
            part.append(line)
    if part:
        yield part


def _joined(paragraph: str, words: Counter[str]) -> str:
    def mended(match: re.Match[str]) -> str:
        left, hyphen, right = match.groups()
        whole, hyphened = left + right, f"{left}-{right}"
        # A soft hyphen stands only where a word is divided; the second half has been counted once where it stands here.
        is_known = hyphen == "\u00ad" or words[whole.lower()]
        return whole if is_known or not (words[hyphened.lower()] or words[right.lower()] > 1) else hyphened

    return _BROKEN.sub("", _HYPHENATED.sub(mended, paragraph)).replace("\n", " ")
