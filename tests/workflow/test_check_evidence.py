from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from fakes import FakeSources
from typing_extensions import override

from factcheck.domain.article import FiledArticle
from factcheck.domain.evidence import CheckOutcome, Evidence, EvidenceDraft, PageText, QuoteStatus, Snapshot, Stance
from factcheck.errors import PageGoneError, ParsingLimitError, SourceError
from factcheck.workflow.collect_evidence import (
    CheckedEvidence,
    add_evidence,
    check_evidence,
    edit_evidence,
    remove_evidence,
)
from factcheck.workflow.edit_claim import publish, sign_off
from factcheck.workflow.review_claim import Desk, record_verdict

Extracted = Callable[..., FiledArticle]
Checked = Callable[..., list[CheckedEvidence]]

URL = "https://a.example"
BEFORE = "Rain fell on the old town.|three readers"


@pytest.fixture
def sources() -> FakeSources:
    """A page, as it was when it was added."""
    return FakeSources({URL: BEFORE})


@pytest.fixture
def check(desk: Desk, sources: FakeSources, extracted: Extracted, pass_minutes: Callable[[int], None]) -> Checked:
    """Checks claims some time after the page was added to the first, with a quote."""
    extracted("Rain fell on Monday. Wind blew on Tuesday.")
    add_evidence(desk, 1, EvidenceDraft(URL, quote="Rain fell"), "ann", sources)
    sources.asked.clear()
    pass_minutes(60)

    def checked(number: int | None = 1) -> list[CheckedEvidence]:
        return list(check_evidence(desk, number, "bob", sources))

    return checked


def evidence(desk: Desk, number: int = 1) -> Evidence:
    return desk.queue.claim(number, desk.clock()).evidence[-1]


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        (BEFORE, CheckOutcome.SAME),
        ("Rain fell on the old town.|four readers", CheckOutcome.SAME),
        ("Rain fell on the new town.|three readers", CheckOutcome.CHANGED),
        ("Snow fell on the old town.|three readers", CheckOutcome.QUOTE_GONE),
        (PageGoneError("answers 410"), CheckOutcome.GONE),
        (SourceError("no end in time"), CheckOutcome.UNREACHABLE),
    ],
)
def test_page_is_compared_with_its_snapshot(
    check: Checked, desk: Desk, sources: FakeSources, page: str | SourceError, outcome: CheckOutcome
) -> None:
    first = evidence(desk)
    sources.pages[URL] = page

    [found] = check()

    assert found.check.outcome is outcome
    now = evidence(desk)
    assert now.last_check == found.check
    assert (found.check.at, found.check.checked_by) == (desk.clock(), "bob")
    assert (now.sha256, now.retrieved_at, now.quote_status) == (first.sha256, first.retrieved_at, QuoteStatus.EXACT)


def test_changed_page_is_kept_too(check: Checked, desk: Desk, sources: FakeSources) -> None:
    sources.pages[URL] = "Rain fell, they say."

    [found] = check()

    snapshots = [desk.queue.snapshot(name or "") for name in (evidence(desk).sha256, found.check.sha256)]
    assert [one and one.content.decode() for one in snapshots] == [BEFORE, "Rain fell, they say."]


def test_unchecked_evidence_takes_its_first_snapshot(check: Checked, desk: Desk) -> None:
    add_evidence(desk, 2, EvidenceDraft(URL, quote="old town"), "ann")

    [found] = check(2)

    assert found.check.outcome is CheckOutcome.TAKEN
    assert (evidence(desk, 2).quote_status, evidence(desk, 2).title) == (QuoteStatus.EXACT, "The page")


def test_quote_that_appears_later_counts(check: Checked, desk: Desk, sources: FakeSources) -> None:
    add_evidence(desk, 2, EvidenceDraft(URL, quote="Snow fell"), "ann", sources)
    assert evidence(desk, 2).blocks_sign_off
    sources.pages[URL] = "Snow fell at last."

    check(2)

    assert not evidence(desk, 2).blocks_sign_off


def test_page_without_its_quote_is_a_loss_at_the_first_look(check: Checked, desk: Desk) -> None:
    add_evidence(desk, 2, EvidenceDraft(URL, quote="Snow fell"), "ann")

    [found] = check(2)

    assert (found.check.outcome, found.check.is_loss) == (CheckOutcome.TAKEN, True)
    assert evidence(desk, 2).blocks_sign_off


def test_what_a_published_verdict_rests_on_stays(check: Checked, desk: Desk, sources: FakeSources) -> None:
    add_evidence(desk, 2, EvidenceDraft(URL, quote="Snow fell"), "ann", sources)
    record_verdict(desk, 2, "true", "ann")
    sign_off(desk, 2, "eve", despite="It did.")
    publish(desk, 2, "eve")
    before = evidence(desk, 2)
    sources.pages[URL] = "Snow fell at last."

    [found] = check(2)

    assert replace(evidence(desk, 2), last_check=before.last_check) == before
    assert evidence(desk, 2).last_check == found.check


def test_each_address_is_fetched_once(check: Checked, desk: Desk, sources: FakeSources) -> None:
    add_evidence(desk, 2, EvidenceDraft(URL), "ann")

    assert len(check(None)) == 2
    assert sources.asked == [URL]


def test_described_source_is_passed_over(check: Checked, desk: Desk) -> None:
    add_evidence(desk, 2, EvidenceDraft(description="A call"), "ann")

    assert check(2) == []


def test_page_that_was_kept_and_cannot_be_read_stops_nothing(
    check: Checked, desk: Desk, sources: FakeSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_evidence(desk, 2, EvidenceDraft("https://b.example", quote="Wind"), "ann", sources)
    sources.pages |= {URL: "Rain fell on the new town.|", "https://b.example": "Wind blew.|"}
    before, read = desk.queue.snapshot(evidence(desk).sha256 or ""), sources.read

    def bounded(snapshot: Snapshot) -> PageText:
        if before and snapshot.content == before.content:
            raise ParsingLimitError("it takes more than 10 seconds")
        return read(snapshot)

    monkeypatch.setattr(sources, "read", bounded)
    first, second = check(None)

    assert (first.check.outcome, second.check.outcome) == (CheckOutcome.CHANGED, CheckOutcome.TAKEN)
    assert "cannot be read any more: it takes more than 10 seconds" in (first.check.detail or "")


@dataclass
class SlowSources(FakeSources):
    """Pages that come so slowly that somebody does something meanwhile."""

    meanwhile: Callable[[], object] = dict

    @override
    def fetch(self, url: str) -> Snapshot:
        found = super().fetch(url)
        self.meanwhile()
        return found


def test_what_is_said_of_a_source_during_the_fetch_stands(check: Checked, desk: Desk) -> None:
    del check
    told = {"stance": Stance.REFUTES, "quote": "the old town", "title": "The denial"}
    slow = SlowSources({URL: BEFORE}, meanwhile=lambda: edit_evidence(desk, 1, "ann", told, FakeSources()))

    [found] = check_evidence(desk, 1, "bob", slow)

    now = evidence(desk)
    assert (now.stance, now.quote, now.title) == (Stance.REFUTES, "the old town", "The denial")
    assert (now.quote_status, found.check.quote_status) == (QuoteStatus.EXACT, QuoteStatus.EXACT)
    assert (found.evidence, now.last_check) == (now, found.check)


def test_quote_that_is_told_during_the_fetch_is_looked_for(check: Checked, desk: Desk) -> None:
    del check
    slow = SlowSources(
        {URL: BEFORE}, meanwhile=lambda: edit_evidence(desk, 1, "ann", {"quote": "Snow fell"}, FakeSources())
    )

    [found] = check_evidence(desk, 1, "bob", slow)

    assert found.check.quote_status is QuoteStatus.MISSING
    assert (evidence(desk).quote, evidence(desk).quote_status) == ("Snow fell", QuoteStatus.MISSING)


def test_verdict_that_is_published_during_the_fetch_keeps_its_sources(check: Checked, desk: Desk) -> None:
    del check

    def publish_it() -> None:
        edit_evidence(desk, 1, "ann", {"stance": Stance.REFUTES, "quote": "Snow fell"}, FakeSources())
        record_verdict(desk, 1, "false", "ann")
        sign_off(desk, 1, "eve", despite="It did.")
        publish(desk, 1, "eve")

    [found] = check_evidence(desk, 1, "bob", SlowSources({URL: "Snow fell at last."}, meanwhile=publish_it))

    claim = desk.queue.claim(1, desk.clock())
    assert claim.is_as_signed_off
    assert (evidence(desk).quote, evidence(desk).quote_status) == ("Snow fell", QuoteStatus.MISSING)
    assert evidence(desk).last_check == found.check


def test_sources_of_later_claims_are_read_when_it_is_their_turn(check: Checked, desk: Desk) -> None:
    del check
    other = "https://b.example"
    add_evidence(desk, 2, EvidenceDraft(other), "ann")
    told = {"stance": Stance.SUPPORTS, "quote": "Wind blew"}
    slow = SlowSources({URL: BEFORE, other: "Wind blew."}, meanwhile=lambda: edit_evidence(desk, 2, "ann", told))

    list(check_evidence(desk, None, "bob", slow))

    now = evidence(desk, 2)
    assert (now.stance, now.quote, now.quote_status) == (Stance.SUPPORTS, "Wind blew", QuoteStatus.EXACT)


def test_source_that_is_taken_away_during_the_fetch_is_passed_over(check: Checked, desk: Desk) -> None:
    del check
    slow = SlowSources({URL: BEFORE}, meanwhile=lambda: remove_evidence(desk, 1, "ann"))

    assert list(check_evidence(desk, 1, "bob", slow)) == []
