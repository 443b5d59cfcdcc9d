from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.review import (
    ClaimStatus,
    Evidence,
    ExtractionOrigin,
    Lease,
    QueuedClaim,
    Stance,
    Verdict,
    require_reviewer,
    require_web_address,
)
from factcheck.errors import ConflictError, InputError

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
    with pytest.raises(ConflictError, match=r"leased by 'ada' until 2026-03-01 12:30 UTC.*release 7 --reviewer ada"):
        LEASED.require_free_for("bob", NOW)


@pytest.mark.parametrize("reviewer", ["ada", "bob"])
def test_decided_claim_is_refused_to_all(reviewer: str) -> None:
    with pytest.raises(ConflictError, match=r"decided by 'bob' \(false\).*factcheck undo"):
        DECIDED.require_free_for(reviewer, NOW)


def test_holder_may_go_on() -> None:
    LEASED.require_held_by("ada", NOW)


@pytest.mark.parametrize("claim", [FREE, LAPSED])
def test_claim_must_be_taken_first(claim: QueuedClaim) -> None:
    with pytest.raises(ConflictError, match=r"not leased by 'ada'.*next --reviewer ada"):
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
    with pytest.raises(InputError, match="--reviewer NAME"):
        require_reviewer(name)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c#d",
        "http://127.0.0.1:8000/",
        "HTTPS://EXAMPLE.ORG",
        "https://münchen.example/straße",
        "http://[::1]/a",
    ],
)
def test_web_address_comes_back_unchanged(url: str) -> None:
    assert require_web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/a",
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "file:///etc/hosts",
        "ftp://example.org/a",
        "mailto:ada@example.org",
        "http:///no-host",
        "https://:443/",
        "http://[::1",
        "https://example.org/a b",
        " https://example.org",
        "https://example.org\n",
        "https://example.org/\x1b[31m",
        "https://example.org/\u202egpj",
        "https://example.org/a\u00a0b",
    ],
)
def test_anything_else_is_no_address(url: str) -> None:
    with pytest.raises(InputError, match="http:// or https://") as caught:
        require_web_address(url)
    assert repr(url) in str(caught.value)


def test_evidence_checks_its_own_address() -> None:
    with pytest.raises(InputError, match="is not a web address"):
        Evidence("javascript:alert(1)", Stance.CONTEXT, NOW)
