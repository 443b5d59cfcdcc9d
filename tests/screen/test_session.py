"""A reviewer's session without a terminal: drafts, leases, leaving."""

import pytest
from stage import SAID, Stage

from factcheck.errors import ConflictError
from factcheck.screen.session import Session
from factcheck.workflow.annotate_claim import save_draft


def test_held_claim_is_taken_up_again(stage: Stage, session: Session) -> None:
    again = stage.session()

    assert session.current is not None
    assert again.current is not None
    assert again.current.id == session.current.id


def test_claims_of_broken_session_go_back(stage: Stage, session: Session) -> None:
    session.skip()
    session.undo()
    assert stage.queue.held_by("ana", stage.clock()) == (1, 2)

    stage.session().leave()

    assert stage.queue.held_by("ana", stage.clock()) == ()


def test_draft_is_stored_once_it_changed(session: Session) -> None:
    assert not session.keep_draft()
    session.keep("note", {"text": "half"})
    assert session.keep_draft()
    assert not session.keep_draft()
    session.keep("note", {"text": " "})
    assert session.keep_draft()
    assert session.typed == {}


def test_foreign_draft_is_no_obstacle(stage: Stage) -> None:
    stage.file(SAID[:1])
    for form in ("{", "[1]", '{"reasons": 3, "note": {"text": 4}}'):
        save_draft(stage.desk, 1, "ana", form=form)

        assert stage.session().typed in ({}, {"note": {}})


def test_skipped_claim_keeps_its_draft(stage: Stage) -> None:
    stage.file(SAID[:1])
    session = stage.session()
    session.keep("reasons", {"rationale": "because"})
    session.skip()

    assert session.current is not None
    assert session.typed == {"reasons": {"rationale": "because"}}


def test_leaving_gives_back_only_own_claims(stage: Stage, session: Session) -> None:
    stage.queue.lease_next("ana", stage.clock(), stage.clock() + stage.desk.lease)

    session.leave()

    assert stage.queue.held_by("ana", stage.clock()) == (2,)


def test_nothing_in_hand_refuses_acts(stage: Stage) -> None:
    with pytest.raises(ConflictError, match="no claim is in hand"):
        stage.session().decide("true")


def test_lease_is_renewed_below_three_quarters(stage: Stage, session: Session) -> None:
    stage.clock.pass_by(5)
    session.renew()
    assert session.current is not None
    assert session.current.lease is not None
    assert f"{session.current.lease.until:%H:%M}" == "12:30"

    stage.clock.pass_by(5)
    session.renew()

    assert f"{session.current.lease.until:%H:%M}" == "12:40"
