from collections.abc import Callable

import pytest

from factcheck.domain.article import FiledArticle
from factcheck.domain.evidence import EvidenceDraft, Stance
from factcheck.domain.review import QueuedClaim
from factcheck.workflow.collect_evidence import add_evidence
from factcheck.workflow.review_claim import Desk, record_verdict

Extracted = Callable[..., FiledArticle]

URL = "https://a.example"


@pytest.fixture(autouse=True)
def three_claims(extracted: Extracted) -> None:
    extracted("Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday.")


def claim(desk: Desk, number: int = 1) -> QueuedClaim:
    return desk.queue.claim(number, desk.clock())


def test_added_evidence_is_context(desk: Desk) -> None:
    (evidence,) = add_evidence(desk, 1, EvidenceDraft(URL), None).evidence

    assert (evidence.stance, evidence.added_by) == (Stance.CONTEXT, None)


def test_added_evidence_stays_one(desk: Desk) -> None:
    add_evidence(desk, 1, EvidenceDraft(URL), "ann")

    assert len(add_evidence(desk, 1, EvidenceDraft(URL), "bob").evidence) == 1


def test_other_stance_is_other_evidence(desk: Desk) -> None:
    add_evidence(desk, 1, EvidenceDraft(URL), "ann")

    assert len(add_evidence(desk, 1, EvidenceDraft(URL, Stance.REFUTES), "ann").evidence) == 2


def test_evidence_joins_a_decided_claim(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")

    assert add_evidence(desk, 1, EvidenceDraft(URL), "bob").verdict is not None
    assert [one.url for one in claim(desk).evidence] == [URL]
