from dataclasses import replace
from datetime import UTC, datetime

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.report import ReportedArticle
from factcheck.domain.reported_claim import reported_claim
from factcheck.domain.review import ExtractionOrigin, QueuedClaim
from factcheck.domain.sentence import Sentence, Span
from factcheck.domain.states import ClaimStatus
from factcheck.export.highlights import in_blocks, marked_lines
from factcheck.text.sentences import split_sentences

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEXT = "The old dam held.\n\nIt was built in 1931."
SENTENCES = (Sentence(1, Span(0, 17)), Sentence(2, Span(19, 40)))


def anchored(number: int, *segments: tuple[int, int]) -> QueuedClaim:
    anchor = Anchor(AnchorStatus.EXACT, tuple(Span(*one) for one in segments), (1,))
    origin = ExtractionOrigin(1, "fake:model", "extract_claims", "1", "0" * 64)
    claim = Claim(f"Claim {number}.", "", anchor, 0.5)
    return QueuedClaim(number, f"{number:016x}", 1, claim, ClaimStatus.QUEUED, origin)


def drawn(*claims: QueuedClaim, text: str = TEXT, alone: int | None = None) -> list[str]:
    """Each line with its pieces: `[words](claims, shortest first)`, and `^claim` where one ends; or of one of them."""
    reported = ReportedArticle(
        FiledArticle(1, Article(text, NOW)), SENTENCES, tuple(reported_claim(one, {}) for one in claims)
    )
    lines = []
    for line in marked_lines(reported):
        shown = ""
        for piece in (line if alone is None else line.of(reported.claims[alone])).pieces:
            on = " ".join(str(one.claim.id) for one in piece.places)
            shown += f"[{piece.text}]({on})" if on else piece.text
            shown += "".join(f"^{one.claim.id}" for one in piece.ending)
        lines.append(shown)
    return lines


def test_text_without_claims_stays_whole() -> None:
    assert drawn() == ["The old dam held.", "It was built in 1931."]


def test_claim_is_marked_in_place() -> None:
    assert drawn(anchored(1, (4, 11))) == ["The [old dam](1)^1 held.", "It was built in 1931."]


def test_segments_apart_end_once() -> None:
    assert drawn(anchored(1, (0, 3), (8, 16)))[0] == "[The](1) old [dam held](1)^1."


def test_nested_claim_stands_first() -> None:
    assert drawn(anchored(1, (0, 16)), anchored(2, (4, 11)))[0] == "[The ](1)[old dam](2 1)^2[ held](1)^1."


def test_claim_alone_is_cut_by_no_other() -> None:
    both = anchored(1, (4, 11)), anchored(2, (0, 3), (8, 16))
    assert drawn(*both)[0] == "[The](2) [old ](1)[dam](1 2)^1[ held](2)^2."
    assert drawn(*both, alone=0)[0] == "The [old dam](1)^1 held."
    assert drawn(*both, alone=1)[0] == "[The](2) old [dam held](2)^2."


def test_overlapping_claims_share_a_piece() -> None:
    assert drawn(anchored(1, (0, 11)), anchored(2, (8, 16)))[0] == "[The old ](1)[dam](2 1)^1[ held](2)^2."


def test_equal_places_stand_by_number() -> None:
    assert drawn(anchored(2, (4, 11)), anchored(1, (4, 11)))[0] == "The [old dam](1 2)^2^1 held."


def test_neighbours_do_not_run_together() -> None:
    assert drawn(anchored(1, (0, 7)), anchored(2, (7, 11)))[0] == "[The old](1)^1[ dam](2)^2 held."


def test_claim_across_lines_is_cut() -> None:
    assert drawn(anchored(1, (12, 21))) == ["The old dam [held.](1)", "[It](1)^1 was built in 1931."]


def test_claim_may_fill_the_line() -> None:
    assert drawn(anchored(1, (19, 40))) == ["The old dam held.", "[It was built in 1931.](1)^1"]


def test_unplaced_quote_marks_its_sentence() -> None:
    claim = anchored(1, (0, 1))
    loose = replace(claim, claim=replace(claim.claim, anchor=Anchor(AnchorStatus.SENTENCE, (), (2,))))
    assert drawn(loose)[1] == "[It was built in 1931.](1)^1"


def test_claim_from_nowhere_marks_nothing() -> None:
    claim = anchored(1, (0, 1))
    lost = replace(claim, claim=replace(claim.claim, anchor=Anchor(AnchorStatus.NONE)))
    assert drawn(lost) == drawn()


def test_further_places_are_marked_too() -> None:
    claim = anchored(1, (4, 11))
    also = Anchor(AnchorStatus.EXACT, (Span(19, 21),), (2,))
    assert drawn(replace(claim, claim=replace(claim.claim, also=(also,)))) == [
        "The [old dam](1)^1 held.",
        "[It](1)^1 was built in 1931.",
    ]


def test_steering_characters_keep_offsets() -> None:
    assert drawn(anchored(1, (4, 11)), text="The\x1bold\u202edam held.") == ["The\ufffd[old\ufffddam](1)^1 held."]


def test_lines_know_their_kind_and_lose_marks() -> None:
    text = "# Dam\n\n## What it costs\n\n- One\n* Two\n3. Three\n> Four\n\n***\n\n#dam - it held"
    reported = ReportedArticle(FiledArticle(1, Article(text, NOW)), split_sentences(text), ())
    assert [(one.block, "".join(piece.text for piece in one.pieces)) for one in marked_lines(reported)] == [
        ("headline", "Dam"),
        ("heading", "What it costs"),
        ("item", "One"),
        ("item", "Two"),
        ("item", "3. Three"),
        ("quote", "Four"),
        ("paragraph", "***"),
        ("paragraph", "#dam - it held"),
    ]
    assert [(kind, len(lines)) for kind, lines in in_blocks(marked_lines(reported))][2] == ("item", 3)
