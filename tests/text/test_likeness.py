"""Likeness of claims, and what sets them apart all the same."""

import pytest

from factcheck.text.likeness import contrasts, likeness


def test_likeness_goes_by_content_words() -> None:
    assert likeness("The bridge was opened.", "A bridge is opened") == 1
    assert likeness("The bridge was opened.", "Rents fell.") == 0
    assert likeness("", "Rents fell.") == 0


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("The tower is 300 m high.", "The tower is 330 m high.", ("other numbers",)),
        ("The law was passed.", "The law was not passed.", ("one says not",)),
        ("He didn't pay 5 euros.", "He paid 6 euros.", ("other numbers", "one says not")),
        ("Das Gesetz kam nicht.", "Das Gesetz kam.", ("one says not",)),
        ("A lei não passou.", "A lei passou.", ("one says not",)),
        ("It cost 1,000 euros.", "It cost 1000 euros.", ()),
        ("Rents fell.", "Rents fell in May.", ()),
    ],
)
def test_contrasts_are_named(one: str, other: str, told: tuple[str, ...]) -> None:
    assert contrasts(one, other) == told
