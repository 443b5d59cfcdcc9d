"""What is looked up at a desk, by whoever asks."""

from datetime import datetime

import pytest
from fakes import FakeSources

from factcheck.domain.article import FiledArticle
from factcheck.domain.evidence import EvidenceDraft
from factcheck.domain.review import ClaimQuery
from factcheck.domain.states import Act, ClaimStatus, Role, Stage
from factcheck.errors import NotFoundError
from factcheck.workflow import look_up
from factcheck.workflow.amend_claim import add_note, flag_claim, save_draft
from factcheck.workflow.collect_evidence import add_evidence, check_evidence
from factcheck.workflow.manage_people import add_person, change_roles, list_people
from factcheck.workflow.measure_desk import audit_desk, desk_status
from factcheck.workflow.ports import Stores
from factcheck.workflow.review_claim import Desk, record_verdict, skip_claim, take_next, undo_last

pytestmark = pytest.mark.usefixtures("three_claims")


def test_claim_comes_with_its_sentence(stores: Stores, three_claims: FiledArticle) -> None:
    found = look_up.claim_in_context(stores, 2, None)

    assert (found.claim.id, found.article, found.sentences) == (2, three_claims, ("Wind blew on Tuesday.",))


def test_blind_reading_stays_blind(stores: Stores, careful_desk: Desk) -> None:
    record_verdict(careful_desk, 1, "false", "ann")

    assert [one.label for one in look_up.claim(stores, 1, "ann").readings] == ["false"]
    assert look_up.claim_in_context(stores, 1, "bob").claim.readings == ()


def test_log_names_nothing_that_is_hidden(stores: Stores, careful_desk: Desk) -> None:
    flag_claim(careful_desk, 1, "Libel?", "ann")
    add_note(careful_desk, 1, "Mind it.", "bob")
    record_verdict(careful_desk, 1, "false", "ann")

    told = {viewer: [one.action for one in look_up.events(stores, viewer, 1)] for viewer in ("ann", "bob", None)}

    assert told["bob"] == ["hidden", "noted", "first_read"]
    assert told["ann"] == ["flagged", "hidden", "first_read"]
    assert told[None] == ["hidden", "hidden", "first_read"]


@pytest.mark.parametrize("viewer", ["bob", None])
def test_log_tells_no_nameless_evidence_while_a_second_reading_is_out(
    stores: Stores, careful_desk: Desk, viewer: str | None
) -> None:
    add_evidence(careful_desk, 1, EvidenceDraft("https://nameless.example"), None)
    add_evidence(careful_desk, 1, EvidenceDraft("https://named.example"), "ann")
    list(check_evidence(careful_desk, None, None, FakeSources()))
    record_verdict(careful_desk, 1, "false", "ann")

    told = look_up.events(stores, viewer, 1)

    assert [one.action for one in told] == ["hidden", "hidden", "hidden", "hidden", "first_read"]
    assert "example" not in str(told)

    record_verdict(careful_desk, 1, "false", "bob")

    assert "https://nameless.example" in str(look_up.events(stores, viewer, 1))


def test_draft_is_told_to_its_writer_alone(stores: Stores, careful_desk: Desk) -> None:
    save_draft(careful_desk, 1, "ann", "false", "The minutes say so.")

    told = {viewer: look_up.events(stores, viewer, 1)[-1] for viewer in ("ann", "bob", None)}

    assert {one.action for one in told.values()} == {"drafted"}
    assert told["ann"].details["label"] == "false"
    assert told["bob"].details == told[None].details == {"hidden": "a draft is for its writer alone"}


def test_verdict_that_was_taken_back_is_not_told_while_its_claim_is_read_anew(
    stores: Stores, careful_desk: Desk
) -> None:
    record_verdict(careful_desk, 1, "false", "ann")
    undo_last(careful_desk, "ann")

    assert "false" in str(look_up.events(stores, "ann", 1))
    assert "false" not in str(look_up.events(stores, "bob", 1))
    assert [one.action for one in look_up.events(stores, "bob", 1)] == ["first_read", "undone"]

    record_verdict(careful_desk, 1, "true", "ann")

    assert "false" in str(look_up.events(stores, "bob", 1))


def test_first_verdict_that_comes_while_the_log_is_read_is_not_told(
    stores: Stores, careful_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers_of = stores.queue.numbers_of
    asked: list[object] = []

    def then_decided(query: ClaimQuery, now: datetime) -> tuple[int, ...]:
        found = numbers_of(query, now)
        asked.append(query.status)
        if len(asked) == len(Stage.SECOND.states):
            record_verdict(careful_desk, 1, "false", "ann")
        return found

    monkeypatch.setattr(stores.queue, "numbers_of", then_decided)

    assert "false" not in str(look_up.events(stores, "bob", 1))
    assert stores.queue.claim(1, stores.clock()).status is ClaimStatus.AWAITING_SECOND


@pytest.mark.parametrize("query", [ClaimQuery(number=9), ClaimQuery(words=("zeppelin",)), ClaimQuery(article_id=9)])
def test_claims_asked_for_must_be_there(stores: Stores, query: ClaimQuery) -> None:
    with pytest.raises(NotFoundError):
        look_up.require_any(stores, query)


def test_page_knows_how_many_more(stores: Stores) -> None:
    page = look_up.page_of_claims(stores, ClaimQuery(), 2)

    assert ([one.id for one in page.shown], page.total) == ([1, 2], 3)
    assert look_up.page_of_claims(stores, ClaimQuery(words=("wind",)), 2).total == 1


@pytest.mark.parametrize("limit", [None, 1])
def test_unknown_article_is_no_empty_list(stores: Stores, limit: int | None) -> None:
    with pytest.raises(NotFoundError):
        look_up.page_of_claims(stores, ClaimQuery(article_id=9), limit)
    with pytest.raises(NotFoundError):
        look_up.runs(stores, 9, limit)
    with pytest.raises(NotFoundError):
        look_up.article(stores, 9)


def test_verdict_waits_for_sign_off(stores: Stores, desk: Desk) -> None:
    record_verdict(desk, 2, "true", "ann")

    assert [one.id for one in look_up.claims(stores, ClaimQuery().to_sign_off())] == [2]


def test_article_is_told_in_full(stores: Stores, three_claims: FiledArticle) -> None:
    [overview] = look_up.articles(stores, None).shown
    found = look_up.article(stores, three_claims.id)

    assert (overview.article, overview.claims, sum(overview.sentences.values())) == (three_claims, 3, 3)
    assert (found.claims, len(found.sentences), len(found.runs)) == (3, 3, 1)
    assert look_up.runs(stores, None, 0).total == 1


def test_own_decisions_are_remembered(stores: Stores, desk: Desk) -> None:
    taken = take_next(desk, "ann")
    assert taken is not None
    assert look_up.held_claims(stores, "ann") == (taken.id,)

    assert skip_claim(desk, taken.id, "ann").lease is None
    assert [(one.act, one.claim.id) for one in look_up.history(stores, "ann", 5)] == [(Act.SKIPPED, taken.id)]


def test_status_sums_the_desk_up(stores: Stores, desk: Desk) -> None:
    record_verdict(desk, 2, "true", "ann")

    found = desk_status(stores)

    assert (found.claims.queued, found.claims.decided, found.verdicts) == (2, 1, {"true": 1})
    assert (found.runs, found.usage.calls, found.price, found.runs_of_unknown_price) == (1, 1, None, 1)
    assert (sum(found.sentences.values()), found.figures.work.readings) == (3, 1)
    assert audit_desk(stores).verdicts == 1


def test_new_person_is_a_reviewer(stores: Stores) -> None:
    add_person(stores, "ann", (), None)

    assert add_person(stores, "ann", (Role.EDITOR,), None).roles == (Role.REVIEWER, Role.EDITOR)
    assert [one.name for one in list_people(stores)] == ["ann"]


def test_stranger_gets_no_roles(stores: Stores) -> None:
    with pytest.raises(NotFoundError, match=r"^nobody is called 'bob'$"):
        change_roles(stores, "bob", (Role.EDITOR,), None)
