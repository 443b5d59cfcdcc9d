"""The text of an article as its page tells it to machines: whole, where readers are shown a part or live entries."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from factcheck.intake.linked_data import LinkedData
from factcheck.intake.markup_text import is_html, lines_of_html

_ENTRIES = ".liveBlogUpdate"
_RUN = 4  # words
_LEAST_WORDS = 60
_LONGER = ((1.2, 0.85), (3, 0.5))
"""How many times longer it is, and how many of the runs that were extracted it holds: else it is of something else.

Of a page that shows the beginning of its article, half of what is extracted may be captions.
"""
_LEAST_SEEN = 0.9  # of the runs of live entries, under which the page shows a part of them
_LEAST_ENTRIES = 2


def told_body(told: LinkedData, lines: Sequence[str]) -> list[str] | None:
    """The paragraphs that the page tells machines, where what was extracted is a part of them; None where it is not."""
    seen = _runs(lines)
    entries = list(_entries(told))
    if len(entries) >= _LEAST_ENTRIES and _share(_runs(entries), seen) < _LEAST_SEEN:
        return entries if _count(entries) > _count(lines) else None
    for one in told.articles:
        for text in one.texts("articleBody") if _ENTRIES not in one.path else ():
            body = _paragraphs(text, lines)
            is_short = _count(lines) < _LEAST_WORDS <= _count(body)
            longer, held = _count(body) / max(1, _count(lines)), _share(seen, _runs(body))
            is_longer = any(longer >= least and held >= share for least, share in _LONGER)
            if is_short or is_longer:
                return body
    return None


def _entries(told: LinkedData) -> Iterator[str]:
    """The headline and the text of each entry of a live blog."""
    for one in told.articles:
        if _ENTRIES in one.path and (texts := one.texts("articleBody")):
            yield from (" ".join(unescape(text).split()) for text in one.texts("headline")[:1])
            yield from (line for text in texts for line in _paragraphs(text, ()))


def _paragraphs(text: str, known: Iterable[str]) -> list[str]:
    plain = next((one for one in (text, unescape(text)) if is_html(one)), None)
    if plain is not None:
        return lines_of_html(plain)
    plain = unescape(text).replace("\r", "\n")
    if "\n" not in plain.strip():
        # Some tell it as one line, without a blank where a paragraph ends: cut where the page shows that one begins.
        for one in known:
            plain = plain.replace(one, f"\n{one}\n", 1)
    return [line for line in (" ".join(one.split()) for one in plain.split("\n")) if line]


def _runs(lines: Iterable[str]) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(lines).casefold())
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def _share(some: Counter[tuple[str, ...]], others: Counter[tuple[str, ...]]) -> float:
    """How many of some runs are among others."""
    return (some & others).total() / (some.total() or 1)


def _count(lines: Iterable[str]) -> int:
    return sum(len(one.split()) for one in lines)
