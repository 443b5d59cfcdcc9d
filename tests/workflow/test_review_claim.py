from collections.abc import Callable

import pytest

from factcheck.domain.article import FiledArticle
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.rating import TRUTH_5
from factcheck.domain.review import ErrorType, Lease, QueuedClaim, Remarks, Verdict
from factcheck.domain.states import ClaimStatus
from factcheck.errors import (
    AlreadyDecidedError,
    ConflictError,
    InputError,
    NotFoundError,
    NotHeldError,
    NothingToUndoError,
    UnknownLabelError,
)
from factcheck.workflow.amend_claim import add_note
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.review_claim import Desk, record_verdict, release_claim, skip_claim, take_next, undo_last

Extracted = Callable[..., FiledArticle]
Pass = Callable[[int], None]

URL = "https://a.example"


@pytest.fixture(autouse=True)
def three_claims(extracted: Extracted) -> None:
    extracted("Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday.")


def claim(desk: Desk, number: int = 1) -> QueuedClaim:
    return desk.queue.claim(number, desk.clock())


def test_taken_claim_is_leased(desk: Desk) -> None:
    taken = take_next(desk, "  ann ")

    assert taken is not None
    assert (taken.id, taken.lease) == (1, Lease("ann", desk.clock() + desk.lease))


def test_empty_queue_gives_nothing(desk: Desk) -> None:
    taken = [take_next(desk, "ann") for _ in range(4)]

    assert taken[3] is None
    assert None not in taken[:3]


def test_verdict_needs_a_known_label(desk: Desk) -> None:
    with pytest.raises(UnknownLabelError, match=r"'maybe' is not a label.*mostly-true"):
        record_verdict(desk, 1, "maybe", "ann")


def test_blank_explanation_is_none(desk: Desk) -> None:
    read = record_verdict(desk, 1, "true", "ann", " \n", remarks=Remarks(note="  "))
    other = record_verdict(desk, 2, "true", "ann", " So it was. ")

    assert read.verdict is not None
    assert (read.verdict.rationale, read.verdict.note) == (None, None)
    assert other.verdict is not None
    assert other.verdict.rationale == "So it was."


def test_text_that_nothing_can_hold_is_refused(desk: Desk) -> None:
    half = "\udce9"
    refusals: tuple[Callable[[], object], ...] = (
        lambda: record_verdict(desk, 1, "true", half),
        lambda: record_verdict(desk, 1, "true", "ann", half),
        lambda: record_verdict(desk, 1, "true", "ann", remarks=Remarks(note=half)),
        lambda: add_note(desk, 1, half, "ann"),
    )
    for refused in refusals:
        with pytest.raises(InputError, match="is not valid text"):
            refused()


def test_only_adjudicator_says_why_readings_differ(desk: Desk) -> None:
    with pytest.raises(InputError, match="claim 1 has no two"):
        record_verdict(desk, 1, "true", "ann", remarks=Remarks(error_type=ErrorType.SLIP))


@pytest.mark.parametrize("reviewer", ["", "  "])
def test_reviewer_needs_a_name(desk: Desk, reviewer: str) -> None:
    with pytest.raises(InputError, match="needs a name"):
        record_verdict(desk, 1, "true", reviewer)


def test_verdict_on_held_claim(desk: Desk) -> None:
    take_next(desk, "ann")

    decided = record_verdict(desk, 1, "mixed", "ann", "Both happened.")

    assert decided.status is ClaimStatus.DECIDED
    assert decided.verdict == Verdict("mixed", TRUTH_5.id, TRUTH_5.version, "ann", desk.clock(), "Both happened.")


def test_verdict_on_free_claim(desk: Desk) -> None:
    assert record_verdict(desk, 2, "true", "ann").status is ClaimStatus.DECIDED


def test_claim_of_others_is_refused(desk: Desk) -> None:
    take_next(desk, "bob")

    with pytest.raises(ConflictError, match=r"claim 1 is leased by 'bob' until 2026-03-01 12:30 UTC"):
        record_verdict(desk, 1, "true", "ann")
    assert claim(desk).verdict is None


def test_expired_lease_refuses_nobody(desk: Desk, pass_minutes: Pass) -> None:
    take_next(desk, "bob")
    pass_minutes(30)

    decided = record_verdict(desk, 1, "true", "ann")

    assert decided.verdict is not None
    assert decided.verdict.reviewer == "ann"


@pytest.mark.parametrize("second", ["ann", "bob"])
def test_second_verdict_is_refused(desk: Desk, second: str) -> None:
    record_verdict(desk, 1, "true", "ann")

    with pytest.raises(AlreadyDecidedError, match=r"^claim 1 was decided by 'ann' \(true\)$"):
        record_verdict(desk, 1, "false", second)


def test_unknown_claim_is_not_decided(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no claim 9"):
        record_verdict(desk, 9, "true", "ann")


@pytest.mark.parametrize(
    ("label", "stance"),
    [("true", Stance.SUPPORTS), ("false", Stance.REFUTES), ("mixed", Stance.CONTEXT), ("unproven", Stance.CONTEXT)],
)
def test_evidence_takes_the_verdicts_stance(desk: Desk, label: str, stance: Stance) -> None:
    decided = record_verdict(desk, 1, label, "ann", evidence=[EvidenceDraft(URL)])

    assert [(one.stance, one.added_by, one.added_at) for one in decided.evidence] == [(stance, "ann", desk.clock())]


def test_evidence_keeps_its_own_stance(desk: Desk) -> None:
    decided = record_verdict(desk, 1, "true", "ann", evidence=[EvidenceDraft(URL, Stance.REFUTES)])

    assert [one.stance for one in decided.evidence] == [Stance.REFUTES]


def test_known_evidence_is_not_repeated(desk: Desk) -> None:
    add_evidence(desk, 1, EvidenceDraft(URL), "bob")

    decided = record_verdict(desk, 1, "true", "ann", evidence=[EvidenceDraft(URL), EvidenceDraft(URL, quote="Rain.")])

    assert [(one.quote, one.added_by) for one in decided.evidence] == [(None, "bob"), ("Rain.", "ann")]


def test_evidence_named_twice_counts_once(desk: Desk) -> None:
    decided = record_verdict(desk, 1, "true", "ann", evidence=[EvidenceDraft(URL), EvidenceDraft(URL)])

    assert len(decided.evidence) == 1


@pytest.mark.parametrize("url", ["a.example", "ftp://a.example", "javascript:alert(1)", "https://", "https://a b"])
def test_evidence_needs_web_address(desk: Desk, url: str) -> None:
    with pytest.raises(InputError, match="not a web address"):
        record_verdict(desk, 1, "true", "ann", evidence=[EvidenceDraft(url)])
    assert claim(desk).verdict is None


def test_skipped_claim_comes_last(desk: Desk) -> None:
    skip_claim(desk, 1, "ann")

    taken = [take_next(desk, "ann") for _ in range(3)]
    assert [one.id for one in taken if one] == [2, 3, 1]


def test_claim_of_others_stays_unskipped(desk: Desk) -> None:
    take_next(desk, "bob")

    with pytest.raises(ConflictError, match="leased by 'bob'"):
        skip_claim(desk, 1, "ann")


def test_decided_claim_stays_unskipped(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")

    with pytest.raises(ConflictError, match="was decided"):
        skip_claim(desk, 1, "ann")


def test_released_claim_is_free(desk: Desk) -> None:
    take_next(desk, "ann")

    release_claim(desk, 1, "ann")

    taken = take_next(desk, "bob")
    assert taken is not None
    assert taken.id == 1


def test_claim_of_others_stays_unreleased(desk: Desk) -> None:
    take_next(desk, "bob")

    with pytest.raises(ConflictError, match="leased by 'bob'"):
        release_claim(desk, 1, "ann")


@pytest.mark.parametrize("minutes", [30, 31])
def test_expired_lease_needs_no_release(desk: Desk, pass_minutes: Pass, minutes: int) -> None:
    take_next(desk, "ann")
    pass_minutes(minutes)

    with pytest.raises(NotHeldError, match=r"^claim 1 is not leased by 'ann'$"):
        release_claim(desk, 1, "ann")


def test_free_claim_needs_no_release(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="not leased by 'ann'"):
        release_claim(desk, 1, "ann")


def test_undone_verdict_frees_nobody_else(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann", evidence=[EvidenceDraft(URL)])

    action, back = undo_last(desk, "ann")

    assert (action, back.id, back.verdict, back.evidence) == ("decided", 1, None, ())
    assert back.lease == Lease("ann", desk.clock() + desk.lease)


def test_undone_skip_is_held_again(desk: Desk) -> None:
    skip_claim(desk, 1, "ann")

    action, back = undo_last(desk, "ann")

    assert (action, back.status) == ("skipped", ClaimStatus.LEASED)


def test_undo_needs_something_done(desk: Desk) -> None:
    take_next(desk, "ann")

    with pytest.raises(NothingToUndoError):
        undo_last(desk, "ann")
