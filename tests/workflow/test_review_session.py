"""A reviewer at the desk, without any front: drafts, leases, leaving."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fakes import FakeKnown, NoPastVerdicts

from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.review import ClaimQuery
from factcheck.domain.states import Act, ClaimStatus, Stage
from factcheck.errors import ConflictError, LeasedByAnotherError, MovedOnError
from factcheck.workflow.amend_claim import add_note, save_draft
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.ports import Ledger
from factcheck.workflow.review_claim import Desk, record_verdict, take_next
from factcheck.workflow.review_session import ReviewSession

pytestmark = pytest.mark.usefixtures("three_claims")

Opened = Callable[..., ReviewSession]


@pytest.fixture
def opened(desk: Desk, ledger: Ledger) -> Opened:
    """Begins a session of a reviewer."""

    def begun(reviewer: str = "ana", stage: Stage | None = None, among: ClaimQuery | None = None) -> ReviewSession:
        session = ReviewSession(desk, ledger, reviewer, NoPastVerdicts(), FakeKnown(), stage=stage, among=among)
        session.begin()
        return session

    return begun


@pytest.fixture
def session(opened: Opened) -> ReviewSession:
    """A session of ana, claim 1 in hand."""
    return opened()


def test_held_claim_is_taken_up_again(opened: Opened) -> None:
    assert [opened().in_hand().id, opened().in_hand().id] == [1, 1]


def test_claim_that_one_has_typed_about_comes_first(desk: Desk, opened: Opened) -> None:
    take_next(desk, "ana")
    take_next(desk, "ana")
    save_draft(desk, 2, "ana", form='{"note": {"text": "Mind the year."}}')

    assert opened().in_hand().id == 2


def test_verdict_brings_the_next_claim(session: ReviewSession) -> None:
    decided = session.decide("true", "So it was.")

    assert (decided.id, decided.verdict and decided.verdict.rationale) == (1, "So it was.")
    assert session.in_hand().id == 2
    assert session.pace.decided_at == (session.now(),)


def test_claims_of_broken_session_go_back(desk: Desk, session: ReviewSession, opened: Opened) -> None:
    session.skip()
    session.undo()
    assert desk.queue.held_by("ana", desk.clock()) == (1, 2)

    opened().leave()

    assert desk.queue.held_by("ana", desk.clock()) == ()


def test_undone_acts_are_not_counted(session: ReviewSession) -> None:
    session.decide("true")
    session.skip()
    assert [session.undo()[0], session.pace.decided_at] == [Act.SKIPPED, (session.now(),)]

    session.undo()

    assert session.leave() == {Act.DECIDED: 0, Act.SKIPPED: 0}


def test_draft_is_stored_once_it_changed(session: ReviewSession) -> None:
    assert not session.keep_draft()
    session.keep("note", {"text": "half"})
    assert session.keep_draft()
    assert not session.keep_draft()
    session.keep("note", {"text": " "})
    assert session.keep_draft()
    assert session.typed == {}


def test_typed_rationale_is_the_drafts_own(desk: Desk, session: ReviewSession) -> None:
    session.keep("reasons", {"rationale": "Half a rea"})
    session.keep_draft()

    draft = desk.queue.draft(1, "ana")
    assert draft is not None
    assert draft.rationale == "Half a rea"


def test_foreign_draft_is_no_obstacle(desk: Desk, opened: Opened) -> None:
    for form in ("{", "[1]", '{"reasons": 3, "note": {"text": 4}}'):
        save_draft(desk, 1, "ana", form=form)

        assert opened().typed in ({}, {"note": {}})


def test_skipped_claim_keeps_its_draft(session: ReviewSession) -> None:
    session.keep("reasons", {"rationale": "because"})
    session.skip()
    assert session.typed == {}

    session.undo()

    assert session.typed == {"reasons": {"rationale": "because"}}


def test_leaving_gives_back_only_own_claims(desk: Desk, session: ReviewSession) -> None:
    take_next(desk, "ana")

    session.leave()

    assert desk.queue.held_by("ana", desk.clock()) == (2,)


def test_nothing_in_hand_refuses_acts(opened: Opened) -> None:
    for reviewer in ("ann", "bob", "cyd"):
        opened(reviewer)

    with pytest.raises(ConflictError, match="no claim is in hand"):
        opened().decide("true")


def test_lease_is_renewed_below_three_quarters(session: ReviewSession, pass_minutes: Callable[[int], None]) -> None:
    pass_minutes(5)
    assert not session.renew()

    pass_minutes(5)
    assert session.renew()

    lease = session.in_hand().lease
    assert lease is not None
    assert f"{lease.until:%H:%M}" == "12:40"


def test_renewing_shows_nothing_new(desk: Desk, session: ReviewSession, pass_minutes: Callable[[int], None]) -> None:
    add_note(desk, 1, "Look at the archive.", "bob")
    pass_minutes(10)

    assert session.renew()

    assert session.in_hand().notes == ()


def test_free_claim_is_decided_after_its_lease(session: ReviewSession, pass_minutes: Callable[[int], None]) -> None:
    pass_minutes(31)
    assert not session.renew()

    assert session.decide("true").status is ClaimStatus.DECIDED


def test_lost_claim_gives_way_to_next(
    session: ReviewSession, opened: Opened, pass_minutes: Callable[[int], None]
) -> None:
    session.keep("reasons", {"rationale": "because"})
    pass_minutes(31)
    assert opened("bob").in_hand().id == 1

    with pytest.raises(ConflictError, match="leased by 'bob'"):
        session.renew()

    assert session.in_hand().id == 2
    assert session.desk.queue.draft(1, "ana") is not None


@pytest.mark.parametrize(
    "act",
    [
        lambda session: session.decide("true"),
        lambda session: session.skip(),
        lambda session: session.set_aside("An opinion."),
        lambda session: session.merge(2),
        lambda session: session.split(["Rain fell.", "It was Monday."]),
        lambda session: session.reword("It rained."),
        lambda session: session.flag("Libel?"),
    ],
    ids=["decide", "skip", "set aside", "merge", "split", "reword", "flag"],
)
def test_act_is_done_to_what_was_shown(
    desk: Desk, session: ReviewSession, pass_minutes: Callable[[int], None], act: Callable[[ReviewSession], object]
) -> None:
    session.keep("reasons", {"rationale": "because"})
    add_evidence(desk, 1, EvidenceDraft("https://b.example", Stance.REFUTES), "bob")
    pass_minutes(10)
    session.renew()

    with pytest.raises(MovedOnError):
        act(session)

    assert [one.url for one in session.in_hand().evidence] == ["https://b.example"]
    assert session.typed == {"reasons": {"rationale": "because"}}
    act(session)


def test_own_source_is_no_surprise(desk: Desk, session: ReviewSession) -> None:
    session.source_added(session.add_source(1, EvidenceDraft("https://a.example", Stance.SUPPORTS)))
    session.source_added(session.add_source(1, EvidenceDraft("https://a.example", Stance.SUPPORTS)))
    session.source_added(session.add_source(2, EvidenceDraft("https://a.example", Stance.SUPPORTS)))

    assert session.decide("true").id == 1
    add_evidence(desk, 2, EvidenceDraft("https://b.example", Stance.REFUTES), "bob")
    session.source_added(session.add_source(2, EvidenceDraft("https://c.example", Stance.SUPPORTS)))
    with pytest.raises(MovedOnError):
        session.decide("true")


def test_others_of_article_are_looked_for(session: ReviewSession) -> None:
    claim = session.in_hand()
    assert session.article(claim).claims is None

    session.look_for_others(claim)

    assert [one.text for one in session.article(claim).claims_besides(1)] == [
        "Wind blew on Tuesday.",
        "Snow lay on Wednesday.",
    ]


def test_uncovered_waits_for_the_claims(session: ReviewSession) -> None:
    claim = session.in_hand()
    article = session.article(claim)
    [first, *_] = article.sentences
    told = article.filed.article
    article.filed = replace(article.filed, article=replace(told, text=told.text.replace("on Monday", "in Poland")))
    said = replace(claim.claim, text="It snowed.")
    before = article.uncovered(first, said)

    session.look_for_others(claim)
    article.claims = {claim.id: said}

    assert (before, article.uncovered(first, said)) == ((), ("Poland",))


def test_session_takes_what_is_asked(desk: Desk, opened: Opened) -> None:
    take_next(desk, "ana")

    session = opened(among=ClaimQuery(words=("snow",)))
    assert session.in_hand().id == 3
    session.decide("true")

    assert session.claim is None
    session.leave()
    assert desk.queue.held_by("ana", desk.clock()) == (1,)


def test_session_takes_one_reading_alone(careful_desk: Desk, ledger: Ledger) -> None:
    record_verdict(careful_desk, 2, "false", "bob")
    session = ReviewSession(careful_desk, ledger, "ana", NoPastVerdicts(), FakeKnown(), stage=Stage.SECOND)
    session.begin()

    assert session.in_hand().id == 2
    session.decide("false")
    assert session.claim is None


def test_numbered_claim_is_taken_or_refused(opened: Opened) -> None:
    assert opened(among=ClaimQuery(number=2)).in_hand().id == 2

    with pytest.raises(LeasedByAnotherError):
        opened("bob", among=ClaimQuery(number=2))


def test_going_to_a_claim_gives_back(desk: Desk, session: ReviewSession, opened: Opened) -> None:
    session.keep("reasons", {"rationale": "because"})

    assert session.go_to(3).id == session.in_hand().id == 3
    assert desk.queue.held_by("ana", desk.clock()) == (3,)
    other = opened("bob")
    with pytest.raises(LeasedByAnotherError):
        other.go_to(3)
    other.leave()

    session.decide("true")
    session.go_to(1)
    assert session.typed == {"reasons": {"rationale": "because"}}


def test_refused_claim_leaves_the_hand(desk: Desk, session: ReviewSession) -> None:
    record_verdict(desk, 2, "true", "bob")

    with pytest.raises(ConflictError):
        session.go_to(2)

    assert session.in_hand().id == 1
    assert desk.queue.held_by("ana", desk.clock()) == (1,)


def test_speaker_is_set_and_undone(session: ReviewSession) -> None:
    assert session.set_speaker("Ana Lopez").speaker == "Ana Lopez"
    session.go_to(2)

    assert session.undo()[0] is Act.ATTRIBUTED

    assert (session.in_hand().id, session.look_at(1).speaker) == (2, None)
    assert session.leave() == {Act.DECIDED: 0, Act.SKIPPED: 0}


def test_claim_is_added_by_hand(session: ReviewSession) -> None:
    claim = session.in_hand()
    session.look_for_others(claim)

    added = session.add_claim(1, 2, "It was windy.", "Wind blew", "Ana Lopez")

    assert (added.words, added.speaker, added.added and added.added.by) == ("It was windy.", "Ana Lopez", "ana")
    assert (session.in_hand(), session.article(claim).claims) == (claim, None)


def test_waiting_is_told_by_reading(careful_desk: Desk, ledger: Ledger) -> None:
    record_verdict(careful_desk, 2, "false", "bob")
    ana, bob = (ReviewSession(careful_desk, ledger, name, NoPastVerdicts(), FakeKnown()) for name in ("ana", "bob"))

    assert ana.count_waiting() == {"to adjudicate": 0, "to read second": 1, "to read first": 2}
    assert bob.count_waiting() == {"to adjudicate": 0, "to read second": 0, "to read first": 2}
    ana.waiting_counted(ana.count_waiting())
    ana.take()
    assert (ana.pace.waiting, ana.pace.waiting_for["to read second"]) == (2, 0)
    ana.stage, ana.among = Stage.FIRST, ClaimQuery(words=("snow",))
    assert ana.count_waiting() == {"to read first": 1}


def test_verdict_is_carried_over_with_its_date(session: ReviewSession) -> None:
    session.decide("true", "So it was.")
    carried = session.carry_over(1, "true")

    verdict = carried.verdict
    assert verdict is not None
    assert (verdict.label, verdict.known_as_of) == ("true", session.now().date())
    assert verdict.rationale == f"Carried over from claim 1, decided on {session.now():%Y-%m-%d}. So it was."
    assert carried.evidence == ()


def test_no_verdict_is_carried_over_from_itself_or_nothing(session: ReviewSession) -> None:
    with pytest.raises(ConflictError, match="its own verdict"):
        session.carry_over(1, "true")
    with pytest.raises(ConflictError, match="no verdict stands on claim 2"):
        session.carry_over(2, "true")
