"""A report in its parts: a checked claim, a waiting one, and a report on any claims."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, product
from typing import Any

import pytest

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag, InferredWord
from factcheck.domain.desk import Amendment, Contact, EditorFlag, EditorialAct, Note
from factcheck.domain.evidence import CheckOutcome, Evidence, EvidenceCheck, QuoteStatus, Stance
from factcheck.domain.report import Masthead, Report, ReportedArticle
from factcheck.domain.reported_claim import reported_claim
from factcheck.domain.review import Confidence, Correction, ExtractionOrigin, QueuedClaim, Verdict
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.states import Act, ClaimStatus, EditorialState, ReadingRole, Stage

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEXT = "The dam was built in 1931. It held. Nobody was hurt."
ARTICLE = Article(
    TEXT,
    NOW,
    title="River rises",
    url="https://example.org/river",
    authors=("Ada Example", "Bob Sample"),
    published=date(2024, 5, 6),
    language="en",
)
SENTENCES = (
    Sentence(1, Span(0, 26), entry=LedgerEntry(SentenceState.CLAIMS)),
    Sentence(2, Span(27, 35), entry=LedgerEntry(SentenceState.CLAIMS)),
    Sentence(3, Span(36, 52), entry=LedgerEntry(SentenceState.NOT_CHECKABLE, "opinion", "no fact")),
)

Reporting = Callable[..., Report]

SNAPSHOT: dict[str, Any] = {"sha256": "d" * 64, "retrieved_at": NOW, "media_type": "text/html"}
TAKEN = EvidenceCheck(NOW, CheckOutcome.TAKEN, headers={"content-type": "text/html"})
LATER = NOW + timedelta(days=1)
SOURCES = (
    Evidence("https://page.example/", Stance.SUPPORTS, NOW, "It held.", last_check=TAKEN, **SNAPSHOT),
    Evidence(None, Stance.REFUTES, NOW, file_name="deed.pdf", last_check=TAKEN, **SNAPSHOT),
    Evidence(None, Stance.CONTEXT, NOW, description="A letter of the mayor", anonymous=True),
    Evidence("https://down.example/", Stance.REFUTES, NOW, last_check=EvidenceCheck(NOW, CheckOutcome.UNREACHABLE)),
    Evidence("https://gone.example/", Stance.CONTEXT, NOW, last_check=EvidenceCheck(LATER, CheckOutcome.GONE)),
    Evidence("https://other.example/", Stance.SUPPORTS, NOW, "Never said.", quote_status=QuoteStatus.MISSING),
)
"""Every kind of evidence: a kept page, a file, a description, one never reached, one that is gone, a missing quote."""

ACTS = {
    EditorialState.REJECTED: (Act.SIGNED_OFF, Act.REJECTED),
    EditorialState.SIGNED_OFF: (Act.SIGNED_OFF,),
    EditorialState.PUBLISHED: (Act.SIGNED_OFF, Act.PUBLISHED),
    EditorialState.CORRECTED: (Act.SIGNED_OFF, Act.PUBLISHED, Act.CORRECTED),
    EditorialState.WITHDRAWN: (Act.SIGNED_OFF, Act.PUBLISHED, Act.WITHDRAWN),
}


@pytest.fixture
def origin() -> ExtractionOrigin:
    """The run that gave the claims."""
    return ExtractionOrigin(3, "fake:model", "extract_claims", "1", "c0ffee" + "0" * 58)


@pytest.fixture
def waiting(origin: ExtractionOrigin) -> QueuedClaim:
    """A claim that nobody has decided, with all that a gate can hold against it."""
    return QueuedClaim(
        id=2,
        uid="b" * 16,
        article_id=1,
        claim=Claim(
            "The dam held for 95 years.",
            "The dam held for years",
            Anchor(AnchorStatus.SENTENCE, (), (2,)),
            0.4,
            inferred=(InferredWord("dam", 1), InferredWord("years", None)),
            doubts=(
                Doubt(Flag.UNANCHORED_QUOTE),
                Doubt(Flag.UNSUPPORTED_NUMBER, "“95” stands nowhere in the article"),
            ),
        ),
        status=ClaimStatus.QUEUED,
        origin=origin,
    )


@pytest.fixture
def checked(waiting: QueuedClaim) -> QueuedClaim:
    """A claim with a verdict and one piece of evidence."""
    anchor = Anchor(AnchorStatus.EXACT, (Span(0, 7), Span(8, 25)), (1,))
    return replace(
        waiting,
        id=1,
        uid="a" * 16,
        claim=Claim("The dam was built in 1931.", TEXT[:25], anchor, 0.8, "a date", speaker="The mayor"),
        status=ClaimStatus.DECIDED,
        verdict=Verdict("mostly-true", "truth-5", 1, "ada", NOW, "It was opened in 1932."),
        evidence=(
            Evidence(
                "https://archive.example/dam?p=1",
                Stance.SUPPORTS,
                NOW,
                quote="Begun in 1929, built in 1931.",
                title="Dams",
                publisher="The Archive",
                published="1932",
                added_by="ada",
            ),
        ),
    )


@pytest.fixture
def corrected(checked: QueuedClaim) -> QueuedClaim:
    """A published claim whose verdict was corrected, with all that a desk can leave on it."""
    was = Verdict("mostly-true", "truth-5", 1, "ada", NOW)
    now = Verdict(
        "true",
        "truth-5",
        1,
        "eve",
        NOW,
        "The deed says so.",
        ReadingRole.CORRECTION,
        date(2026, 2, 28),
        Confidence.HIGH,
    )
    return replace(
        checked,
        verdict=now,
        readings=(now,),
        editorial=EditorialState.CORRECTED,
        amendment=Amendment("The dam was built in 1932.", "ada", NOW),
        flag=EditorFlag("Libel?", "bob", NOW),
        contact=Contact(date(2026, 2, 27), "No comment.", "ada"),
        notes=(Note("Ask the archive.", "bob", NOW),),
        editorial_acts=(
            EditorialAct(Act.SIGNED_OFF, "eve", NOW, "Well done."),
            EditorialAct(Act.PUBLISHED, "eve", NOW),
        ),
        corrections=(Correction(NOW, "eve", was, now, "A deed came up."),),
    )


@pytest.fixture
def report_on() -> Reporting:
    """Makes a report on claims; keywords change the article."""

    def make(*claims: QueuedClaim, **changes: Any) -> Report:
        filed = FiledArticle(1, replace(ARTICLE, **changes))
        words = {one.position: one.span.cut(filed.article.text) for one in SENTENCES}
        reported = tuple(reported_claim(one, words) for one in claims)
        return Report(Masthead("1.2.3"), (ReportedArticle(filed, SENTENCES, reported),))

    return make


@pytest.fixture
def every_state(checked: QueuedClaim) -> tuple[QueuedClaim, ...]:
    """A claim in each of the reviewers' and the editor's states, each with every kind of evidence."""
    return tuple(
        in_state(replace(checked, id=number), status, editorial)
        for number, (status, editorial) in zip(count(1), product(ClaimStatus, EditorialState))
    )


def in_state(claim: QueuedClaim, status: ClaimStatus, editorial: EditorialState) -> QueuedClaim:
    """The claim with what was said and done by the time that it has come so far."""
    read = Verdict("mixed", "truth-5", 1, "ada", NOW, "Partly so.")
    readings = (read, replace(read, reviewer="bob", role=ReadingRole.SECOND))
    before = {None: 2 if status.is_settled else 0, Stage.FIRST: 0, Stage.SECOND: 1, Stage.ADJUDICATION: 2}
    corrections = (Correction(NOW, "eve", read, read, "A slip."),) if editorial is EditorialState.CORRECTED else ()
    return replace(
        claim,
        status=status,
        editorial=editorial,
        verdict=read if status.is_settled else None,
        readings=readings[: before[status.stage]],
        evidence=SOURCES,
        editorial_acts=tuple(EditorialAct(act, "eve", NOW) for act in ACTS.get(editorial, ())),
        corrections=corrections,
    )
