"""The difference between a claim's words before and after a correction."""

from factcheck.screen.passages import Ink, difference


def test_changed_words_are_marked() -> None:
    shown = difference("Prices rose by 5 percent.", "Rents rose by 7 percent in May.")

    assert shown.plain == "[-Prices-] {+Rents+} rose by [-5 percent.-] {+7 percent in May.+}"
    assert [one.style for one in shown.spans] == [Ink.REMOVED, Ink.ADDED, Ink.REMOVED, Ink.ADDED]


def test_equal_texts_have_no_marks() -> None:
    assert difference("a  b", "a b").spans == []


def test_texts_may_be_empty() -> None:
    assert difference("", "a").plain == "{+a+}"
    assert difference("a", "").plain == "[-a-]"
