"""The text of an article as its page tells it to machines: whole, where readers are shown a part or live entries."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from factcheck.intake.linked_data import LinkedData
from factcheck.intake.markup_text import is_html, lines_of_html
from factcheck.text.numbers import Number, find_numbers
from factcheck.text.sentences import split_sentences

_WORDS = re.compile(r"\w+")
_RUN = 4  # words
_LEAST_WORDS = 60
_LONGER = ((1.2, 0.85), (3, 0.5))
"""How many times longer it is, and how many of the runs that were extracted it holds: else it is of something else.

Of a page that shows the beginning of its article, half of what is extracted may be captions.
"""
_SAME = 0.5  # of the runs of a paragraph stand in another: the two are one
_SEEN, _MISSING = 0.8, 0.2  # of a paragraph's runs that are shown, over or under which all of it is shown, or none
_LEAST_SEEN = 0.9  # of the runs of live entries, under which the page shows a part of them
_LEAST_ENTRIES = 2


def told_body(told: LinkedData, lines: Sequence[str]) -> list[str] | None:
    """The paragraphs that were extracted, and among them those that machines alone are told; None where they are not.

    What the page shows stays as it is shown; a text for machines that tells other numbers is that of another day.
    """
    seen = _runs(lines)
    entries = list(_entries(told))
    if len(entries) >= _LEAST_ENTRIES and _share(_runs(entries), seen) < _LEAST_SEEN:
        is_more = _count(entries) > _count(lines) and not _contradicts(entries, lines)
        return _joined(lines, entries) if is_more else None
    for one in told.articles:
        for text in one.texts("articleBody"):
            body = _paragraphs(text, lines)
            runs = _runs(body)
            is_short = _count(lines) < _LEAST_WORDS <= _count(body)
            longer, held = _count(body) / max(1, _count(lines)), _share(seen, runs)
            is_longer = any(longer >= least and held >= share for least, share in _LONGER)
            if (is_short or is_longer) and not _contradicts(body, lines):
                return _joined(lines, body) if held else body
    return None


def _contradicts(body: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether what is shown of it has a number that it lacks."""
    runs, readings = _runs(body), {one for number in _numbers(body) for one in number.readings}
    same = (line for line in lines if _share(_runs([line]), runs) >= _SAME)
    return any(number.is_sure and readings.isdisjoint(number.readings) for number in _numbers(same))


def _numbers(lines: Iterable[str]) -> Iterator[Number]:
    return (number for line in lines for number in find_numbers(line))


class _Shown:
    """The runs of words that are shown, and in which lines; one that has been found is looked for no more."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._places: dict[tuple[str, ...], list[int]] = {}
        for at in range(len(lines) - 1, -1, -1):
            for run in _runs([lines[at]]).elements():
                self._places.setdefault(run, []).append(at)

    def share(self, words: str) -> tuple[float, int]:
        """How many of the runs of the words are shown, and the line of most of them, else -1."""
        runs = _runs([words])
        found = Counter(self._places[run][-1] for run in runs if self._places.get(run))
        return found.total() / (len(runs) or 1), max(found, key=found.__getitem__, default=-1)

    def take(self, words: str) -> None:
        """Look for these words no more."""
        for run in _runs([words]):
            if places := self._places.get(run):
                places.pop()

    def missing(self, paragraph: str) -> str:
        """What of the paragraph is not shown: all, nothing, or some of its sentences."""
        share, _ = self.share(paragraph)
        if share <= _MISSING:
            return paragraph
        is_shown = share >= _SEEN
        left = []
        for one in [paragraph] if is_shown else _sentences(paragraph):
            if is_shown or self.share(one)[0] >= _SAME:
                self.take(one)
            else:
                left.append(one)
        return " ".join(left)


def _sentences(paragraph: str) -> list[str]:
    return [one.span.cut(paragraph) for one in split_sentences(paragraph)]


def _joined(lines: Sequence[str], body: Sequence[str]) -> list[str]:
    """The lines, and what of the body is missing where it stands there; a line that is cut short is completed."""
    lines, shown = list(lines), _Shown(lines)
    behind: dict[int, list[str]] = {}
    last = -1
    for paragraph in body:
        _, at = shown.share(paragraph)
        rest = _rest(lines[at], paragraph) if at >= 0 else None
        if rest and shown.share(rest)[0] <= _MISSING:
            shown.take(lines[at])
            lines[at] = paragraph
        elif missing := shown.missing(paragraph):
            at = last if missing == paragraph else at
            behind.setdefault(max(last, at), []).append(missing)
        last = max(last, at)
    return [one for at in range(-1, len(lines)) for one in (*lines[max(at, 0) : at + 1], *behind.get(at, ()))]


def _rest(line: str, paragraph: str) -> str | None:
    """What of the paragraph the line lacks, where it is its beginning, be it cut within a word; else None."""
    begin, words = (_WORDS.findall(one.casefold()) for one in (line, paragraph))
    size = len(begin)
    is_begun = 1 < size < len(words) and words[: size - 1] == begin[:-1] and words[size - 1].startswith(begin[-1])
    return " ".join(words[size:]) if is_begun else None


def _entries(told: LinkedData) -> Iterator[str]:
    """The headline and the text of each entry of a live blog."""
    for one in told.entries:
        if texts := one.texts("articleBody"):
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
    words = _WORDS.findall(" ".join(lines).casefold())
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def _share(some: Counter[tuple[str, ...]], others: Counter[tuple[str, ...]]) -> float:
    """How many of some runs are among others."""
    return (some & others).total() / (some.total() or 1)


def _count(lines: Iterable[str]) -> int:
    return sum(len(one.split()) for one in lines)
