"""Harmless text: nothing that steers, hides or piles up comes through, and offsets stay."""

import pytest
from textual.content import Content, Span

from factcheck.screen.passages import (
    Ink,
    flowed,
    harmless,
    is_right_to_left,
    joined,
    own,
    pasted,
    said,
)


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[31mred",
        "\x9b31mred",
        "a\u202eb",
        "a\u2066b",
        "a\u200bb",
        "a\u200eb",
        "a\ufeffb",
        "a\u00adb",
        "1\u200d2",
        "a\x07b",
        "a\U000e0001b",
    ],
)
def test_steering_characters_are_shown(hostile: str) -> None:
    shown = harmless(hostile)

    assert "\ufffd" in shown
    assert len(shown) == len(hostile)
    assert shown.isprintable()


@pytest.mark.parametrize("honest", ["می\u200cخواهم", "क\u094d\u200dष", "Café", "مرحبا", "300 %", "a\nb", "[red]x[/]"])
def test_honest_text_stays_as_it_is(honest: str) -> None:
    assert harmless(honest) == honest


def test_piled_marks_are_cut_down() -> None:
    assert harmless("a" + "\u0301" * 9) == "a" + "\u0301" * 4 + "\ufffd" * 5


def test_blanks_become_plain_ones() -> None:
    assert harmless("5\u00a0000\tkm\u2028a\r") == "5 000 km a\ufffd"


def test_pasted_text_loses_what_hides() -> None:
    assert pasted("soft\u00adware \x1b[31mis\u200b here") == "software [31mis here"


def test_said_text_stands_on_one_line() -> None:
    assert said("a\n\n b").is_same(Content("a b"))


def test_marks_move_with_their_text() -> None:
    whole = joined([own("ab", Ink.STRONG), own(""), own("cd", Ink.FAINT)], " - ")

    assert whole.is_same(Content("ab - cd", [Span(0, 2, Ink.STRONG), Span(5, 7, Ink.FAINT)]))


def test_flowed_passages_are_never_broken() -> None:
    assert flowed([own("aaa"), own("bb"), own("c c")], 8).plain == "aaa  bb\nc c"


def test_right_to_left_text_is_known() -> None:
    assert is_right_to_left("המחירים עלו ב-5 percent")
    assert not is_right_to_left("Prices rose, said משה")
    assert not is_right_to_left("12 %")
