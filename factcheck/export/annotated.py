"""An article as plain text with its claims numbered in the margin: for the desk that reads it before readers do."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from textwrap import wrap

from factcheck.domain.block_kind import BlockKind
from factcheck.domain.report import Masthead, ReportedArticle
from factcheck.domain.reported_claim import ReportedClaim
from factcheck.export.claim_lines import addition_line, amendment_line, correction_line, locator_line
from factcheck.export.highlights import Piece, marked_lines, places_of
from factcheck.export.report_json import claim_sha256, recordings
from factcheck.export.tones import tone_of, word_of
from factcheck.export.visible import one_line

_SIGNS = {BlockKind.ITEM: "•", BlockKind.QUOTE: ">", BlockKind.EMBED: ">", BlockKind.CAPTION: "[picture]"}
_MARGIN = 26
_WIDTH = 72
_BLANKS = re.compile(r"(\s+)")


def report_annotated(masthead: Masthead, articles: Iterable[ReportedArticle]) -> Iterator[str]:
    """Each article with its margin, then its claims one by one. A number in brackets ends a claim's words."""
    for reported in articles:
        yield "\n".join((*_head(reported), "", *_text(reported, masthead), *_claims(reported, masthead), "", ""))
    yield f"Written by {masthead.tool}.\n"


@dataclass(slots=True)
class _Word:
    """Letters without a blank, and the claims whose words end with it."""

    letters: str = ""
    claims: list[ReportedClaim] = field(default_factory=list)


def _head(reported: ReportedArticle) -> Iterator[str]:
    name = one_line(reported.filed.name)
    yield f"DRAFT  {name}" if any(one.is_draft for one in reported.claims) else name
    yield f"sha256 {reported.filed.article.sha256}"
    yield f"claims: {len(reported.claims)}, checked: {len(reported.checked)}, left out: {reported.left_out}"
    for tape, digest in recordings([reported]):
        yield f"recording {one_line(tape)} {digest or ''}".rstrip()


def _text(reported: ReportedArticle, masthead: Masthead) -> Iterator[str]:
    seen: set[int] = set()
    for one in marked_lines(reported):
        words = [word for word in _words(one.pieces) if word.letters]
        words = [_Word(_SIGNS[one.block]), *words] if one.block in _SIGNS else words
        line, left = " ".join(word.letters for word in words), iter(words)
        for row in wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False):
            ending = [claim for word in islice(left, len(row.split(" "))) for claim in word.claims]
            fresh = {one.id: one for one in ending if one.id not in seen}
            seen |= fresh.keys()
            notes = [_note(one, masthead) for one in fresh.values()]
            for note, text in zip_longest(notes, [row], fillvalue=""):
                yield f"{note:<{_MARGIN}}{text}".rstrip()
        yield ""


def _words(pieces: Sequence[Piece]) -> Iterator[_Word]:
    word = _Word()
    for piece in pieces:
        for part in _BLANKS.split(piece.text):
            if part.isspace():
                yield word
                word = _Word()
            word.letters += part.strip()
        for place in piece.ending:
            word.letters += f"[{place.claim.id}]"
            word.claims.append(place.claim)
    yield word


def _note(claim: ReportedClaim, masthead: Masthead) -> str:
    return f"{tone_of(claim, masthead).symbol} {claim.id} {one_line(word_of(claim))}"[: _MARGIN - 2]


def _claims(reported: ReportedArticle, masthead: Masthead) -> Iterator[str]:
    placed = {place.claim.id for place in places_of(reported)}
    for claim in reported.claims:
        draft = ", draft" if claim.is_draft else ""
        yield f"{_note(claim, masthead)}{draft}: {one_line(claim.words)}"
        if claim.id not in placed:
            yield "    its words were not found in the article"
        yield from (f"    {one_line(told)}" for told in _about(claim) if told)
        yield f"    record {claim_sha256(claim)}"


def _about(claim: ReportedClaim) -> Iterator[str | None]:
    """What is told of a claim below its words; None for what it does not have."""
    yield addition_line(claim)
    yield locator_line(claim)
    if claim.verdict and claim.verdict.rationale:
        yield f"why: {claim.verdict.rationale}"
    if claim.credits:
        yield f"credits: {', '.join(map(str, claim.credits))}"
    yield amendment_line(claim)
    yield from map(correction_line, claim.corrections)
    yield from (f"{source.stance.value}: {source.name}" for source in claim.evidence)
    yield from (f"doubt: {one}" for one in claim.doubts)
