from collections.abc import Callable
from datetime import date

import pytest

from factcheck.domain.desk import Contact, Draft, EditorFlag, Note
from factcheck.errors import ConflictError, DayAheadError, InputError, MovedOnError, NotFoundError, UnknownLabelError
from factcheck.workflow.amend_claim import add_note, flag_claim, record_contact, save_draft, saved_draft
from factcheck.workflow.review_claim import Desk, record_verdict, renew_lease, take_next

Pass = Callable[[int], None]

pytestmark = pytest.mark.usefixtures("three_claims")


def test_flag_asks_the_editor(desk: Desk) -> None:
    assert flag_claim(desk, 1, "Libel?", "ann").flags == (EditorFlag("Libel?", "ann", desk.clock()),)
    assert flag_claim(desk, 1, None, "ann").flags == ()


def test_flag_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(InputError, match="a flag needs words"):
        flag_claim(desk, 1, " ", "ann")


def test_notes_come_in_order(desk: Desk) -> None:
    add_note(desk, 1, "First.", "ann")

    assert add_note(desk, 1, "Second.", "bob").notes == (
        Note("First.", "ann", desk.clock()),
        Note("Second.", "bob", desk.clock()),
    )


def test_claimant_was_asked_and_answered(desk: Desk) -> None:
    assert record_contact(desk, 1, date(2026, 2, 27), None, "ann").contact == Contact(date(2026, 2, 27), None, "ann")
    answered = record_contact(desk, 1, date(2026, 2, 27), "No comment.", "bob")
    assert answered.contact == Contact(date(2026, 2, 27), "No comment.", "bob")


def test_claimant_was_asked_today(desk: Desk) -> None:
    assert record_contact(desk, 1, None, None, "ann").contact == Contact(desk.clock().date(), None, "ann")


def test_nobody_was_asked_on_a_day_ahead(desk: Desk) -> None:
    with pytest.raises(
        DayAheadError, match=r"^9999-12-31 lies ahead, and today is 2026-03-01: a claimant was asked on"
    ):
        record_contact(desk, 1, date.max, None, "ann")
    assert desk.queue.claim(1, desk.clock()).contact is None


def test_contact_without_an_answer_keeps_the_one_that_stands(desk: Desk) -> None:
    first, second = date(2026, 2, 27), date(2026, 2, 28)
    record_contact(desk, 1, first, "We deny it.", "ann")

    assert record_contact(desk, 1, second, None, "bob").contact == Contact(second, "We deny it.", "bob")
    assert record_contact(desk, 1, second, "We do not.", "bob").contact == Contact(second, "We do not.", "bob")


def test_contact_is_written_to_the_claim_that_was_read(desk: Desk) -> None:
    read = desk.queue.claim(1, desk.clock()).revision
    record_contact(desk, 1, date(2026, 2, 27), "We deny it.", "ann")

    with pytest.raises(MovedOnError):
        record_contact(desk, 1, date(2026, 2, 26), "No comment.", "bob", expect=read)


def test_draft_is_read_by_its_writer(desk: Desk) -> None:
    save_draft(desk, 1, "ann", "Mostly True")

    assert saved_draft(desk, 1, "ann") == Draft(1, "ann", desk.clock(), "mostly-true")
    assert saved_draft(desk, 1, "bob") is None
    with pytest.raises(NotFoundError, match="no claim 9"):
        saved_draft(desk, 9, "ann")


def test_last_draft_is_kept(desk: Desk) -> None:
    save_draft(desk, 1, "ann", "false")

    save_draft(desk, 1, "ann", "mixed", "As far as I see,", '{"url": "https://"}')

    wanted = Draft(1, "ann", desk.clock(), "mixed", "As far as I see,", '{"url": "https://"}')
    assert desk.queue.draft(1, "ann") == wanted
    assert desk.queue.draft(1, "bob") is None


def test_verdict_ends_the_draft(desk: Desk) -> None:
    save_draft(desk, 1, "ann", "false")
    save_draft(desk, 1, "bob", "true")

    record_verdict(desk, 1, "true", "ann")

    assert (desk.queue.draft(1, "ann"), desk.queue.draft(1, "bob") is None) == (None, False)


def test_draft_keeps_to_the_scale(desk: Desk) -> None:
    with pytest.raises(UnknownLabelError, match="'flase'"):
        save_draft(desk, 1, "ann", "flase")
    with pytest.raises(NotFoundError, match="no claim 9"):
        save_draft(desk, 9, "ann", "false")


def test_lease_is_renewed_by_its_holder(desk: Desk, pass_minutes: Pass) -> None:
    take_next(desk, "ann")
    pass_minutes(20)

    renewed = renew_lease(desk, 1, "ann")

    assert renewed.lease is not None
    assert renewed.lease.until == desk.clock() + desk.lease
    with pytest.raises(ConflictError, match="leased by 'ann'"):
        renew_lease(desk, 1, "bob")


def test_fresh_lease_is_left_alone(desk: Desk, pass_minutes: Pass) -> None:
    taken = take_next(desk, "ann")
    assert taken is not None
    pass_minutes(5)

    assert renew_lease(desk, 1, "ann").lease == taken.lease


def test_lost_lease_is_not_renewed(desk: Desk, pass_minutes: Pass) -> None:
    take_next(desk, "ann")
    pass_minutes(31)

    with pytest.raises(ConflictError, match="not leased by 'ann'"):
        renew_lease(desk, 1, "ann")
