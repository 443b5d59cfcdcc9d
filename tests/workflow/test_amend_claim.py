from collections.abc import Callable

import pytest

from factcheck.domain.desk import Amendment
from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.domain.states import ClaimStatus
from factcheck.errors import ConflictError, InputError, NothingToUndoError, SettledError
from factcheck.workflow.amend_claim import add_note, merge_claim, reword_claim, set_claim_aside, split_claim
from factcheck.workflow.edit_claim import sign_off_and_publish, withdraw
from factcheck.workflow.review_claim import Desk, record_verdict, skip_claim, take_claim, take_next, undo_last

pytestmark = pytest.mark.usefixtures("three_claims")

PARTS = ("Rain fell.", "It was Monday.")


def claim(desk: Desk, number: int = 1) -> QueuedClaim:
    return desk.queue.claim(number, desk.clock())


def test_other_words_keep_the_original(desk: Desk) -> None:
    reworded = reword_claim(desk, 1, " It rained on Monday. ", "ann")

    assert reworded.amendment == Amendment("It rained on Monday.", "ann", desk.clock())
    assert (reworded.words, reworded.claim.text) == ("It rained on Monday.", "Rain fell on Monday.")


def test_holder_keeps_claim_when_rewording(desk: Desk) -> None:
    take_next(desk, "ann")

    assert reword_claim(desk, 1, "It rained.", "ann").lease is not None
    with pytest.raises(ConflictError, match="leased by 'ann'"):
        reword_claim(desk, 1, "It poured.", "bob")


def test_undone_words_are_those_before(desk: Desk) -> None:
    reword_claim(desk, 1, "It rained.", "ann")
    reword_claim(desk, 1, "It poured.", "ann")

    assert [undo_last(desk, "ann")[1].words for _ in range(2)] == ["It rained.", "Rain fell on Monday."]


def test_decided_claim_keeps_its_words(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")

    with pytest.raises(ConflictError, match="was decided by 'ann'"):
        reword_claim(desk, 1, "It rained.", "bob")


@pytest.mark.parametrize("text", ["", " \n"])
def test_claim_needs_words(desk: Desk, text: str) -> None:
    with pytest.raises(InputError, match="needs words"):
        reword_claim(desk, 1, text, "ann")


def test_same_words_are_no_change(desk: Desk) -> None:
    with pytest.raises(InputError, match="are the words of claim 1 already"):
        reword_claim(desk, 1, " Rain fell on Monday. ", "ann")

    reword_claim(desk, 1, "It rained.", "ann")
    with pytest.raises(InputError, match="are the words of claim 1 already"):
        reword_claim(desk, 1, "It rained.", "ann")
    assert reword_claim(desk, 1, "Rain fell on Monday.", "ann").words == "Rain fell on Monday."


def test_parts_take_the_place_of_the_whole(desk: Desk) -> None:
    parts = split_claim(desk, 1, PARTS, "ann")

    assert [(one.id, one.words, one.split_from, one.status) for one in parts] == [
        (4, PARTS[0], 1, ClaimStatus.QUEUED),
        (5, PARTS[1], 1, ClaimStatus.QUEUED),
    ]
    assert {one.claim.anchor for one in parts} == {claim(desk).claim.anchor}
    assert claim(desk).status is ClaimStatus.SPLIT


def test_whole_is_leased_no_more(desk: Desk) -> None:
    split_claim(desk, 1, PARTS, "ann")

    taken = [take_next(desk, "bob") for _ in range(5)]

    assert [one.id for one in taken if one] == [2, 3, 4, 5]


@pytest.mark.parametrize("texts", [(), ("Rain fell.",), ("Rain fell.", " Rain fell. ")])
def test_one_part_is_no_split(desk: Desk, texts: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="two parts or more"):
        split_claim(desk, 1, texts, "ann")


def test_part_said_elsewhere_is_refused(desk: Desk) -> None:
    with pytest.raises(ConflictError, match=r"claim 2 of article 1 says 'wind blew on Tuesday' already"):
        split_claim(desk, 1, ("Rain fell.", "wind blew on Tuesday"), "ann")
    assert claim(desk).status is ClaimStatus.QUEUED
    assert len(list(desk.queue.find(ClaimQuery(), desk.clock()))) == 3


def test_undone_split_retracts_its_parts(desk: Desk) -> None:
    split_claim(desk, 1, PARTS, "ann")

    action, whole = undo_last(desk, "ann")

    assert (action, whole.status) == ("split", ClaimStatus.LEASED)
    assert [claim(desk, number).status for number in (4, 5)] == [ClaimStatus.RETRACTED] * 2


def test_split_stays_once_a_part_is_read(desk: Desk) -> None:
    split_claim(desk, 1, PARTS, "ann")
    record_verdict(desk, 4, "true", "bob")

    with pytest.raises(NothingToUndoError):
        undo_last(desk, "ann")


def test_split_stays_while_a_part_is_held(desk: Desk) -> None:
    split_claim(desk, 1, PARTS, "ann")
    assert [take_next(desk, "bob") is not None for _ in range(3)] == [True] * 3

    with pytest.raises(NothingToUndoError):
        undo_last(desk, "ann")


def test_duplicate_names_the_other(desk: Desk) -> None:
    merged = merge_claim(desk, 1, 2, "ann")

    assert (merged.status, merged.duplicate_of) == (ClaimStatus.DUPLICATE, 2)
    assert undo_last(desk, "ann")[1].duplicate_of is None


def test_claim_is_no_duplicate_of_itself(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="the same as itself"):
        merge_claim(desk, 1, 1, "ann")


def test_duplicate_of_duplicate_names_the_first(desk: Desk) -> None:
    merge_claim(desk, 1, 2, "ann")

    with pytest.raises(ConflictError, match="merge into claim 2"):
        merge_claim(desk, 3, 1, "ann")


def test_not_checkable_keeps_its_reason(desk: Desk) -> None:
    aside = set_claim_aside(desk, 1, "A matter of taste.", "ann")

    assert (aside.status, aside.aside) == (ClaimStatus.NOT_CHECKABLE, "A matter of taste.")
    assert undo_last(desk, "ann")[1].aside is None


def test_not_checkable_claim_takes_no_verdict(desk: Desk) -> None:
    set_claim_aside(desk, 1, "A matter of taste.", "ann")

    with pytest.raises(SettledError, match=r"^claim 1 is not checkable$"):
        record_verdict(desk, 1, "true", "bob")


@pytest.mark.parametrize(
    "build_on",
    [
        lambda desk, part: add_note(desk, part, "Hm.", "bob"),
        lambda desk, part: skip_claim(desk, take_claim(desk, part, "bob").id, "bob"),
        lambda desk, part: reword_claim(desk, part, "Rain fell on one Monday.", "bob"),
    ],
    ids=["note", "skip", "words"],
)
def test_splitting_stays_once_somebody_has_worked_on_a_part(
    desk: Desk, build_on: Callable[[Desk, int], object]
) -> None:
    part, _ = split_claim(desk, 1, ["Rain fell.", "It was Monday."], "ann")
    build_on(desk, part.id)

    with pytest.raises(NothingToUndoError):
        undo_last(desk, "ann")


def test_what_was_done_to_a_part_that_is_no_more_is_not_undone(desk: Desk) -> None:
    part, _ = split_claim(desk, 1, ["Rain fell.", "It was Monday."], "ann")
    skip_claim(desk, take_claim(desk, part.id, "ann").id, "ann")
    while "split" not in undo_last(desk, "ann")[0]:
        pass

    assert desk.queue.claim(part.id, desk.clock()).status is ClaimStatus.RETRACTED
    with pytest.raises(NothingToUndoError):
        undo_last(desk, "ann")


def _withdrawn(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")
    sign_off_and_publish(desk, 1, "eve")
    withdraw(desk, 1, "eve", "All wrong.")


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (lambda desk: split_claim(desk, 1, ["Rain fell.", "It was Monday."], "ann"), "is split"),
        (lambda desk: set_claim_aside(desk, 1, "opinion", "ann"), "is not checkable"),
        (_withdrawn, "is withdrawn"),
    ],
    ids=["split", "aside", "withdrawn"],
)
def test_nothing_is_merged_into_what_nobody_reads(desk: Desk, end: Callable[[Desk], object], told: str) -> None:
    end(desk)

    with pytest.raises(ConflictError, match=f"claim 1 {told}, and no verdict will stand there for claim 2"):
        merge_claim(desk, 2, 1, "bob")
