import pytest
from fakes import SETUP

from factcheck.domain.comparison import Comparison, GivenClaim, RunAnswers
from factcheck.domain.extraction import FiledRun, Usage
from factcheck.domain.sentence import LedgerEntry, SentenceState
from factcheck.errors import OtherArticleError

CLAIMS = LedgerEntry(SentenceState.CLAIMS)
OPINION = LedgerEntry(SentenceState.NOT_CHECKABLE, "opinion")


def answers(run_id: int, entries: dict[int, LedgerEntry], *claims: GivenClaim, article_id: int = 1) -> RunAnswers:
    return RunAnswers(FiledRun(run_id, article_id, SETUP, Usage(), "finished"), entries, claims)


RAIN = GivenClaim(7, "Rain fell.", (1,))
WIND = GivenClaim(8, "Wind blew.", (2,))
SNOW = GivenClaim(9, "Snow lay.", (3,))


def test_claims_are_kept_lost_gained() -> None:
    entries = {1: CLAIMS, 2: CLAIMS, 3: CLAIMS}

    found = Comparison(answers(1, entries, RAIN, WIND), answers(2, entries, SNOW, RAIN))

    assert (found.kept, found.lost, found.gained) == ((RAIN,), (WIND,), (SNOW,))


def test_only_sentences_asked_twice_count() -> None:
    found = Comparison(answers(1, {1: CLAIMS, 2: CLAIMS}, RAIN, WIND), answers(2, {2: CLAIMS, 3: CLAIMS}, SNOW))

    assert (found.asked_by_both, found.lost, found.gained) == ((2,), (WIND,), ())


def test_claims_stand_in_reading_order() -> None:
    entries = {1: CLAIMS, 2: CLAIMS, 3: CLAIMS}

    assert Comparison(answers(1, entries), answers(2, entries, SNOW, WIND, RAIN)).gained == (RAIN, WIND, SNOW)


def test_sentence_of_another_kind_has_moved() -> None:
    found = Comparison(answers(1, {1: CLAIMS, 2: OPINION}), answers(2, {1: OPINION, 2: OPINION}))

    assert found.moved == ((1, CLAIMS, OPINION),)


def test_runs_on_two_articles_are_refused() -> None:
    with pytest.raises(OtherArticleError, match=r"^run 1 is on article 1 and run 2 on article 5$"):
        Comparison(answers(1, {}), answers(2, {}, article_id=5))
