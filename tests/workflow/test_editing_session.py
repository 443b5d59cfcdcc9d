"""An editor at the desk, without any front: what comes when, what is passed over, what is counted."""

import pytest
from fakes import NoPastVerdicts

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.states import Act
from factcheck.errors import ConflictError, MovedOnError
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.edit_claim import publish, sign_off
from factcheck.workflow.editing_session import EditingSession
from factcheck.workflow.ports import Ledger
from factcheck.workflow.review_claim import Desk, record_verdict, take_next

pytestmark = pytest.mark.usefixtures("three_claims")


@pytest.fixture
def session(desk: Desk, ledger: Ledger) -> EditingSession:
    """A session of eve; claims 1 and 2 are decided, 1 is in hand."""
    record_verdict(desk, 1, "true", "ana")
    record_verdict(desk, 2, "false", "ana")
    session = EditingSession(desk, ledger, "eve", NoPastVerdicts())
    session.begin()
    return session


def test_verdicts_come_before_publications(session: EditingSession) -> None:
    done = [session.sign_off().id, session.sign_off().id, session.publish().id, session.reject("Which day?").id]

    assert done == [1, 2, 1, 2]
    assert session.claim is None
    assert session.leave() == {Act.SIGNED_OFF: 2, Act.PUBLISHED: 1, Act.REJECTED: 1}


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
