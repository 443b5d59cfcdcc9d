from collections.abc import Callable
from dataclasses import replace

import pytest

from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.rating import AveritecClass, Label, RatingScale
from factcheck.domain.review import ClaimQuery, Confidence, ErrorType, QueuedClaim, Remarks
from factcheck.domain.states import BLOCKING_FIRST, Act, ClaimStatus, ReadingRole, Stage
from factcheck.errors import (
    ConflictError,
    InputError,
    NoSuchEvidenceError,
    NothingToUndoError,
    OtherScaleError,
    SecondReadingStaysError,
)
from factcheck.workflow.amend_claim import add_note, flag_claim, record_contact
from factcheck.workflow.collect_evidence import add_evidence, remove_evidence
from factcheck.workflow.edit_claim import Amended, correct, reject, sign_off, sign_off_and_publish
from factcheck.workflow.review_claim import Desk, record_verdict, release_claim, skip_claim, take_next, undo_last

Pass = Callable[[int], None]
URL = "https://a.example"


def first_read(desk: Desk, number: int = 1, label: str = "false") -> None:
    record_verdict(desk, number, label, "ann", "It did not.", [EvidenceDraft(URL)])


def disputed(desk: Desk) -> None:
    first_read(desk)
    record_verdict(desk, 1, "true", "bob")


def seen(desk: Desk, viewer: str | None = None) -> QueuedClaim:
    return desk.queue.claim(1, desk.clock(), viewer)


def test_rule_sends_claim_to_second_reader(careful_desk: Desk) -> None:
    claim = record_verdict(careful_desk, 1, "false", "ann")

    assert (claim.status, claim.second_asked, claim.verdict) == (ClaimStatus.AWAITING_SECOND, "label false", None)


def test_other_labels_need_one_reading(careful_desk: Desk) -> None:
    assert record_verdict(careful_desk, 1, "true", "ann").status is ClaimStatus.DECIDED


@pytest.mark.parametrize("viewer", [None, "bob"])
def test_others_see_no_first_reading(careful_desk: Desk, viewer: str | None) -> None:
    first_read(careful_desk)
    add_note(careful_desk, 1, "Quite clear.", "ann")
    record_contact(careful_desk, 1, careful_desk.clock().date(), "It is false.", "ann")
    add_evidence(careful_desk, 1, EvidenceDraft("https://b.example"), None)

    claim = seen(careful_desk, viewer)

    assert (claim.readings, claim.evidence, claim.notes, claim.verdict) == ((), (), (), None)
    assert claim.contact is None
    [listed] = [one for one in careful_desk.queue.find(ClaimQuery(), careful_desk.clock()) if one.id == 1]
    assert (listed.readings, listed.evidence) == ((), ())


def test_what_an_editor_said_of_earlier_readings_is_hidden(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    reject(careful_desk, 1, "eve", "It is false, is it not?")
    first_read(careful_desk)

    told = {viewer: seen(careful_desk, viewer).editorial_acts for viewer in ("bob", None, "ann", "eve")}

    assert {viewer: [one.comment for one in acts] for viewer, acts in told.items()} == {
        "bob": [None],
        None: [None],
        "ann": ["It is false, is it not?"],
        "eve": ["It is false, is it not?"],
    }
    assert [(one.act, one.editor) for one in told["bob"]] == [(Act.REJECTED, "eve")]


def test_hidden_evidence_cannot_be_removed(careful_desk: Desk) -> None:
    first_read(careful_desk)

    with pytest.raises(NoSuchEvidenceError):
        remove_evidence(careful_desk, 1, "bob")
    assert not remove_evidence(careful_desk, 1, "ann").evidence


def test_leased_second_reading_is_blind(careful_desk: Desk) -> None:
    first_read(careful_desk)

    claim = take_next(careful_desk, "bob", Stage.SECOND)

    assert claim is not None
    assert (claim.id, claim.readings, claim.evidence) == (1, (), ())
    assert seen(careful_desk, "bob").readings == ()


def test_second_reader_sees_own_words_only(careful_desk: Desk) -> None:
    first_read(careful_desk)
    take_next(careful_desk, "bob", Stage.SECOND)
    add_note(careful_desk, 1, "Mine.", "bob")

    assert [one.text for one in seen(careful_desk, "bob").notes] == ["Mine."]


def test_first_reader_sees_own_reading(careful_desk: Desk) -> None:
    first_read(careful_desk)

    assert [one.label for one in seen(careful_desk, "ann").readings] == ["false"]


def test_equal_readings_agree(careful_desk: Desk) -> None:
    first_read(careful_desk)

    claim = record_verdict(careful_desk, 1, "false", "bob")

    assert claim.status is ClaimStatus.AGREED
    assert claim.verdict is not None
    assert (claim.verdict.label, claim.verdict.reviewer) == ("false", "ann")
    assert [(one.reviewer, one.role) for one in claim.readings] == [
        ("ann", ReadingRole.FIRST),
        ("bob", ReadingRole.SECOND),
    ]


def test_each_reader_has_own_evidence(careful_desk: Desk) -> None:
    first_read(careful_desk)

    claim = record_verdict(careful_desk, 1, "false", "bob", evidence=[EvidenceDraft(URL)])

    assert [(one.url, one.added_by) for one in claim.evidence] == [(URL, "ann"), (URL, "bob")]


def test_different_readings_are_disputed(careful_desk: Desk) -> None:
    disputed(careful_desk)

    claim = seen(careful_desk)

    assert (claim.status, claim.verdict) == (ClaimStatus.DISPUTED, None)
    assert [one.label for one in claim.readings] == ["false", "true"]


def test_adjudication_decides_a_dispute(careful_desk: Desk) -> None:
    disputed(careful_desk)
    taken = take_next(careful_desk, "eve", Stage.ADJUDICATION)
    assert taken is not None
    assert [one.label for one in taken.readings] == ["false", "true"]

    remarks = Remarks(confidence=Confidence.HIGH, error_type=ErrorType.MISSED_EVIDENCE, note="bob missed the paper")
    claim = record_verdict(careful_desk, 1, "mixed", "eve", remarks=remarks)

    assert claim.status is ClaimStatus.ADJUDICATED
    assert claim.verdict is not None
    assert (claim.verdict.label, claim.verdict.error_type, claim.verdict.confidence, claim.verdict.note) == (
        "mixed",
        ErrorType.MISSED_EVIDENCE,
        Confidence.HIGH,
        "bob missed the paper",
    )


def test_nobody_reads_a_claim_twice(careful_desk: Desk) -> None:
    first_read(careful_desk)

    with pytest.raises(ConflictError, match="'ann' has read claim 1 already"):
        record_verdict(careful_desk, 1, "false", "ann")
    assert take_next(careful_desk, "ann", Stage.SECOND) is None


@pytest.mark.parametrize("reader", ["ann", "bob"])
def test_no_reader_adjudicates(careful_desk: Desk, reader: str) -> None:
    disputed(careful_desk)

    with pytest.raises(ConflictError, match="has read claim 1 already"):
        record_verdict(careful_desk, 1, "mixed", reader)
    assert take_next(careful_desk, reader, Stage.ADJUDICATION) is None


@pytest.mark.parametrize(("order", "numbers"), [(BLOCKING_FIRST, [1, 2, 3]), (tuple(Stage), [3, 2, 1])])
def test_readings_come_in_the_desks_order(careful_desk: Desk, order: tuple[Stage, ...], numbers: list[int]) -> None:
    disputed(careful_desk)
    first_read(careful_desk, 2)

    taken = [take_next(replace(careful_desk, order=order), "eve") for _ in range(4)]

    assert [one.id if one else None for one in taken] == [*numbers, None]


def test_expired_second_lease_comes_back(careful_desk: Desk, pass_minutes: Pass) -> None:
    first_read(careful_desk)
    take_next(careful_desk, "bob", Stage.SECOND)
    pass_minutes(30)

    assert seen(careful_desk).status is ClaimStatus.AWAITING_SECOND
    taken = take_next(careful_desk, "eve", Stage.SECOND)
    assert taken is not None
    assert taken.id == 1


def test_released_second_reading_waits_again(careful_desk: Desk) -> None:
    first_read(careful_desk)
    take_next(careful_desk, "bob", Stage.SECOND)

    release_claim(careful_desk, 1, "bob")

    assert seen(careful_desk).status is ClaimStatus.AWAITING_SECOND


def test_skipped_second_reading_goes_last(careful_desk: Desk) -> None:
    first_read(careful_desk)
    first_read(careful_desk, 2)
    skip_claim(careful_desk, 1, "bob")

    taken = [take_next(careful_desk, "bob", Stage.SECOND) for _ in range(2)]

    assert [one.id for one in taken if one] == [2, 1]


@pytest.mark.parametrize("label", ["false", "true"])
def test_second_verdict_stays_since_it_shows_the_first(careful_desk: Desk, label: str) -> None:
    first_read(careful_desk)
    record_verdict(careful_desk, 1, label, "bob")

    with pytest.raises(SecondReadingStaysError):
        undo_last(careful_desk, "bob")
    assert [one.act for one in careful_desk.queue.history("bob", careful_desk.clock())] == [
        Act.AGREED if label == "false" else Act.DISPUTED
    ]
    assert [one.label for one in seen(careful_desk, "bob").readings] == ["false", label]


def test_first_verdict_stays_once_read(careful_desk: Desk) -> None:
    disputed(careful_desk)

    with pytest.raises(NothingToUndoError):
        undo_last(careful_desk, "ann")


def test_first_verdict_is_undone_while_nobody_has_read_it(careful_desk: Desk) -> None:
    first_read(careful_desk)

    action, claim = undo_last(careful_desk, "ann")

    assert (action, claim.status, claim.second_asked) == ("first_read", ClaimStatus.LEASED, None)


def test_adjudication_is_undone_alone(careful_desk: Desk) -> None:
    disputed(careful_desk)
    record_verdict(careful_desk, 1, "mixed", "eve")

    action, claim = undo_last(careful_desk, "eve")

    assert (action, claim.status, len(claim.readings)) == ("adjudicated", ClaimStatus.ADJUDICATING, 2)


def test_second_reader_keeps_the_scale(careful_desk: Desk) -> None:
    first_read(careful_desk)
    labels = (Label("yes", "So it is.", AveritecClass.SUPPORTED), Label("no", "Not so.", AveritecClass.REFUTED))
    other = replace(careful_desk, scale=RatingScale("yes-no", 1, labels))

    with pytest.raises(OtherScaleError, match=r"read on the scale 'truth-5' v1, this verdict is of 'yes-no' v1$"):
        record_verdict(other, 1, "no", "bob")


def test_scale_version_keeps_its_meaning(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    labels = (*careful_desk.scale.labels[:-1], Label("altered", "Something else.", AveritecClass.REFUTED))
    changed = replace(careful_desk, scale=RatingScale("truth-5", 1, labels))

    with pytest.raises(InputError, match=r"'truth-5' v1 is not what verdicts were given on.*version 2"):
        record_verdict(changed, 2, "true", "ann")
    assert record_verdict(replace(changed, scale=RatingScale("truth-5", 2, labels)), 2, "true", "ann").verdict


def test_second_readers_flag_is_kept_beside_the_hidden_one(careful_desk: Desk) -> None:
    first_read(careful_desk)
    flag_claim(careful_desk, 1, "Who counted?", "ann")

    flagged = flag_claim(careful_desk, 1, "Odd.", "bob")

    assert [one.reason for one in flagged.flags] == ["Odd."]
    assert [one.reason for one in seen(careful_desk, "eve").flags] == ["Odd."]
    assert [one.reason for one in flag_claim(careful_desk, 1, "Very odd.", "bob").flags] == ["Very odd."]
    assert [(one.reviewer, one.reason) for one in seen(careful_desk, "ann").flags] == [
        ("ann", "Who counted?"),
        ("bob", "Very odd."),
    ]
    assert careful_desk.queue.count(ClaimQuery(flagged=True), careful_desk.clock()) == 1
    assert flag_claim(careful_desk, 1, None, "bob").flags == ()
    assert [one.reviewer for one in seen(careful_desk, "ann").flags] == ["ann"]
    assert careful_desk.queue.count(ClaimQuery(flagged=True), careful_desk.clock()) == 0


def test_editor_takes_back_what_they_were_asked(careful_desk: Desk) -> None:
    for name in ("ann", "bob"):
        flag_claim(careful_desk, 1, "Odd.", name)

    assert [one.reviewer for one in flag_claim(careful_desk, 1, None, "bob").flags] == ["ann"]
    assert flag_claim(careful_desk, 1, None, "eve").flags == ()


def test_sign_off_is_taken_back_behind_a_second_reading(careful_desk: Desk) -> None:
    first_read(careful_desk)
    record_verdict(careful_desk, 2, "true", "ann")
    sign_off(careful_desk, 2, "bob")
    record_verdict(careful_desk, 1, "false", "bob")

    action, claim = undo_last(careful_desk, "bob")

    assert (action, claim.id) == ("signed_off", 2)


def test_only_reader_puts_no_label_that_takes_two_in_place_of_another(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")

    with pytest.raises(ConflictError, match="'ann' alone has read claim 1, and 'false' takes a second reader"):
        sign_off(careful_desk, 1, "ann", amendment=Amended("false", "It did not."))

    assert sign_off(careful_desk, 1, "eve", amendment=Amended("false", "It did not.")).verdict


def test_only_reader_corrects_nothing_to_a_label_that_takes_two(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    sign_off_and_publish(careful_desk, 1, "eve")

    with pytest.raises(ConflictError, match="ask another editor"):
        correct(careful_desk, 1, "false", "ann", "It did not.")

    assert correct(careful_desk, 1, "false", "eve", "It did not.").verdict


def test_neither_of_two_readers_rejects_what_both_have_read(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "false", "ann")
    record_verdict(careful_desk, 1, "false", "bob")

    for reader in ("ann", "bob"):
        with pytest.raises(ConflictError, match="has read claim 1 already; somebody else has to do this"):
            reject(careful_desk, 1, reader, "No.")

    assert reject(careful_desk, 1, "eve", "No.").status is ClaimStatus.QUEUED


def test_neither_of_two_readers_corrects_what_both_have_read_to_another_label(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "false", "ann")
    record_verdict(careful_desk, 1, "false", "bob")
    sign_off_and_publish(careful_desk, 1, "eve")

    for reader in ("ann", "bob"):
        with pytest.raises(ConflictError, match="has read claim 1 already; somebody else has to do this"):
            correct(careful_desk, 1, "true", reader, "It did.")

    assert correct(careful_desk, 1, "true", "eve", "It did.").verdict
