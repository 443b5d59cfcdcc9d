import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.desk import EditorFlag
from factcheck.domain.review import ExtractionOrigin, Lease, QueuedClaim, Verdict, require_reviewer
from factcheck.domain.states import ClaimStatus
from factcheck.errors import AlreadyDecidedError, ConflictError, LeasedByAnotherError, NamelessError, NotHeldError

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FREE = QueuedClaim(
    id=7,
    uid="0" * 16,
    article_id=1,
    claim=Claim("The dam held.", "The dam held", Anchor(AnchorStatus.NONE), 0.5),
    status=ClaimStatus.QUEUED,
    origin=ExtractionOrigin(1, "fake:model", "extract_claims", "1", "0" * 64),
)
LEASED = replace(FREE, status=ClaimStatus.LEASED, lease=Lease("ada", NOW + timedelta(minutes=30)))
LAPSED = replace(LEASED, lease=Lease("ada", NOW - timedelta(seconds=1)))
DECIDED = replace(FREE, status=ClaimStatus.DECIDED, verdict=Verdict("false", "truth-5", 1, "bob", NOW))


def test_lease_ends_at_its_moment() -> None:
    lease = Lease("ada", NOW)
    assert lease.is_live(NOW - timedelta(microseconds=1))
    assert not lease.is_live(NOW)


@pytest.mark.parametrize("claim", [FREE, LAPSED])
def test_free_claim_is_anybodys(claim: QueuedClaim) -> None:
    claim.require_free_for("bob", NOW)


def test_own_lease_is_no_obstacle() -> None:
    LEASED.require_free_for("ada", NOW)


def test_lease_of_another_is_refused() -> None:
    with pytest.raises(LeasedByAnotherError, match=r"^claim 7 is leased by 'ada' until 2026-03-01 12:30 UTC$"):
        LEASED.require_free_for("bob", NOW)


@pytest.mark.parametrize("reviewer", ["ada", "bob"])
def test_decided_claim_is_refused_to_all(reviewer: str) -> None:
    with pytest.raises(AlreadyDecidedError, match=r"^claim 7 was decided by 'bob' \(false\)$"):
        DECIDED.require_free_for(reviewer, NOW)


def test_holder_may_go_on() -> None:
    LEASED.require_held_by("ada", NOW)


@pytest.mark.parametrize("claim", [FREE, LAPSED])
def test_claim_must_be_taken_first(claim: QueuedClaim) -> None:
    with pytest.raises(NotHeldError, match=r"^claim 7 is not leased by 'ada'$"):
        claim.require_held_by("ada", NOW)


def test_another_holder_is_named_first() -> None:
    with pytest.raises(ConflictError, match="leased by 'ada' until"):
        LEASED.require_held_by("bob", NOW)


def test_decided_claim_is_held_by_nobody() -> None:
    with pytest.raises(ConflictError, match="was decided by 'bob'"):
        DECIDED.require_held_by("bob", NOW)


def test_reviewer_loses_the_outer_blanks() -> None:
    assert require_reviewer(" Ada Example ") == "Ada Example"


@pytest.mark.parametrize("name", ["", " ", "\t\n"])
def test_reviewer_needs_a_name(name: str) -> None:
    with pytest.raises(NamelessError, match=f"^a reviewer needs a name, got {re.escape(repr(name))}$"):
        require_reviewer(name)


@pytest.mark.parametrize("status", [ClaimStatus.AWAITING_SECOND, ClaimStatus.SECOND_LEASED])
def test_why_read_twice_is_hidden(status: ClaimStatus) -> None:
    read = (Verdict("false", "truth-5", 1, "ada", NOW),)
    claim = replace(FREE, status=status, readings=read, second_asked="label false")

    assert (claim.seen_by("bob").second_asked, claim.seen_by(None).second_asked) == (None, None)
    assert claim.seen_by("ada").second_asked == "label false"
    assert replace(claim, status=ClaimStatus.DISPUTED).seen_by("bob").second_asked == "label false"


@pytest.mark.parametrize("status", [ClaimStatus.AWAITING_SECOND, ClaimStatus.SECOND_LEASED])
def test_first_readers_flag_is_hidden(status: ClaimStatus) -> None:
    read = (Verdict("false", "truth-5", 1, "ada", NOW),)
    own, other = EditorFlag("Surely false. Libel?", "ada", NOW), EditorFlag("Who said it?", "eve", NOW)
    flagged = replace(FREE, status=status, readings=read, flags=(own, other))

    assert (flagged.seen_by("bob").flags, flagged.seen_by(None).flags) == ((other,), (other,))
    assert flagged.seen_by("ada").flags == (own, other)
    assert replace(flagged, status=ClaimStatus.DISPUTED).seen_by("bob").flags == (own, other)
