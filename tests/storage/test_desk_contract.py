"""The desk in memory that other tests work at answers as the database does, whatever is done at it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from fake_desk import FakeLedger, FakeLog, FakePeople, FakeQueue, FakeStatistics, Shelf
from fakes import NOTHING_ASKED, FakeExtractor, FakeSources, HeardProgress

from factcheck.domain.article import Article
from factcheck.domain.audit import Event
from factcheck.domain.evidence import EvidenceDraft, SourceKind, Stance
from factcheck.domain.review import ClaimQuery, Confidence, ErrorType, Remarks
from factcheck.domain.second_reading import SecondReadingRules
from factcheck.domain.sign_off import Requirement, SignOffRules
from factcheck.domain.states import Act, ClaimStatus, EditorialState, Role, Stage
from factcheck.errors import (
    ArticleBusyError,
    ConflictError,
    FactcheckError,
    MisspeltNameError,
    NotFoundError,
    NotReadyError,
)
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.ledger import SqlLedger
from factcheck.storage.people import SqlPeople
from factcheck.storage.queue import SqlQueue
from factcheck.storage.statistics import SqlStatistics
from factcheck.workflow.add_claim import add_claim
from factcheck.workflow.amend_claim import (
    add_note,
    assign_claim,
    flag_claim,
    merge_claim,
    record_contact,
    reword_claim,
    save_draft,
    set_claim_aside,
    set_due,
    set_speaker,
    split_claim,
)
from factcheck.workflow.carry_over import carry_over
from factcheck.workflow.collect_evidence import add_evidence, check_evidence, edit_evidence, remove_evidence
from factcheck.workflow.edit_claim import Amended, correct, correct_typo, publish, reject, sign_off, withdraw
from factcheck.workflow.extract_article import Extraction, Plan, file_article
from factcheck.workflow.ports import Ledger, Log, People, Queue, Statistics
from factcheck.workflow.review_claim import (
    Desk,
    record_verdict,
    release_claim,
    renew_lease,
    skip_claim,
    take_claim,
    take_next,
    undo_last,
)
from factcheck.workflow.windows import Asked

TEXT = "Rain fell on Monday. Wind blew on Tuesday. Snow lay on Wednesday. Fog came on Thursday."
START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = START + timedelta(hours=2)
URL = EvidenceDraft("https://a.example/1", Stance.REFUTES, "Rain.")
REMARKS = Remarks(date(2026, 2, 1), Confidence.LOW, "Mind the year.", ErrorType.SLIP)


@dataclass
class Office:
    """A desk with all that serves it, and a clock that goes on by a second each time it is asked."""

    ledger: Ledger
    queue: Queue
    log: Log
    people: People
    statistics: Statistics

    def __post_init__(self) -> None:
        self.seconds = count()
        rules = SecondReadingRules(labels=frozenset({"false"}))
        self.desk = Desk(self.queue, self.clock, timedelta(minutes=30), second_reading=rules, sign_off=NOTHING_ASKED)

    def clock(self) -> datetime:
        return START + timedelta(seconds=next(self.seconds))

    def extract(self, failing: frozenset[int] = frozenset(), asked: Asked = Asked.PENDING) -> None:
        filed = file_article(Article(TEXT, START), self.ledger, self.clock)
        # It stands still meanwhile: a slow extraction asks it more often, to say that it goes on.
        now = self.clock()
        extraction = Extraction(self.ledger, lambda: FakeExtractor(failing), lambda: now, HeardProgress(), lambda: None)
        list(extraction.of([filed.id], Plan(3, asked)))

    def seen(self) -> dict[str, Any]:
        """All that can be asked of the desk."""
        numbers = range(1, self.queue.count(ClaimQuery(), START) + 1)
        return {
            "claims": [
                self.queue.claim(one, at, viewer)
                for one in numbers
                for at in (START, LATER)
                for viewer in ("ann", None)
            ],
            "revisions": [self.queue.claim(one, START, "ann").revision for one in numbers],
            "events": _said(self.log.events()),
            "some events": _said(self.log.events(1, 2)),
            "verdict counts": list(self.queue.verdict_counts().items()),
            "sentence counts": self.ledger.sentence_counts(),
            "counts": [self.queue.counts(at) for at in (START, LATER)],
            "lists": {status: [one.id for one in self.queue.find(ClaimQuery(status), LATER)] for status in ClaimStatus},
            "flagged": self.queue.count(ClaimQuery(flagged=True), START),
            "settled": [
                [one.id for one in self.queue.find(ClaimQuery(editorial=one, settled=True), START)]
                for one in EditorialState
            ],
            "words": [one.id for one in self.queue.find(ClaimQuery(words=("RAIN", "mon")), START, 1)],
            "in brief": self.queue.in_brief(ClaimQuery(), START, 3),
            "history": [self.queue.history(one, START) for one in ("ann", "bob")],
            "read now": [self.queue.count(ClaimQuery(held=True), at) for at in (START, LATER)],
            "held": [self.queue.held_by(one, START) for one in ("ann", "bob")],
            "behind": [
                [one.id for one in self.queue.find(ClaimQuery(), START, 2, after)] for after in ((1, 2, 1), (1, 9, 9))
            ],
            "own": self.queue.waiting_for("ann", START),
            "own of some words": self.queue.waiting_for("ann", START, ClaimQuery(words=("rain",))),
            "drafts": [self.queue.draft(one, "ann") for one in numbers],
            "readings": self.statistics.readings(),
            "ages": self.statistics.ages(LATER),
            "waiting": self.statistics.waiting(LATER),
            "tasks": self.statistics.tasks(date(2026, 4, 2)),
            "scales": self.statistics.scales(),
            "articles": list(self.ledger.articles()),
            "sentences": self.ledger.sentences(1),
            "runs": self.ledger.runs(1),
            "runs by number": self.ledger.runs(among=[1, 99]),
            "answers": [self.ledger.answers(one.id) for one in self.ledger.runs()],
            "people": self.people.everybody(),
            "is whole": self.log.verify().reason,
        }


def _said(events: Iterable[Event]) -> list[Event]:
    """The events without the columns of rows, which only a database writes."""
    return [replace(one, details={k: v for k, v in one.details.items() if k != "written"}) for one in events]


def in_memory(*, has_roles: bool = False) -> Office:
    shelf = Shelf()
    queue = FakeQueue(shelf, has_roles=has_roles)
    return Office(FakeLedger(shelf), queue, FakeLog(shelf), FakePeople(shelf), FakeStatistics(shelf))


def in_database(database: Database, *, has_roles: bool = False) -> Office:
    queue = SqlQueue(database, has_roles=has_roles)
    return Office(SqlLedger(database), queue, SqlLog(database), SqlPeople(database), SqlStatistics(database))


def lease(office: Office) -> None:
    take_next(office.desk, "ann")
    take_next(office.desk, "bob")
    renew_lease(replace(office.desk, lease=timedelta(hours=9)), 1, "ann")
    release_claim(office.desk, 2, "bob")
    skip_claim(office.desk, 2, "ann")
    assert office.queue.lease_next("cy", LATER, LATER + timedelta(hours=1), 9) == (2, 3, 4)


def verdict(office: Office) -> None:
    save_draft(office.desk, 1, "ann", "true", "So far.")
    save_draft(office.desk, 2, "ann", "true")
    record_verdict(office.desk, 1, "true", "ann", "So.", [URL], replace(REMARKS, error_type=None))
    record_verdict(office.desk, 2, "false", "ann", None, [URL])
    add_note(office.desk, 2, "Mine.", "ann")
    take_next(office.desk, "bob", Stage.SECOND)
    record_verdict(office.desk, 2, "mixed", "bob", None, [URL])
    record_verdict(office.desk, 3, "false", "bob")
    with pytest.raises(ConflictError):
        record_verdict(office.desk, 2, "true", "bob")


def undo(office: Office) -> None:
    record_verdict(office.desk, 1, "false", "ann", None, [URL])
    skip_claim(office.desk, 2, "ann")
    set_claim_aside(office.desk, 3, "An opinion.", "ann")
    undone = [undo_last(office.desk, "ann") for _ in range(3)]
    assert [action for action, _ in undone] == ["not_checkable", "skipped", "first_read"]
    record_verdict(office.desk, 1, "false", "ann")
    record_verdict(office.desk, 1, "true", "bob")
    for reader in ("ann", "bob"):
        with pytest.raises(FactcheckError):
            undo_last(office.desk, reader)


def edit(office: Office) -> None:
    for number in (1, 2, 3):
        record_verdict(office.desk, number, "true", "ann", None, [URL])
        sign_off(office.desk, number, "eve", "Fine.")
    reject(office.desk, 1, "eve", "Why?")
    record_verdict(office.desk, 1, "mixed", "bob")
    undo_last(office.desk, "bob")
    publish(office.desk, 2, "eve")
    correct(office.desk, 2, "mixed", "eve", "A slip.", "So.", REMARKS)
    correct(office.desk, 2, "true", "eve", "Another slip.")
    withdraw(office.desk, 2, "eve", "Wrong.")
    publish(office.desk, 3, "eve")
    with pytest.raises(ConflictError):
        remove_evidence(office.desk, 3, "ann")
    with pytest.raises(ConflictError):
        reject(office.desk, 3, "eve", "No.")


def edit_more(office: Office) -> None:
    strict = replace(office.desk, sign_off=SignOffRules())
    for number in (1, 2, 3):
        record_verdict(office.desk, number, "true", "ann", "So.", [URL])
    sign_off(strict, 1, "eve", amendment=Amended("mixed", "Half of it."))
    undo_last(office.desk, "eve")
    undo_last(office.desk, "eve")
    sign_off(office.desk, 1, "eve", amendment=Amended(rationale="It did."))
    publish(office.desk, 1, "eve")
    correct_typo(office.desk, 1, "eve", "A slip.", "It did so.", "Rain fell.")
    edit_evidence(office.desk, 2, "ann", {"stance": Stance.REFUTES, "quote": "Wind"})
    edit_evidence(office.desk, 3, "ann", {"kind": SourceKind.PRIMARY, "published": "2026-01-01"})
    with pytest.raises(NotReadyError):
        sign_off(replace(strict, sign_off=SignOffRules(frozenset(Requirement))), 2, "ann")
    sign_off(strict, 2, "ann", despite="It is late.")
    known = [office.queue.scale("truth-5", version) for version in (1, 2)]
    assert [one and one.version for one in known] == [1, None]


def take_over(office: Office) -> None:
    record_verdict(office.desk, 1, "true", "ann")
    sign_off(office.desk, 1, "eve")
    publish(office.desk, 1, "eve")
    carry_over(office.desk, 2, 1, "bob")
    carry_over(office.desk, 3, 1, "bob")
    undo_last(office.desk, "bob")
    correct(office.desk, 1, "mixed", "eve", "It was not all.")
    with pytest.raises(NotReadyError):
        sign_off(office.desk, 2, "eve")
    sign_off(office.desk, 2, "eve", despite="It holds here.")


def amend_in_turn(office: Office) -> None:
    record_verdict(office.desk, 1, "true", "ann", "So.", [URL])
    for editor, label in (("eve", "mostly-true"), ("edith", "mixed")):
        sign_off(office.desk, 1, editor, amendment=Amended(label, f"{editor} says."))
    for _ in range(2):
        undo_last(office.desk, "edith")
    stands = office.queue.claim(1, LATER).verdict
    assert stands
    assert (stands.label, stands.reviewer, stands.rationale) == ("mostly-true", "eve", "eve says.")


def take_all_amendments_back(office: Office) -> None:
    amend_in_turn(office)
    assert [undo_last(office.desk, "eve")[0] for _ in range(2)] == ["signed_off", "amended"]
    stands = office.queue.claim(1, LATER).verdict
    assert stands
    assert (stands.label, stands.reviewer) == ("true", "ann")


def plan(office: Office) -> None:
    add_claim(office.desk, office.ledger, 1, 2, "It was windy.", "ann", quote="Wind blew", speaker="Ana Lopez")
    split_claim(office.desk, 5, ["It was very windy.", "There was wind."], "ann")
    set_speaker(office.desk, 1, "Ana Lopez", "ann")
    set_speaker(office.desk, 1, "Ben Okoro", "ann")
    undo_last(office.desk, "ann")
    assign_claim(office.desk, 3, "bob", "eve")
    assign_claim(office.desk, 4, "ann", "eve")
    assign_claim(office.desk, 1, "ann", "eve")
    assign_claim(office.desk, 1, None, "eve")
    set_due(office.desk, 2, date(2026, 4, 2), "eve")
    set_due(office.desk, 6, date(2026, 4, 1), "eve")
    set_due(office.desk, 1, date(2026, 4, 1), "eve")
    set_due(office.desk, 1, None, "eve")
    assert office.queue.waiting_for("ann", START)[Stage.FIRST] == 5
    assert (office.queue.names_beside("ann"), office.queue.names_beside("ana")) == ((), ("ann", "eve"))
    with pytest.raises(MisspeltNameError):
        take_next(office.desk, "Ann")
    taken = [take_next(office.desk, "ann") for _ in range(3)]
    assert [one.id for one in taken if one] == [4, 6, 2]
    release_claim(office.desk, 6, "ann")
    assert take_claim(office.desk, 6, "ann").id == 6
    assert take_next(office.desk, "cy", among=ClaimQuery(words=("rain",), article_id=1, number=1)) is not None
    assert take_next(office.desk, "cy", among=ClaimQuery(assigned_to="bob")) is None
    office.extract(asked=Asked.ALL)


def amend(office: Office) -> None:
    reword_claim(office.desk, 1, "It rained.", "ann")
    reword_claim(office.desk, 1, "It poured.", "bob")
    undo_last(office.desk, "bob")
    split_claim(office.desk, 2, ["It blew.", "It was Tuesday."], "ann")
    undo_last(office.desk, "ann")
    with pytest.raises(ConflictError):
        split_claim(office.desk, 2, ["It blew.", "It was windy."], "ann")
    split_claim(office.desk, 2, ["It was windy.", "There was a Tuesday."], "ann")
    merge_claim(office.desk, 3, 1, "ann")
    with pytest.raises(ConflictError):
        merge_claim(office.desk, 4, 3, "ann")


def annotate(office: Office) -> None:
    flag_claim(office.desk, 1, "Libel?", "ann")
    flag_claim(office.desk, 2, "Libel?", "ann")
    flag_claim(office.desk, 2, None, "bob")
    add_note(office.desk, 1, "Mind the year.", "ann")
    record_contact(office.desk, 1, date(2026, 2, 1), None, "ann")
    record_contact(office.desk, 1, date(2026, 2, 1), "No comment.", "bob")


def source(office: Office) -> None:
    pages = FakeSources({"https://a.example/1": "Rain.", "https://a.example/2": "Wind."}, saved="https://kept.example/")
    for url in ("https://a.example/1", "https://a.example/2", "https://gone.example"):
        add_evidence(office.desk, 1, replace(URL, url=url), "ann", pages)
    add_evidence(office.desk, 1, EvidenceDraft(description="A call"), None)
    add_evidence(office.desk, 1, URL, "bob", pages)
    remove_evidence(office.desk, 4, "bob")
    with pytest.raises(NotFoundError):
        remove_evidence(office.desk, 4, "bob")
    pages.pages["https://a.example/1"] = "Snow."
    checked = list(check_evidence(office.desk, 1, "cy", pages))
    assert [one.check.outcome.value for one in checked] == ["quote_gone", "same", "gone"]
    for one in office.queue.claim(1, START).evidence:
        assert (office.queue.snapshot(one.sha256 or "") is None) == (one.sha256 is None)


def extract_again(office: Office) -> None:
    office.extract(asked=Asked.ALL)
    office.extract(frozenset({1}), Asked.ALL)
    run = office.ledger.begin_run(1, FakeExtractor().setup, LATER)
    with pytest.raises(ArticleBusyError):
        office.ledger.begin_run(1, FakeExtractor().setup, LATER)
    office.ledger.end_run(run, "interrupted", LATER)
    office.ledger.note_recording([run], "f" * 64, LATER)
    said = [office.ledger.answers(one).entries.items() for one in (1, run)]
    assert {position for one in said for position, entry in one if entry.state.is_answered} == {1, 2, 3, 4}


CASES: dict[str, Callable[[Office], None]] = {
    one.__name__: one
    for one in (
        lease,
        verdict,
        undo,
        edit,
        edit_more,
        amend_in_turn,
        take_all_amendments_back,
        take_over,
        plan,
        amend,
        annotate,
        source,
        extract_again,
    )
}


@pytest.mark.parametrize("play", CASES.values(), ids=CASES)
def test_both_desks_answer_alike(database: Database, play: Callable[[Office], None]) -> None:
    here, there = in_memory(), in_database(database)
    for office in (here, there):
        office.extract()
        play(office)

    assert here.seen() == there.seen()
    proof = there.log.verify().proof
    assert proof is not None
    assert (proof.differences, proof.untold) == ((), {})


def test_both_desks_heed_roles(database: Database) -> None:
    for office in (in_memory(has_roles=True), in_database(database, has_roles=True)):
        office.extract()
        office.people.set_roles("ann", [Role.REVIEWER], START, None)
        office.people.set_roles("eve", [Role.EDITOR], START, "ann")

        with pytest.raises(ConflictError, match="'nobody' does not have the role of reviewer"):
            save_draft(office.desk, 1, "nobody", "true")
        assert take_next(office.desk, "ann", Stage.FIRST) is not None
        for person, stage in (("ann", Stage.ADJUDICATION), ("eve", None)):
            with pytest.raises(ConflictError):
                take_next(office.desk, person, stage)
        record_verdict(office.desk, 1, "true", "ann")
        with pytest.raises(ConflictError):
            sign_off(office.desk, 1, "ann")
        assert sign_off(office.desk, 1, "eve").last_act(Act.SIGNED_OFF) is not None
        assert [one.name for one in office.people.everybody()] == ["ann", "eve"]


def test_both_desks_take_errors_back(database: Database) -> None:
    for office in (in_memory(), in_database(database)):
        office.extract()
        before = office.seen()

        with pytest.raises(NotFoundError):
            merge_claim(office.desk, 1, 99, "ann")

        assert office.seen() == before
