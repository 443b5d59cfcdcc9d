"""How alike two claims are, as a person reads it."""

import pytest

from factcheck.domain.alike import Alike, Apart, Contrast


@pytest.mark.parametrize(("score", "told"), [(0.9, "very alike"), (0.6, "alike"), (0.2, "may be alike")])
def test_score_is_told_in_words(score: float, told: str) -> None:
    assert Alike(score).in_words == told


def test_contrast_tells_both_sides() -> None:
    assert str(Contrast(Apart.NUMBERS, "300", "400")) == "numbers: “300” here, “400” there"
    assert str(Contrast(Apart.DENIAL, "", "not opened")) == "denial: none here, “not opened” there"


def test_shared_things_are_told_once() -> None:
    assert Alike(1, ("bridge", "kelso"), ("Kelso",), ("1931",)).shared == ("Kelso", "1931", "bridge", "kelso")
