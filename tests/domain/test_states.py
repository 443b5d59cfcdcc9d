from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.desk import Note
from factcheck.domain.evidence import Evidence, Stance
from factcheck.domain.review import ExtractionOrigin, Lease, QueuedClaim, Verdict
from factcheck.domain.states import (
    ASIDE,
    SETTLED,
    TRANSITIONS,
    Act,
    ClaimStatus,
    EditorialState,
    ReadingRole,
    Role,
    Stage,
    transition,
)
from factcheck.errors import ConflictError, MissingRoleError, PublishedAlreadyError

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ANN, BOB, EVE = "ann", "bob", "eve"
FIRST = Verdict("false", "truth-5", 1, ANN, NOW)
SECOND = Verdict("true", "truth-5", 1, BOB, NOW, role=ReadingRole.SECOND)
QUEUED = QueuedClaim(
    id=7,
    uid="0" * 16,
    article_id=1,
    claim=Claim("The dam held.", "The dam held", Anchor(AnchorStatus.NONE), 0.5),
    status=ClaimStatus.QUEUED,
    origin=ExtractionOrigin(1, "fake:model", "extract_claims", "1", "0" * 64),
)
AWAITING = replace(QUEUED, status=ClaimStatus.AWAITING_SECOND, readings=(FIRST,), second_asked="label 'false'")
DISPUTED = replace(AWAITING, status=ClaimStatus.DISPUTED, readings=(FIRST, SECOND))
DECIDED = replace(QUEUED, status=ClaimStatus.DECIDED, readings=(FIRST,), verdict=FIRST)
AGREED = replace(DISPUTED, status=ClaimStatus.AGREED, verdict=FIRST)
PUBLISHED = replace(DECIDED, editorial=EditorialState.PUBLISHED)


def test_every_act_has_a_line() -> None:
    assert {one.act for one in TRANSITIONS} == set(Act)


def test_no_two_lines_compete() -> None:
    cases = Counter(
        (one.act, status, editorial) for one in TRANSITIONS for status in one.before for editorial in one.editorial
    )

    assert cases.most_common(1)[0][1] == 1


def test_every_status_is_reached() -> None:
    reached = {one.after for one in TRANSITIONS}

    assert set(ClaimStatus) - reached == {ClaimStatus.RETRACTED}


def test_status_is_read_settled_or_aside() -> None:
    staged = {status for stage in Stage for status in stage.states}

    assert sorted([*staged, *SETTLED, *ASIDE]) == sorted(ClaimStatus)


@pytest.mark.parametrize("status", sorted(ClaimStatus))
def test_published_verdicts_only_get_corrected(status: ClaimStatus) -> None:
    possible = {act for act in Act if transition(act, status, EditorialState.PUBLISHED)}

    assert possible == ({Act.CORRECTED, Act.WITHDRAWN} if status in SETTLED else set())


@pytest.mark.parametrize("status", sorted(ClaimStatus))
def test_withdrawn_is_the_end(status: ClaimStatus) -> None:
    assert not any(transition(act, status, EditorialState.WITHDRAWN) for act in Act)


def test_publication_needs_a_sign_off() -> None:
    with pytest.raises(ConflictError, match="claim 7 is decided, so it cannot be published now"):
        DECIDED.require(Act.PUBLISHED, EVE, NOW)


def test_second_reader_is_another_person() -> None:
    with pytest.raises(ConflictError, match="'ann' has read claim 7 already"):
        AWAITING.require(Act.AGREED, ANN, NOW)
    assert AWAITING.require(Act.AGREED, BOB, NOW).after is ClaimStatus.AGREED


@pytest.mark.parametrize("reader", [ANN, BOB])
def test_adjudicator_is_a_third_person(reader: str) -> None:
    with pytest.raises(ConflictError, match="has read claim 7 already"):
        DISPUTED.require(Act.ADJUDICATED, reader, NOW)


@pytest.mark.parametrize("reader", [ANN, BOB])
def test_reader_signs_nothing_off(reader: str) -> None:
    with pytest.raises(ConflictError, match="has read claim 7 already"):
        AGREED.require(Act.SIGNED_OFF, reader, NOW)
    assert AGREED.require(Act.SIGNED_OFF, EVE, NOW).editorial_after is EditorialState.SIGNED_OFF


def test_adjudicator_may_sign_off() -> None:
    third = Verdict("false", "truth-5", 1, EVE, NOW, role=ReadingRole.ADJUDICATOR)
    claim = replace(DISPUTED, status=ClaimStatus.ADJUDICATED, readings=(FIRST, SECOND, third), verdict=third)

    assert claim.require(Act.SIGNED_OFF, EVE, NOW)


def test_single_reader_may_sign_off() -> None:
    assert DECIDED.require(Act.SIGNED_OFF, ANN, NOW)


def test_role_is_named_when_missing() -> None:
    with pytest.raises(MissingRoleError, match=r"^'ann' does not have the role of editor at this desk"):
        DECIDED.require(Act.SIGNED_OFF, ANN, NOW, frozenset({Role.REVIEWER}))
    assert DECIDED.require(Act.SIGNED_OFF, ANN, NOW, frozenset({Role.EDITOR}))


def test_lease_of_another_hinders() -> None:
    held = replace(AWAITING, status=ClaimStatus.SECOND_LEASED, lease=Lease(BOB, NOW + timedelta(minutes=1)))

    with pytest.raises(ConflictError, match="leased by 'bob'"):
        held.require(Act.DISPUTED, EVE, NOW)


def test_published_claim_takes_no_verdict() -> None:
    with pytest.raises(PublishedAlreadyError, match=r"^claim 7 is published$"):
        PUBLISHED.require(Act.DECIDED, ANN, NOW)


def test_others_read_second_blind() -> None:
    told = replace(
        AWAITING,
        evidence=(Evidence("https://a.example", Stance.REFUTES, NOW, added_by=ANN),),
        notes=(Note("Surely false.", ANN, NOW), Note("From the archive.", EVE, NOW)),
    )

    seen = told.seen_by(BOB)

    assert (seen.readings, seen.evidence, [one.text for one in seen.notes]) == ((), (), ["From the archive."])
    assert told.seen_by(None) == seen


def test_reader_sees_the_own_reading() -> None:
    assert AWAITING.seen_by(ANN) is AWAITING


def test_adjudicator_sees_both_readings() -> None:
    assert DISPUTED.seen_by(EVE).readings == (FIRST, SECOND)
