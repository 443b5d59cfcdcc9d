"""What of an article stands around a claim: its sentence with its neighbours, under the heading that it has there."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from factcheck.domain.block_kind import BlockKind
from factcheck.domain.claim import Flag
from factcheck.domain.report import ReportedArticle
from factcheck.domain.reported_claim import ReportedClaim
from factcheck.domain.sentence import FURNITURE, Span
from factcheck.export.highlights import Line, certain_places_of, marked_lines

_MOST_PLACES = 3
_HEADINGS = frozenset({BlockKind.HEADLINE, BlockKind.HEADING})


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of an article in reading order; the last is the one around the claim, cut out of its paragraph or not."""

    lines: tuple[Line, ...]
    is_cut_before: bool
    is_cut_after: bool

    def lines_of(self, claim: ReportedClaim) -> tuple[Line, ...]:
        """The lines with this claim alone marked in them."""
        return tuple(one.of(claim) for one in self.lines)


class Excerpts:
    """The excerpts of one article. `lines` is all of it but its page's furniture; what is certain in it is marked."""

    def __init__(self, reported: ReportedArticle) -> None:
        self._places = certain_places_of(reported)
        furniture = {one.span.start for one in reported.sentences if one.entry.kind == FURNITURE}
        every = marked_lines(reported, self._places)
        self.lines = tuple(one for one in every if one.pieces[0].start not in furniture)
        self._starts = [one.pieces[0].start for one in self.lines]
        self._piece_starts = [[piece.start for piece in one.pieces] for one in self.lines]
        self._spans = {one.position: one.span for one in reported.sentences}
        self._numbers: dict[int, list[int]] = {}
        for one in self._places:
            self._numbers.setdefault(one.claim.id, []).append(one.number)
        self._marked = {
            (place.claim.id, place.number)
            for place in chain.from_iterable(piece.ending for line in self.lines for piece in line.pieces)
        }

    def numbers_of(self, claim: ReportedClaim) -> list[int]:
        """The numbers of the places where the article certainly makes the claim."""
        return self._numbers.get(claim.id, [])

    def marked_of(self, claim: ReportedClaim) -> list[int]:
        """The numbers of those among them that end in the lines, where a mark can be led to."""
        return [one for one in self.numbers_of(claim) if (claim.id, one) in self._marked]

    def around(self, claim: ReportedClaim) -> Iterator[Excerpt]:
        """The passages that make the claim, the first few; none where it is not certain that one does."""
        if Flag.ASTRAY in claim.flags:
            return
        seen = set[tuple[int, Span]]()
        for place in claim.places:
            for position in place.sentence_ids[:1]:
                found = self._window(position)
                if found and found not in seen and len(seen) < _MOST_PLACES:
                    seen.add(found)
                    yield self._excerpt(*found)

    def _window(self, position: int) -> tuple[int, Span] | None:
        """The line in which a sentence stands, and the stretch of it that the sentence and its neighbours take."""
        here = self._spans.get(position)
        at = bisect_right(self._starts, here.start) - 1 if here else -1
        if here is None or at < 0:
            return None
        line = Span(self._starts[at], max(self.lines[at].pieces[-1].end, self._starts[at] + 1))
        around = [self._spans.get(one) for one in (position - 1, position, position + 1)]
        inside = [one for one in around if one and one.overlaps(line)]
        if not inside:
            return None
        return at, Span(max(inside[0].start, line.start), min(inside[-1].end, line.end))

    def _excerpt(self, at: int, span: Span) -> Excerpt:
        line, starts = self.lines[at], self._piece_starts[at]
        first, last = bisect_right(starts, span.start) - 1, bisect_right(starts, span.end)
        pieces = tuple(filter(None, (one.within(span) for one in line.pieces[max(first, 0) : last])))
        heading = next((one for one in reversed(self.lines[max(at - 40, 0) : at]) if one.block in _HEADINGS), None)
        shown = Line(line.block, pieces)
        return Excerpt(
            (heading, shown) if heading and line.block not in _HEADINGS else (shown,),
            is_cut_before=span.start > starts[0],
            is_cut_after=span.end < line.pieces[-1].end,
        )
