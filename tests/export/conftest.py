"""A report in its parts: a checked claim, a waiting one, and a report on any claims."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, product
from typing import Any

import pytest
from fake_desk import FakeLedger, FakeQueue, Shelf

from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag, InferredWord
from factcheck.domain.desk import Amendment, Contact, EditorFlag, EditorialAct, Note
from factcheck.domain.evidence import CheckOutcome, Evidence, EvidenceCheck, QuoteStatus, SourceKind, Stance
from factcheck.domain.page import PLAIN, PageLook
from factcheck.domain.report import Masthead, Report, ReportedArticle
from factcheck.domain.reported_claim import reported_claim
from factcheck.domain.review import Confidence, Correction, ExtractionOrigin, QueuedClaim, Verdict
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.states import Act, ClaimStatus, EditorialState, ReadingRole, Stage
from factcheck.workflow.add_claim import add_claim
from factcheck.workflow.amend_claim import reword_claim, set_speaker, split_claim
from factcheck.workflow.edit_claim import Amended, correct, correct_typo, publish, reject, sign_off, withdraw
from factcheck.workflow.ports import Ledger
from factcheck.workflow.review_claim import Desk, record_verdict, undo_last

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

LATER = NOW + timedelta(days=1)
SNAPSHOT: dict[str, Any] = {"sha256": "d" * 64, "retrieved_at": NOW, "media_type": "text/html"}
TAKEN = EvidenceCheck(NOW, CheckOutcome.TAKEN, sha256="d" * 64, status=200, headers={"content-type": "text/html"})
LOOKS = {one: replace(TAKEN, at=LATER, outcome=one, detail="so it was") for one in CheckOutcome}
SOURCES = (
    Evidence("https://page.example/", Stance.SUPPORTS, NOW, "It held.", last_check=TAKEN, **SNAPSHOT),
    Evidence(None, Stance.REFUTES, NOW, file_name="deed.pdf", title="A deed", last_check=TAKEN, **SNAPSHOT),
    Evidence(None, Stance.CONTEXT, NOW, description="A letter of the mayor", anonymous=True),
    Evidence(None, Stance.SUPPORTS, NOW, description="A map of the town", file_name="map.png", kind=SourceKind.PRIMARY),
    Evidence("https://down.example/", Stance.REFUTES, NOW, last_check=EvidenceCheck(NOW, CheckOutcome.UNREACHABLE)),
    Evidence("https://lost.example/", Stance.CONTEXT, NOW, last_check=EvidenceCheck(LATER, CheckOutcome.GONE)),
    Evidence("https://other.example/", Stance.SUPPORTS, NOW, "Never said.", quote_status=QuoteStatus.MISSING),
    Evidence("https://kept.example/", Stance.REFUTES, NOW, archive_url="https://archive.example/kept", **SNAPSHOT),
    *(
        Evidence(f"https://{one.value.replace('_', '-')}.example/", Stance.CONTEXT, NOW, last_check=look, **SNAPSHOT)
        for one, look in LOOKS.items()
    ),
)
"""Every kind: kept pages and files, described ones, an archived one, a lost quote, and each outcome of a look."""

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
        flags=(EditorFlag("Libel?", "bob", NOW),),
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
    """Makes a report on claims; keywords change the article, `look` what of it stands on a page."""

    def make(*claims: QueuedClaim, look: PageLook = PLAIN, **changes: Any) -> Report:
        filed = FiledArticle(1, replace(ARTICLE, **changes))
        words = {one.position: one.span.cut(filed.article.text) for one in SENTENCES}
        reported = tuple(reported_claim(one, words) for one in claims)
        return Report(Masthead("1.2.3", look=look), (ReportedArticle(filed, SENTENCES, reported),))

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


@pytest.fixture
def stories(checked: QueuedClaim) -> dict[str, QueuedClaim]:
    """Claims by what a desk has done with them, each with every kind of evidence."""
    names = ("amended", "amended_then_corrected", "adjudicated_then_corrected", "typo", "typo_of_words", "undone")
    fresh = replace(checked, status=ClaimStatus.QUEUED, verdict=None, evidence=())
    numbered = dict(zip((*names, "attributed", "read_anew", "withdrawn"), count(1)))
    claims = {number: replace(fresh, id=number, uid=f"{number:016x}") for number in numbered.values()}
    shelf = Shelf({1: FiledArticle(1, ARTICLE)}, {1: SENTENCES}, claims=claims)
    minutes = count(1)
    rules = SecondReadingRules(labels=frozenset({"false"}))
    desk = Desk(
        FakeQueue(shelf), lambda: NOW + timedelta(minutes=next(minutes)), timedelta(hours=9), second_reading=rules
    )
    play(desk, numbered)
    numbered |= write_by_hand(desk, FakeLedger(shelf))
    for number, claim in shelf.claims.items():
        acts = tuple(replace(one, shown=None) for one in claim.editorial_acts)
        shelf.claims[number] = replace(claim, evidence=SOURCES, editorial_acts=acts)
    return {name: shelf.claims[number] for name, number in numbered.items()}


def play(desk: Desk, numbered: Mapping[str, int]) -> None:
    """Read, sign off and publish each claim, with what its name says besides."""
    anyway = "The rest is enough."
    for name, number in numbered.items():
        if name == "adjudicated_then_corrected":
            record_verdict(desk, number, "false", "ana", "Not so.")
            record_verdict(desk, number, "mixed", "bob", "Well.")
        record_verdict(desk, number, "mixed", "cem" if name == "adjudicated_then_corrected" else "ana", "Partly so.")
    set_speaker(desk, numbered["attributed"], "The town clerk", "gil")
    for name, number in numbered.items():
        amendment = Amended("mostly-false", "Hardly so.") if name.startswith("amended") else None
        sign_off(desk, number, "eve", "Well done.", anyway, amendment)
        if name == "undone":
            undo_last(desk, "eve")
        elif name == "read_anew":
            reject(desk, number, "eve", "Read the deed.")
            record_verdict(desk, number, "mixed", "bob", "Partly so.")
        elif name != "amended":
            publish(desk, number, "eve")
    for name in ("amended_then_corrected", "adjudicated_then_corrected"):
        correct(desk, numbered[name], "true", "dan", "A deed came up.")
    correct_typo(desk, numbered["typo"], "dan", "A letter was missing.", "Partly so, then.")
    correct_typo(desk, numbered["typo_of_words"], "dan", "The year was wrong.", words="The dam was built in 1932.")
    withdraw(desk, numbered["withdrawn"], "dan", "The deed was forged.")


def write_by_hand(desk: Desk, ledger: Ledger) -> dict[str, int]:
    """Add two claims and split one of them; returns their numbers by what was done to them."""
    added = add_claim(desk, ledger, 1, 2, "The dam held for long.", "ann")
    whole = add_claim(desk, ledger, 1, 3, "Nobody was hurt or killed.", "ann")
    signed, part = split_claim(desk, whole.id, ["Nobody was hurt.", "Nobody was killed."], "bob")
    for one in (added, signed):
        record_verdict(desk, one.id, "mixed", "bob", "Partly so.")
        sign_off(desk, one.id, "eve", despite="It was seen.")
    reword_claim(desk, part.id, "Nobody died.", "bob")
    return {"added": added.id, "added_whole": whole.id, "added_part": signed.id, "added_part_waiting": part.id}
