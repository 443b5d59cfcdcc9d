"""Claims of other articles that say the same and wait to be read are named; one reading serves them all."""

from collections.abc import Sequence

import pytest
from fakes import SETUP, FakeKnown, NoPastVerdicts

from factcheck.domain.article import Article
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.extraction import Window, WindowOutcome
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.errors import ConflictError
from factcheck.workflow.find_waiting import find_waiting
from factcheck.workflow.ports import Ledger
from factcheck.workflow.review_claim import Desk, record_verdict
from factcheck.workflow.review_session import ReviewSession

SAID = "Sanae Takaichi is Japan's Minister for Economic Security."


def filed(desk: Desk, ledger: Ledger, *said: str) -> None:
    """An article whose sentences are its claims."""
    text = " ".join(said)
    spans = [Span(start := text.index(one), start + len(one)) for one in said]
    sentences = [Sentence(number, span) for number, span in enumerate(spans, 1)]
    now = desk.clock()
    article = ledger.file_article(Article(text, now, language="en"), sentences, now)
    run = ledger.begin_run(article.id, SETUP, now)
    claims = tuple(
        Claim(one, one, Anchor(AnchorStatus.EXACT, (span,), (number,)), 0.5, "an office")
        for number, (one, span) in enumerate(zip(said, spans, strict=True), 1)
    )
    entries = {one.position: LedgerEntry(SentenceState.CLAIMS) for one in sentences}
    ledger.record_outcome(run, article, WindowOutcome(Window(tuple(sentences)), entries, claims), now)
    ledger.end_run(run, "finished", now)


def waiting_for(desk: Desk, number: int) -> Sequence[int]:
    """The numbers of the claims that wait and say the same as this one."""
    claim = desk.queue.claim(number, desk.clock(), "ana")
    return [one.id for one in find_waiting(desk, claim, 5)]


@pytest.mark.parametrize(
    "other",
    [
        SAID,
        "Japan's minister for economic security is Sanae Takaichi.",
        "Sanae Takaichi is the Minister for Economic Security of Japan.",
    ],
)
def test_claim_of_another_article_is_named(desk: Desk, ledger: Ledger, other: str) -> None:
    filed(desk, ledger, SAID)
    filed(desk, ledger, "The river rose in May.", other)

    assert waiting_for(desk, 1) == [3]


@pytest.mark.parametrize(
    "other",
    [
        "Sanae Takaichi is not Japan's Minister for Economic Security.",
        "Sanae Takaichi was formerly Japan's Minister for Economic Security.",
        "Sanae Takaichi is Japan's Minister for Economic Security since 2022.",
        "Sanae Takaichi met Japan's Minister for Economic Security in Berlin and signed a treaty on rare earths.",
    ],
)
def test_claim_of_another_meaning_is_not_named(desk: Desk, ledger: Ledger, other: str) -> None:
    filed(desk, ledger, SAID)
    filed(desk, ledger, other)

    assert waiting_for(desk, 1) == []


def test_read_claim_waits_no_more(desk: Desk, ledger: Ledger) -> None:
    filed(desk, ledger, SAID)
    filed(desk, ledger, SAID, "Rents fell in Berlin.")
    record_verdict(desk, 2, "true", "ben")

    assert waiting_for(desk, 1) == []


def test_claim_of_the_same_article_is_not_named(desk: Desk, ledger: Ledger) -> None:
    filed(desk, ledger, SAID, "Japan's minister for economic security is Sanae Takaichi.")

    assert waiting_for(desk, 1) == []


def test_reader_takes_what_says_the_same_next(desk: Desk, ledger: Ledger) -> None:
    filed(desk, ledger, SAID, "The river rose in May.")
    filed(desk, ledger, "Rents fell in Berlin.", SAID)
    session = ReviewSession(desk, ledger, "ana", NoPastVerdicts(), FakeKnown())
    session.begin()
    session.decide("true", "The cabinet's list says so.")

    assert session.take_alike() == 1
    assert session.in_hand().id == 4
    assert session.in_hand().verdict is None


def test_nothing_alike_is_told(desk: Desk, ledger: Ledger) -> None:
    filed(desk, ledger, SAID, "The river rose in May.")
    session = ReviewSession(desk, ledger, "ana", NoPastVerdicts(), FakeKnown())
    session.begin()
    with pytest.raises(ConflictError, match="decided nothing yet"):
        session.take_alike()
    session.decide("true", "The cabinet's list says so.")
    with pytest.raises(ConflictError, match="says the same as claim 1"):
        session.take_alike()
    assert session.in_hand().id == 2
