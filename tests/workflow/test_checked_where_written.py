"""Rules are asked in the transaction that writes: what a colleague does just before it counts."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fake_desk import FakeQueue, Shelf

from factcheck.domain.states import Role
from factcheck.errors import ConflictError, MissingRoleError
from factcheck.workflow.amend_article import amend_article, see_changes
from factcheck.workflow.carry_over import carry_over
from factcheck.workflow.edit_claim import publish, sign_off, withdraw
from factcheck.workflow.manage_people import add_person, change_roles
from factcheck.workflow.ports import Stores
from factcheck.workflow.review_claim import Desk, last_undoable, record_verdict, skip_claim, undo_last

pytestmark = pytest.mark.usefixtures("three_claims")


@pytest.fixture
def desk(shelf: Shelf, desk: Desk, stores: Stores) -> Desk:
    """A desk with roles, where ann and bob read, eve edits, and claim 1 has a verdict."""
    record_verdict(desk, 1, "true", "ann", "The gauge says so.")
    for name, role in (("ann", Role.REVIEWER), ("bob", Role.REVIEWER), ("eve", Role.EDITOR)):
        add_person(stores, name, (role,), None)
    return replace(desk, queue=FakeQueue(shelf, has_roles=True))


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Desk, str, Callable[[], object]], None]:
    """Lets somebody do something once the queue has answered a question outside any transaction."""

    def does(desk: Desk, asked: str, act: Callable[[], object]) -> None:
        answer = getattr(desk.queue, asked)

        def answered(*about: object) -> object:
            told = answer(*about)
            monkeypatch.setattr(desk.queue, asked, answer)
            act()
            return told

        monkeypatch.setattr(desk.queue, asked, answered)

    return does


def test_article_is_set_before_what_is_on_it_is_signed_off(
    desk: Desk, shelf: Shelf, meanwhile: Callable[[Desk, str, Callable[[], object]], None]
) -> None:
    meanwhile(desk, "count", lambda: sign_off(desk, 1, "eve"))

    amend_article(desk, 1, [("title", "Rain")], "bob")

    assert "signed_off" not in {one.action for one in shelf.events}
    sign_off(desk, 1, "eve")
    with pytest.raises(MissingRoleError):
        amend_article(desk, 1, [("title", "Snow")], "bob")


@pytest.mark.parametrize("asked", ["names_beside", "scale"])
def test_verdict_that_is_withdrawn_meanwhile_is_not_carried_over(
    desk: Desk, meanwhile: Callable[[Desk, str, Callable[[], object]], None], asked: str
) -> None:
    sign_off(desk, 1, "eve")
    publish(desk, 1, "eve")
    meanwhile(desk, asked, lambda: withdraw(desk, 1, "eve", "It was wrong."))

    try:
        carry_over(desk, 2, 1, "bob")
    except ConflictError as error:
        assert "is withdrawn" in str(error)  # noqa: PT017 - it may come too late to be in the way
    else:
        assert desk.queue.claim(1, desk.clock()).editorial.is_public


def test_changes_are_seen_by_an_editor_alone(desk: Desk) -> None:
    with pytest.raises(MissingRoleError):
        see_changes(desk, 1, "bob")
    assert see_changes(desk, 1, "eve") == ()


@pytest.mark.parametrize(
    ("name", "act", "left", "taken"),
    [
        ("ann", lambda desk: record_verdict(desk, 2, "true", "ann"), (), "reviewer"),
        ("ann", lambda desk: skip_claim(desk, 2, "ann"), (Role.EDITOR,), "reviewer"),
        ("eve", lambda desk: sign_off(desk, 1, "eve"), (Role.REVIEWER,), "editor"),
    ],
)
def test_who_may_not_decide_any_more_takes_no_decision_back(
    desk: Desk, stores: Stores, shelf: Shelf, name: str, act: Callable[[Desk], object], left: tuple[Role], taken: str
) -> None:
    act(desk)
    assert last_undoable(desk, name, frozenset(Role)) is not None
    change_roles(stores, name, left, None)
    before = dict(shelf.claims), list(shelf.events)

    with pytest.raises(MissingRoleError, match=rf"^'{name}' does not have the role of {taken} "):
        undo_last(desk, name)

    assert (shelf.claims, shelf.events) == before
    assert last_undoable(desk, name, frozenset(left)) is None
