from collections.abc import Callable
from hashlib import sha256

import pytest
from fakes import FakeSources

from factcheck.domain.article import FiledArticle
from factcheck.domain.evidence import CheckOutcome, EvidenceDraft, QuoteStatus, Stance
from factcheck.domain.review import QueuedClaim
from factcheck.errors import (
    ArchiveError,
    NotFoundError,
    PageGoneError,
    PageRefusedError,
    PublishedAlreadyError,
    SourceError,
)
from factcheck.workflow.collect_evidence import add_evidence, edit_evidence, remove_evidence
from factcheck.workflow.edit_claim import publish, sign_off
from factcheck.workflow.review_claim import Desk, record_verdict

Extracted = Callable[..., FiledArticle]

URL = "https://a.example"


@pytest.fixture(autouse=True)
def three_claims(extracted: Extracted) -> None:
    extracted("Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday.")


def claim(desk: Desk, number: int = 1) -> QueuedClaim:
    return desk.queue.claim(number, desk.clock())


def test_added_evidence_is_context(desk: Desk) -> None:
    (evidence,) = add_evidence(desk, 1, EvidenceDraft(URL), None).claim.evidence

    assert (evidence.stance, evidence.added_by) == (Stance.CONTEXT, None)


def test_added_evidence_stays_one(desk: Desk) -> None:
    add_evidence(desk, 1, EvidenceDraft(URL), "ann")

    assert len(add_evidence(desk, 1, EvidenceDraft(URL), "bob").claim.evidence) == 1


def test_other_stance_is_other_evidence(desk: Desk) -> None:
    add_evidence(desk, 1, EvidenceDraft(URL), "ann")

    assert len(add_evidence(desk, 1, EvidenceDraft(URL, Stance.REFUTES), "ann").claim.evidence) == 2


def test_evidence_joins_a_decided_claim(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann")

    assert add_evidence(desk, 1, EvidenceDraft(URL), "bob").claim.verdict is not None
    assert [one.url for one in claim(desk).evidence] == [URL]


def test_page_is_kept_and_its_quote_found(desk: Desk) -> None:
    sources = FakeSources({URL: "Rain fell on the old town."})

    added = add_evidence(desk, 1, EvidenceDraft(URL, quote="“rain fell on the old town”"), "ann", sources)

    evidence = added.evidence
    assert (evidence.quote_status, evidence.title, evidence.publisher) == (
        QuoteStatus.NORMALISED,
        "The page",
        "The paper",
    )
    assert evidence.last_check is not None
    assert (evidence.last_check.outcome, evidence.last_check.status) == (CheckOutcome.TAKEN, 200)
    assert (evidence.last_check.url, evidence.last_check.checked_by) == (URL, "ann")
    kept = desk.queue.snapshot(evidence.sha256 or "")
    assert kept is not None
    assert kept.content == b"Rain fell on the old town."
    assert (added.is_new, added.trouble) == (True, ())


def test_quote_that_is_not_there_blocks(desk: Desk) -> None:
    sources = FakeSources({URL: "Rain fell on the old town."})

    assert add_evidence(desk, 1, EvidenceDraft(URL, quote="Snow fell."), "ann", sources).evidence.blocks_sign_off


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (PageGoneError("it is gone"), CheckOutcome.GONE),
        (PageRefusedError("it is private"), CheckOutcome.REFUSED),
        (SourceError("it is slow"), CheckOutcome.UNREACHABLE),
    ],
)
def test_page_that_fails_is_added_anyway(desk: Desk, error: SourceError, outcome: CheckOutcome) -> None:
    added = add_evidence(desk, 1, EvidenceDraft(URL, quote="Rain."), "ann", FakeSources({URL: error}))

    assert added.trouble == (error,)
    assert added.evidence.last_check is not None
    assert (added.evidence.last_check.outcome, added.evidence.quote_status) == (outcome, QuoteStatus.UNCHECKED)
    assert (added.evidence.sha256, added.evidence.blocks_sign_off) == (None, False)


def test_file_is_kept_with_its_hash(desk: Desk) -> None:
    sources = FakeSources({"report.txt": "Rain fell."})

    added = add_evidence(desk, 1, EvidenceDraft(file="report.txt", quote="Rain fell."), "ann", sources)

    assert (added.evidence.url, added.evidence.file_name, sources.asked) == (None, "report.txt", [])
    assert (added.evidence.sha256, added.evidence.quote_status) == (
        sha256(b"Rain fell.").hexdigest(),
        QuoteStatus.EXACT,
    )


def test_unreadable_file_is_not_added(desk: Desk) -> None:
    with pytest.raises(SourceError, match="no such file"):
        add_evidence(desk, 1, EvidenceDraft(file="a"), "ann", FakeSources({"a": SourceError("no such file")}))
    assert claim(desk).evidence == ()


def test_described_source_is_never_fetched(desk: Desk) -> None:
    sources = FakeSources(saved="https://archive.example/1")

    added = add_evidence(desk, 1, EvidenceDraft(description="A call", anonymous=True), "ann", sources)

    assert (added.evidence.description, added.evidence.anonymous, sources.asked) == ("A call", True, [])


def test_unknown_claim_costs_no_fetch(desk: Desk) -> None:
    sources = FakeSources()
    with pytest.raises(NotFoundError):
        add_evidence(desk, 9, EvidenceDraft(URL), "ann", sources)
    assert sources.asked == []


def test_second_address_stays_one_source(desk: Desk) -> None:
    sources = FakeSources({URL: "Rain.", f"{URL}/?utm_source=x": "Rain."})
    first = add_evidence(desk, 1, EvidenceDraft(URL), "ann", sources)

    second = add_evidence(desk, 1, EvidenceDraft(f"{URL}/?utm_source=x"), "bob", sources)

    assert (second.evidence.id, second.is_new) == (first.evidence.id, False)


def test_archive_is_asked_after_the_page(desk: Desk) -> None:
    sources = FakeSources({URL: "Rain."}, saved="https://archive.example/1")

    added = add_evidence(desk, 1, EvidenceDraft(URL), "ann", sources)

    assert added.evidence.archive_url == "https://archive.example/1"
    assert sources.asked == [URL, f"archive {URL}"]


@pytest.mark.parametrize(
    "draft", [EvidenceDraft(URL, archive_url="https://other.example/1"), EvidenceDraft("https://gone.example")]
)
def test_archive_is_not_asked_in_vain(desk: Desk, draft: EvidenceDraft) -> None:
    sources = FakeSources({URL: "Rain."}, saved="https://archive.example/1")

    assert add_evidence(desk, 1, draft, "ann", sources).evidence.archive_url == draft.archive_url
    assert len(sources.asked) == 1


def test_archive_that_fails_is_told(desk: Desk) -> None:
    added = add_evidence(desk, 1, EvidenceDraft(URL), "ann", FakeSources({URL: "Rain."}, saved=SourceError("busy")))

    [trouble] = added.trouble
    assert (type(trouble), str(trouble)) == (ArchiveError, "the archive did not save the page: busy")
    assert added.evidence.archive_url is None


def test_removed_evidence_is_gone(desk: Desk) -> None:
    added = add_evidence(desk, 1, EvidenceDraft(URL), "ann")

    assert remove_evidence(desk, added.evidence.id or 0, " bob ").evidence == ()


def test_removed_evidence_can_come_back(desk: Desk) -> None:
    first = add_evidence(desk, 1, EvidenceDraft(URL), "ann")
    remove_evidence(desk, first.evidence.id or 0, "ann")

    assert add_evidence(desk, 1, EvidenceDraft(URL), "ann").evidence.id == 2


def test_evidence_is_told_in_another_way(desk: Desk) -> None:
    added = add_evidence(desk, 1, EvidenceDraft(URL), "ann").evidence

    edited = edit_evidence(desk, added.id or 0, "bob", {"stance": Stance.REFUTES, "locator": "page 3"})

    (evidence,) = edited.evidence
    assert (evidence.stance, evidence.locator, evidence.url) == (Stance.REFUTES, "page 3", URL)
    assert (added.edited_by, evidence.added_by, evidence.edited_by) == (None, "ann", "bob")


def test_other_quote_is_looked_for_in_the_snapshot(desk: Desk) -> None:
    sources = FakeSources({URL: "It rained all day."})
    added = add_evidence(desk, 1, EvidenceDraft(URL, quote="It snowed."), "ann", sources).evidence

    edited = edit_evidence(desk, added.id or 0, "ann", {"quote": "It rained"}, sources)

    assert (added.quote_status, edited.evidence[0].quote_status) == (QuoteStatus.MISSING, QuoteStatus.EXACT)
    assert sources.asked == [URL]


def test_published_evidence_is_not_edited(desk: Desk) -> None:
    record_verdict(desk, 1, "true", "ann", evidence=[EvidenceDraft(URL)])
    sign_off(desk, 1, "eve")
    publish(desk, 1, "eve")

    with pytest.raises(PublishedAlreadyError):
        edit_evidence(desk, 1, "ann", {"stance": Stance.REFUTES})


def test_unknown_evidence_is_not_edited(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no evidence 7"):
        edit_evidence(desk, 7, "ann", {"stance": Stance.REFUTES})
