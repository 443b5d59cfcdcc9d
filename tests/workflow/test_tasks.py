"""Whose task a claim is, by when, and which claim a reviewer asks for."""

from datetime import date

import pytest

from factcheck.domain.review import ClaimQuery, QueuedClaim
from factcheck.domain.states import ClaimStatus, Stage
from factcheck.errors import ConflictError, LeasedByAnotherError, MisspeltNameError, MovedOnError, NotFoundError
from factcheck.workflow.amend_claim import assign_claim, plan_claim, set_due, set_speaker
from factcheck.workflow.manage_people import add_person
from factcheck.workflow.ports import Stores
from factcheck.workflow.review_claim import (
    Desk,
    record_verdict,
    release_claim,
    skip_claim,
    take_claim,
    take_next,
    undo_last,
)

pytestmark = pytest.mark.usefixtures("three_claims")


def number(claim: QueuedClaim | None) -> int | None:
    return claim.id if claim else None


def test_own_task_comes_first(desk: Desk) -> None:
    assign_claim(desk, 3, "ann", "eve")

    assert number(take_next(desk, "ann")) == 3


def test_anothers_task_is_not_handed_out(desk: Desk) -> None:
    for one in (1, 2, 3):
        assign_claim(desk, one, "bob", "eve")

    assert take_next(desk, "ann") is None
    assert desk.queue.waiting_for("ann", desk.clock())[Stage.FIRST] == 0
    assert desk.queue.waiting_for("bob", desk.clock())[Stage.FIRST] == 3


def test_task_may_be_done_by_others(desk: Desk) -> None:
    assign_claim(desk, 1, "bob", "eve")

    assert record_verdict(desk, 1, "true", "ann").status is ClaimStatus.DECIDED


def test_task_ends_with_its_reading(careful_desk: Desk, stores: Stores) -> None:
    assign_claim(careful_desk, 1, "bob", "eve")
    record_verdict(careful_desk, 1, "false", "bob")

    assert stores.statistics.tasks(careful_desk.clock().date()) == ()
    assert number(take_next(careful_desk, "ann", Stage.SECOND)) == 1


def test_misspelt_name_gets_no_task(desk: Desk) -> None:
    record_verdict(desk, 2, "true", "anna")

    with pytest.raises(MisspeltNameError):
        assign_claim(desk, 1, "ana", "anna")


def test_task_and_day_are_set_together(desk: Desk) -> None:
    seen = desk.queue.claim(1, desk.clock()).planned

    planned = plan_claim(desk, 1, "bob", date(2026, 3, 2), "eve", expect=seen)

    assert (planned.assigned_to, planned.due_on) == ("bob", date(2026, 3, 2))
    with pytest.raises(MovedOnError):
        plan_claim(desk, 1, None, date(2026, 3, 9), "eve", expect=seen)
    assert desk.queue.claim(1, desk.clock()).planned == planned.planned


def test_task_is_taken_back(desk: Desk) -> None:
    assign_claim(desk, 1, "bob", "eve")
    freed = assign_claim(desk, 1, None, "eve")

    assert freed.assigned_to is None
    assert number(take_next(desk, "ann")) == 1


def test_due_claims_come_by_their_day(desk: Desk) -> None:
    set_due(desk, 3, date(2026, 3, 2), "eve")
    set_due(desk, 2, date(2026, 3, 3), "eve")

    assert [number(take_next(desk, "ann")) for _ in range(3)] == [3, 2, 1]


def test_due_claim_comes_before_a_skipped_one(desk: Desk) -> None:
    skip_claim(desk, 1, "ann")
    set_due(desk, 1, date(2026, 3, 2), "eve")

    assert number(take_next(desk, "ann")) == 1


@pytest.mark.parametrize(
    ("among", "expected"),
    [
        (ClaimQuery(words=("snow",)), 3),
        (ClaimQuery(number=2), 2),
        (ClaimQuery(article_id=1), 1),
        (ClaimQuery(article_id=2), None),
        (ClaimQuery(words=("hail",)), None),
    ],
)
def test_reviewer_asks_for_some_claims(desk: Desk, among: ClaimQuery, expected: int | None) -> None:
    assert number(take_next(desk, "ann", among=among)) == expected


def test_reviewer_takes_the_claim_they_name(desk: Desk) -> None:
    taken = take_claim(desk, 2, "ann")
    again = take_claim(desk, 2, "ann")

    assert taken.lease is not None
    assert (again.id, again.lease) == (2, taken.lease)
    with pytest.raises(LeasedByAnotherError):
        take_claim(desk, 2, "bob")


def test_settled_claim_is_not_taken(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")

    with pytest.raises(ConflictError):
        take_claim(desk, 1, "bob")
    with pytest.raises(NotFoundError):
        take_claim(desk, 9, "bob")


def test_named_claim_goes_back_like_any(desk: Desk) -> None:
    take_claim(desk, 2, "ann")

    assert release_claim(desk, 2, "ann").status is ClaimStatus.QUEUED


def test_speaker_is_set_and_undone(desk: Desk) -> None:
    set_speaker(desk, 1, "Ana Lopez", "ann")
    second = set_speaker(desk, 1, "Ben Okoro", "ann")

    speakers = [second.speaker, *(undo_last(desk, "ann")[1].speaker for _ in range(2))]

    assert speakers == ["Ben Okoro", "Ana Lopez", None]


def test_speaker_is_set_after_the_verdict(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")

    named = set_speaker(desk, 1, "Ana Lopez", "eve")

    assert (named.speaker, named.status) == ("Ana Lopez", ClaimStatus.DECIDED)
    assert undo_last(desk, "eve")[1].status is ClaimStatus.DECIDED


def test_misspelt_name_takes_no_claim(desk: Desk) -> None:
    take_next(desk, "eve")

    with pytest.raises(MisspeltNameError, match="nobody here is called 'evve', but somebody is called 'eve'"):
        take_next(desk, "evve")
    with pytest.raises(MisspeltNameError):
        record_verdict(desk, 2, "true", "Eve")


@pytest.mark.parametrize(
    ("known", "name"), [("ana", "\u0430na"), ("Zoë", "Zoe"), ("kate", "\u03bate"), ("Émil", "émil")]
)
def test_name_that_looks_like_another_takes_no_claim(desk: Desk, known: str, name: str) -> None:
    take_next(desk, known)

    with pytest.raises(MisspeltNameError):
        take_next(desk, name)


def test_name_is_the_same_however_its_accents_are_encoded(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "Jos\u00e9")

    decided = record_verdict(desk, 2, "true", "Jose\u0301")

    assert decided.verdict is not None
    assert decided.verdict.reviewer == "Jos\u00e9"


@pytest.mark.parametrize("name", ["eve", "ana", "eve2"])
def test_other_name_takes_a_claim(desk: Desk, name: str) -> None:
    take_next(desk, "eve")

    assert take_next(desk, name) is not None


def test_added_person_may_have_a_like_name(desk: Desk, stores: Stores) -> None:
    take_next(desk, "eve")
    add_person(stores, "evve", (), "eve")

    assert take_next(desk, "evve") is not None
