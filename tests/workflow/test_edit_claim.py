from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fake_desk import FakeQueue, Shelf

from factcheck.domain.acts import Actor, sourced
from factcheck.domain.desk import Concern, ConcernKind
from factcheck.domain.evidence import Evidence, EvidenceDraft, QuoteStatus, Stance
from factcheck.domain.reported_claim import Standing
from factcheck.domain.review import QueuedClaim, Remarks
from factcheck.domain.states import Act, ClaimStatus, EditorialState, ReadingRole
from factcheck.errors import (
    ConflictError,
    InputError,
    MissingQuoteError,
    NamelessError,
    NoLongerReadyError,
    NothingToUndoError,
    NotReadyError,
    PublishedAlreadyError,
    WithdrawnError,
)
from factcheck.workflow.amend_claim import add_note, record_contact, set_speaker
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.edit_claim import Amended, correct, publish, reject, sign_off, sign_off_and_publish, withdraw
from factcheck.workflow.review_claim import Desk, record_verdict, take_next, undo_last


def published(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")
    sign_off(desk, 1, "eve")
    publish(desk, 1, "eve")


def claim(desk: Desk) -> QueuedClaim:
    return desk.queue.claim(1, desk.clock())


def test_sign_off_names_editor_and_comment(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")

    signed = sign_off(careful_desk, 1, "eve", "Fine.")

    done = signed.last_act(Act.SIGNED_OFF)
    assert signed.editorial is EditorialState.SIGNED_OFF
    assert done is not None
    assert (done.editor, done.comment, done.at) == ("eve", "Fine.", careful_desk.clock())


@pytest.mark.parametrize("reader", ["ann", "bob"])
def test_second_reading_takes_three_people(careful_desk: Desk, reader: str) -> None:
    record_verdict(careful_desk, 1, "false", "ann")
    record_verdict(careful_desk, 1, "false", "bob")

    with pytest.raises(ConflictError, match="has read claim 1 already"):
        sign_off(careful_desk, 1, reader)
    assert sign_off(careful_desk, 1, "eve").editorial is EditorialState.SIGNED_OFF


@pytest.mark.parametrize("label", [None, "false"])
def test_unsettled_claim_is_not_signed_off(careful_desk: Desk, label: str | None) -> None:
    if label:
        record_verdict(careful_desk, 1, label, "ann")

    with pytest.raises(ConflictError, match="cannot be signed off now"):
        sign_off(careful_desk, 1, "eve")


def with_missing_quote(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")
    quoted = Evidence(
        "https://a.example", Stance.SUPPORTS, desk.clock(), quote="So it is.", quote_status=QuoteStatus.MISSING
    )
    with desk.queue.changing() as change:
        change.store(sourced(change.claim(1, desk.clock()), quoted, Actor("ann", desk.clock())))


def test_missing_quote_blocks_the_sign_off(careful_desk: Desk) -> None:
    with_missing_quote(careful_desk)

    with pytest.raises(
        NotReadyError, match=r"^claim 1 is not ready .*: a quote is not in its source: https://a\.example$"
    ):
        sign_off(careful_desk, 1, "eve")
    assert claim(careful_desk).editorial is EditorialState.OPEN


def test_missing_quote_is_signed_off_with_reason(careful_desk: Desk) -> None:
    with_missing_quote(careful_desk)

    signed = sign_off(careful_desk, 1, "eve", "Fine.", "It was heard on the radio.")

    done = signed.last_act(Act.SIGNED_OFF)
    assert done is not None
    assert (done.comment, done.despite) == ("Fine.", "It was heard on the radio.")
    assert Concern(ConcernKind.QUOTE_MISSING, "https://a.example") in done.concerns
    with pytest.raises(InputError, match="needs words"):
        sign_off(careful_desk, 2, "eve", despite=" ")


def test_rejected_claim_is_read_anew(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "false", "ann")
    record_verdict(careful_desk, 1, "false", "bob")

    rejected = reject(careful_desk, 1, "eve", "The source is a blog.")

    assert (rejected.status, rejected.editorial, rejected.readings) == (
        ClaimStatus.QUEUED,
        EditorialState.REJECTED,
        (),
    )
    assert [one.comment for one in rejected.editorial_acts] == ["The source is a blog."]
    again = record_verdict(careful_desk, 1, "true", "ann")
    assert (again.status, again.editorial) == (ClaimStatus.DECIDED, EditorialState.OPEN)


def test_rejection_needs_a_comment(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")

    with pytest.raises(InputError, match="a rejection needs words"):
        reject(careful_desk, 1, "eve", " ")


def test_undone_new_reading_is_rejected_still(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    reject(careful_desk, 1, "eve", "No.")
    record_verdict(careful_desk, 1, "mixed", "ann")

    _, back = undo_last(careful_desk, "ann")

    assert back.editorial is EditorialState.REJECTED
    with pytest.raises(NothingToUndoError):
        undo_last(careful_desk, "ann")


def test_signed_off_verdict_is_not_undone(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    sign_off(careful_desk, 1, "eve")

    with pytest.raises(NothingToUndoError):
        undo_last(careful_desk, "ann")


def test_sign_off_is_undone_until_published(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    sign_off(careful_desk, 1, "eve")

    act, claim_after = undo_last(careful_desk, "eve")

    assert (act, claim_after.editorial, claim_after.lease) == ("signed_off", EditorialState.OPEN, None)
    assert (claim_after.status, claim_after.editorial_acts) == (ClaimStatus.DECIDED, ())
    sign_off(careful_desk, 1, "eve")
    publish(careful_desk, 1, "eve")
    with pytest.raises(NothingToUndoError):
        undo_last(careful_desk, "eve")


def test_only_signed_off_verdicts_are_published(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")

    with pytest.raises(ConflictError, match="cannot be published now"):
        publish(careful_desk, 1, "eve")


def test_correction_keeps_the_old_verdict(careful_desk: Desk) -> None:
    published(careful_desk)

    corrected = correct(
        careful_desk, 1, "mixed", "eve", "New figures.", "Half of it.", Remarks(known_as_of=date(2026, 2, 1))
    )

    assert corrected.editorial is EditorialState.CORRECTED
    assert corrected.verdict is not None
    assert (corrected.verdict.label, corrected.verdict.role) == ("mixed", ReadingRole.CORRECTION)
    assert corrected.verdict.known_as_of == date(2026, 2, 1)
    [one] = corrected.corrections
    assert (one.was.label, one.now.label, one.reason, one.editor) == ("true", "mixed", "New figures.", "eve")
    assert one.at == careful_desk.clock()


def test_second_correction_follows_the_first(careful_desk: Desk) -> None:
    published(careful_desk)
    for label in ("mixed", "false"):
        correct(careful_desk, 1, label, "eve", f"It is {label}.")

    corrected = claim(careful_desk)

    assert [(one.was.label, one.now.label) for one in corrected.corrections] == [("true", "mixed"), ("mixed", "false")]
    assert careful_desk.queue.claim(1, careful_desk.clock()).verdict == corrected.corrections[1].now


@pytest.mark.parametrize("reason", ["", " "])
def test_correction_needs_a_reason(careful_desk: Desk, reason: str) -> None:
    published(careful_desk)

    with pytest.raises(InputError, match="a correction needs words"):
        correct(careful_desk, 1, "mixed", "eve", reason)


def test_unpublished_verdict_needs_no_correction(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")

    with pytest.raises(ConflictError, match="cannot be corrected now"):
        correct(careful_desk, 1, "mixed", "eve", "Better so.")


def test_withdrawn_verdict_stays_withdrawn(careful_desk: Desk) -> None:
    published(careful_desk)

    withdrawn = withdraw(careful_desk, 1, "eve", "The claim was satire.")

    done = withdrawn.last_act(Act.WITHDRAWN)
    assert done is not None
    assert (withdrawn.editorial, done.comment) == (EditorialState.WITHDRAWN, "The claim was satire.")
    with pytest.raises(WithdrawnError, match="claim 1 was published and is withdrawn"):
        correct(careful_desk, 1, "mixed", "eve", "No, it was not.")


def test_published_claim_is_out_of_the_queue(careful_desk: Desk) -> None:
    published(careful_desk)

    taken = [take_next(careful_desk, "bob") for _ in range(3)]

    assert [one.id for one in taken if one] == [2, 3]
    with pytest.raises(PublishedAlreadyError, match=r"^claim 1 is published$"):
        record_verdict(careful_desk, 1, "false", "bob")


def add_source(desk: Desk, status: QuoteStatus = QuoteStatus.EXACT, url: str = "https://b.example") -> None:
    quoted = Evidence(url, Stance.SUPPORTS, desk.clock(), quote="So it is.", added_by="bob", quote_status=status)
    with desk.queue.changing() as change:
        by = Actor("bob", desk.clock(), change.roles_of("bob"))
        change.store(sourced(change.claim(1, desk.clock()), quoted, by))


def test_missing_quote_that_nobody_passed_over_is_not_published(careful_desk: Desk) -> None:
    with_missing_quote(careful_desk)
    sign_off(careful_desk, 1, "eve", despite="A misprint.")
    add_source(careful_desk, QuoteStatus.MISSING)

    with pytest.raises(NoLongerReadyError, match=r"a quote is not in its source: https://b\.example"):
        publish(careful_desk, 1, "eve")


@pytest.mark.parametrize(
    "change",
    [
        add_source,
        lambda desk: set_speaker(desk, 1, "Angela Merkel", "bob"),
        lambda desk: record_contact(desk, 1, desk.clock().date(), "No.", "bob"),
    ],
    ids=["source", "speaker", "answer"],
)
def test_what_has_changed_since_is_signed_off_anew(careful_desk: Desk, change: Callable[[Desk], object]) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    sign_off(careful_desk, 1, "eve")
    change(careful_desk)

    with pytest.raises(NoLongerReadyError, match="readers would see something else than was signed off"):
        publish(careful_desk, 1, "eve")
    assert Standing.of(claim(careful_desk)) is Standing.DRAFT
    sign_off(careful_desk, 1, "dan")
    assert Standing.of(claim(careful_desk)) is Standing.SIGNED_OFF
    assert publish(careful_desk, 1, "eve").editorial is EditorialState.PUBLISHED


def test_sign_off_that_stands_is_not_given_twice(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    sign_off(careful_desk, 1, "eve")

    with pytest.raises(ConflictError, match="signed off as it stands"):
        sign_off(careful_desk, 1, "dan")


def test_changed_claim_is_signed_off_anew_as_it_is_published(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    sign_off(careful_desk, 1, "eve")
    add_source(careful_desk)

    done = sign_off_and_publish(careful_desk, 1, "eve")

    assert [one.act for one in done.editorial_acts] == [Act.SIGNED_OFF, Act.SIGNED_OFF, Act.PUBLISHED]


def test_nothing_comes_between_a_sign_off_and_its_publication(
    careful_desk: Desk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    shown, changing = claim(careful_desk).revision, careful_desk.queue.changing
    begun: list[object] = []

    def after_a_note() -> object:
        begun.append(changing)
        if len(begun) == 2:  # between two transactions, if there are two
            add_note(replace(careful_desk, queue=FakeQueue(shelf)), 1, "Wait!", "bob")
        return changing()

    monkeypatch.setattr(careful_desk.queue, "changing", after_a_note)

    assert sign_off_and_publish(careful_desk, 1, "eve", expect=shown).editorial is EditorialState.PUBLISHED
    assert len(begun) == 1


def test_comment_is_kept_with_what_is_signed_off_or_published(careful_desk: Desk) -> None:
    for number in (1, 2):
        record_verdict(careful_desk, number, "true", "ann")
    sign_off(careful_desk, 2, "eve")

    done = [sign_off_and_publish(careful_desk, number, "eve", "Ask legal.") for number in (1, 2)]

    assert [[one.comment for one in claim.editorial_acts] for claim in done] == [
        ["Ask legal.", None],
        [None, "Ask legal."],
    ]


def test_another_label_takes_no_other_words(careful_desk: Desk) -> None:
    published(careful_desk)
    before = claim(careful_desk)

    with pytest.raises(InputError, match="put those right as a typo"):
        correct(careful_desk, 1, "mixed", "eve", "Both are wrong.", words="Rain fell.")

    assert claim(careful_desk) == before


def test_source_that_nothing_shows_joins_no_published_verdict(careful_desk: Desk) -> None:
    published(careful_desk)

    for status in (QuoteStatus.MISSING, QuoteStatus.UNCHECKED):
        with pytest.raises(MissingQuoteError):
            add_source(careful_desk, status)
    for shown_by_nothing in (EvidenceDraft("https://c.example"), EvidenceDraft(description="A letter")):
        with pytest.raises(MissingQuoteError):
            add_evidence(careful_desk, 1, shown_by_nothing, "eve")
    with pytest.raises(NamelessError):
        add_evidence(careful_desk, 1, EvidenceDraft("https://c.example"), None)
    add_source(careful_desk)
    assert [one.url for one in claim(careful_desk).evidence] == ["https://b.example"]


def test_quote_that_was_never_looked_for_is_told(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    add_source(careful_desk, QuoteStatus.UNCHECKED)

    done = sign_off(careful_desk, 1, "eve").last_act(Act.SIGNED_OFF)

    assert done is not None
    assert Concern(ConcernKind.QUOTE_UNCHECKED, "https://b.example") in done.concerns


def test_stale_sign_off_is_given_anew_with_another_label(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    sign_off(careful_desk, 1, "eve")
    add_source(careful_desk)

    signed = sign_off(careful_desk, 1, "dan", amendment=Amended("mixed"))

    assert signed.verdict is not None
    assert (signed.verdict.label, signed.is_as_signed_off) == ("mixed", True)
