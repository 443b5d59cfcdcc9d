"""An article beside a claim: its lines, with the claim's sentence and words marked, and those of others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import Claim
from factcheck.domain.report import ReportedArticle
from factcheck.domain.reported_claim import reported_claim
from factcheck.domain.review import QueuedClaim
from factcheck.domain.sentence import Sentence, Span
from factcheck.domain.states import ClaimStatus
from factcheck.domain.versions import StandingClaim
from factcheck.export.highlights import Line, Piece, Place, in_blocks, marked_lines

_WHOLE = 30_000
_BEFORE, _AFTER = 6_000, 12_000
"""So many characters are shown of an article that is longer, around the claim."""
_SENTENCE, _WORDS = 0, 1


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A stretch of text: whether it is of the claim's words, of its sentence, and the number of another claim's."""

    text: str
    is_words: bool
    is_sentence: bool
    other: int | None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The article in blocks of one kind each, lines of pieces; whether something stands above and below."""

    blocks: Sequence[tuple[str, Sequence[Sequence[ShownPiece]]]]
    is_cut_above: bool
    is_cut_below: bool
    is_found: bool


def article_view(
    filed: FiledArticle, sentences: Sequence[Sentence], claim: QueuedClaim | None, standing: Iterable[StandingClaim]
) -> ArticleView:
    """The part of the article around the claim, or all of it without one."""
    text, own = filed.article.text, claim.claim.anchor if claim else None
    wanted = set(own.sentence_ids) if own else set()
    home = tuple(one.span for one in sentences if one.position in wanted)
    others = [one for one in standing if claim is None or one.id != claim.id]
    places = [_place(one.id, one.claim, _WORDS, one.claim.anchor.segments) for one in others]
    if claim is not None:
        places += [_place(claim.id, claim.claim, _SENTENCE, home)]
        places += [_place(claim.id, claim.claim, _WORDS, claim.claim.anchor.segments)]
    places = [one for one in places if one.spans]
    window = _window(len(text), (own.segments if own else ()) or home)
    lines = [
        one
        for one in marked_lines(ReportedArticle(filed, tuple(sentences), (), 0), places)
        if one.pieces[-1].end > window.start and one.pieces[0].start < window.end
    ]
    shown, is_found = _shown(lines, claim.id if claim else None)
    return ArticleView(shown, window.start > 0, window.end < len(text), is_found)


def _place(number: int, claim: Claim, kind: int, spans: tuple[Span, ...]) -> Place:
    """A place of the claim, of which pages of reports would know more."""
    bare = QueuedClaim(number, "", 0, claim, ClaimStatus.QUEUED, None)
    return Place(reported_claim(bare, {}), kind, spans, is_exact=kind == _WORDS)


def _window(length: int, spans: Sequence[Span]) -> Span:
    if length <= _WHOLE or not spans:
        return Span(0, max(1, min(length, _WHOLE) if spans else length))
    return Span(max(0, spans[0].start - _BEFORE), min(length, spans[0].start + _AFTER))


def _shown(lines: Sequence[Line], number: int | None) -> tuple[list[tuple[str, list[list[ShownPiece]]]], bool]:
    """The lines as templates show them, and whether the claim's words, or its sentence, stand in them."""
    seen: set[int] = set()
    blocks = [
        (kind, [[_piece(one, number, seen) for one in line.pieces] for line in block])
        for kind, block in in_blocks(lines)
    ]
    return blocks, bool(seen)


def _piece(piece: Piece, number: int | None, seen: set[int]) -> ShownPiece:
    mine = {one.number for one in piece.places if one.claim.id == number}
    other = next((one.claim.id for one in piece.places if one.claim.id != number), None)
    is_first = bool(mine) and not seen
    seen.update([1] if mine else [])
    return ShownPiece(piece.text, _WORDS in mine, _SENTENCE in mine, other, is_first)
