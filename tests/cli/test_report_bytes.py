"""Reports on a desk that holds a bit of everything, byte for byte as those in `data`.

`pytest --draw-pictures` writes them anew; a difference that nobody meant is a broken promise to whoever
has noted a hash.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW

from factcheck.domain import acts
from factcheck.domain.acts import Actor, Change
from factcheck.domain.article import Article, FiledArticle
from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag, InferredWord
from factcheck.domain.evidence import (
    CheckOutcome,
    Evidence,
    EvidenceCheck,
    EvidenceDraft,
    QuoteStatus,
    Snapshot,
    SourceKind,
    Stance,
)
from factcheck.domain.extraction import ExtractionSetup, Window, WindowOutcome
from factcheck.domain.publisher import Publisher
from factcheck.domain.report import ReportScope
from factcheck.domain.review import ClaimQuery, Confidence, ErrorType, QueuedClaim, Verdict
from factcheck.domain.sentence import LedgerEntry, Sentence, SentenceState, Span
from factcheck.domain.states import Act, ClaimStatus, EditorialState, ReadingRole, Stage
from factcheck.export.formats import FORMATS
from factcheck.export.records import claim_record, to_json
from factcheck.storage.database import Database
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.queue import SqlQueue
from factcheck.workflow.add_claim import add_claim
from factcheck.workflow.amend_claim import (
    add_note,
    assign_claim,
    flag_claim,
    merge_claim,
    record_contact,
    reword_claim,
    set_claim_aside,
    set_due,
    set_speaker,
    split_claim,
)
from factcheck.workflow.build_report import Newsroom, reported_articles
from factcheck.workflow.edit_claim import Amended, correct_typo, publish, sign_off
from factcheck.workflow.review_claim import Desk, record_verdict, skip_claim, undo_last

KEPT = Path(__file__).parent / "data"
STEERS = "\x1b[31m\x9b\u202e\u2069\x7f\x00\u2028<script>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
SETUP = ExtractionSetup("fake:model", "extract_claims", "1", "0" * 64, {"window": 2}, "tape.yaml", "a" * 64)
ADDRESSES = (
    "https://example.org",
    "https://www.Example.org/A/b/",
    "http://example.org:80/a//?utm_source=x&b=2&a=1&fbclid=7#part",
    "https://example.org:8443/%7Eana;v=1?q=%C3%A4&q=&empty",
    "https://пример.example/стр?я=ё",
    "https://[2001:db8::1]/x",
    "https://user.example/@ana/=+-",
)
SOURCES: tuple[dict[str, Any], ...] = (
    *({"url": one, "quote": f"Said at {one}."} for one in ADDRESSES),
    {"url": "https://a.example/x", "title": STEERS, "publisher": FORMULA, "published": "1950", "locator": "p. 4"},
    {"url": "https://a.example/y", "description": "a page", "archive_url": "https://web.archive.org/web/1/x"},
    {"url": None, "description": "A  letter\nof the Mayor", "anonymous": True, "stance": Stance.CONTEXT},
    {"url": None, "file_name": "deed.pdf", "media_type": "application/pdf", "kind": SourceKind.PRIMARY},
)
PUBLISHER = Publisher("The Desk", "https://desk.example.org/", "https://desk.example.org/{id}")
PAGE = Snapshot(b"Rain fell." * 9, "text/plain", "https://a.example/x", 200, {"content-type": "text/plain", "x": "é"})

Do = Callable[[QueuedClaim, Actor], Change]


class Shift:
    """Reviewers at work: each act a second after the one before."""

    def __init__(self, queue: SqlQueue) -> None:
        self._queue = queue
        self._seconds = count(1)

    def read(
        self, claim_id: int, reviewer: str, label: str, *urls: str, asked: str | None = None, **about: Any
    ) -> None:
        """Give a reading, with what comes with it."""
        now = NOW + timedelta(seconds=next(self._seconds), microseconds=claim_id)
        verdict = Verdict(label, "truth-5", 1, reviewer, now, **about)
        evidence = [Evidence(url, Stance.REFUTES, now, added_by=reviewer) for url in urls]
        with self._queue.changing() as change:
            claim = change.claim(claim_id, now)
            change.store(acts.read(claim, Actor(reviewer, now), verdict, evidence, asked))

    def edit(self, claim_id: int, *done: Act, comment: str | None = None) -> None:
        """Let the editor act, one act after the other."""
        for act in done:
            now = NOW + timedelta(seconds=next(self._seconds))
            with self._queue.changing() as change:
                change.store(acts.edited(change.claim(claim_id, now), Actor("eve", now), act, comment))

    def correct(self, claim_id: int, label: str) -> None:
        """Put another verdict in place of a published one."""
        now = NOW + timedelta(seconds=next(self._seconds))
        with self._queue.changing() as change:
            about: dict[str, Any] = {"role": ReadingRole.CORRECTION, "known_as_of": date(2026, 2, 28)}
            verdict = Verdict(label, "truth-5", 1, "eve", now, FORMULA, **about)
            claim = change.claim(claim_id, now)
            change.store(acts.corrected(claim, Actor("eve", now), verdict, f"{label} it is: {STEERS}"))

    def add(self, claim_id: int, evidence: Evidence, snapshot: Snapshot | None = None) -> None:
        """Add a source."""
        self.change(claim_id, lambda claim, by: acts.sourced(claim, evidence, by), snapshot)

    def look(self, claim_id: int, check: EvidenceCheck) -> None:
        """Look at the claim's last source but one again."""
        checked = replace(self._queue.claim(claim_id, NOW).evidence[-2], last_check=check)
        self.change(claim_id, lambda claim, by: acts.looked_at(claim, checked, by.at))

    def change(self, claim_id: int, what: Do, snapshot: Snapshot | None = None) -> None:
        """Let ana do something else to the claim."""
        with self._queue.changing() as change:
            change.store(what(change.claim(claim_id, NOW), Actor("ana", NOW)), snapshot)


@pytest.fixture(scope="module")
def full_desk(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A desk with every state, every kind of evidence, and text that means harm; made once, to be read."""
    database = Database(str(shutil.copy(empty_database, tmp_path_factory.mktemp("full") / "desk.db")))
    ledger, queue = SqlLedger(database), SqlQueue(database)
    ids = iter(file_claims(ledger, f"River {STEERS}", 30))
    shift = Shift(queue)
    readings(shift, ids)
    editing(shift, ids)
    left_aside(ids, queue)
    sourced(shift, queue, next(ids))
    file_claims(ledger, "Second town", 2)
    edited_later(queue, ledger, file_claims(ledger, "Third town", 5))
    with database.writing() as connection:
        connection.exec_driver_sql("""UPDATE claim SET flags = '["compound", "prediction"]' WHERE id = 28""")
        connection.exec_driver_sql("UPDATE claim SET vanished_in = 2 WHERE id = 29")
        connection.exec_driver_sql("UPDATE claim SET check_worthiness = 0.0001 WHERE id = 30")
    yield Newsroom(ledger, queue, "1.2.3")
    database.close()


def readings(shift: Shift, ids: Iterable[int]) -> None:
    """Every way through the readings; each `asked` one is blind while it waits."""
    numbers = iter(ids)
    about: dict[str, Any] = {"known_as_of": date(2026, 1, 2), "confidence": Confidence.LOW, "note": STEERS}
    shift.read(next(numbers), "ana", "true", *ADDRESSES[:2], rationale=FORMULA, **about)
    for further in ((), (), ("bob",), ("bob",), ("bob", "cem")):
        claim_id = next(numbers)
        shift.read(claim_id, "ana", "false", "https://hidden.example/1", asked="label false", rationale="Not so.")
        shift.change(claim_id, lambda claim, by: acts.noted(claim, by, "psst"))
        for reviewer, label in zip(further, ("mixed", "true"), strict=False):
            shift.read(claim_id, reviewer, label, "https://seen.example/", error_type=ErrorType.SLIP)
    agreed = next(numbers)
    for reviewer in ("ana", "bob"):
        shift.read(agreed, reviewer, "unproven", asked="sample", rationale=STEERS)


def editing(shift: Shift, ids: Iterable[int]) -> None:
    """Every state of the editor's."""
    journeys: tuple[tuple[Act, ...], ...] = (
        (Act.REJECTED,),
        (Act.SIGNED_OFF,),
        (Act.SIGNED_OFF, Act.PUBLISHED),
        (Act.SIGNED_OFF, Act.PUBLISHED, Act.WITHDRAWN),
    )
    for claim_id, journey in zip(ids, (*journeys, journeys[2]), strict=False):
        shift.read(claim_id, "ana", "mostly-true", f"https://example.org/{claim_id}")
        shift.edit(claim_id, *journey, comment=f"so {STEERS}")
    for label in ("mixed", "false"):
        shift.correct(claim_id, label)


def left_aside(ids: Iterable[int], queue: SqlQueue) -> None:
    """Claims out of the queue, held by somebody, or with something left on them."""
    numbers = iter(ids)
    asked, desk = date(2026, 2, 27), Desk(queue, lambda: NOW, timedelta(minutes=30))
    amended: tuple[Callable[[int], object], ...] = (
        lambda claim_id: set_claim_aside(desk, claim_id, "an opinion", "ana"),
        lambda claim_id: merge_claim(desk, claim_id, 1, "ana"),
        lambda claim_id: split_claim(desk, claim_id, ["It rained.", f"It {FORMULA}."], "ana"),
        lambda claim_id: reword_claim(desk, claim_id, f"+Said {STEERS}", "bob"),
        lambda claim_id: flag_claim(desk, claim_id, "Libel?", "bob"),
        lambda claim_id: record_contact(desk, claim_id, asked, "No comment.", "ana"),
        lambda claim_id: record_contact(desk, claim_id, asked, None, "ana"),
        lambda claim_id: add_note(desk, claim_id, FORMULA, "bob"),
        lambda claim_id: skip_claim(desk, claim_id, "ana"),
        lambda claim_id: split_claim(desk, claim_id, ["It thundered.", "It snowed."], "ana"),
    )
    for claim_id, what in zip(numbers, amended, strict=False):
        what(claim_id)
    undo_last(Desk(queue, lambda: NOW + timedelta(hours=1), timedelta(hours=1)), "ana")
    queue.lease_next("dan", NOW, NOW + timedelta(minutes=30), count=2)
    queue.lease_next("dan", NOW, NOW + timedelta(minutes=30), stages=[Stage.SECOND])
    queue.lease_next("dan", NOW, NOW + timedelta(minutes=30), stages=[Stage.ADJUDICATION])
    queue.lease_next("fay", NOW - timedelta(hours=2), NOW - timedelta(hours=1))


def sourced(shift: Shift, queue: SqlQueue, claim_id: int) -> None:
    """A claim with every kind of source; one has been looked at twice, one is taken away."""
    named: dict[str, Any] = {"stance": Stance.SUPPORTS, "added_at": NOW, "added_by": "ana"}
    for about in SOURCES:
        shift.add(claim_id, Evidence(**(named | about)))
    seen = EvidenceCheck.of_snapshot(NOW, CheckOutcome.TAKEN, QuoteStatus.MISSING, PAGE, "ana")
    whole = Evidence("https://a.example/x", Stance.REFUTES, NOW, "Rain fell.", sha256=PAGE.sha256, retrieved_at=NOW)
    whole = replace(whole, quote_status=QuoteStatus.NORMALISED, canonical_url="https://a.example/", last_check=seen)
    shift.add(claim_id, whole, PAGE)
    shift.add(claim_id, replace(whole, last_check=None))
    later = EvidenceCheck(NOW + timedelta(days=1), CheckOutcome.GONE, status=410, detail=STEERS, checked_by="bob")
    shift.look(claim_id, later)
    shift.look(claim_id, replace(later, at=NOW + timedelta(days=2), outcome=CheckOutcome.UNREACHABLE, status=None))
    first = queue.claim(claim_id, NOW).evidence[0].id or 0
    shift.change(claim_id, lambda claim, by: acts.unsourced(claim, by, first))
    shift.read(claim_id, "ana", "false", "https://example.org/last")


def edited_later(queue: SqlQueue, ledger: SqlLedger, ids: Iterable[int]) -> None:
    """Verdicts that an editor amended, put right, or took back the sign-off of; claims written by hand, and tasks."""
    seconds, seen = count(60), [EvidenceDraft(url="https://seen.example/", quote="Partly.")]
    desk = Desk(queue, lambda: NOW + timedelta(seconds=next(seconds)), timedelta(minutes=30))
    amended, put_right, taken_back, unexplained, planned = ids
    for claim_id in (amended, put_right, taken_back):
        record_verdict(desk, claim_id, "mixed", "ana", f"Partly so {STEERS}.", seen)
    record_verdict(desk, unexplained, "mixed", "ana")
    sign_off(desk, amended, "eve", "well read", amendment=Amended("false", "Not so."))
    sign_off(desk, put_right, "eve")
    publish(desk, put_right, "eve")
    correct_typo(desk, put_right, "eve", f"a letter {STEERS}", "Partly so.")
    sign_off(desk, taken_back, "eve")
    undo_last(desk, "eve")
    sign_off(desk, unexplained, "eve", despite="Slipped through.")
    set_speaker(desk, planned, f"+The mayor {STEERS}", "bob")
    assign_claim(desk, planned, "gil", "eve")
    set_due(desk, planned, date(2031, 1, 2), "eve")
    article_id = queue.claim(planned, NOW).article_id
    add_claim(desk, ledger, article_id, 1, "It rose in 1900.", "=kim", speaker="The mayor")
    whole = add_claim(desk, ledger, article_id, 2, "It rose and fell.", "=kim")
    split_claim(desk, whole.id, ["It rose.", "It fell."], "hal")


def file_claims(ledger: SqlLedger, title: str, many: int) -> range:
    """File an article with so many claims, all that a model can make; returns their numbers."""
    said = [f"In {1900 + one} the river “rose”—by {one} m, {STEERS if one % 7 == 3 else title}." for one in range(many)]
    text, sentences = "", []
    for position, words in enumerate(said, 1):
        sentences.append(Sentence(position, Span(len(text), len(text) + len(words))))
        text += f"{words} "
    about: dict[str, Any] = {"url": "https://example.org/river?a=1", "authors": ("Ada", "Bob “B” Sample")}
    article = Article(text, NOW, title=title, published=date(2024, 5, 6), language="en", **about)
    filed = ledger.file_article(article, sentences, NOW)
    run_id = ledger.begin_run(filed.id, SETUP, NOW)
    entries = {one.position: LedgerEntry(SentenceState.CLAIMS) for one in sentences}
    claims = tuple(claim_of(one, filed) for one in sentences)
    ledger.record_outcome(run_id, filed, WindowOutcome(Window(tuple(sentences)), entries, claims), NOW)
    ledger.end_run(run_id, "finished", NOW)
    last = sum(many for _, _, many in ledger.articles())
    return range(last - many + 1, last + 1)


def claim_of(sentence: Sentence, filed: FiledArticle) -> Claim:
    """A sentence as a claim, anchored and doubted in one of several ways."""
    words, start, kind = sentence.span.cut(filed.article.text), sentence.span.start, sentence.position % 4
    here = (sentence.position,)
    anchor = (
        Anchor(AnchorStatus.EXACT, (sentence.span,), here),
        Anchor(AnchorStatus.NORMALISED, (Span(start, start + 3), Span(start + 5, start + 9)), (*here, 2)),
        Anchor(AnchorStatus.SENTENCE, (), here),
        Anchor(AnchorStatus.NONE),
    )[kind]
    return Claim(
        text=words if kind else f"{FORMULA}{words}",
        quote=words,
        anchor=anchor,
        check_worthiness=0.9 - sentence.position / 100,
        reason="a number" if kind else "",
        speaker=STEERS if kind == 1 else None,
        inferred=(InferredWord("river", 1), InferredWord("é", None))[:kind],
        doubts=(Doubt(Flag.COMPOUND), Doubt(Flag.UNKNOWN_NAME, f"“{STEERS}” stands nowhere"))[:kind],
        also=(Anchor(AnchorStatus.EXACT, (Span(0, 2),), (1,)),) if kind == 2 else (),
    )


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_reports_keep_their_bytes(full_desk: Newsroom, form: str, request: pytest.FixtureRequest) -> None:
    scope = ReportScope(drafts=True)
    written = "".join(FORMATS[form].write(full_desk.masthead(scope), reported_articles(full_desk, scope)))

    same_as_kept(written, f"full-desk.{form}", request)


@pytest.mark.parametrize("form", FORMATS)
def test_full_desk_has_every_form(full_desk: Newsroom, form: str) -> None:
    newsroom = replace(full_desk, publisher=PUBLISHER)
    scope = ReportScope(drafts=True)
    written = "".join(FORMATS[form].write(newsroom.masthead(scope), reported_articles(newsroom, scope)))

    label = "supported" if form == "averitec" else "mostly-true"
    assert label in written.lower().replace(" ", "-")
    assert [one for one in ("psst", "Libel?", "slip", "Slipped", "gil", "2031-01-02") if one in written] == []


def test_claims_keep_their_bytes(full_desk: Newsroom, request: pytest.FixtureRequest) -> None:
    found = full_desk.queue.find(ClaimQuery(), NOW)

    records = [claim_record(one) for one in found]
    revisions = {one.pop("revision") for one in records}  # which no version promises to the next

    same_as_kept(to_json(records), "full-desk.json", request)
    assert len(revisions) == len(records)


def test_full_desk_holds_every_state(full_desk: Newsroom) -> None:
    found = list(full_desk.queue.find(ClaimQuery(), NOW))

    assert {one.status for one in found} == set(ClaimStatus)
    assert {one.editorial for one in found} == set(EditorialState)
    assert {one.claim.anchor.status for one in found} == set(AnchorStatus)
    assert {one.role for claim in found for one in claim.readings} == set(ReadingRole)
    assert [one.split_from is not None for one in found if one.added] == [False, False, True, True]


def same_as_kept(written: str, name: str, request: pytest.FixtureRequest) -> None:
    kept = KEPT / name
    if request.config.getoption("--draw-pictures"):
        kept.write_bytes(written.encode())
    assert written.encode() == kept.read_bytes()
