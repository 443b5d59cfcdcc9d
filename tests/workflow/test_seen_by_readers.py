"""What readers have seen stays, also once it is withdrawn; where there are roles, who has none leaves nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fake_desk import FakeQueue, Shelf

from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.states import Role
from factcheck.errors import ConflictError, MissingRoleError, WithdrawnError
from factcheck.workflow.amend_claim import add_note, assign_claim, flag_claim, record_contact
from factcheck.workflow.collect_evidence import add_evidence, edit_evidence, remove_evidence
from factcheck.workflow.edit_claim import sign_off_and_publish, withdraw
from factcheck.workflow.manage_people import add_person
from factcheck.workflow.ports import Stores
from factcheck.workflow.review_claim import Desk, record_verdict

pytestmark = pytest.mark.usefixtures("three_claims")
GAUGE = EvidenceDraft("https://gauge.example/1")


@pytest.fixture
def withdrawn(shelf: Shelf, desk: Desk, stores: Stores) -> Desk:
    """A desk with roles, where ann and bob read and eve edits; claim 1 was published with a source, and withdrawn."""
    record_verdict(desk, 1, "true", "ann", "The gauge says so.", [GAUGE])
    for name, role in (("ann", Role.REVIEWER), ("bob", Role.REVIEWER), ("eve", Role.EDITOR)):
        add_person(stores, name, (role,), None)
    desk = replace(desk, queue=FakeQueue(shelf, has_roles=True))
    sign_off_and_publish(desk, 1, "eve")
    withdraw(desk, 1, "eve", "All wrong.")
    return desk


ACTS: list[Callable[[Desk, str], object]] = [
    lambda desk, name: add_note(desk, 1, "Hm.", name),
    lambda desk, name: flag_claim(desk, 1, "Look.", name),
    lambda desk, name: assign_claim(desk, 1, "bob", name),
    lambda desk, name: add_evidence(desk, 2, GAUGE, name),
    lambda desk, name: record_contact(desk, 2, date(2026, 1, 1), "It is so.", name),
]


@pytest.mark.parametrize("act", ACTS, ids=["note", "flag", "task", "source", "answer"])
def test_name_without_a_role_leaves_nothing_on_a_claim(withdrawn: Desk, act: Callable[[Desk, str], object]) -> None:
    with pytest.raises(MissingRoleError):
        act(withdrawn, "nobodyhere")

    act(withdrawn, "bob")


def test_sources_of_a_withdrawn_verdict_stay(withdrawn: Desk) -> None:
    [source] = withdrawn.queue.claim(1, withdrawn.clock()).evidence

    with pytest.raises(WithdrawnError, match="claim 1 was published and is withdrawn, so evidence"):
        remove_evidence(withdrawn, source.id or 0, "eve")
    with pytest.raises(WithdrawnError):
        edit_evidence(withdrawn, source.id or 0, "bob", {"title": "Another"})


def test_only_an_editor_adds_to_what_readers_see_of_a_withdrawn_verdict(withdrawn: Desk) -> None:
    with pytest.raises(MissingRoleError):
        add_evidence(withdrawn, 1, EvidenceDraft("https://spam.example/x"), "bob")
    with pytest.raises(MissingRoleError):
        record_contact(withdrawn, 1, date(2026, 1, 1), "Ha.", "bob")
    with pytest.raises(ConflictError):  # its quote stands nowhere
        add_evidence(withdrawn, 1, EvidenceDraft("https://spam.example/x", quote="Buy now"), "eve")
