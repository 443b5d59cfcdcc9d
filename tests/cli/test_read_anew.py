"""An error about a claim that nobody reads any more says what to do next."""

import pytest
from conftest import ROOT, Command

ON_BOTH_DATABASES = True

ARTICLE = ROOT / "cassettes" / "articles" / "mecca_crane"
PARTS = ("At least 107 died.", "It was in Mecca.")


@pytest.fixture
def desk(factcheck: Command) -> Command:
    """The desk with the article's claims; each command names its reviewer."""
    assert factcheck("extract", f"{ARTICLE}.txt", "--replay", f"{ARTICLE}.yaml").code == 0
    return factcheck


@pytest.fixture
def withdrawn(desk: Command) -> Command:
    """The desk where claim 1 was published and withdrawn."""
    reasons = ("--rationale", "Two agencies.", "--evidence", "https://example.org/toll")
    assert desk("verdict", 1, "true", *reasons, "--reviewer", "ana").code == 0
    assert desk("sign-off", 1, "--publish", "--reviewer", "eve").code == 0
    assert desk("withdraw", 1, "--reason", "All wrong.", "--reviewer", "eve").code == 0
    return desk


@pytest.mark.parametrize(
    "asked",
    [("next", "--claim", 1), ("verdict", 1, "false"), ("reject", 1, "--comment", "No."), ("evidence", "remove", 1)],
    ids=["next", "verdict", "reject", "source"],
)
def test_withdrawn_claim_says_how_it_is_read_anew(withdrawn: Command, asked: tuple[object, ...]) -> None:
    refused = withdrawn(*asked, "--reviewer", "ana")

    assert (refused.code, refused.out) == (7, "")
    assert "claim 1 was published and is withdrawn" in refused.err
    assert "to have it read anew, say it in other words: factcheck add TEXT --article 1 --sentence K" in refused.err


def test_words_of_a_withdrawn_claim_are_said_otherwise(withdrawn: Command) -> None:
    was = withdrawn("claim", 1, "--json").json
    place = ("--article", 1, "--sentence", 1, "--quote", was["quote"])

    same = withdrawn("add", was["text"], *place, "--reviewer", "ana")

    assert same.code == 7
    assert "already and is withdrawn; say it in other words" in same.err


def test_part_of_what_was_split_no_more_is_told_as_such(desk: Command) -> None:
    assert desk("split", 1, *PARTS, "--reviewer", "ana").code == 0
    assert desk("undo", "--reviewer", "ana").code == 0

    again = desk("split", 1, *PARTS, "--reviewer", "ana")

    assert again.code == 7
    assert f"says {PARTS[0]!r} already and is retracted; say it in other words" in again.err


def test_report_says_why_a_decided_claim_is_not_in_it(desk: Command) -> None:
    assert desk("verdict", 1, "true", "--rationale", "So it is.", "--reviewer", "ana").code == 0

    told = desk("report", "--claim", 1).err

    assert "none of those asked for is signed off as it stands; --drafts shows what waits" in told


def test_what_comes_next_is_told_where_nothing_is_carried_over_or_signed(desk: Command) -> None:
    reasons = ("--rationale", "Two agencies.", "--evidence", "https://example.org/toll")
    assert desk("verdict", 1, "true", *reasons, "--reviewer", "ana").code == 0

    refused = desk("same", 3, 2, "--reviewer", "ben")

    assert refused.code == 7
    assert "no verdict stands on claim 2 that could be carried over; read claim 3 yourself" in refused.err
    assert desk("sign-off", 1, "--reviewer", "eve").code == 0
    assert "what comes next is to publish it" in desk("sign-off", 1, "--reviewer", "eve").err


def test_claim_that_others_were_merged_into_stays_to_be_read(desk: Command) -> None:
    assert desk("merge", 7, 8, "--reviewer", "ben").code == 0

    refused = desk("merge", 8, 9, "--reviewer", "ben")

    assert refused.code == 7
    assert "claim 7 was merged into claim 8, which is read for both; merge claim 9 into claim 8 instead" in refused.err
    assert desk("merge", 9, 8, "--reviewer", "ben").code == 0
