from time import process_time

import pytest

from factcheck.text.boundaries import sentence_begins
from factcheck.text.quotations import find_quotations, lay_quotation_marks_aside


def sides(text: str) -> str:
    """The text with `<` for each mark that opens and `>` for each that closes."""
    unquoted, closing = lay_quotation_marks_aside(text)
    assert len(unquoted) == len(text)
    return "".join(
        char if laid == char else ">" if offset in closing else "<"
        for offset, (char, laid) in enumerate(zip(text, unquoted, strict=True))
    )


@pytest.mark.parametrize(
    ("text", "told_apart"),
    [
        ("“It held,” she said.", "<It held,> she said."),
        ('"It held," she said.', "<It held,> she said."),
        ("'It held,' she said.", "<It held,> she said."),
        ("„Es hielt“, sagte sie.", "<Es hielt>, sagte sie."),
        ("»Es hielt«, sagte sie.", "<Es hielt>, sagte sie."),
        ("« Ça tient », dit-elle.", "< Ça tient >, dit-elle."),
        ("«Aguanta», dijo.", "<Aguanta>, dijo."),
        ("”Den höll”, sade hon.", "<Den höll>, sade hon."),
        (",,Es hielt“, sagte sie.", "<<Es hielt>, sagte sie."),
        ("她说：“成了。”真的吗？", "她说：<成了。>真的吗？"),
        ("彼は「終わった。」と述べた。", "彼は<終わった。>と述べた。"),
        ("She said: “He said ‘no.’” Then", "She said: <He said <no.>> Then"),
        ("\"He said 'no.'\" Then", "<He said <no.>> Then"),
        ('(“It held”)—"it fell"—', "(<It held>)—<it fell>—"),
        ("„Es hielt.“Er ging.", "<Es hielt.>Er ging."),
        ('他说"成了"就走。', "他说<成了>就走。"),
        ("»›Es hielt‹«, sagte sie.", "<<Es hielt>>, sagte sie."),
        ("„Ja“ 说“成了”。", "<Ja> 说<成了>。"),
    ],
)
def test_neighbours_tell_marks_apart(text: str, told_apart: str) -> None:
    assert sides(text) == told_apart


@pytest.mark.parametrize("text", ["It isn't Ada’s.", "I’d say O'Hara", "Nothing here", ""])
def test_apostrophe_in_word_stays(text: str) -> None:
    assert lay_quotation_marks_aside(text)[0] == text


def test_brackets_around_sentence_are_laid_aside() -> None:
    assert sides("It held. (It fell.) It rose.") == "It held. <It fell.> It rose."
    assert sides("(It fell.) It rose.") == "<It fell.> It rose."


@pytest.mark.parametrize("text", ["Ada (Ada Inc.) went.", "It held. (It fell) It rose.", "It held. (It fell.)[1] It"])
def test_other_brackets_stay(text: str) -> None:
    assert lay_quotation_marks_aside(text)[0] == text


def test_sentence_begins_behind_closing_mark() -> None:
    text = "“It held.” “It fell.”"
    assert list(sentence_begins(text, "en")) == [0, len("“It held.”")]


def test_sentence_begins_before_opening_mark() -> None:
    text = "It held. “It fell.”"
    assert list(sentence_begins(text, "en")) == [0, len("It held.")]


def test_blank_lines_are_read_once() -> None:
    began = process_time()
    found = list(find_quotations("“It held.”" + "\n" * 100_000 + "“It broke.”"))

    assert len(found) == 2
    assert process_time() - began < 2


def test_quotation_opens_again_in_its_next_line() -> None:
    text = "“It held.\n“It broke,” she said. “It fell.”"

    assert [one.cut(text) for one in find_quotations(text)] == ["“It held.\n“It broke,”", "“It fell.”"]
