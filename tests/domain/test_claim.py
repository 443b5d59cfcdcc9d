from dataclasses import replace

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag
from factcheck.domain.sentence import Span

PLACE = Anchor(AnchorStatus.EXACT, (Span(0, 22),), (1,))
CLAIM = Claim("The dam was built in 1931.", "The dam, built in 1931", PLACE, 0.5)
ARTICLE = "a" * 64


def uid(claim: Claim) -> str:
    return claim.uid(ARTICLE)


@pytest.mark.parametrize("status", [AnchorStatus.EXACT, AnchorStatus.NORMALISED])
def test_found_words_need_a_segment(status: AnchorStatus) -> None:
    with pytest.raises(ValueError, match="if, and only if, its words were found"):
        Anchor(status, (), (1,))


@pytest.mark.parametrize("status", [AnchorStatus.SENTENCE, AnchorStatus.NONE])
def test_unfound_words_have_no_segment(status: AnchorStatus) -> None:
    with pytest.raises(ValueError, match="if, and only if, its words were found"):
        Anchor(status, (Span(0, 3),), (1,))


def test_overlapping_segments_are_refused() -> None:
    with pytest.raises(ValueError, match="in reading order and apart"):
        Anchor(AnchorStatus.NORMALISED, (Span(0, 5), Span(4, 8)), (1,))


def test_segments_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="in reading order and apart"):
        Anchor(AnchorStatus.NORMALISED, (Span(6, 8), Span(0, 5)), (1,))


def test_touching_segments_are_still_apart() -> None:
    assert len(Anchor(AnchorStatus.NORMALISED, (Span(0, 5), Span(5, 8)), (1,)).segments) == 2


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_claim_without_words_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a claim needs words"):
        replace(CLAIM, text=text)


@pytest.mark.parametrize("worth", [-0.01, 1.01, float("nan")])
def test_worth_outside_range_is_refused(worth: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1, got"):
        replace(CLAIM, check_worthiness=worth)


@pytest.mark.parametrize("worth", [0, 1])
def test_worth_may_touch_both_ends(worth: float) -> None:
    assert replace(CLAIM, check_worthiness=worth).check_worthiness == worth


def test_flags_are_told_with_reasons() -> None:
    claim = replace(CLAIM, doubts=(Doubt(Flag.COMPOUND, "“;” may join two facts"), Doubt(Flag.UNKNOWN_NAME)))
    assert [str(one) for one in claim.doubts] == ["compound: “;” may join two facts", "unknown_name"]
    assert claim.flags == (Flag.COMPOUND, Flag.UNKNOWN_NAME)


def test_uid_is_sixteen_hex_digits() -> None:
    assert len(uid(CLAIM)) == 16
    assert int(uid(CLAIM), 16) >= 0


@pytest.mark.parametrize(
    "text",
    [
        "the DAM was built in 1931",
        "The dam was  built, in 1931!",
        "“The dam was built in 1931”",
        "The dam was built in １９３１.",
    ],
)
def test_typography_leaves_the_uid_alone(text: str) -> None:
    assert uid(replace(CLAIM, text=text)) == uid(CLAIM)


def test_uid_ignores_everything_else() -> None:
    other = replace(CLAIM, quote="dam", check_worthiness=0.9, reason="a date", speaker="The mayor")
    assert uid(other) == uid(CLAIM)


def test_other_words_change_the_uid() -> None:
    assert uid(replace(CLAIM, text="The dam was built in 1932.")) != uid(CLAIM)


def test_other_segments_change_the_uid() -> None:
    moved = Anchor(AnchorStatus.EXACT, (Span(40, 62),), (1,))
    assert uid(replace(CLAIM, anchor=moved)) != uid(CLAIM)


def test_better_match_keeps_the_uid() -> None:
    assert uid(replace(CLAIM, anchor=replace(PLACE, status=AnchorStatus.NORMALISED))) == uid(CLAIM)


def test_unanchored_claim_is_placed_by_sentence() -> None:
    first, second = (replace(CLAIM, anchor=Anchor(AnchorStatus.SENTENCE, (), (position,))) for position in (1, 2))
    assert uid(first) != uid(second)


def test_other_article_changes_the_uid() -> None:
    assert CLAIM.uid("b" * 64) != CLAIM.uid(ARTICLE)


def test_uid_survives_a_new_release() -> None:
    # Written down once: databases in the field hold uids of this form.
    assert uid(CLAIM) == "4b81930f82a2360f"


def test_currency_makes_another_claim() -> None:
    anchor = Anchor(AnchorStatus.SENTENCE, sentence_ids=(1,))
    dollars, euros = (Claim(f"It cost {sign}5.", "it cost", anchor, 0.5).uid("a" * 64) for sign in "$€")

    assert dollars != euros
