"""Quotes that are cut so that they say something else than their sentence."""

import pytest

from factcheck.text.anchoring import Anchorer
from factcheck.text.cutting import is_cut_short


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The court found that he was not guilty of fraud.", "guilty of fraud"),
        ("It is false that the bridge collapsed in the storm.", "the bridge collapsed in the storm"),
        ("The bridge collapsed in the storm, according to a hoax.", "The bridge collapsed in the storm"),
        ("Nobody said the bridge collapsed.", "the bridge collapsed"),
        ("He paid 5 million dollars.", "He paid 5"),
        ("Es kostete 5 Millionen Euro.", "Es kostete 5"),
        ("It rose by 5%.", "It rose by 5"),
        ("It was − 5 degrees.", "5 degrees"),
        ("It rose 1 1/2 points.", "It rose 1"),
        ("Half of the people died.", "the people died"),
        ("Money was taken by the minister's son.", "Money was taken by the minister"),
    ],
)
def test_cut_that_may_change_what_is_said_is_told(page: str, quote: str) -> None:
    assert is_cut_short(quote, Anchorer(page, ()).beside(quote))


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The council said that 107 people died in the fire.", "107 people died in the fire"),
        ("He was not hurt, but the bridge collapsed in the storm.", "the bridge collapsed in the storm"),
        ("He is not guilty. The bridge collapsed.", "The bridge collapsed"),
        ("It cost 5 dollars in May.", "It cost 5"),
        ("He was not guilty of fraud. He was guilty of fraud.", "guilty of fraud"),
        ("He was not guilty of fraud.", "not guilty of fraud"),
    ],
)
def test_cut_that_changes_nothing_is_not_told(page: str, quote: str) -> None:
    assert not is_cut_short(quote, Anchorer(page, ()).beside(quote))
