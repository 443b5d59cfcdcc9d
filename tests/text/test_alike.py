"""How alike two claims are, in what they agree, and what sets them apart."""

import pytest

from factcheck.domain.alike import Apart, Candidate
from factcheck.text.alike import OTHERS_CHECKS, Ranked, compared, keys, offered, ranked, rarity, same_claim

BRIDGE = "The old bridge in Kelso was opened in 1931."


def evenly(word: str) -> float:
    return float(len(word))


def kinds(here: str, there: str) -> list[Apart]:
    return [one.kind for one in compared(here, there, 1, evenly).apart]


def test_links_and_tags_are_read() -> None:
    found = keys("#DefundTheBBC now https://t.co/abc")
    assert "defund" in found
    assert not any("t.co" in one for one in found)


def test_shared_names_numbers_and_words_are_told() -> None:
    alike = compared("In 1931 they opened the bridge of Kelso.", BRIDGE, 1, evenly)

    assert (alike.names, alike.numbers) == (("Kelso",), ("1931",))
    assert set(alike.words) == {"opened", "bridge"}


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ("The old bridge in Kelso was opened in 1932.", Apart.DATE),
        ("The old bridge in Kelso was not opened in 1931.", Apart.DENIAL),
        ("The old bridge in Selby was opened in 1931.", Apart.NAMES),
        ("The old bridge in Kelso was closed in 1931.", Apart.DIRECTION),
        ("The old bridge in Kelso was reportedly opened in 1931.", Apart.HEDGE),
        ("The old bridge in Kelso was painted in 1931.", Apart.WORDS),
    ],
)
def test_what_differs_is_told_on_both_sides(other: str, kind: Apart) -> None:
    assert kind in kinds(BRIDGE, other)
    assert kind in kinds(other, BRIDGE)


def test_other_place_and_month_are_told() -> None:
    assert Apart.PLACE in kinds("Rents fell in Spain.", "Rents fell in France.")
    assert Apart.DATE in kinds("Rents fell in June.", "Rents fell in July.")


def test_numbers_tell_their_side() -> None:
    [contrast] = compared("Rents fell by 3 percent.", "Rents fell by four percent.", 1, evenly).apart
    assert (contrast.here, contrast.there) == ("3", "four")


def test_double_denial_is_told_beside_none() -> None:
    assert Apart.DENIAL in kinds("Nobody said that he did not pay.", "Everybody said that he did pay.")


def test_same_claim_has_nothing_apart() -> None:
    assert kinds(BRIDGE, BRIDGE) == []
    assert same_claim("He said “yes”.", "he said 'yes'")


def test_likeliest_stands_first_and_strangers_nowhere() -> None:
    found = [
        Candidate(1, "The minister opened a school.", 2.0),
        Candidate(2, BRIDGE, 9.0),
        Candidate(3, "Rents fell in Berlin.", 0.1),
    ]

    best = ranked("The bridge of Kelso was opened in 1931", found, evenly)

    assert best[0].number == 2
    assert [one.number for one in offered(best, 3)] == [2]
    assert 3 not in {one.number for one in best}


def test_nearness_decides_where_words_do_not() -> None:
    said = "Wages of nurses rose."
    found = [Candidate(1, "Pay of nurses went up.", 1.0, 0.9), Candidate(2, "Shoes of nurses went missing.", 1.0, 0.1)]

    assert ranked(said, found, evenly)[0].number == 1


def test_texts_that_mean_the_opposite_of_near_are_ranked() -> None:
    found = [Candidate(1, BRIDGE, 1.0, -0.4)]

    assert [one.number for one in ranked(BRIDGE, found, evenly)] == [1]


def test_best_of_few_must_be_likely_by_itself() -> None:
    few, many = ([Ranked(one, BRIDGE, 0.05) for one in range(most)] for most in (3, 12))

    assert list(offered(few, 3, OTHERS_CHECKS)) == []
    assert len(offered(many, 3, OTHERS_CHECKS)) == 3


def test_equals_stand_by_their_number() -> None:
    found = [Candidate(2, BRIDGE, 1.0), Candidate(1, BRIDGE, 1.0)]

    assert [one.number for one in ranked(BRIDGE, found, evenly)] == [1, 2]


def test_unlikely_ones_are_not_offered() -> None:
    made = [Ranked(1, BRIDGE, 0.06), Ranked(2, BRIDGE, 0.045)]

    assert [one.number for one in offered(made, 3)] == [1]


def test_nothing_found_ranks_nothing() -> None:
    assert ranked(BRIDGE, [], evenly) == []
    assert list(offered([], 3)) == []


def test_rare_words_weigh_more() -> None:
    assert rarity(1, 20_000) > rarity(5_000, 20_000) > 0
