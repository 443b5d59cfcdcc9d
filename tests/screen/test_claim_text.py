from datetime import UTC, date, datetime

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.evidence import Evidence, QuoteStatus, Stance
from factcheck.domain.review import QueuedClaim
from factcheck.domain.states import ClaimStatus
from factcheck.domain.when import When
from factcheck.screen.claim_text import about_claim, quote_standing


def test_day_of_a_claim_takes_one_line() -> None:
    when = When("on Wednesday", date(2026, 10, 14), date(2026, 10, 14))
    claim = Claim("It rained on Wednesday.", "", Anchor(AnchorStatus.NONE), 0.5, when=when)

    shown = about_claim(QueuedClaim(1, "a" * 16, 1, claim, ClaimStatus.QUEUED, None)).plain

    assert "when      14 October 2026, from “on Wednesday”" in shown.split("\n")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (QuoteStatus.EXACT, "its quote stands in the file"),
        (QuoteStatus.MISSING, "its quote is not in the file, which blocks sign-off"),
    ],
)
def test_quote_of_a_file_stands_in_the_file(status: QuoteStatus, told: str) -> None:
    letter = Evidence(
        None,
        Stance.CONTEXT,
        datetime(2026, 3, 1, tzinfo=UTC),
        quote="It rained.",
        file_name="a.pdf",
        quote_status=status,
    )

    assert quote_standing(letter).plain == told
