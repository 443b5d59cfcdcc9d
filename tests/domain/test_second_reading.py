from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag
from factcheck.domain.desk import EditorFlag
from factcheck.domain.rating import TRUTH_5
from factcheck.domain.review import ExtractionOrigin, QueuedClaim
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.states import ClaimStatus
from factcheck.errors import ForeignLabelError

CLAIM = QueuedClaim(
    id=7,
    uid="8" + "0" * 15,
    article_id=1,
    claim=Claim(
        "The dam held.",
        "The dam held",
        Anchor(AnchorStatus.NONE),
        0.5,
        doubts=(Doubt(Flag.COMPOUND), Doubt(Flag.UNKNOWN_NAME, "so")),
    ),
    status=ClaimStatus.QUEUED,
    origin=ExtractionOrigin(1, "fake:model", "extract_claims", "1", "0" * 64),
)
FLAGGED = replace(CLAIM, flags=(EditorFlag("Libel?", "ann", datetime(2026, 3, 1, tzinfo=UTC)),))


def test_without_rules_one_reading_is_enough() -> None:
    assert SecondReadingRules().reason_for(FLAGGED, "false") is None


def test_label_asks_for_a_second() -> None:
    rules = SecondReadingRules(labels=frozenset({"false"}))

    assert (rules.reason_for(CLAIM, "false"), rules.reason_for(CLAIM, "true")) == ("label false", None)


def test_machine_flag_asks_for_a_second() -> None:
    assert SecondReadingRules(flags=frozenset({Flag.UNKNOWN_NAME})).reason_for(CLAIM, "true") == "flag unknown_name"
    assert SecondReadingRules(flags=frozenset({Flag.PREDICTION})).reason_for(CLAIM, "true") is None


def test_editors_flag_asks_for_a_second() -> None:
    rules = SecondReadingRules(editor_flag=True)

    assert (rules.reason_for(FLAGGED, "true"), rules.reason_for(CLAIM, "true")) == ("editor's flag", None)


@pytest.mark.parametrize(("sample", "reason"), [(0.0, None), (0.5, None), (0.51, "sample"), (1.0, "sample")])
def test_sample_goes_by_the_uid(sample: float, reason: str | None) -> None:
    assert SecondReadingRules(sample=sample).reason_for(CLAIM, "true") == reason


def test_sample_is_the_share_asked_for() -> None:
    rules = SecondReadingRules(sample=0.2)
    claims = [replace(CLAIM, uid=sha256(str(number).encode()).hexdigest()[:16]) for number in range(2000)]

    assert 0.17 < sum(rules.reason_for(one, "true") is not None for one in claims) / 2000 < 0.23


@pytest.mark.parametrize("sample", [-0.1, 1.1])
def test_sample_is_a_share(sample: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        SecondReadingRules(sample=sample)


def test_labels_are_read_as_their_scales_write_them() -> None:
    rules = SecondReadingRules(labels=frozenset({"Mostly false", "TRUE"}))

    assert rules.in_labels_of([TRUTH_5]).labels == {"mostly-false", "true"}


def test_label_that_no_scale_has_is_refused() -> None:
    with pytest.raises(ForeignLabelError, match="names 'flase'; the scales have: false, "):
        SecondReadingRules(labels=frozenset({"flase"})).in_labels_of([TRUTH_5])
