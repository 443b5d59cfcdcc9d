"""What is asked of a search for a claim."""

from datetime import date

import pytest

from factcheck.domain.when import When
from factcheck.text.queries import MOST, queries_of, tidy_query

FRIDAY = When("on Friday", date(2015, 9, 11), date(2015, 9, 11))


def test_names_are_quoted_and_small_words_go() -> None:
    claim = "At least 107 people died in the Grand Mosque in Mecca when a crane fell on Friday."

    assert queries_of(claim, FRIDAY, "en") == (
        '107 people died "Grand Mosque" Mecca crane fell Friday 2015',
        '"Grand Mosque" Mecca 107 2015',
        'people died "Grand Mosque" Mecca crane fell Friday',
    )


def test_joined_names_are_asked_apart() -> None:
    asked = queries_of("President Donald Trump and Prime Minister Sanae Takaichi signed a deal.", None, "en")

    assert asked[1] == '"Donald Trump" "Sanae Takaichi"'


def test_year_that_is_told_is_not_asked_twice() -> None:
    assert queries_of("Rain fell on 11 September 2015.", FRIDAY, "en")[0].count("2015") == 1


def test_german_nouns_are_no_names() -> None:
    assert not any('"Schulen' in one for one in queries_of("Berlin kündigte 500 Euro für Schulen an.", None, "de"))


@pytest.mark.parametrize(
    ("claim", "language"),
    [('!g site:evil.example "-x" The mayor lied', "en"), ("北京大学成立于1898年。", "zh"), ("The", "en"), ("?!", None)],
)
def test_nothing_passes_for_an_order_to_a_search(claim: str, language: str | None) -> None:
    asked = queries_of(claim, None, language)

    assert len(asked) <= MOST
    assert not any(sign in one for one in asked for sign in ("!", ":", " -", "\n"))


def test_query_of_a_model_is_tidied() -> None:
    assert tidy_query("!g site:evil.example crane -fell\x1b[31m") == "g site evil.example crane fell 31m"
