"""The difference between a claim's words before and after a correction."""

from factcheck.screen.passages import Ink, difference


def test_changed_words_are_marked() -> None:
    shown = difference("Prices rose by 5 percent.", "Rents rose by 7 percent in May.")

    assert shown.text == "[-Prices-] {+Rents+} rose by [-5 percent.-] {+7 percent in May.+}"
    assert [one.ink for one in shown.marks] == [Ink.REMOVED, Ink.ADDED, Ink.REMOVED, Ink.ADDED]


def test_equal_texts_have_no_marks() -> None:
    assert difference("a  b", "a b").marks == ()


def test_texts_may_be_empty() -> None:
    assert difference("", "a").text == "{+a+}"
    assert difference("a", "").text == "[-a-]"
