"""Numbers that an article holds without their figures, and such as may be worked out from it."""

import pytest

from factcheck.text.inference import WordSources
from factcheck.text.reckoning import worked_out
from factcheck.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("sentence", "claim", "unsupported"),
    [
        ("The lease of the quay runs for two decades.", "The lease of the quay runs for 20 years.", ()),
        ("The driver was banned for a decade.", "The driver was banned for ten years.", ()),
        ("The driver was banned for a decade.", "The driver was banned for five years.", ("five",)),
        ("The driver was banned for a decade.", "The driver was banned ten times.", ("ten",)),
        ("Sales of the magazine halved in 2010.", "Sales of the magazine fell by 50 percent in 2010.", ()),
        ("Sales of the magazine halved in 2010.", "Sales of the magazine fell by 40 percent in 2010.", ("40",)),
        ("Sales of the magazine doubled in 2010.", "Sales of the magazine rose by 50 percent in 2010.", ("50",)),
    ],
)
def test_spans_and_shares_in_words_are_numbers(sentence: str, claim: str, unsupported: tuple[str, ...]) -> None:
    sources = WordSources(sentence, split_sentences(sentence), "en")

    assert sources.unsupported_numbers(claim) == unsupported


@pytest.mark.parametrize(
    ("number", "sentence", "pair"),
    [
        ("1.5 million", "Losses grew from 2.5 million euros to 4 million euros.", ("2.5 million", "4 million")),
        ("11", "Four boys and 7 girls were found.", ("four", "7")),
        ("450", "Half of the 900 seats were empty.", ("half", "900")),
        ("18", "Of 60 seats the greens won 30 percent.", ("30 percent", "60")),
        ("19", "Of 60 seats the greens won 30 percent.", None),
        ("19", "The greens won.", None),
    ],
)
def test_number_may_be_worked_out_from_two_others(number: str, sentence: str, pair: tuple[str, str] | None) -> None:
    assert worked_out(number, sentence) == pair
