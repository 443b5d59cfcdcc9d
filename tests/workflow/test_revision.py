"""What is done to a claim is done to what the person has read, or not at all."""

from collections.abc import Callable
from datetime import date

import pytest

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import EditorialState, Stage
from factcheck.errors import MovedOnError
from factcheck.workflow.amend_claim import (
    add_note,
    flag_claim,
    merge_claim,
    record_contact,
    reword_claim,
    set_claim_aside,
    split_claim,
)
from factcheck.workflow.collect_evidence import add_evidence, remove_evidence
from factcheck.workflow.edit_claim import correct, publish, reject, sign_off, withdraw
from factcheck.workflow.review_claim import (
    Desk,
    record_verdict,
    release_claim,
    renew_lease,
    skip_claim,
    take_next,
    undo_last,
)

Do = Callable[[Desk, str], object]
REFUTING = EvidenceDraft("https://b.example", Stance.REFUTES, "It was not so.")


def read(desk: Desk, viewer: str | None, number: int = 1) -> QueuedClaim:
    return desk.queue.claim(number, desk.clock(), viewer)


CHANGES: dict[str, Callable[[Desk], object]] = {
    "note": lambda desk: add_note(desk, 1, "Mind the year.", "bob"),
    "flag": lambda desk: flag_claim(desk, 1, "Libel?", "bob"),
    "contact": lambda desk: record_contact(desk, 1, date(2026, 2, 1), None, "bob"),
    "evidence": lambda desk: add_evidence(desk, 1, REFUTING, "bob"),
    "words": lambda desk: reword_claim(desk, 1, "It rained.", "bob"),
    "verdict": lambda desk: record_verdict(desk, 1, "true", "bob"),
    "aside": lambda desk: set_claim_aside(desk, 1, "An opinion.", "bob"),
    "duplicate": lambda desk: merge_claim(desk, 1, 2, "bob"),
}


def untouched(_: Desk) -> None:
    pass


def decided(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann", evidence=[REFUTING])


def published(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")
    sign_off(desk, 1, "eve", expect=read(desk, "eve").revision)
    publish(desk, 1, "eve", expect=read(desk, "eve").revision)


def signed_off(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")
    sign_off(desk, 1, "eve")


DECISIONS: dict[str, tuple[Callable[[Desk], None], Do]] = {
    "verdict": (untouched, lambda desk, seen: record_verdict(desk, 1, "true", "ann", expect=seen)),
    "skip": (untouched, lambda desk, seen: skip_claim(desk, 1, "ann", expect=seen)),
    "aside": (untouched, lambda desk, seen: set_claim_aside(desk, 1, "An opinion.", "ann", expect=seen)),
    "merge": (untouched, lambda desk, seen: merge_claim(desk, 1, 2, "ann", expect=seen)),
    "split": (untouched, lambda desk, seen: split_claim(desk, 1, ["One.", "Two."], "ann", expect=seen)),
    "reword": (untouched, lambda desk, seen: reword_claim(desk, 1, "It rained.", "ann", expect=seen)),
    "flag": (untouched, lambda desk, seen: flag_claim(desk, 1, "Libel?", "ann", expect=seen)),
    "evidence": (decided, lambda desk, seen: remove_evidence(desk, 1, "ann", expect=seen)),
    "sign-off": (decided, lambda desk, seen: sign_off(desk, 1, "eve", expect=seen)),
    "reject": (decided, lambda desk, seen: reject(desk, 1, "eve", "Why?", expect=seen)),
    "publish": (signed_off, lambda desk, seen: publish(desk, 1, "eve", expect=seen)),
    "correct": (published, lambda desk, seen: correct(desk, 1, "false", "eve", "A slip.", expect=seen)),
    "withdraw": (published, lambda desk, seen: withdraw(desk, 1, "eve", "Wrong.", expect=seen)),
}


def test_sign_off_fails_after_new_source(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "true", "ann")
    seen = read(careful_desk, "eve").revision
    add_evidence(careful_desk, 1, REFUTING, "bob")

    with pytest.raises(MovedOnError, match=rf"claim 1 .*'{seen}'.*'{read(careful_desk, 'eve').revision}'"):
        sign_off(careful_desk, 1, "eve", expect=seen)

    claim = read(careful_desk, "eve")
    assert (claim.editorial, claim.editorial_acts) == (EditorialState.OPEN, ())
    assert sign_off(careful_desk, 1, "eve", expect=claim.revision).editorial is EditorialState.SIGNED_OFF


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_judged_moves_revision(careful_desk: Desk, change: Callable[[Desk], object]) -> None:
    seen = read(careful_desk, "ann").revision

    change(careful_desk)

    assert read(careful_desk, "ann").revision != seen
    with pytest.raises(MovedOnError):
        record_verdict(careful_desk, 1, "false", "ann", expect=seen)


def test_lease_leaves_revision_alone(careful_desk: Desk, pass_minutes: Callable[[int], None]) -> None:
    seen = read(careful_desk, "ann").revision

    take_next(careful_desk, "ann")
    pass_minutes(20)
    assert renew_lease(careful_desk, 1, "ann").revision == seen
    release_claim(careful_desk, 1, "ann")
    skip_claim(careful_desk, 1, "cy", expect=seen)
    take_next(careful_desk, "ann")

    assert record_verdict(careful_desk, 1, "true", "ann", expect=seen).verdict is not None


def test_second_reader_is_not_disturbed(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "false", "ann")
    claim = take_next(careful_desk, "bob", Stage.SECOND)
    assert claim is not None

    add_note(careful_desk, 1, "Quite clear.", "ann")
    flag_claim(careful_desk, 1, "Libel?", "ann")
    add_evidence(careful_desk, 1, REFUTING, "ann")

    assert read(careful_desk, "bob").revision == claim.revision
    assert len(record_verdict(careful_desk, 1, "false", "bob", expect=claim.revision).readings) == 2


def test_hidden_words_are_not_in_revision(careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "false", "ann", "It did not.")
    before = read(careful_desk, "bob").revision
    undo_last(careful_desk, "ann")

    record_verdict(careful_desk, 1, "false", "ann", "No.", [REFUTING])

    assert read(careful_desk, "bob").revision == before
    assert read(careful_desk, "ann").revision != before


@pytest.mark.parametrize(("before", "do"), DECISIONS.values(), ids=DECISIONS)
def test_every_decision_heeds_its_revision(careful_desk: Desk, before: Callable[[Desk], None], do: Do) -> None:
    before(careful_desk)
    seen = read(careful_desk, "ann").revision
    add_note(careful_desk, 1, "Mind the year.", "bob")
    standing = read(careful_desk, "ann")

    with pytest.raises(MovedOnError):
        do(careful_desk, seen)

    assert read(careful_desk, "ann") == standing
    do(careful_desk, standing.revision)
