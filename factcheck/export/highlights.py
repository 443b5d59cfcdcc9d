"""An article's text cut where claims begin and end, so that each can be marked in place."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from factcheck.domain.block_kind import BlockKind
from factcheck.domain.claim import Flag
from factcheck.domain.report import ReportedArticle
from factcheck.domain.reported_claim import ReportedClaim
from factcheck.domain.sentence import Span
from factcheck.export.visible import visible
from factcheck.text.marks import hide_marks

_LINE = re.compile(r"[^\n]+")
_UNCERTAIN = frozenset({Flag.ASTRAY, Flag.UNANCHORED_QUOTE})


@dataclass(frozen=True, slots=True)
class Place:
    """A place where the article makes a claim; `number` counts the claim's places from 1.

    `is_exact` says that the spans hold the claim's own words, not whole sentences around it.
    """

    claim: ReportedClaim
    number: int
    spans: tuple[Span, ...]
    is_exact: bool

    @property
    def length(self) -> int:
        """How many characters it covers."""
        return sum(one.end - one.start for one in self.spans)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line on which the same places lie, shortest first, and the places that end with it.

    `start` is where it stands in the article's text.
    """

    text: str
    places: tuple[Place, ...]
    ending: tuple[Place, ...]
    start: int = field(default=0, compare=False)

    @property
    def end(self) -> int:
        """Where it ends in the article's text."""
        return self.start + len(self.text)

    def within(self, span: Span) -> "Piece | None":
        """What of it lies in the span; None if nothing does."""
        start, end = max(self.start, span.start), min(self.end, span.end)
        if start >= end:
            return None
        text = self.text[start - self.start : end - self.start]
        return Piece(text, self.places, self.ending if end == self.end else (), start)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the article: in which kind of block it stands, and its pieces in reading order."""

    block: BlockKind
    pieces: tuple[Piece, ...]

    def of(self, claim: ReportedClaim) -> "Line":
        """The line as if the article made this claim alone."""

        def own(places: Iterable[Place]) -> tuple[Place, ...]:
            return tuple(one for one in places if one.claim.id == claim.id)

        pieces = list[Piece]()
        for one in self.pieces:
            alone = Piece(one.text, own(one.places), own(one.ending), one.start)
            if pieces and pieces[-1].places == alone.places:
                before = pieces.pop()
                alone = Piece(before.text + alone.text, alone.places, before.ending + alone.ending, before.start)
            pieces.append(alone)
        return Line(self.block, tuple(pieces))


def places_of(reported: ReportedArticle) -> tuple[Place, ...]:
    """Every place of every reported claim, claim by claim; a claim that was not found again has none."""
    sentences = {one.position: one.span for one in reported.sentences}
    return tuple(
        Place(claim, number, spans, is_exact=bool(place.segments))
        for claim in reported.claims
        for number, place in enumerate(claim.places, 1)
        if (
            spans := place.segments or tuple(sorted(sentences[one] for one in {*place.sentence_ids} & sentences.keys()))
        )
    )


def certain_places_of(reported: ReportedArticle) -> tuple[Place, ...]:
    """The places of which it is certain that they make the claim: only these are shown to readers as its words."""
    return tuple(one for one in places_of(reported) if one.is_exact and not _UNCERTAIN & {*one.claim.flags})


def in_blocks(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines, neighbours of one kind together, as the items of a list."""
    for kind, block in groupby(lines, key=lambda one: one.block):
        yield kind.value, list(block)


def marked_lines(reported: ReportedArticle, places: Sequence[Place] | None = None) -> Iterator[Line]:
    """The lines of the article with these places marked, by default all of them.

    Blank lines and the marks of headings, quotes and lists are left out.
    """
    text = hide_marks(visible(reported.filed.article.text), reported.sentences)
    starts = [one.span.start for one in reported.sentences]
    begins, ends, last = _changes(places_of(reported) if places is None else places)
    cuts = sorted(begins.keys() | ends.keys())
    # One sweep over the text: between two cuts the same places lie on every character.
    active: dict[int, Place] = {}
    at = 0
    for line in _LINE.finditer(text):
        start, pieces = line.start() + len(line[0]) - len(line[0].lstrip()), list[Piece]()
        while start < line.end():
            while at < len(cuts) and cuts[at] <= start:
                for key, _ in ends.get(cuts[at], ()):
                    active.pop(key, None)
                active.update(begins.get(cuts[at], ()))
                at += 1
            end = min(cuts[at] if at < len(cuts) else line.end(), line.end())
            on = tuple(sorted(active.values(), key=lambda one: (one.length, one.claim.id, one.number)))
            pieces.append(Piece(text[start:end], on, tuple(last.get(end, ())), start))
            start = end
        if pieces:
            first = bisect_left(starts, line.start())
            is_known = first < len(starts) and starts[first] < line.end()
            yield Line(reported.sentences[first].block if is_known else BlockKind.PARAGRAPH, tuple(pieces))


_Changes = dict[int, list[tuple[int, Place]]]


def _changes(places: Sequence[Place]) -> tuple[_Changes, _Changes, dict[int, list[Place]]]:
    """By offset: the places that begin a span there, that end one, and that end for good."""
    begins, ends, last = defaultdict(list), defaultdict(list), defaultdict(list)
    for key, place in enumerate(places):
        for span in place.spans:
            begins[span.start].append((key, place))
            ends[span.end].append((key, place))
        last[place.spans[-1].end].append(place)
    return begins, ends, last
