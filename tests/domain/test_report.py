from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.report import ReportedArticle
from factcheck.domain.review import ExtractionOrigin, QueuedClaim, Verdict
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.states import ASIDE, ClaimStatus

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEXT = "The dam was built in 1931. It held. Nobody was hurt."
SENTENCES = (
    Sentence(1, Span(0, 26), entry=LedgerEntry(SentenceState.CLAIMS)),
    Sentence(2, Span(27, 35), entry=LedgerEntry(SentenceState.CLAIMS)),
    Sentence(3, Span(36, 52), entry=LedgerEntry(SentenceState.FAILED)),
)


def queued(number: int, label: str | None, sentence_ids: tuple[int, ...] = ()) -> QueuedClaim:
    anchor = Anchor(AnchorStatus.SENTENCE, (), sentence_ids) if sentence_ids else Anchor(AnchorStatus.NONE)
    return QueuedClaim(
        id=number,
        uid=f"{number:016x}",
        article_id=1,
        claim=Claim(f"Claim {number}.", "", anchor, 0.5),
        status=ClaimStatus.DECIDED if label else ClaimStatus.QUEUED,
        origin=ExtractionOrigin(1, "fake:model", "extract_claims", "1", "0" * 64),
        verdict=Verdict(label, "truth-5", 1, "ada", NOW) if label else None,
    )


def reported(*claims: QueuedClaim) -> ReportedArticle:
    return ReportedArticle(FiledArticle(1, Article(TEXT, NOW)), SENTENCES, claims)


def test_claims_divide_into_checked_and_waiting() -> None:
    article = reported(queued(1, "true"), queued(2, None), queued(3, "false"))
    assert [claim.id for claim in article.checked] == [1, 3]
    assert [claim.id for claim in article.waiting] == [2]


def test_vanished_claim_waits_for_nothing() -> None:
    decided, undecided = (replace(queued(number, label), vanished_in=4) for number, label in ((1, "true"), (2, None)))

    article = reported(decided, undecided)
    assert ([one.id for one in article.checked], article.waiting) == ([1], ())


@pytest.mark.parametrize("status", sorted(ASIDE))
def test_claim_set_aside_waits_for_nothing(status: ClaimStatus) -> None:
    assert reported(replace(queued(2, None), status=status)).waiting == ()


def test_commonest_verdict_is_counted_first() -> None:
    article = reported(queued(1, "true"), queued(2, "mixed"), queued(3, "mixed"), queued(4, None))
    assert list(article.verdict_counts().items()) == [("mixed", 2), ("true", 1)]


def test_equal_counts_stand_by_name() -> None:
    article = reported(queued(1, "true"), queued(2, "false"), queued(3, "outdated"))
    assert list(article.verdict_counts()) == ["false", "outdated", "true"]


def test_ledger_counts_name_every_state() -> None:
    assert reported().ledger_counts() == {
        SentenceState.PENDING: 0,
        SentenceState.CLAIMS: 2,
        SentenceState.NOT_CHECKABLE: 0,
        SentenceState.AMBIGUOUS: 0,
        SentenceState.FAILED: 1,
    }


def test_words_around_follow_the_article() -> None:
    claim = queued(1, None, sentence_ids=(3, 1))
    assert reported(claim).words_around(claim) == ("The dam was built in 1931.", "Nobody was hurt.")


def test_unplaced_claim_has_no_words_around() -> None:
    claim = queued(1, None)
    assert reported(claim).words_around(claim) == ()


def test_words_around_ignore_unknown_sentences() -> None:
    claim = queued(1, None, sentence_ids=(2, 99))
    assert reported(claim).words_around(claim) == ("It held.",)
