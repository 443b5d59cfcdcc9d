"""Claims that a person has found."""

from collections.abc import Callable
from datetime import date

import pytest

from factcheck.domain.article import FiledArticle
from factcheck.domain.claim import AnchorStatus, Flag
from factcheck.domain.review import ClaimQuery
from factcheck.domain.sentence import SentenceState
from factcheck.domain.when import When
from factcheck.errors import ConflictError, InputError, NoSuchArticleError, NoSuchSentenceError
from factcheck.workflow.add_claim import add_claim
from factcheck.workflow.amend_claim import reword_claim, split_claim
from factcheck.workflow.ports import Ledger
from factcheck.workflow.review_claim import Desk, record_verdict, take_next

Extracted = Callable[..., FiledArticle]
TEXT = "Rain fell on Monday, said Ana Lopez. Wind blew on Tuesday. Snow lay on Wednesday."


@pytest.fixture(autouse=True)
def one_failed_sentence(extracted: Extracted) -> None:
    extracted(TEXT, failing=frozenset({1}))


def test_claim_by_hand_is_anchored(desk: Desk, ledger: Ledger) -> None:
    added = add_claim(desk, ledger, 1, 1, "It rained on Monday.", "ann", quote="Rain fell on  Monday")

    assert added.claim.anchor.status is AnchorStatus.NORMALISED
    assert [one.cut(TEXT) for one in added.claim.anchor.segments] == ["Rain fell on Monday"]
    assert added.claim.anchor.sentence_ids == (1,)


def test_person_is_the_origin(desk: Desk, ledger: Ledger) -> None:
    added = add_claim(desk, ledger, 1, 1, "It rained on Monday.", " ann ")

    assert added.origin is None
    assert added.added is not None
    assert (added.added.by, added.added.at) == ("ann", desk.clock())


def test_whole_sentence_is_the_quote_unasked(desk: Desk, ledger: Ledger) -> None:
    added = add_claim(desk, ledger, 1, 2, "It was windy.", "ann")

    assert added.claim.quote == "Wind blew on Tuesday."
    assert [one.word for one in added.claim.inferred] == ["windy"]


def test_claim_by_hand_has_its_day(desk: Desk, ledger: Ledger, extracted: Extracted) -> None:
    extracted("Rain fell on 5 March 2019 and flooded the mill.")

    added = add_claim(desk, ledger, 2, 1, "It rained on 5 March 2019.", "ann")

    assert added.when == When("on 5 March 2019", date(2019, 3, 5), date(2019, 3, 5))


def test_other_words_keep_the_day_where_they_tell_it(desk: Desk, ledger: Ledger, extracted: Extracted) -> None:
    extracted("Rain fell on 5 March 2019 and flooded the mill.")
    first = add_claim(desk, ledger, 2, 1, "It rained on 5 March 2019 at the mill.", "ann")
    second = add_claim(desk, ledger, 2, 1, "It poured on 5 March 2019 at the mill.", "ann")

    parts = split_claim(desk, first.id, ["On 5 March 2019 it rained.", "It rained at the mill."], "ann")
    reworded = reword_claim(desk, second.id, "It poured at the mill.", "ann")

    assert [one.when for one in parts] == [first.when, None]
    assert (reworded.when, reworded.claim.when) == (None, second.when)


def test_claim_by_hand_is_doubted_too(desk: Desk, ledger: Ledger) -> None:
    added = add_claim(desk, ledger, 1, 1, "Rain fell on 17 Mondays.", "ann")

    assert Flag.UNSUPPORTED_NUMBER in added.claim.flags


def test_claim_by_hand_that_is_turned_round_is_told(desk: Desk, ledger: Ledger) -> None:
    added = add_claim(desk, ledger, 1, 2, "Wind never blew on Tuesday.", "ann")

    assert [str(one) for one in added.claim.doubts] == [
        "changed_meaning: the claim says “never blew”, the sentence does not"
    ]


def test_claim_by_hand_has_a_speaker(desk: Desk, ledger: Ledger) -> None:
    told = add_claim(desk, ledger, 1, 1, "It rained.", "ann", speaker="Ben Okoro")
    found = add_claim(desk, ledger, 1, 1, "It rained on Monday.", "ann")

    assert (told.speaker, found.speaker) == ("Ben Okoro", "Ana Lopez")


def test_claim_by_hand_comes_first(desk: Desk, ledger: Ledger) -> None:
    added = add_claim(desk, ledger, 1, 1, "It rained on Monday.", "ann")

    taken = take_next(desk, "bob")

    assert taken is not None
    assert taken.id == added.id


def test_claim_by_hand_is_judged_like_any(desk: Desk, ledger: Ledger) -> None:
    added = add_claim(desk, ledger, 1, 1, "It rained on Monday.", "ann")

    record_verdict(desk, added.id, "true", "bob", "It did.")

    assert [one.id for one in desk.queue.find(ClaimQuery(settled=True), desk.clock())] == [added.id]


def test_parts_of_it_are_of_the_person_too(desk: Desk, ledger: Ledger) -> None:
    added = add_claim(desk, ledger, 1, 1, "It rained on Monday, and Ana Lopez said so.", "ann")

    parts = split_claim(desk, added.id, ["It rained.", "Ana Lopez spoke."], "bob")

    assert [(one.origin, one.added) for one in parts] == [(None, added.added)] * 2


def test_failed_sentence_is_accounted_for(desk: Desk, ledger: Ledger) -> None:
    before = ledger.sentences(1)[0].entry.state
    added = add_claim(desk, ledger, 1, 1, "It rained on Monday.", "ann")

    entry = ledger.sentences(1)[0].entry

    assert (before, entry.state) == (SentenceState.FAILED, SentenceState.CLAIMS)
    assert entry.detail == f"claim {added.id} was added by ann"


@pytest.mark.parametrize("quote", ["Wind blew", "Rain did not fall", "Snow"])
def test_quote_stands_in_its_sentence(desk: Desk, ledger: Ledger, quote: str) -> None:
    with pytest.raises(InputError, match="does not stand once in sentence 1 of article 1"):
        add_claim(desk, ledger, 1, 1, "It rained on Monday.", "ann", quote=quote)


def test_same_claim_is_not_added_twice(desk: Desk, ledger: Ledger) -> None:
    add_claim(desk, ledger, 1, 1, "It rained on Monday.", "ann")

    with pytest.raises(ConflictError, match="of article 1 says 'It rained, on Monday!' already"):
        add_claim(desk, ledger, 1, 1, "It rained, on Monday!", "bob")


@pytest.mark.parametrize("position", [0, 4, -1])
def test_sentence_is_one_of_the_article(desk: Desk, ledger: Ledger, position: int) -> None:
    with pytest.raises(NoSuchSentenceError, match=f"no sentence {position}; it has 3"):
        add_claim(desk, ledger, 1, position, "It rained.", "ann")
    with pytest.raises(NoSuchArticleError):
        add_claim(desk, ledger, 9, 1, "It rained.", "ann")
