"""A verdict that was carried over: whose it is, from when, and what becomes of it when its origin changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from factcheck.domain.desk import Concern, ConcernKind
from factcheck.domain.review import QueuedClaim
from factcheck.errors import ConflictError, NoLongerReadyError, NotReadyError
from factcheck.workflow.carry_over import carry_over
from factcheck.workflow.edit_claim import (
    Amended,
    correct,
    correct_typo,
    publish,
    reject,
    sign_off,
    sign_off_and_publish,
    withdraw,
)
from factcheck.workflow.find_alike import is_old
from factcheck.workflow.review_claim import Desk, concerns_about, record_verdict, undo_last

ORIGIN_CHANGED = Concern(ConcernKind.ORIGIN_CHANGED, "claim 1")


def claim(desk: Desk, number: int) -> QueuedClaim:
    return desk.queue.claim(number, desk.clock())


@pytest.fixture
def carried(careful_desk: Desk) -> Desk:
    """Claim 1 is true and published; claim 2 has its verdict from there."""
    record_verdict(careful_desk, 1, "true", "ann")
    sign_off_and_publish(careful_desk, 1, "eve")
    carry_over(careful_desk, 2, 1, "ben")
    return careful_desk


def test_typo_makes_no_old_verdict_new(carried: Desk, pass_minutes: Callable[[int], None]) -> None:
    given = claim(carried, 1).verdict
    assert given is not None
    pass_minutes(400 * 24 * 60)
    correct_typo(carried, 1, "eve", "A slip.", "So it was.")

    taken = carry_over(carried, 3, 1, "ben").verdict

    decided = claim(carried, 1).decided
    assert decided == replace(given, rationale="So it was.")
    assert is_old(decided, carried.clock(), timedelta(days=365))
    assert taken is not None
    assert taken.known_as_of == given.decided_at.date()
    assert taken.rationale == f"Carried over from claim 1, decided on {given.decided_at:%Y-%m-%d}. So it was."


CHANGES: list[tuple[Callable[[Desk], object], str]] = [
    (lambda desk: correct(desk, 1, "mixed", "eve", "It was not all."), "claim 1 is mixed now"),
    (lambda desk: withdraw(desk, 1, "eve", "All wrong."), "claim 1 is withdrawn"),
]


@pytest.mark.parametrize(("change", "told"), CHANGES, ids=["corrected", "withdrawn"])
def test_change_of_the_origin_stands_in_the_way(carried: Desk, change: Callable[[Desk], object], told: str) -> None:
    assert ORIGIN_CHANGED not in concerns_about(carried, claim(carried, 2))

    change(carried)

    with pytest.raises(NotReadyError) as caught:
        sign_off(carried, 2, "eve")
    assert list(caught.value.concerns) == [ORIGIN_CHANGED]
    [flag] = claim(carried, 2).flags
    assert flag.reason == f"its verdict was carried over from another one: {told}"
    assert sign_off(carried, 2, "eve", despite="It still holds here.").verdict


def test_what_is_signed_off_is_not_published_once_its_origin_is_gone(carried: Desk) -> None:
    sign_off(carried, 2, "eve")
    withdraw(carried, 1, "eve", "All wrong.")

    with pytest.raises(NoLongerReadyError):
        publish(carried, 2, "eve")


def test_editor_hears_of_a_published_verdict_whose_origin_changes(carried: Desk) -> None:
    sign_off_and_publish(carried, 2, "eve")

    correct(carried, 1, "mixed", "eve", "It was not all.")

    [flag] = claim(carried, 2).flags
    assert flag.reason is not None
    assert flag.reason.endswith("claim 1 is mixed now")


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: undo_last(desk, "ann"),
        lambda desk: reject(desk, 1, "eve", "Read it again."),
        lambda desk: sign_off(desk, 1, "eve", amendment=Amended("mixed")),
    ],
    ids=["undone", "rejected", "amended"],
)
def test_origin_that_is_read_anew_or_amended_is_told(careful_desk: Desk, change: Callable[[Desk], object]) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    carry_over(careful_desk, 2, 1, "ben")

    change(careful_desk)

    assert ORIGIN_CHANGED in concerns_about(careful_desk, claim(careful_desk, 2))
    assert claim(careful_desk, 2).flags


def test_own_verdict_of_an_editor_is_carried_over_no_more(carried: Desk) -> None:
    sign_off_and_publish(carried, 2, "eve")
    correct(carried, 2, "mixed", "eve", "It was not all.")

    withdraw(carried, 1, "eve", "All wrong.")

    assert ORIGIN_CHANGED not in concerns_about(carried, claim(carried, 2))
    assert claim(carried, 2).flags == ()


def test_typo_and_words_of_the_origin_are_no_other_verdict(carried: Desk) -> None:
    correct_typo(carried, 1, "eve", "A slip.", "So it was.", "Rain fell on that Monday.")

    assert ORIGIN_CHANGED not in concerns_about(carried, claim(carried, 2))
    assert claim(carried, 2).flags == ()


def test_verdict_that_nobody_was_shown_is_not_carried_over(carried: Desk) -> None:
    correct(carried, 1, "mixed", "eve", "It was not all.")

    with pytest.raises(ConflictError, match="is 'mixed' by now, and was 'true'"):
        carry_over(carried, 3, 1, "ben", expect_label="true")
    assert claim(carried, 3).verdict is None


def test_words_before_a_typo_are_kept(carried: Desk) -> None:
    were = claim(carried, 1).words
    correct_typo(carried, 1, "eve", "A slip.", words="Rain fell on that Monday.")

    assert [one.words_were for one in claim(carried, 1).corrections] == [were]


def test_verdict_is_not_carried_over_in_a_circle(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    carry_over(careful_desk, 2, 1, "ben")
    reject(careful_desk, 1, "eve", "The reading is wrong.")

    with pytest.raises(ConflictError, match="was itself carried over, from claim 1, which would take it back"):
        carry_over(careful_desk, 1, 2, "ben")


def test_verdict_whose_origin_stands_no_more_is_carried_no_further(carried: Desk) -> None:
    withdraw(carried, 1, "eve", "All wrong.")

    with pytest.raises(ConflictError, match="from claim 1, where it stands no more; name a claim that somebody has"):
        carry_over(carried, 3, 2, "cat")


def test_change_of_the_origin_is_told_along_the_whole_chain(carried: Desk) -> None:
    carry_over(carried, 3, 2, "cat")

    withdraw(carried, 1, "eve", "All wrong.")

    assert claim(carried, 2).flags
    assert claim(carried, 3).flags
    with pytest.raises(NotReadyError) as caught:
        sign_off(carried, 3, "eve")
    assert list(caught.value.concerns) == [ORIGIN_CHANGED]


def test_same_label_for_the_same_reasons_is_no_judgement_of_the_editor(carried: Desk) -> None:
    withdraw(carried, 1, "eve", "All wrong.")

    with pytest.raises(NotReadyError):
        sign_off(carried, 2, "eve", amendment=Amended("true"))

    assert sign_off(carried, 2, "eve", amendment=Amended("true", "I have read it myself.")).verdict
