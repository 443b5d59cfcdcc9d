"""An editor at the desk, without any front: what comes when, what is passed over, what is counted."""

from dataclasses import replace

import pytest
from fakes import FakeKnown, FakeSources, NoPastVerdicts

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.sign_off import SignOffRules
from factcheck.domain.states import Act, EditorialState
from factcheck.errors import (
    ConflictError,
    MovedOnError,
    NothingToUndoError,
    NotNowError,
    NotReadyError,
    PublishedAlreadyError,
)
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.edit_claim import Amended, publish, sign_off
from factcheck.workflow.editing_session import EditingSession
from factcheck.workflow.ports import Ledger
from factcheck.workflow.review_claim import Desk, record_verdict, take_next

pytestmark = pytest.mark.usefixtures("three_claims")


@pytest.fixture
def session(desk: Desk, ledger: Ledger) -> EditingSession:
    """A session of eve; claims 1 and 2 are decided, 1 is in hand."""
    record_verdict(desk, 1, "true", "ana")
    record_verdict(desk, 2, "false", "ana")
    session = EditingSession(desk, ledger, "eve", NoPastVerdicts(), FakeKnown())
    session.begin()
    return session


@pytest.fixture
def published(desk: Desk, session: EditingSession) -> EditingSession:
    """The session, claims 1 and 2 published and 1 in hand again."""
    for number in (1, 2):
        sign_off(desk, number, "dan")
        publish(desk, number, "dan")
    session.turn()
    return session


def states(desk: Desk) -> list[str]:
    return [desk.queue.claim(number, desk.clock()).editorial.value for number in (1, 2)]


def test_verdicts_come_before_publications(session: EditingSession) -> None:
    done = [session.sign_off().id, session.sign_off().id, session.publish().id, session.reject("Which day?").id]

    assert done == [1, 2, 1, 2]
    assert session.claim is None
    counts = {Act.SIGNED_OFF: 2, Act.PUBLISHED: 1, Act.REJECTED: 1, Act.CORRECTED: 0, Act.WITHDRAWN: 0}
    assert session.leave() == counts


def test_passed_claims_come_round_again(session: EditingSession) -> None:
    assert [session.skip().id, session.skip().id, session.skip().id] == [1, 2, 1]


def test_typed_text_waits_for_next_round(session: EditingSession) -> None:
    session.keep("reject", {"text": "Which d"})

    session.skip()
    assert session.typed == {}
    session.skip()

    assert session.typed == {"reject": {"text": "Which d"}}


def test_claim_of_another_editor_is_let_go(desk: Desk, session: EditingSession) -> None:
    sign_off(desk, 1, "dan")
    publish(desk, 1, "dan")

    with pytest.raises(ConflictError):
        session.sign_off()

    assert session.in_hand().id == 2


def test_changed_claim_is_to_be_read_again(desk: Desk, session: EditingSession) -> None:
    session.keep("reject", {"text": "Which d"})
    add_evidence(desk, 1, EvidenceDraft("https://b.example", Stance.REFUTES), "ana")

    with pytest.raises(MovedOnError):
        session.sign_off()

    assert (session.in_hand().id, len(session.in_hand().evidence)) == (1, 1)
    assert session.typed == {"reject": {"text": "Which d"}}
    assert session.sign_off().id == 1


def test_own_note_hides_no_change(desk: Desk, session: EditingSession) -> None:
    session.note("Seen.")
    assert session.sign_off().id == 1

    add_evidence(desk, 2, EvidenceDraft("https://b.example", Stance.REFUTES), "ana")
    session.note("Seen.")
    with pytest.raises(MovedOnError):
        session.sign_off()


def test_new_verdict_waits_for_the_editor(desk: Desk, session: EditingSession) -> None:
    assert session.count_waiting() == {"to sign off": 2, "to publish": 0}

    record_verdict(desk, 3, "true", "ana")

    assert session.count_waiting() == {"to sign off": 3, "to publish": 0}


def test_held_claim_of_the_editor_stays_held(desk: Desk, session: EditingSession) -> None:
    take_next(desk, "eve")

    session.leave()

    assert desk.queue.held_by("eve", desk.clock()) == (3,)


def test_sign_off_without_source_needs_reason(desk: Desk, session: EditingSession) -> None:
    session.desk = replace(desk, sign_off=SignOffRules())
    with pytest.raises(NotReadyError):
        session.sign_off()
    assert session.in_hand().id == 1

    signed = session.sign_off("Everybody saw it.")

    assert signed.editorial_acts[-1].despite == "Everybody saw it."


def test_concerns_say_what_is_demanded(desk: Desk, session: EditingSession) -> None:
    session.desk = replace(desk, sign_off=SignOffRules())

    told = {str(one): demanded for one, demanded in session.concerns(session.in_hand()).items()}

    assert told == {"the verdict has no rationale": True, "the verdict has no source of its own": True}


def test_editor_is_counted_as_the_reader(desk: Desk, ledger: Ledger, session: EditingSession) -> None:
    del session
    by_reader = EditingSession(desk, ledger, "ana", NoPastVerdicts(), FakeKnown())
    by_reader.begin()

    told = [str(one) for one in by_reader.concerns(by_reader.in_hand())]

    assert "nobody but its reader has looked at the verdict" in told


def test_amendment_goes_with_the_sign_off(session: EditingSession) -> None:
    signed = session.sign_off(amendment=Amended("mixed", "It rained in the north."))

    assert [(one.label, one.reviewer) for one in signed.readings] == [("true", "ana"), ("mixed", "eve")]


def test_one_step_signs_off_and_publishes(desk: Desk, session: EditingSession) -> None:
    assert session.sign_off_and_publish().editorial is EditorialState.PUBLISHED
    session.sign_off()
    assert session.sign_off_and_publish().id == 2

    assert states(desk) == ["published", "published"]
    assert (session.leave()[Act.SIGNED_OFF], session.leave()[Act.PUBLISHED]) == (2, 2)


def test_published_claims_have_their_own_round(published: EditingSession) -> None:
    assert [published.skip().id, published.skip().id, published.skip().id] == [1, 2, 1]

    published.turn()

    assert published.claim is None


def test_published_claim_is_corrected(desk: Desk, published: EditingSession) -> None:
    corrected = published.correct("mixed", "The north was forgotten.")

    assert (corrected.id, corrected.verdict and corrected.verdict.label) == (1, "mixed")
    assert published.in_hand().id == 2
    assert published.withdraw("Nobody can tell.").id == 2
    assert published.in_hand().id == 1
    assert states(desk) == ["corrected", "withdrawn"]
    assert (published.leave()[Act.CORRECTED], published.leave()[Act.WITHDRAWN]) == (1, 1)


def test_typo_leaves_the_label(published: EditingSession) -> None:
    corrected = published.correct_typo("A letter was missing.", words="Rain fell on a Monday.")

    assert (corrected.words, corrected.corrections[-1].is_typo) == ("Rain fell on a Monday.", True)


def test_published_claim_comes_by_number(desk: Desk, session: EditingSession) -> None:
    sign_off(desk, 2, "dan")
    publish(desk, 2, "dan")

    assert session.go_to(2).editorial is EditorialState.PUBLISHED
    session.withdraw("It was another day.")

    assert session.in_hand().id == 1


def test_claim_without_verdict_is_not_edited(session: EditingSession) -> None:
    with pytest.raises(ConflictError, match="claim 3 is queued: it has no verdict to edit"):
        session.go_to(3)

    assert session.in_hand().id == 1


def test_sign_off_is_taken_back(desk: Desk, session: EditingSession) -> None:
    session.sign_off()

    act, claim = session.undo()

    assert (act, claim.id, session.in_hand().id) == (Act.SIGNED_OFF, 1, 1)
    assert states(desk) == ["open", "open"]
    assert (session.leave()[Act.SIGNED_OFF], session.pace.decided_at) == (0, ())


def test_published_sign_off_stays(desk: Desk, session: EditingSession) -> None:
    session.sign_off_and_publish()

    with pytest.raises(NothingToUndoError, match="'eve' has no unpublished sign-off to take back"):
        session.undo()

    assert states(desk) == ["published", "open"]


def test_own_verdict_is_not_undone(desk: Desk, session: EditingSession) -> None:
    record_verdict(desk, 3, "true", "eve")

    with pytest.raises(NothingToUndoError):
        session.undo()

    assert session.look_at(3).verdict is not None


def test_marked_claims_are_done_together(desk: Desk, session: EditingSession) -> None:
    assert (session.mark(), session.mark(), list(session.marked)) == (True, True, [1, 2])

    done, failed = session.finish_marked({Act.SIGNED_OFF, Act.PUBLISHED})

    assert ([one.id for one in done], failed, session.marked, session.claim) == ([1, 2], [], {}, None)
    assert states(desk) == ["published", "published"]
    assert (session.leave()[Act.SIGNED_OFF], session.leave()[Act.PUBLISHED]) == (2, 2)


def test_mark_is_taken_away_again(session: EditingSession) -> None:
    session.mark()
    session.skip()

    assert (session.in_hand().id, session.mark(), session.marked) == (1, False, {})


def test_failing_claim_stops_no_other(desk: Desk, session: EditingSession) -> None:
    session.mark()
    session.mark()
    record_verdict(desk, 3, "true", "ana")
    session.go_to(3)
    session.mark()
    add_evidence(desk, 2, EvidenceDraft("https://b.example", Stance.REFUTES), "ana")
    session.desk = replace(desk, sign_off=SignOffRules())
    add_evidence(desk, 3, EvidenceDraft("https://b.example", Stance.SUPPORTS), "ana")

    done, failed = session.finish_marked({Act.PUBLISHED})
    assert (done, [type(one) for one in failed]) == ([], [NotNowError, MovedOnError, MovedOnError])

    session.go_to(1)
    session.mark()
    done, failed = session.finish_marked({Act.SIGNED_OFF})
    assert (done, [type(one) for one in failed], list(session.marked)) == ([], [NotReadyError], [1])

    done, failed = session.finish_marked({Act.SIGNED_OFF}, "Everybody saw it.")
    assert ([one.id for one in done], failed, session.marked) == ([1], [], {})


def test_published_claim_is_not_marked(published: EditingSession) -> None:
    with pytest.raises(PublishedAlreadyError):
        published.mark()


def test_editor_edits_and_removes_sources(desk: Desk, session: EditingSession) -> None:
    page = FakeSources({"https://b.example": "It rained all day."})
    add_evidence(desk, 1, EvidenceDraft("https://b.example", Stance.REFUTES, "Rain all day."), "ana", page)
    session.sources = lambda: page
    session.go_to(1)
    [source] = session.in_hand().evidence
    assert source.blocks_sign_off

    edited = session.edit_source(source.id or 0, {"quote": "It rained", "stance": Stance.SUPPORTS})
    assert (edited.evidence[0].stance, edited.evidence[0].blocks_sign_off) == (Stance.SUPPORTS, False)

    assert session.remove_source(source.id or 0).evidence == ()
    assert session.sign_off().id == 1


def test_changed_source_is_to_be_read_again(desk: Desk, session: EditingSession) -> None:
    number = add_evidence(desk, 1, EvidenceDraft("https://b.example", Stance.REFUTES), "ana").evidence.id or 0
    session.go_to(1)
    add_evidence(desk, 1, EvidenceDraft("https://c.example", Stance.REFUTES), "ana")

    with pytest.raises(MovedOnError):
        session.edit_source(number, {"stance": Stance.SUPPORTS})

    assert {one.stance for one in session.in_hand().evidence} == {Stance.REFUTES}


def test_typed_text_ends_with_the_act(session: EditingSession) -> None:
    session.keep("reject", {"text": "Which d"})
    session.keep_draft()

    session.sign_off()
    session.sign_off()

    assert (session.in_hand().id, session.typed) == (1, {})
