"""A line that is no more than a date."""

import pytest

from factcheck.text.calendar_words import is_mere_date


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("March 4, 2019", "en"),
        ("Saturday, 12 September 2015, 2:30 p.m.", "en"),
        ("Updated: Wed 5 Jan 2022 at 10:11 GMT", "en"),
        ("2019-03-04", None),
        ("24. Oktober 2019, 14:30 Uhr", "de"),
        ("le 24 octobre 2019", "fr"),
        ("24 de octubre de 2019", "es"),
        ("2 giugno 2021", "it"),
        ("2 czerwca 2021", "pl"),
    ],
)
def test_date_is_told_in_its_language(line: str, language: str | None) -> None:
    assert is_mere_date(line, language)


@pytest.mark.parametrize(
    "line",
    ["", "Monday", "2019", "In 2019", "6-3", "3/4", "10/5/2", "March on 4 of 5", "May 2019 sales: 45", "March 4 riots"],
)
def test_what_says_more_or_less_is_none(line: str) -> None:
    assert not is_mere_date(line, "en")
