"""What makes frozen objects quickly."""

from dataclasses import FrozenInstanceError

import pytest

from factcheck.domain.claim import Anchor, AnchorStatus
from factcheck.domain.sentence import Span
from factcheck.storage.making import maker

make_anchor = maker(Anchor)


def test_what_is_made_quickly_equals_what_its_class_makes() -> None:
    made = make_anchor(AnchorStatus.EXACT, (Span(1, 5),), sentence_ids=(2,))
    assert made == Anchor(AnchorStatus.EXACT, (Span(1, 5),), (2,))
    assert hash(made) == hash(Anchor(AnchorStatus.EXACT, (Span(1, 5),), (2,)))


def test_what_is_made_quickly_is_of_its_class() -> None:
    assert type(make_anchor(AnchorStatus.NONE)) is Anchor


def test_what_is_made_quickly_has_the_defaults_of_its_class() -> None:
    assert make_anchor(AnchorStatus.NONE) == Anchor(AnchorStatus.NONE)


def test_what_is_made_quickly_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        make_anchor(AnchorStatus.NONE).status = AnchorStatus.EXACT  # type: ignore[misc]


def test_what_is_made_quickly_is_validated() -> None:
    with pytest.raises(ValueError, match="if, and only if, its words were found"):
        make_anchor(AnchorStatus.EXACT)
