from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.desk import Contact
from factcheck.domain.evidence import Evidence, SourceKind, Stance
from factcheck.domain.review import Correction, ExtractionOrigin, QueuedClaim, Verdict
from factcheck.domain.self_audit import SelfAudit
from factcheck.domain.states import ClaimStatus, EditorialState

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FALSE = Verdict("false", "truth-5", 1, "ada", NOW)


def source(url: str, stance: Stance = Stance.REFUTES, **more: object) -> Evidence:
    return replace(Evidence(url, stance, NOW, kind=SourceKind.PRIMARY), **more)  # type: ignore[arg-type]


GOOD = QueuedClaim(
    id=1,
    uid="a" * 16,
    article_id=1,
    claim=Claim("The dam was built in 1931.", "", Anchor(AnchorStatus.NONE), 0.5, speaker="The mayor"),
    status=ClaimStatus.DECIDED,
    origin=ExtractionOrigin(1, "fake:model", "extract_claims", "1", "0" * 64),
    verdict=FALSE,
    evidence=(source("https://a.example/"), source("https://b.example/", Stance.SUPPORTS)),
    contact=Contact(date(2026, 2, 27), None, "ada"),
)


def held_against(claim: QueuedClaim) -> set[str]:
    return {name for name, numbers in SelfAudit.of([claim]).found.items() if numbers}


def test_good_verdict_has_nothing_against_it() -> None:
    assert held_against(GOOD) == set()


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        ((), {"few_named_sources"}),
        ((source("https://a.example/"),), {"few_named_sources", "one_sided_evidence"}),
        (
            (source("https://a.example/x?utm_source=b"), source("http://www.a.example/x", Stance.SUPPORTS)),
            {"few_named_sources"},
        ),
        (
            (source("https://a.example/", anonymous=True), source("https://b.example/", Stance.SUPPORTS)),
            {"few_named_sources", "anonymous_source"},
        ),
        (
            (source("https://a.example/"), source("https://b.example/")),
            {"one_sided_evidence"},
        ),
        (
            (source("https://a.example/", Stance.CONTEXT), source("https://b.example/", Stance.CONTEXT)),
            set(),
        ),
        (
            (
                source("https://a.example/", kind=SourceKind.SECONDARY),
                source("https://b.example/", Stance.SUPPORTS, kind=None),
            ),
            {"no_primary_source"},
        ),
    ],
    ids=["none", "one", "one page twice", "anonymous", "one side", "context", "secondary"],
)
def test_evidence_is_looked_at(evidence: tuple[Evidence, ...], found: set[str]) -> None:
    assert held_against(replace(GOOD, evidence=evidence)) == found


def test_claimant_has_to_be_asked() -> None:
    assert held_against(replace(GOOD, contact=None)) == {"claimant_not_asked"}


def test_corrections_and_withdrawals_are_counted() -> None:
    corrected = replace(GOOD, corrections=(Correction(NOW, "eve", FALSE, FALSE, "A typo."),))
    assert held_against(corrected) == {"corrected"}
    assert held_against(replace(GOOD, editorial=EditorialState.WITHDRAWN)) == {"withdrawn"}


def test_undecided_claims_do_not_count() -> None:
    audit = SelfAudit.of([replace(GOOD, verdict=None, evidence=())])
    assert (audit.verdicts, audit.targets) == (0, {})


def test_most_checked_speaker_stands_first() -> None:
    silent = replace(GOOD, claim=replace(GOOD.claim, speaker=None))
    audit = SelfAudit.of([silent, GOOD, replace(GOOD, verdict=replace(FALSE, label="true"))])
    assert audit.targets_by_number() == [("The mayor", {"false": 1, "true": 1}), (None, {"false": 1})]
