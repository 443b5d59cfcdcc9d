from datetime import date

from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import ClaimStatus
from factcheck.domain.when import When
from factcheck.screen.claim_text import about_claim


def test_day_of_a_claim_takes_one_line() -> None:
    when = When("on Wednesday", date(2026, 10, 14), date(2026, 10, 14))
    claim = Claim("It rained on Wednesday.", "", Anchor(AnchorStatus.NONE), 0.5, when=when)

    shown = about_claim(QueuedClaim(1, "a" * 16, 1, claim, ClaimStatus.QUEUED, None)).plain

    assert "when      14 October 2026, from “on Wednesday”" in shown.split("\n")
