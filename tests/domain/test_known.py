"""In which order the ratings of a publisher stand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from factcheck.domain.known import KnownClaim, KnownRating, succession

TODAY = date(2026, 3, 1)
JANUARY, MARCH, NEVER = date(2024, 1, 1), date(2024, 3, 1), date(2099, 1, 1)


def in_order(learnt: Iterable[KnownRating]) -> list[tuple[str | None, date | None]]:
    told: tuple[KnownRating, ...] = ()
    for one in learnt:
        told = succession(told, one, TODAY)
    return [(one.text, one.on) for one in told]


@pytest.mark.parametrize(
    ("learnt", "told"),
    [
        ([("False", MARCH), ("True", JANUARY)], [("True", JANUARY), ("False", MARCH)]),
        ([("False", None), ("True", None), ("False", None)], [("True", None), ("False", None)]),
        ([("False", MARCH), ("True", MARCH), ("False", MARCH)], [("True", MARCH), ("False", MARCH)]),
        ([("True", NEVER), ("False", MARCH)], [("True", NEVER), ("False", MARCH)]),
        ([("False", MARCH), ("True", NEVER)], [("False", MARCH), ("True", NEVER)]),
        ([("False", NEVER), ("False", MARCH)], [("False", MARCH)]),
        ([("False", JANUARY), ("False", MARCH)], [("False", MARCH)]),
        ([("False", MARCH), ("False", JANUARY), ("False", None)], [("False", MARCH)]),
        ([("False", JANUARY), ("True", MARCH), ("False", JANUARY)], [("False", JANUARY), ("True", MARCH)]),
    ],
)
def test_days_order_ratings_and_else_what_was_learnt_last_stands(
    learnt: list[tuple[str, date | None]], told: list[tuple[str, date | None]]
) -> None:
    assert in_order(KnownRating(text, on=on) for text, on in learnt) == told


def test_day_to_come_is_none_of_a_check() -> None:
    said = KnownClaim(
        "Rents rose.", "https://a.example", KnownRating("False", on=NEVER), earlier=(KnownRating("True", on=MARCH),)
    )

    told = replace(said, claimed_on=NEVER).told_by(TODAY)

    assert ([one.on for one in told.ratings], told.claimed_on) == ([MARCH, None], None)
    assert replace(told, claimed_on=TODAY).told_by(TODAY).claimed_on == TODAY


def test_number_of_earlier_ratings_is_bounded() -> None:
    assert len(in_order(KnownRating(str(n)) for n in range(100))) == 21


def test_rating_is_told_with_some_of_its_sources() -> None:
    said = KnownClaim("Rents rose.", "https://a.example", KnownRating("False", on=MARCH, sources=tuple("abcde")), "A")

    assert said.told == "A: False, 2024-03-01, from a, b, c and 2 more"
