"""When things happen: at the moment at which whoever does them is the only one that writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from fake_desk import FakeLedger, FakeQueue, Shelf
from fakes import FakeSources
from typing_extensions import override

from factcheck.domain.evidence import EvidenceDraft
from factcheck.workflow.add_claim import add_claim
from factcheck.workflow.amend_claim import add_note, save_draft
from factcheck.workflow.collect_evidence import add_evidence, check_evidence, edit_evidence
from factcheck.workflow.ports import QueueChange
from factcheck.workflow.review_claim import Desk, record_verdict, undo_last

pytestmark = pytest.mark.usefixtures("three_claims")
URL = "https://a.example"


class CrowdedQueue(FakeQueue):
    """A queue whose transactions begin an hour after they were asked for: others write until then."""

    def __init__(self, shelf: Shelf, pass_minutes: Callable[[int], None]) -> None:
        super().__init__(shelf)
        self.pass_minutes = pass_minutes

    @override
    @contextmanager
    def changing(self) -> Iterator[QueueChange]:
        self.pass_minutes(60)
        with super().changing() as change:
            yield change


ACTS: dict[str, Callable[[Desk, FakeLedger], object]] = {
    "verdict": lambda desk, _: record_verdict(desk, 1, "true", "ann"),
    "undo": lambda desk, _: undo_last(desk, "bob"),
    "note": lambda desk, _: add_note(desk, 1, "Mine.", "ann"),
    "draft": lambda desk, _: save_draft(desk, 1, "ann", rationale="Because"),
    "source": lambda desk, _: add_evidence(desk, 3, EvidenceDraft(URL, quote="Wind"), "ann"),
    "edit": lambda desk, _: edit_evidence(desk, 1, "ann", {"title": "The paper"}),
    "check": lambda desk, _: list(check_evidence(desk, 3, "ann", FakeSources({URL: "Rain fell."}))),
    "claim": lambda desk, ledger: add_claim(desk, ledger, 1, 1, "It rained.", "ann"),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_happens_before_what_stands_in_the_log(
    desk: Desk, shelf: Shelf, ledger: FakeLedger, pass_minutes: Callable[[int], None], act: str
) -> None:
    record_verdict(desk, 2, "true", "bob")
    add_evidence(desk, 3, EvidenceDraft(URL, quote="Rain fell"), "ann")
    begun = desk.clock()

    ACTS[act](replace(desk, queue=CrowdedQueue(shelf, pass_minutes)), ledger)

    assert shelf.events[-1].at == begun + timedelta(minutes=60)


def test_page_was_kept_when_it_was_fetched(desk: Desk, shelf: Shelf, pass_minutes: Callable[[int], None]) -> None:
    fetched = desk.clock()
    crowded = replace(desk, queue=CrowdedQueue(shelf, pass_minutes))

    added = add_evidence(crowded, 1, EvidenceDraft(URL, quote="Rain fell"), "ann", FakeSources({URL: "Rain fell."}))

    assert (added.evidence.retrieved_at, added.evidence.added_at) == (fetched, fetched + timedelta(minutes=60))
