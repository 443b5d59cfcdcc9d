from factcheck.workflow.amend_claim import set_claim_aside
from factcheck.workflow.explain_queue import why_nothing_free
from factcheck.workflow.review_claim import Desk, record_verdict, take_next


def test_leases_tell_when_they_end(careful_desk: Desk) -> None:
    for _ in range(3):
        take_next(careful_desk, "ann")

    assert str(why_nothing_free(careful_desk, "bob")) == (
        "no claim is free: 0 queued, 3 leased, next back 12:30 UTC, 0 decided"
    )


def test_others_than_asked_may_be_free(careful_desk: Desk) -> None:
    assert str(why_nothing_free(careful_desk, "bob", is_narrowed=True)) == (
        "none of the claims asked for is free; all in all: 3 queued, 0 leased, 0 decided"
    )


def test_own_readings_wait_for_others(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "false", "ann")
    record_verdict(careful_desk, 2, "false", "bob")
    record_verdict(careful_desk, 2, "true", "ann")
    set_claim_aside(careful_desk, 3, "Taste.", "ann")

    assert str(why_nothing_free(careful_desk, "ann")) == (
        "no claim is free: 0 queued, 0 leased, 1 wait for a second reader who is not you, "
        "1 wait for an adjudicator who is not you, 0 decided, 1 set aside"
    )
    others = str(why_nothing_free(careful_desk, "eve"))
    assert "1 wait for a second reader, 1 wait for an adjudicator, 0 decided" in others


def test_empty_queue_is_told(desk: Desk) -> None:
    why = why_nothing_free(desk, "ann")

    assert (why.is_empty, str(why)) == (True, "the queue is empty")
