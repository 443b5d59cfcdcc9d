"""A claim beside its sentence: which words turn it round."""

import time

import pytest

from factcheck.text.meaning import differences, is_turned_by
from factcheck.text.turns import Turn


@pytest.mark.parametrize(
    ("sentence", "claim", "turn", "told"),
    [
        (
            "The mayor did not take money.",
            "The mayor did take money.",
            Turn.DENIES,
            "the sentence says “not take”, the claim does not",
        ),
        (
            "The mayor took money.",
            "The mayor didn't take money.",
            Turn.DENIES,
            "the claim says “didn't take”, the sentence does not",
        ),
        (
            "Few of the growers trust the board.",
            "Some growers trust the board.",
            Turn.COUNTS,
            "the sentence says “few growers”, the claim says “some growers”",
        ),
        (
            "Most of the growers trust the board.",
            "All growers trust the board.",
            Turn.COUNTS,
            "the sentence says “most of growers”, the claim says “all growers”",
        ),
        (
            "The dam may fail in spring.",
            "The dam fails in spring.",
            Turn.HEDGES,
            "the sentence says “may fail”, the claim does not",
        ),
        (
            "He allegedly stole the car.",
            "He stole the car.",
            Turn.HEDGES,
            "the sentence says “allegedly stole”, the claim does not",
        ),
        (
            "The former president Ana Lopez spoke.",
            "Ana Lopez is president.",
            Turn.DATES,
            "the sentence says “former president”, the claim does not",
        ),
        (
            "The acting mayor resigned.",
            "The mayor resigned.",
            Turn.DATES,
            "the sentence says “acting mayor”, the claim does not",
        ),
        (
            "Three dogs and four cats were found.",
            "Four dogs were found.",
            Turn.NUMBERS,
            "the sentence says “three dogs”, the claim says “four dogs”",
        ),
        (
            "At least 20 people died.",
            "Up to 20 people died.",
            Turn.COUNTS,
            "the sentence says “at least 20”, the claim says “up to 20”",
        ),
        (
            "Prices of bread rose in May.",
            "Prices of bread fell in May.",
            Turn.POINTS,
            "the sentence says “rose”, the claim says “fell”",
        ),
        (
            "The law was passed before the strike.",
            "The law was passed after the strike.",
            Turn.POINTS,
            "the sentence says “before”, the claim says “after”",
        ),
        (
            "Die Brücke ist nicht gesperrt.",
            "Die Brücke ist gesperrt.",
            Turn.DENIES,
            "the sentence says “nicht gesperrt”, the claim does not",
        ),
    ],
)
def test_turned_claim_is_told_with_both_words(sentence: str, claim: str, turn: Turn, told: str) -> None:
    first = next(differences(claim, sentence))

    assert (first.turn, str(first)) == (turn, told)


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("The mayor, who did not run again, sold the hall.", "The mayor sold the hall."),
        ("The mayor sold the hall but did not say why.", "The mayor sold the hall."),
        ("No dog was found.", "A dog was not found."),
        ("He failed to attend the vote.", "He did not attend the vote."),
        ("Some 40 people came.", "40 people came."),
        ("Many growers trust the board.", "Growers trust the board."),
        ("He began his acting career in 2001.", "He began his career in 2001."),
        ("He was born on 19 May 1992 in Rome.", "He was born in Rome."),
        ("Three dogs and four cats were found.", "Dogs were found."),
        ("Dogs were found.", "Three dogs were found."),
        ("Prices in Berlin rose by 5 percent in May.", "In May prices in Berlin rose by 5 percent."),
        ("On 3 May rents fell.", "Rents fell on May 3."),
        ("It may rain on Monday, and the dam was built in 1931.", "The dam was built in 1931."),
    ],
)
def test_faithful_claim_is_left_in_peace(sentence: str, claim: str) -> None:
    assert list(differences(claim, sentence)) == []


@pytest.mark.parametrize("left_out", ["", " quietly ", ", who did not run again, ", ", by law, "])
def test_harmless_words_turn_nothing(left_out: str) -> None:
    assert not is_turned_by(left_out)


@pytest.mark.parametrize(
    "left_out", [" not ", " never once ", "n't ", " denied ", ", allegedly, ", " if ", " few of the "]
)
def test_turning_words_are_seen(left_out: str) -> None:
    assert is_turned_by(left_out)


@pytest.mark.parametrize("unit", ["not ", "few of the ", "3 million ", "a, who ", ". ", "((", "at least "])
def test_long_texts_take_no_time(unit: str) -> None:
    text = unit * 20_000
    began = time.process_time()

    list(differences(text, text))
    is_turned_by(text)

    assert time.process_time() - began < 10


@pytest.mark.parametrize("piece", ["1 ", "1 de ", "$5 of ", "not ", "will kaufen "])
def test_table_is_held_against_another_within_bounds(piece: str) -> None:
    table = (piece * 1_000)[:1_990]
    list(differences("Es regnet.", "Es regnete.", "de"))  # the dictionary is read once
    began = time.process_time()

    for language in (None, "de"):
        list(differences(table[:-10], table, language))
    assert time.process_time() - began < 1
