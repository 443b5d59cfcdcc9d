"""What is pasted into a form, whatever the terminal and the other program make of it."""

import asyncio

import pytest
from stage import settle
from textual import events

from factcheck.screen.app import ReviewApp
from factcheck.screen.form_screen import FormScreen
from factcheck.screen.keys import keymap
from factcheck.screen.passages import pasted, pasted_line
from factcheck.workflow.review_session import ReviewSession

ENDS = {"CR": "\r", "LF": "\n", "CR LF": "\r\n", "NEL": "\x85", "line separator": "\u2028", "form feed": "\f"}


def paste(session: ReviewSession, text: str, field: int) -> dict[str, str]:
    """What stands in the form for a source after a text was pasted into that field."""
    app, values = ReviewApp(session, keymap()), {}

    async def played() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("e", *["tab"] * field)
            await settle(pilot)
            app.screen.post_message(events.Paste(text))
            await settle(pilot)
            assert isinstance(app.screen, FormScreen)
            values.update(app.screen.values())

    asyncio.run(played())
    return values


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_pasted_lines_stay_words_apart(end: str) -> None:
    text = f"The tower closed{end}in 1987 and held{end}12 bells"

    assert pasted(text) == "The tower closed\nin 1987 and held\n12 bells"
    assert pasted_line(text) == "The tower closed in 1987 and held 12 bells"


@pytest.mark.parametrize("text", ["\nhttps://a.example/b", "\r\nhttps://a.example/b\r\n", "  \n\n https://a.example/b"])
def test_empty_lines_vanish_in_lines(text: str) -> None:
    assert pasted_line(text) == "https://a.example/b"


def test_blanks_of_one_line_stay() -> None:
    assert pasted_line(" and\tso ") == " and so "
    assert pasted_line("") == pasted_line("\r\n") == ""


def test_control_characters_do_nothing() -> None:
    assert pasted("\x1b[2Jred\x07 \x9b31mtext\x00\x7f\u202e") == "[2Jred 31mtext"


def test_line_takes_every_pasted_line(session: ReviewSession) -> None:
    assert paste(session, "\nThe yearbook,\rvolume 3", 0)["source"] == "The yearbook, volume 3"


def test_quote_keeps_pasted_line_breaks(session: ReviewSession) -> None:
    assert paste(session, "The tower closed\rin 1987\r\nat last", 2)["quote"] == "The tower closed\nin 1987\nat last"


def test_paste_outside_forms_does_nothing(session: ReviewSession) -> None:
    app = ReviewApp(session, keymap())

    async def played() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            app.screen.post_message(events.Paste("1q\r5"))
            await settle(pilot)

    claim = session.claim
    asyncio.run(played())
    assert session.claim == claim
