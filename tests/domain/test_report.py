from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim
from factcheck.domain.report import Masthead, ReportedArticle, ReportScope
from factcheck.domain.reported_claim import Standing, reported_claim
from factcheck.domain.review import ExtractionOrigin, QueuedClaim, Verdict
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.states import ASIDE, ClaimStatus, EditorialState
from factcheck.errors import InputError

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
    words = {one.position: one.span.cut(TEXT) for one in SENTENCES}
    return ReportedArticle(
        FiledArticle(1, Article(TEXT, NOW)), SENTENCES, tuple(reported_claim(one, words) for one in claims)
    )


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
    assert reported(claim).claims[0].context == ("The dam was built in 1931.", "Nobody was hurt.")


def test_unplaced_claim_has_no_words_around() -> None:
    claim = queued(1, None)
    assert reported(claim).claims[0].context == ()


def test_words_around_ignore_unknown_sentences() -> None:
    claim = queued(1, None, sentence_ids=(2, 99))
    assert reported(claim).claims[0].context == ("It held.",)


@pytest.mark.parametrize(
    ("label", "editorial", "standing"),
    [
        (None, EditorialState.OPEN, Standing.UNCHECKED),
        (None, EditorialState.REJECTED, Standing.UNCHECKED),
        ("true", EditorialState.OPEN, Standing.DRAFT),
        ("true", EditorialState.SIGNED_OFF, Standing.SIGNED_OFF),
        ("true", EditorialState.PUBLISHED, Standing.PUBLISHED),
        ("true", EditorialState.CORRECTED, Standing.CORRECTED),
        ("true", EditorialState.WITHDRAWN, Standing.WITHDRAWN),
    ],
)
def test_standing_follows_the_editor(label: str | None, editorial: EditorialState, standing: Standing) -> None:
    assert Standing.of(replace(queued(1, label), editorial=editorial)) is standing


@pytest.mark.parametrize("label", [None, "true"])
def test_draft_has_to_be_asked_for(label: str | None) -> None:
    assert not ReportScope().holds(queued(1, label))
    assert ReportScope(drafts=True).holds(queued(1, label))


def test_signed_off_claim_is_reported() -> None:
    assert ReportScope().holds(replace(queued(1, "true"), editorial=EditorialState.SIGNED_OFF))


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), True),
        (date(2026, 3, 2), None, False),
        (None, date(2026, 2, 28), False),
        (date(2026, 2, 1), None, True),
    ],
)
def test_days_count_both_ends(since: date | None, until: date | None, held: bool) -> None:  # noqa: FBT001 - a case
    assert ReportScope(since=since, until=until, drafts=True).holds(queued(1, "true")) is held


def test_undecided_claim_has_no_day() -> None:
    assert not ReportScope(since=date(2026, 1, 1), drafts=True).holds(queued(1, None))


def test_scope_holds_the_named_claims() -> None:
    held = [
        number for number in (1, 2, 3, 4) if ReportScope(claim_ids=(2, 3), drafts=True).holds(queued(number, "true"))
    ]
    assert held == [2, 3]


def test_days_run_forwards() -> None:
    with pytest.raises(InputError, match="2026-03-02, is after its last, 2026-03-01"):
        ReportScope(since=date(2026, 3, 2), until=date(2026, 3, 1))


def test_withdrawn_verdict_counts_no_more() -> None:
    withdrawn = replace(queued(1, "true"), editorial=EditorialState.WITHDRAWN)
    assert reported(withdrawn, queued(2, "false")).verdict_counts() == {"false": 1}


def test_label_is_found_on_its_scale() -> None:
    (claim,) = reported(queued(1, "mixed")).claims
    verdict = claim.verdict
    assert verdict is not None
    assert Masthead("1").definition_of(verdict) == "True and false in equal parts."
    assert Masthead("1").definition_of(replace(verdict, scale_version=9)) == ""
    assert Masthead("1").definition_of(replace(verdict, label="sleepy")) == ""
