"""Harmless text: nothing that steers, hides or piles up comes through, and offsets stay."""

import pytest
from rich.cells import cell_len

from factcheck.screen.passages import (
    Ink,
    Mark,
    Passage,
    cut,
    flowed,
    harmless,
    is_right_to_left,
    joined,
    own,
    pasted,
    said,
    wrapped,
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
    assert said("a\n\n b") == Passage("a b")


def test_marks_move_with_their_text() -> None:
    whole = joined([own("ab", Ink.STRONG), own(""), own("cd", Ink.FAINT)], " - ")

    assert whole == Passage("ab - cd", (Mark(0, 2, Ink.STRONG), Mark(5, 7, Ink.FAINT)))


def test_flowed_passages_are_never_broken() -> None:
    assert flowed([own("aaa"), own("bb"), own("c c")], 8).text == "aaa  bb\nc c"


def test_cut_passage_keeps_to_cells() -> None:
    short = cut(own("新聞新聞", Ink.STRONG), 5)

    assert short.text == "新聞…"
    assert cell_len(short.text) == 5
    assert short.marks == (Mark(0, 2, Ink.STRONG),)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("abcdefghijk lm", ["abcdefgh", "ijk lm"]),
        ("新聞新聞新聞", ["新聞新聞", "新聞"]),
        ("", [""]),
        ("ends here \nx", ["ends", "here", "x"]),
    ],
)
def test_lines_keep_words_whole(text: str, lines: list[str]) -> None:
    width = 4 if text.startswith("ends") else 8

    assert [text[start:end] for start, end in wrapped(text, width)] == lines


def test_stretch_of_passage_keeps_marks() -> None:
    whole = own("abc", Ink.STRONG) + own("def", Ink.FAINT)

    assert whole.between(2, 4) == Passage("cd", (Mark(0, 1, Ink.STRONG), Mark(1, 2, Ink.FAINT)))
    assert whole.between(0, 3).marks == (Mark(0, 3, Ink.STRONG),)


def test_right_to_left_text_is_known() -> None:
    assert is_right_to_left("המחירים עלו ב-5 percent")
    assert not is_right_to_left("Prices rose, said משה")
    assert not is_right_to_left("12 %")
